"""Whatever text comes, every page is read by the strict reader, fits, and loses nothing of it."""

from __future__ import annotations

from fuzz import examples
from hypothesis import given
from hypothesis import strategies as st
from telegram_html import parse_html, utf16

from bot.telegram.pages import Block, Page, Run, Style, block, page, paged, parts, safe, shorten, units

# All of Unicode, with what breaks markup, counting and cutting thrown in often.
TRICKY = "<>&\"'_*`[]()\\/\n\r\t\0\x1b\u0085\u2028\u202e\u200d\ufe0f\u0301\ud800\udfff😀👩‍🚀🇨🇳中。"
characters = st.one_of(
    st.characters(), st.sampled_from(TRICKY), st.sampled_from(["&lt;", "</b>", "<blockquote>", "%s{}"])
)
texts = st.lists(characters, max_size=60).map("".join)
long_texts = st.tuples(texts, st.integers(1, 400)).map(lambda each: each[0] * each[1])
styles = st.sampled_from(list(Style))
blocks = st.lists(
    st.builds(
        block,
        st.builds(Run, st.one_of(texts, long_texts), styles),
        st.builds(Run, texts, styles),
        quote=st.booleans(),
        tight=st.booleans(),
    ),
    max_size=8,
)


def visible(pages: list[Page]) -> str:
    """What a reader sees, without white space and page marks, which may stand on other pages."""
    shown = [parse_html(each.html)[0] for each in pages]
    if len(shown) > 1:
        shown = [text.removesuffix(f"{n}/{len(shown)}") for n, text in enumerate(shown, 1)]
    return "".join("".join(shown).split())


@examples(60)
@given(blocks)
def test_every_page_is_accepted_and_together_they_hold_every_word(content: list[Block]) -> None:
    pages = paged([block("!"), *content])
    for each in pages:
        text, entities = parse_html(each.html)
        assert 1 <= utf16(text) <= 4096
        assert len(entities) <= 100
        assert utf16(each.plain) <= 4096
        each.html.encode()
    assert visible(pages) == "".join(("!" + "".join(each.text for each in content)).split())


@examples(200)
@given(st.text(max_size=2000))
def test_a_quote_that_holds_no_control_characters_survives_to_the_letter(quote: str) -> None:
    quote = safe(quote).strip()
    text, entities = parse_html(page([block("¶ 1"), block(quote, quote=True, tight=True)]).html)
    assert [e.of(text) for e in entities if "blockquote" in e.type] == ([quote] if quote else [])


@examples(100)
@given(long_texts, st.integers(10, 500))
def test_parts_are_the_text_and_none_is_longer_than_asked(text: str, limit: int) -> None:
    pieces = parts(block(text), limit)
    assert "".join(piece.text for piece in pieces) == safe(text)
    assert all(units(piece.text) <= limit for piece in pieces)


@examples(100)
@given(texts)
def test_units_are_those_telegram_counts(text: str) -> None:
    assert units(safe(text)) == utf16(safe(text))


@examples(100)
@given(texts, st.integers(3, 30))
def test_a_shortened_title_is_one_line_of_the_length_asked(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert units(short) <= limit
    assert "\n" not in short


def test_a_text_at_the_very_bound_is_cut_between_words() -> None:
    sentence = "Every boat is tarred in spring. "
    pages = paged([block(sentence * 400, quote=True)])
    assert len(pages) == 4
    for each in pages[:-1]:
        body = parse_html(each.html)[0].rsplit("\n\n", 1)[0].rstrip()
        assert body.startswith("Every boat")
        assert body.endswith("in spring.")


def test_the_line_that_says_where_a_quote_stands_stays_with_it() -> None:
    blocks = [block("x" * 3500), block("¶ 7"), block("y" * 1500, quote=True, tight=True)]
    first, second = (parse_html(each.html)[0] for each in paged(blocks))
    assert "¶ 7" not in first
    assert second.startswith("¶ 7\nyyy")


def test_a_family_of_emoji_is_not_torn_apart() -> None:
    family = "👩‍👩‍👧‍👦"
    for piece in parts(block(family * 100), 30):
        assert piece.text.startswith("👩")
        assert piece.text.endswith("👦")


def test_only_long_quotes_fold() -> None:
    assert "<blockquote>short</blockquote>" in page([block("short", quote=True)]).html
    assert "<blockquote expandable>" in page([block("long " * 200, quote=True)]).html


def test_no_page_has_more_styled_stretches_than_telegram_shows() -> None:
    pages = paged([block(Run("x", Style.MARK), tight=True) for _ in range(200)])
    assert all(len(parse_html(each.html)[1]) <= 100 for each in pages)
    assert sum(parse_html(each.html)[0].count("x") for each in pages) == 200
