"""Word documents that are damaged, locked, or built to do harm give one clear line, and nothing else happens."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from word_files import HEAD, W, members, p, pack, part, word

from documents.errors import ReadingError
from documents.readers import package
from documents.readers.docx import DocxReader
from documents.readers.source import LARGEST_FILE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(path: Path) -> str:
    """The line that a file is refused with."""
    began = time.process_time()
    with pytest.raises(ReadingError) as caught:
        DocxReader().read(path)
    line = str(caught.value)
    assert line.startswith(path.name + ": ")
    assert "\n" not in line
    assert time.process_time() - began < 5
    return line


def test_files_of_the_old_kind_and_locked_ones(tmp_path: Path) -> None:
    old, locked = tmp_path / "old.doc", tmp_path / "locked.docx"
    old.write_bytes(OLE + "WordDocument".encode("utf-16-le") + bytes(512))
    locked.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512))
    assert ".docx" in refused(old)
    assert "password" in refused(locked)


def test_an_archive_with_a_password(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx", p("text"))
    data = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(sign, at + 4)
    path.write_bytes(data)
    assert "password" in refused(path)


def test_an_archive_that_unpacks_to_too_much(tmp_path: Path) -> None:
    path = pack(tmp_path / "bomb.docx", {**members(p("x")), "word/media/a.bin": bytes(package.RATIO_FROM * 2)})
    assert "unpacks to 32 MB" in refused(path)


def test_an_archive_that_lies_about_its_size(tmp_path: Path) -> None:
    """The declared size is small, the content is not: unpacking stops at what was declared."""
    content = members("<!--" + " " * 5_000_000 + "-->" + p("x"))
    path = pack(tmp_path / "lie.docx", content)
    data = bytearray(path.read_bytes())
    real = len(str(content["word/document.xml"]).encode()).to_bytes(4, "little")
    assert data.count(real) == 2
    path.write_bytes(bytes(data).replace(real, (100).to_bytes(4, "little")))
    assert "damaged" in refused(path)


def test_an_archive_of_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(tmp_path / "a.docx", {**members(p("x")), **{f"word/{n}.bin": b"" for n in range(300)}})
    monkeypatch.setattr(package, "MOST_MEMBERS", 300)
    assert "more than 300 parts" in refused(path)


def test_a_part_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_PART", 1000)
    assert "split it" in refused(word(tmp_path / "a.docx", p("x" * 1000)))


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.docx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(LARGEST_FILE + 1)
    assert "larger than 50 MB" in refused(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("where", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_entities_are_refused(tmp_path: Path, where: str, encoding: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
        f'<!ENTITY c SYSTEM "{secret.as_uri()}">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>'
    )
    path = pack(tmp_path / "a.docx", {**members(p("x"), styles=""), where: xml.encode(encoding)})
    assert "entities" in refused(path)


def test_names_that_lead_out_of_the_archive_lead_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside.xml"
    outside.write_text(part("document", f"<w:body>{p('OUTSIDE')}</w:body>"))
    content = members(p("inside"))
    content["_rels/.rels"] = str(content["_rels/.rels"]).replace("/word/document.xml", f"../../../../{outside}")
    content["../evil.xml"] = "evil"
    content["/etc/evil.xml"] = "evil"
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    path = pack(folder / "a.docx", content)
    assert [block.text for block in DocxReader().read(path).blocks] == ["inside"]
    assert set(tmp_path.rglob("*")) - before == {path}


@pytest.mark.parametrize(
    "body",
    ["<w:p>" * 5000 + "</w:p>" * 5000, "<w:tbl><w:tr><w:tc>" * 2000 + p("x") + "</w:tc></w:tr></w:tbl>" * 2000],
    ids=["paragraphs", "tables"],
)
def test_deep_nesting(tmp_path: Path, body: str) -> None:
    refused(word(tmp_path / "deep.docx", body))


def test_nesting_as_deep_as_xml_allows_is_read(tmp_path: Path) -> None:
    depth = 60
    path = word(tmp_path / "a.docx", "<w:tbl><w:tr><w:tc>" * depth + p("x") + "</w:tc></w:tr></w:tbl>" * depth)
    assert [block.text for block in DocxReader().read(path).blocks] == ["x"]


def test_styles_that_are_based_on_each_other(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("ab", "ba", "cc")
    )
    path = word(tmp_path / "a.docx", p("x", '<w:pStyle w:val="a"/>') + p("y", '<w:pStyle w:val="c"/>'), styles=styles)
    assert [block.text for block in DocxReader().read(path).blocks] == ["x", "y"]


@pytest.mark.parametrize("content", ["", "<", "<w:body/>", HEAD, f'{HEAD}<a xmlns:w="{W}"/>', part("document", "")])
def test_a_document_part_that_holds_none(tmp_path: Path, content: str) -> None:
    refused(pack(tmp_path / "a.docx", {**members(""), "word/document.xml": content}))


def test_a_document_of_pictures_only(tmp_path: Path) -> None:
    assert "text recognition" in refused(word(tmp_path / "scan.docx", "<w:p><w:r><w:drawing/></w:r></w:p>"))


def test_other_archives(tmp_path: Path) -> None:
    assert "Excel" in refused(pack(tmp_path / "a.docx", {"[Content_Types].xml": "x", "xl/workbook.xml": "x"}))
    assert "OpenDocument" in refused(pack(tmp_path / "b.docx", {"mimetype": "x", "content.xml": "x"}))
    assert "unpack" in refused(pack(tmp_path / "c.docx", {"readme.txt": "x"}))


def test_names_with_line_breaks_stay_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a\nb.docx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(ReadingError) as caught:
        DocxReader().read(path)
    assert "\n" not in str(caught.value)
