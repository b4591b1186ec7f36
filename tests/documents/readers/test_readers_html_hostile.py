"""Pages that are huge, nest without end or are none give text or one clear line, in a moment."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.blocks import Block
from documents.errors import ReadingError
from documents.readers import html
from documents.readers.html import HtmlReader


@pytest.fixture(autouse=True)
def in_a_moment() -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < 5


def read(tmp_path: Path, page: str) -> tuple[Block, ...]:
    path = tmp_path / "page.html"
    path.write_text(f"<html>{page}", "utf-8")
    return HtmlReader().read(path).blocks


@pytest.mark.parametrize(
    "tag",
    [
        "div",
        "span",
        "b",
        "table",
        "table><tr><td",
        "ul><li",
        "ol><li",
        "blockquote",
        "a href=x",
        "font",
        "form",
        "main",
    ],
)
def test_ten_thousand_levels(tmp_path: Path, tag: str) -> None:
    blocks = read(tmp_path, f"<body>{f'<{tag}>' * 10_000}deep text<p>after")
    found = " ".join(block.text for block in blocks)
    assert found.endswith("after")
    assert "deep text" in found or tag == "a href=x"  # a line of ten thousand links is a menu


def test_many_unclosed_tags_and_attributes(tmp_path: Path) -> None:
    assert read(tmp_path, "<body><p " + "a=1 " * 20_000 + ">x" + "</div>" * 20_000 + "<" * 20_000 + "y")


def test_many_blocks(tmp_path: Path) -> None:
    assert len(read(tmp_path, "<body>" + "<div><p>Some <b>text</b>.</p></div>" * 10_000)) == 10_000


def test_a_page_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LARGEST_PAGE", 1000)
    path = tmp_path / "page.html"
    path.write_text("<html>" + "x" * 1000)
    with pytest.raises(ReadingError, match="larger than"):
        HtmlReader().read(path)


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    page = (
        '<!DOCTYPE html SYSTEM "http://nowhere.invalid/x.dtd"><head><meta http-equiv=refresh content="0;url=http://n.invalid">'
        "<script src=http://nowhere.invalid/x.js></script></head><body><iframe src=file:///etc/passwd></iframe>text"
    )
    assert read(tmp_path, page) == (Block("text"),)


def test_entities_do_not_grow(tmp_path: Path) -> None:
    page = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><body><p>&b;&b; text</p>'
    assert sum(len(block.text) for block in read(tmp_path, page)) < 200


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><body><script>x</script></body></html>", "holds no text"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n--x", "(.mht)"),
        (b"<html>" + bytes(range(256)) * 20, "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "Office"),
        (b"%PDF-1.7\n%\x00\x00", "is a PDF"),
        (b"", "empty"),
        (b"\xff\xfe", "holds no text"),
    ],
)
def test_what_is_no_page(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(content)
    with pytest.raises(ReadingError) as caught:
        HtmlReader().read(path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
