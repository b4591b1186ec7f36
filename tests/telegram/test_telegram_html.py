"""The strict server's reader of HTML itself: it takes what Telegram takes and refuses what Telegram refuses."""

from __future__ import annotations

import pytest
from telegram_html import UnreadableError, parse_html


def test_text_and_entities_are_read_as_telegram_shows_them() -> None:
    text, entities = parse_html("<b>a&lt;b</b> 😀 <blockquote expandable>x<b><u>y</u></b></blockquote>\n")
    assert text == "a<b 😀 xy"
    assert sorted((e.type, e.of(text)) for e in entities) == [
        ("bold", "a<b"),
        ("bold", "y"),
        ("expandable_blockquote", "xy"),
        ("underline", "y"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<b>a",
        "a</b>",
        "<b><i>a</b></i>",
        "<x>a</x>",
        "a < b",
        "a <",
        "<br>",
        "a & b",
        "&nbsp;",
        "<b class='x'>a</b>",
        "<blockquote><blockquote>a</blockquote></blockquote>",
        "<blockquote open>a</blockquote>",
        "<code><b>a</b></code>",
        "<span>a</span>",
        "<!-- a -->",
    ],
)
def test_what_telegram_refuses_is_refused(source: str) -> None:
    with pytest.raises(UnreadableError):
        parse_html(source)
