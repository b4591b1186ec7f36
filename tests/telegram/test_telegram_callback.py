"""Buttons carry all they need within 64 bytes, and anything else is told apart."""

from __future__ import annotations

from fuzz import examples
from hypothesis import example, given
from hypothesis import strategies as st

from bot.telegram.callback import Action, Back, Open, QuoteAt, Suggestion, decode, encode, find_document, find_quote
from documents.library import Library
from documents.models import Document

ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,79}", fullmatch=True)
numbers = st.integers(0, 99_999)
languages = st.sampled_from(["en", "zh"])
quotes = st.builds(QuoteAt, numbers, numbers, numbers, st.integers(0, 36**3 - 1))
opens = st.builds(
    Open, ids, numbers, languages, part=st.none() | numbers, quote=st.none() | quotes, from_answer=st.booleans()
) | st.builds(Open, ids, numbers, languages, quote=st.none() | quotes, from_answer=st.just(False), apart=st.just(True))
actions = st.one_of(opens, st.builds(Back, languages), st.builds(Suggestion, st.integers(0, 99), languages))


@examples(100)
@given(actions)
@example(Open("a" * 80, 99_999, "zh", 9, QuoteAt(99_999, 99_998, 99_999, 36**3 - 1)))
def test_a_button_says_again_what_it_was_made_of(action: Action) -> None:
    data = encode(action)
    assert 1 <= len(data.encode()) <= 64
    read = decode(data)
    if isinstance(action, Open) and isinstance(read, Open):
        library = Library({Document(id="other", title="O"): [], Document(id=action.document, title="T"): []})
        found = find_document(library, read.document)
        assert found is not None
        assert found.id == action.document
        read = Open(action.document, read.paragraph, read.language, read.part, read.quote, read.from_answer, read.apart)
    assert read == action


@examples(100)
@given(st.text() | st.from_regex(r"[pdnbs][ez]?:?[a-z0-9:.~-]{0,70}", fullmatch=True))
def test_garbled_data_is_never_an_exception(data: str) -> None:
    action = decode(data)
    assert action is None or len(encode(action).encode()) <= 64


def test_a_quote_is_found_again_only_where_it_still_stands() -> None:
    place = find_quote(3, "tar <pitch>", "Use tar <pitch> daily.")
    assert place is not None
    assert place.within("Use tar <pitch> daily.")
    assert not place.within("Use tar (pitch) daily.")
    assert not place.within("Use")
    assert find_quote(3, "absent", "Use tar <pitch> daily.") is None
    assert find_quote(3, "", "Use tar <pitch> daily.") is None
