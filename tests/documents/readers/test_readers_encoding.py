"""Texts come out right from any encoding that official documents come in; what cannot be told is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.errors import ReadingError
from documents.readers.encoding import decode

SIMPLIFIED = "关于做好补贴工作的通知\n一、申请单位应当在本市登记满2年，不得重复申报。\n"
TRADITIONAL = "關於補貼工作的通知\n一、申請單位應當在本市登記滿2年，不得重複申報。\n"
ENGLISH = "The “grant” is paid to employers’ cafés – at most €500.\n"
PATH = Path("folder/file.txt")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
@pytest.mark.parametrize("source", [SIMPLIFIED, SIMPLIFIED * 500, "补贴标准和申请条件", "Plain ASCII, 100%.\n"])
def test_simplified_chinese(source: str, encoding: str) -> None:
    assert decode(source.encode(encoding), PATH)[::2] == (source, ())


def test_the_name_of_the_encoding_is_told() -> None:
    assert decode(SIMPLIFIED.encode("gbk"), PATH).encoding == "gb18030"
    assert decode(SIMPLIFIED.encode("utf-16-be"), PATH).encoding == "utf-16-be"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "big5", "big5hkscs", "gb18030"])
def test_traditional_chinese(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), PATH).text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "gb18030"])
def test_english_with_the_signs_of_print(encoding: str) -> None:
    assert decode((ENGLISH * 3).encode(encoding), PATH).text == ENGLISH * 3


def test_western_europe_is_read_with_a_warning() -> None:
    decoded = decode(ENGLISH.encode("cp1252"), PATH)
    assert decoded.text == ENGLISH
    assert "Windows-1252" in decoded.warnings[0]


def test_rare_characters_of_gb18030() -> None:
    source = SIMPLIFIED + "㐀𠀀ḿ€"
    assert decode(source.encode("gb18030"), PATH).text == source


def test_what_a_file_says_of_itself_counts_only_where_it_is_true() -> None:
    assert decode(SIMPLIFIED.encode("gbk"), PATH, declared="gb2312").text == SIMPLIFIED
    assert decode(SIMPLIFIED.encode("gbk"), PATH, declared="UTF-8").text == SIMPLIFIED
    assert decode(SIMPLIFIED.encode("gbk"), PATH, declared="big5").text == SIMPLIFIED
    assert decode(SIMPLIFIED.encode(), PATH, declared="gb2312").text == SIMPLIFIED
    assert decode(b"caf\xe9 at 5", PATH, declared="iso-8859-1") == ("café at 5", "cp1252", ())
    assert decode(SIMPLIFIED.encode(), PATH, declared="unicode_escape").text == SIMPLIFIED


def test_a_short_text_with_the_form_of_two_encodings() -> None:
    """These characters in GB18030 happen to be well-formed UTF-8."""
    data = "联通".encode("gbk")
    assert data.decode("utf-8", errors="replace") != "联通"
    assert decode("这是联通的通知".encode("gbk"), PATH).text == "这是联通的通知"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_damaged_byte_is_said_and_costs_no_more_than_its_character(encoding: str) -> None:
    data = bytearray((SIMPLIFIED * 50).encode(encoding))
    data[len(data) // 2 | 1] = 0xFF
    decoded = decode(bytes(data), PATH)
    assert decoded.warnings == () if encoding == "utf-16" else "damaged" in decoded.warnings[0]
    same = sum(a == b for a, b in zip(decoded.text[:500], SIMPLIFIED * 50, strict=False))
    assert same == 500


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\x00" * 100,
        b"text\x00\x00\x01\x02" * 50,
        "これは日本語の文章です。補助金を申請する。".encode("euc-jp"),
        "Заявление подаётся в течение месяца".encode("koi8-r"),
        b"\xef\xbb\xbf" + b"\xff\xfe\xfd" * 50,
        b"\xff\xfe" + b"\x00\xd8" * 50,
        b"\x80\x81\x82\x83" * 100,
        "计程常".encode("gb18030"),  # "數最都" in Big5, as good a guess
    ],
)
def test_what_cannot_be_told_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        decode(data, PATH)
    assert str(caught.value).startswith("file.txt: ")
    assert "\n" not in str(caught.value)
