"""Damaged files raise ``ReadingError`` or are read; never anything else, and never for long.

The ordinary run tries a few variants of each format; ``CIRCULAR_DAMAGED=200`` tries as many as it says.
"""

from __future__ import annotations

import os
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from word_files import members, p, pack, r

from documents.blocks import Reader
from documents.errors import ReadingError
from documents.readers.detect import detect
from documents.readers.docx import DocxReader
from documents.readers.html import HtmlReader
from documents.readers.text import TextReader

VARIANTS = int(os.environ.get("CIRCULAR_DAMAGED", "25"))
LINES = (
    "一、补贴对象",
    "（一）申报主体。在本省登记满2年的合作社可以申报。",
    "The grant is paid to employers.",
    "1 March 2025",
)


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Some bytes flipped, cut out, swapped, doubled, or the end lost."""
    found = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if not found:
            break
        at = rng.randrange(len(found))
        size = rng.choice((1, 4, 50, 500))
        match rng.randrange(5):
            case 0:
                found[at] ^= 1 << rng.randrange(8)
            case 1:
                del found[at : at + size]
            case 2:
                other = rng.randrange(len(found))
                found[at], found[other] = found[other], found[at]
            case 3:
                found[at:at] = found[at : at + size]
            case 4:
                found[at:] = b"" if rng.random() < 0.3 else found[at:]
                found[at : at + size] = rng.randbytes(min(size, max(0, len(found) - at)))
    return bytes(found)


def page(path: Path, encoding: str = "gbk") -> Path:
    body = "".join(f"<p>{line}<br>　　{line}</p><table><tr><td>{line}<td>x</table>" for line in LINES)
    path.write_bytes(f"<html><head><meta charset={encoding}></head><body>{body}</body></html>".encode(encoding))
    return path


def plain(path: Path, encoding: str) -> Path:
    path.write_bytes("\n\n".join(LINES * 3).encode(encoding))
    return path


def word_file(path: Path) -> Path:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line, style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "x"
    document.save(str(path))
    return path


def parts_of_word() -> dict[str, str | bytes]:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>'
    )
    body = "".join(p(line, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') for line in LINES)
    return members(
        body + f"<w:p>{r('a')}<w:r><w:footnoteReference w:id='1'/></w:r><w:ins>{r('b')}</w:ins></w:p>"
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{p('c')}</w:tc></w:tr></w:tbl>",
        numbering=f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        styles='<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/></w:style>',
        footnotes=f"<w:footnote w:id='1'>{p('note')}</w:footnote>",
    )


def check(path: Path, reader: Reader) -> bool:
    """Whether a file is read; a ``ReadingError`` of one line is as good, anything else fails the test."""
    began = time.process_time()
    read, line = True, ""
    for attempt in (detect, reader.read):
        try:
            attempt(path)
        except ReadingError as error:
            line = str(error)
            read = False
    assert "\n" not in line
    assert time.process_time() - began < 5
    return read


FORMATS: dict[str, tuple[Callable[[Path], Path], Reader]] = {
    "docx": (word_file, DocxReader()),
    "html": (page, HtmlReader()),
    "utf8.html": (lambda path: page(path, "utf-8"), HtmlReader()),
    "txt": (lambda path: plain(path, "utf-8"), TextReader()),
    "gbk.txt": (lambda path: plain(path, "gbk"), TextReader()),
    "utf16.txt": (lambda path: plain(path, "utf-16"), TextReader()),
    "md": (lambda path: plain(path, "utf-8"), TextReader()),
}


@pytest.mark.parametrize("ending", FORMATS)
def test_damaged_files(tmp_path: Path, ending: str) -> None:
    make, reader = FORMATS[ending]
    whole = make(tmp_path / f"whole.{ending}")
    assert check(whole, reader), "the file itself is read"
    data, rng = whole.read_bytes(), random.Random(20250301)
    path = tmp_path / f"damaged.{ending}"
    for _ in range(VARIANTS):
        path.write_bytes(damaged(data, rng))
        check(path, reader)


def test_word_documents_with_damaged_parts(tmp_path: Path) -> None:
    """The archive is whole, so that the damage is met by what reads the parts."""
    content, rng, read = parts_of_word(), random.Random(20250302), 0
    names = [name for name in content if name.endswith((".xml", ".rels"))]
    for _ in range(VARIANTS):
        name = rng.choice(names)
        data = content[name]
        harmed = damaged(data.encode() if isinstance(data, str) else data, rng)
        read += check(pack(tmp_path / "a.docx", {**content, name: harmed}), DocxReader())
    assert read, "some damage is read over"


def test_word_documents_without_one_of_their_parts(tmp_path: Path) -> None:
    content = parts_of_word()
    for name in content:
        check(pack(tmp_path / "a.docx", {key: value for key, value in content.items() if key != name}), DocxReader())


def test_every_beginning_of_a_word_document(tmp_path: Path) -> None:
    data = pack(tmp_path / "a.docx", parts_of_word()).read_bytes()
    for size in range(0, len(data), max(1, len(data) // VARIANTS)):
        (tmp_path / "b.docx").write_bytes(data[:size])
        assert not check(tmp_path / "b.docx", DocxReader())
    assert zipfile.is_zipfile(tmp_path / "a.docx")
