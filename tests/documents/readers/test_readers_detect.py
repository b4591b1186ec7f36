"""A file is read as what it is, whatever its name says; what is no document is called by its name."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path

import docx
import pytest
from word_files import members, p, pack

from documents.blocks import Block
from documents.errors import ReadingError
from documents.readers.detect import detect, read, reader_of
from documents.readers.formats import Kind

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n"
PAGE = b"<!DOCTYPE html>\n<html><body><p>text</p></body></html>"
TEXT = "关于补贴的通知\n\nThe grant.\n".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def word_bytes() -> bytes:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("text")
    document.save(buffer)
    return buffer.getvalue()


CONTENT = {Kind.PDF: PDF, Kind.WORD: word_bytes(), Kind.PAGE: PAGE, Kind.TEXT: TEXT}
ENDINGS = {
    Kind.PDF: (".pdf", ".PDF"),
    Kind.WORD: (".docx", ".docm", ".DOCX"),
    Kind.PAGE: (".html", ".htm", ".xhtml"),
    Kind.TEXT: (".txt", ".md", ".TXT"),
}


def write(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", list(Kind))
def test_right_endings(tmp_path: Path, kind: Kind) -> None:
    for ending in ENDINGS[kind]:
        assert detect(write(tmp_path, f"a{ending}", CONTENT[kind])) == (kind, ())
    assert detect(write(tmp_path, "none", CONTENT[kind])) == (kind, ())


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("claimed", list(Kind))
def test_wrong_endings_are_said(tmp_path: Path, kind: Kind, claimed: Kind) -> None:
    if kind is claimed:
        return
    found, warnings = detect(write(tmp_path, f"a{ENDINGS[claimed][0]}", CONTENT[kind]))
    assert found is kind
    assert len(warnings) == 1
    assert ENDINGS[claimed][0] in warnings[0]
    assert kind in warnings[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf\n <!-- c -->\n<HTML><BODY>x",
        b'<?xml version="1.0"?>\n<!DOCTYPE html><html xmlns="x">',
        "<!DOCTYPE html><html><body>通知".encode("utf-16"),
        b"<div><p>one</p><p>two</p></div>",
        "<html><head><title>通知</title>".encode("gbk"),
    ],
)
def test_pages_of_any_flavour(tmp_path: Path, data: bytes) -> None:
    assert detect(write(tmp_path, "a", data)).kind is Kind.PAGE


@pytest.mark.parametrize(
    "data",
    [
        b"The tag <html> opens a page, <body> its text.",
        b"Use %PDF-1.4 to say that it is one.",
        b"If 5 < 6 and <b> or <p> ...",
        "关于补贴的通知".encode("gbk"),
        "关于补贴的通知".encode("utf-16"),
        b"From: the Ministry\nTo: all offices\n\nText.",
        b"BM is a short name for something, and MZ another.",
    ],
)
def test_text_that_looks_like_something_else(tmp_path: Path, data: bytes) -> None:
    assert detect(write(tmp_path, "a.txt", data)) == (Kind.TEXT, ())


def test_a_fragment_with_the_ending_of_a_page(tmp_path: Path) -> None:
    assert detect(write(tmp_path, "a.html", b"text<br>more")) == (Kind.PAGE, ())
    found, warnings = detect(write(tmp_path, "b.html", b"no tags at all"))
    assert found is Kind.TEXT
    assert warnings


def test_a_file_is_read_by_the_reader_of_its_kind(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.txt", TEXT)).blocks == (Block("关于补贴的通知"), Block("The grant."))
    assert read(write(tmp_path, "a.html", PAGE)) == ((Block("text"),), ())
    blocks, warnings = read(write(tmp_path, "a.pdf", CONTENT[Kind.WORD]))
    assert blocks == (Block("text"),)
    assert "the content is a Word document" in warnings[0]
    for kind in Kind:
        assert callable(reader_of(kind).read)


def tar_bytes() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return buffer.getvalue()


def zip_bytes(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "picture (PNG)"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "picture (JPEG)"),
        (b"GIF89a" + bytes(20), "picture (GIF)"),
        (b"II*\x00" + bytes(20), "picture (TIFF)"),
        (b"BM\x00\x01\x00\x00" + bytes(20), "picture (BMP)"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture (WebP)"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "picture (HEIC)"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">', "drawing"),
        (OLE + "WordDocument".encode("utf-16-le"), "old kind (.doc)"),
        (OLE + "Workbook".encode("utf-16-le"), "(.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE, "old kind"),
        (b"MZ" + bytes(80) + b"PE\x00\x00" + bytes(20), "program"),
        (b"\x7fELF" + bytes(20), "program"),
        (b"#!/bin/sh\nrm -rf x\n", "program"),
        (zip_bytes("a.txt"), "zip archive"),
        (zip_bytes("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
        (zip_bytes("ppt/presentation.xml"), "PowerPoint"),
        (zip_bytes("mimetype", "META-INF/container.xml"), "EPUB"),
        (zip_bytes("mimetype", "content.xml"), "OpenDocument"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (b"\x1f\x8b\x08" + bytes(20), "gzip"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\x00", "7z"),
        (tar_bytes(), "tar"),
        (b"{\\rtf1\\ansi text}", "rich text"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "(.mht)"),
        (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x\r\nMIME-Version: 1.0\r\n", "(.mht)"),
        (b"From: a@b\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello", "e-mail"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "saved as XML"),
        (b'<?xml version="1.0"?><data/>', "XML"),
        (b"SQLite format 3\x00", "database"),
        (b"", "empty"),
    ],
)
@pytest.mark.parametrize("ending", [".docx", ".pdf", ".txt", ""])
def test_what_is_no_document(tmp_path: Path, data: bytes, words: str, ending: str) -> None:
    path = write(tmp_path, f"a{ending}", data)
    with pytest.raises(ReadingError) as caught:
        detect(path)
    line = str(caught.value)
    assert words in line
    assert line.startswith(f"a{ending}: is ")
    assert "\n" not in line
    assert "; " in line, "says what to do"


def test_a_document_that_has_lost_its_beginning(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="does not begin as a Word document"):
        detect(write(tmp_path, "a.docx", word_bytes()[10:]))


def test_folders_missing_files_pipes_and_impossible_names(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, words in (
        (tmp_path, "folder"),
        (tmp_path / "missing.pdf", "no such file"),
        (tmp_path / "pipe", "not an ordinary file"),
        (tmp_path / ("x" * 5000), "cannot be opened"),
        (Path("a\x00b"), "cannot be opened"),
    ):
        with pytest.raises(ReadingError) as caught:
            detect(path)
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)


def test_an_office_file_whose_parts_stand_elsewhere(tmp_path: Path) -> None:
    assert detect(pack(tmp_path / "a.docx", members(p("x")))).kind is Kind.WORD
