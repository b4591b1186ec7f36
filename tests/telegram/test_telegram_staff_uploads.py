"""Buttons under files and cases carry what they need in 64 bytes, and names of files are never paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.shelf import Seen
from bot.staff.errors import Refused
from bot.telegram.pages import units
from bot.telegram.staff.documents_data import (
    Add,
    Cancel,
    DocumentAction,
    SendAll,
    SendOne,
    ShowCases,
    check_of_cases,
    decode_document,
    encode_document,
    reference,
)
from bot.telegram.staff.documents_pages import seen_page
from bot.telegram.staff.numbers_pages import Wanted, decode_numbers, digest_pages, stats_pages, wanted_of
from bot.telegram.staff.uploads import Uploads, safe_name
from documents.models import Document, DocumentStatus

KEY = "0123456789ab"
LONG = reference("a" * 100)


@pytest.mark.parametrize(
    "action",
    [
        Add(KEY, "appendix-2", "en"),
        Add(KEY, LONG, "zh"),
        Add(KEY, None, "en"),
        Cancel(KEY, "zh"),
        ShowCases(LONG, 9999, "en"),
        SendOne("a" * 32, 10**17, "zh"),
        SendAll(LONG, check_of_cases(tuple(range(500))), "en"),
    ],
)
def test_a_button_comes_back_as_it_was_and_fits(action: DocumentAction) -> None:
    data = encode_document(action)
    assert decode_document(data) == action
    assert len(data.encode()) <= 64


@pytest.mark.parametrize(
    "data", ["", "sd", "sde:a:0123456789ab", "sde:n:0123456789ag", "sdx:n:0123456789ab", "sde:o:x:1:2", "sde:c:../x:0"]
)
def test_what_is_none_of_these_is_nothing(data: str) -> None:
    assert decode_document(data) is None


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("notice.pdf", "notice.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("..", "document"),
        ("", "document"),
        ("a\x00b\n.pdf", "a_b_.pdf"),
        ("通知<1>.docx", "通知_1_.docx"),
    ],
)
def test_a_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert len(safe_name(name * 300).encode()) <= 120


def test_a_file_is_kept_until_it_is_dropped_and_decided_on_by_one(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    key = uploads.keep("a.txt", b"one")
    assert uploads.keep("a.txt", b"one") == key
    assert uploads.keep("a.txt", b"two") != key
    assert (found := uploads.find(key)) is not None
    assert found.read_bytes() == b"one"
    with uploads.claimed(key), pytest.raises(Refused), Uploads(tmp_path).claimed(key):
        pass
    with uploads.claimed(key):
        uploads.drop(key)
    assert uploads.find(key) is None
    assert [uploads.begin(key), uploads.begin(key)] == [False, True]
    uploads.drop(key)
    assert uploads.begin(key) is False
    assert uploads.remove_old() == 0


def test_what_a_file_says_of_itself_fits_into_a_message_whatever_it_is() -> None:
    omitted = tuple(
        Document(id=f"appendix-{n}", title="<&>" * 400, label="Appendix" * 40, status=DocumentStatus.OMITTED)
        for n in range(30)
    )
    document = Document(id="x", title="长 <b>&" * 900, number="№" * 900, issuer="&" * 900)
    warnings = tuple("<w> & more " * 90 for _ in range(40))
    page = seen_page(
        Seen(document, 12_345, warnings, omitted=omitted, recognised=omitted[7]), KEY, "n" * 900, "en", "f" * 2000
    )
    assert units(page.plain) <= 4096
    assert page.buttons[0][0].label.startswith("✔")
    assert len(page.buttons) == 7
    assert all(len(button.data.encode()) <= 64 for row in page.buttons for button in row)


def test_numbers_are_asked_for_by_days_and_form() -> None:
    assert wanted_of("") == Wanted(30)
    assert (wanted_of("7"), wanted_of("csv"), wanted_of("7 CSV")) == (Wanted(7), Wanted(30, "csv"), Wanted(7, "csv"))
    assert [wanted_of(rest) for rest in ("0", "-1", "7 8", "csv csv", "all", "csv x", "1.5", "9999999")] == [None] * 8
    assert decode_numbers("sne:p:7") == (Wanted(7, "plots"), "en")
    assert [decode_numbers(data) for data in ("sn", "sne:p:0", "sne:t:7", "snx:c:7", "sne:c:9999")] == [None] * 5


def test_a_long_report_is_several_messages_with_the_buttons_under_the_last() -> None:
    text = "\n".join(["Questions", "", "Asked most:", *(f"{n}× of 1: {'<q> & ' * 30}" for n in range(60))])
    pages = digest_pages({"text": text}, "zh")
    assert len(pages) > 1
    assert [bool(page.buttons) for page in pages] == [False] * (len(pages) - 1) + [True]
    assert all(units(page.plain) <= 4096 for page in pages)
    assert stats_pages(["Title", "One", "", "Part", "Two"], "en")[0].plain == "Title\nOne\n\nPart\nTwo"
