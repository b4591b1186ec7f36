"""Files that are built to do harm: PDFs that grow or run in circles, archives that swell, macros, pages that hide text.

Each is read as far as it is a document, or refused with one line, within seconds and within the limit of memory.
"""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from word_files import members, p, pack, word

from documents.blocks import Block
from documents.errors import ReadingError
from documents.readers import formats
from documents.readers.apart import read_apart
from documents.readers.detect import read
from documents.readers.pdf import PdfReader

SENTENCE = "Every firm with ten or more employees may apply for a grant."
SHOWN = f"BT /F1 11 Tf 72 700 Td ({SENTENCE}) Tj ET".encode()
CATALOG, PAGES = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
)
LONGEST = 20.0
"""Seconds of work, of processes started too, for any file here; all take far less."""


@pytest.fixture(autouse=True)
def in_a_moment() -> Iterator[None]:
    began = sum(os.times()[:4])
    yield
    assert sum(os.times()[:4]) - began < LONGEST


def stream(data: bytes, more: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def packed(data: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    """A stream of data that is packed already."""
    return stream(data, b"/Filter " + filters)


def pdf(path: Path, objects: Sequence[bytes], root: int = 1) -> Path:
    """A file of these objects, numbered from 1, with a sound list of them."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, len(out))
    path.write_bytes(out + head + table + end)
    return path


def zeros(megabytes: int, level: int = 9) -> bytes:
    """So many megabytes of zeros, packed: the same packed block once for each of them."""
    packer = zlib.compressobj(level)
    head = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * (megabytes - 1)


def refused(path: Path) -> str:
    with pytest.raises(ReadingError) as caught:
        PdfReader().read(path)
    line = str(caught.value)
    assert line.isprintable()
    assert "; " in line
    return line


# PDF: circles and depth


@pytest.mark.parametrize(
    ("catalog", "pages", "content"),
    [
        (CATALOG, b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>", stream(SHOWN)),
        (CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 2000000000 >>", stream(SHOWN)),
        (CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", stream(SHOWN)),
        (CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>", stream(SHOWN)),
        (CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>", stream(SHOWN)),
        (CATALOG[:-2] + b"/Outlines 5 0 R /Names 5 0 R >>", PAGES, stream(SHOWN)),
        (CATALOG[:-2] + b"/X " + b"[" * 100_000 + b"]" * 100_000 + b" >>", PAGES, stream(SHOWN)),
        (CATALOG[:-2] + b"/X " + b"<< /A " * 50_000 + b">>" * 50_000 + b" >>", PAGES, stream(SHOWN)),
    ],
    ids=["tree", "tree twice", "too many", "less than none", "parents", "outlines", "arrays", "dictionaries"],
)
def test_circles_and_depth_beside_the_text_are_read_over(
    catalog: bytes, pages: bytes, content: bytes, tmp_path: Path
) -> None:
    outline = b"<< /First 5 0 R /Last 5 0 R /Next 5 0 R /Prev 5 0 R /Parent 5 0 R /Kids [5 0 R] /Count 99 >>"
    path = pdf(tmp_path / "a.pdf", [catalog, pages, PAGE, content, outline])
    assert PdfReader().read(path).blocks == (Block(SENTENCE, 1),)


@pytest.mark.parametrize(
    "content",
    [
        stream(b"[" * 200_000 + SHOWN),
        stream(b"<< " * 100_000 + SHOWN),
        stream(b"(" * 1_000_000),
        b"4 0 R",
        b"<< /Length 4 0 R >>\nstream\n" + SHOWN + b"\nendstream",
        b"[" + b"4 0 R " * 1000 + b"]",
    ],
    ids=["arrays", "dictionaries", "strings", "itself", "its own length", "its own parts"],
)
def test_circles_and_depth_in_place_of_the_text_are_refused(content: bytes, tmp_path: Path) -> None:
    refused(pdf(tmp_path / "a.pdf", [CATALOG, PAGES, PAGE, content]))


def test_a_tree_that_shows_the_same_page_a_billion_times(tmp_path: Path) -> None:
    """Thirty levels of two branches that lead to the same place."""
    branches = [b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 2 >>" % (n, n) for n in range(6, 36)]
    pages = b"<< /Type /Pages /Kids [5 0 R 5 0 R] /Count 4 >>"
    refused(pdf(tmp_path / "a.pdf", [CATALOG, pages, PAGE, stream(SHOWN), *branches, PAGE]))


def test_a_form_that_shows_itself(tmp_path: Path) -> None:
    page = PAGE.replace(b"/Resources <<", b"/Resources << /XObject << /X 5 0 R >>")
    own = b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    form = stream(b"/X Do " * 20, own)
    path = pdf(tmp_path / "a.pdf", [CATALOG, PAGES, page, stream(SHOWN + b" /X Do"), form])
    refused(path)


def test_lists_of_objects_that_lead_to_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF"
    )
    refused(path)


# PDF: what grows


@pytest.mark.parametrize(
    "content",
    [
        lambda: packed(zeros(1024)),
        lambda: packed(zlib.compress(zlib.compress(zeros(1024))), b"[/FlateDecode /FlateDecode /FlateDecode]"),
        lambda: packed(zlib.compress(SHOWN), b"[" + b"/ASCIIHexDecode " * 5000 + b"]"),
        lambda: packed(b"\x81\x00" * 3_000_000 + b"\x80", b"/RunLengthDecode"),
        lambda: packed(os.urandom(2_000_000), b"/LZWDecode"),
        lambda: stream(
            zlib.compress(bytes(5_000_000)),
            b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2000000000 /Colors 2000000000 >>",
        ),
    ],
    ids=["a gigabyte of zeros", "three times packed", "five thousand filters", "runs", "lzw", "predictor"],
)
def test_a_page_that_unpacks_to_too_much_is_not_read(content: object, tmp_path: Path) -> None:
    """The page beside it is, and less memory is taken than one of them would unpack to."""
    assert callable(content)
    sound = PAGE.replace(b"4 0 R", b"6 0 R")
    pages = b"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>"
    path = pdf(tmp_path / "a.pdf", [CATALOG, pages, PAGE, content(), sound, stream(SHOWN)])
    reading = read_apart(path)
    assert reading.blocks == (Block(SENTENCE, 2),)
    assert any("page 1" in warning for warning in reading.warnings)


def test_a_list_of_objects_that_unpacks_to_too_much(tmp_path: Path) -> None:
    kind = b"/Type /XRef /W [1 2 1] /Index [0 100000000] /Size 100000000 /Root 1 0 R /Filter /FlateDecode"
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n5 0 obj\n" + stream(zeros(400), kind) + b"\nendobj\nstartxref\n9\n%%EOF")
    refused(path)


def test_random_bytes_that_begin_as_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + os.urandom(5_000_000))
    assert "damaged" in refused(path)


# Word


def test_a_zip_bomb(tmp_path: Path) -> None:
    """A gigabyte of zeros in a few megabytes, as a picture of a document that is sound beside it."""
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in members(p("text")).items():
            archive.writestr(name, data)
        with archive.open("word/media/image1.png", "w", force_zip64=True) as file:
            for _ in range(1024):
                file.write(bytes(1024 * 1024))
    assert path.stat().st_size < 6_000_000
    with pytest.raises(ReadingError, match=r"unpacks to 10\d\d MB.*; save it"):
        read(path)


def test_an_archive_of_very_many_parts_is_refused_before_its_list_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members(p("text")).items():
            archive.writestr(name, data)
        for number in range(formats.MOST_MEMBERS):
            archive.writestr(f"{number}", b"")
    path = tmp_path / "a.docx"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ReadingError, match=f"is an archive of more than {formats.MOST_MEMBERS} parts; "):
        read(path)


@pytest.mark.parametrize("ending", ["docm", "docx"])
def test_macros_are_never_looked_at(tmp_path: Path, ending: str) -> None:
    """The text is read; a macro that is no macro at all, but harm, changes nothing."""
    macro = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Attribute VB_Name = AutoOpen" + os.urandom(10_000)
    content = {**members(p("A grant is paid.")), "word/vbaProject.bin": macro, "word/vbaData.xml": "<a>no end"}
    reading = read(pack(tmp_path / f"a.{ending}", content))
    assert reading.blocks == (Block("A grant is paid."),)
    assert "AutoOpen" not in str(reading)


def test_entities_of_a_word_document(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">{laughs}]><d>&a11;</d>'
    with pytest.raises(ReadingError, match=r"entities.*; save it"):
        read(pack(tmp_path / "a.docx", {**members(""), "word/document.xml": xml}))


def test_a_document_that_names_pictures_elsewhere_reads_without_them(tmp_path: Path) -> None:
    outside = '<w:p><w:r><w:instrText> INCLUDETEXT "file:///etc/passwd" </w:instrText></w:r></w:p>'
    reading = read(word(tmp_path / "a.docx", p("text") + outside))
    assert "root:" not in str(reading)


# Web pages


def test_entities_of_a_page(tmp_path: Path) -> None:
    """Neither grow nor fetch: of a document type with entities nothing comes into the text but what a person wrote."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / "a.xhtml"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "ha">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>A grant is paid. &a11; &x;</p></body></html>'
    )
    text = " ".join(block.text for block in read(path).blocks)
    assert "A grant is paid." in text
    assert "root:" not in text
    assert "haha" not in text
    assert len(text) < 200


def test_what_a_page_does_not_show_is_no_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    hidden = [
        "<script>HIDDEN</script>",
        "<style>HIDDEN</style>",
        "<noscript>HIDDEN</noscript>",
        "<template>HIDDEN</template>",
        "<iframe srcdoc='HIDDEN'>HIDDEN</iframe>",
        "<object>HIDDEN</object>",
        "<svg><text>HIDDEN</text></svg>",
        "<!-- HIDDEN -->",
        "<p style='display:none'>HIDDEN</p>",
        "<p style='color:red; DISPLAY : NONE !important'>HIDDEN</p>",
        "<div style='visibility:hidden'><p>HIDDEN</p></div>",
        "<p hidden>HIDDEN</p>",
        "<textarea>HIDDEN</textarea>",
        "<p onclick='HIDDEN' title='HIDDEN' data-x='HIDDEN'>Shown.</p>",
        "<a href='javascript:HIDDEN'>Shown too.</a>",
        "<img src=x alt='HIDDEN' onerror='HIDDEN'>",
    ]
    path.write_text(f"<html><body><p>First.</p>{''.join(hidden)}<p>Last.</p></body></html>")
    texts = [block.text for block in read(path).blocks]
    assert "HIDDEN" not in " ".join(texts)
    assert (texts[0], texts[-1]) == ("First.", "Last.")
    assert "Shown." in texts


# Other kinds, by whatever name


@pytest.mark.parametrize("ending", ["doc", "docx", "xls", "pdf", "html", "txt", "zip", "exe", "png", ""])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le"), ".xls"),
        (b"MZ" + bytes(80) + b"PE\x00\x00" + bytes(500), "program"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
    ],
    ids=["doc", "xls", "exe", "png"],
)
def test_what_is_no_document_is_named_whatever_it_is_called(
    data: bytes, words: str, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"file.{ending}"
    path.write_bytes(data)
    with pytest.raises(ReadingError) as caught:
        read(path)
    line = str(caught.value)
    assert line.isprintable()
    assert words in line
    assert "; " in line
