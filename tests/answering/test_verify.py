"""Nothing is sent that does not stand in the documents."""

from __future__ import annotations

import pytest

from bot.answering.answer import Citation, PointerTo, Status
from bot.answering.cite import ELLIPSIS
from bot.answering.verify import stands, verify

from .made import ANNEX, FIRST, FOURTH, LONG, RULES, SECOND, THIRD, cited, drafted, library, room, turn

RIGHT = {
    "whole": cited(3),
    "a sentence": cited(3, SECOND),
    "part of one": cited(3, "licensed carrier"),
    "two pieces in order": cited(3, f"{FIRST}{ELLIPSIS}{THIRD}"),
    "neighbours": cited(3, f"{FIRST} {SECOND}"),
}
WRONG = {
    "words that stand nowhere": cited(3, "The harbour bank lends to nobody."),
    "a letter changed": cited(3, SECOND.replace("every", "Every")),
    "another paragraph's words": cited(3, "Carriers need a licence."),
    "pieces out of order": cited(3, f"{FOURTH}{ELLIPSIS}{FIRST}"),
    "a piece twice": cited(3, f"{SECOND}{ELLIPSIS}{SECOND}"),
    "overlapping pieces": cited(3, f"{FIRST} {SECOND}{ELLIPSIS}{SECOND}"),
    "one piece of two": cited(3, f"{FIRST}{ELLIPSIS}Nobody pays."),
    "an ellipsis that is no ellipsis": cited(3, f"{FIRST} ... {THIRD}"),
    "text changed": cited(3, SECOND, text=LONG.replace("bank", "banker")),
    "text and quote changed": cited(3, "lends to nobody", text=LONG.replace("to every", "to nobody every")),
    "an empty quote": cited(3, ""),
    "a blank quote": cited(3, "  "),
    "an unknown document": cited(3, document="no-such-document"),
    "another document": cited(3, document="customs", paragraph=1),
    "an unknown paragraph": cited(3, paragraph=99),
    "an omitted document": cited(3, document=ANNEX.id),
}


@pytest.mark.parametrize("citation", RIGHT.values(), ids=RIGHT.keys())
def test_verbatim_words_stand(citation: Citation) -> None:
    assert stands(citation, library())


@pytest.mark.parametrize("citation", WRONG.values(), ids=WRONG.keys())
def test_anything_else_does_not(citation: Citation) -> None:
    assert not stands(citation, library())


@pytest.mark.parametrize("citation", WRONG.values(), ids=WRONG.keys())
def test_what_does_not_stand_is_dropped_and_the_rest_kept(citation: Citation) -> None:
    asked = drafted(Status.ANSWERED, citation, cited(2))
    verify(asked, room())
    assert asked.draft is not None
    assert asked.draft.citations == (cited(2),)
    assert asked.draft.status is Status.ANSWERED
    assert asked.trace["verify"] == {"quotes": 1, "dropped": 1}


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.REFERRED])
def test_an_answer_left_without_a_quote_is_not_sent_as_one(status: Status) -> None:
    asked = drafted(
        status, cited(3, "Nobody pays."), pointers=(PointerTo(title="x"),), notes=("cut short", "the time has passed")
    )
    asked.notes.append("cut short")
    verify(asked, room())
    assert asked.draft is not None
    assert asked.draft.status is Status.NOT_STATED
    assert asked.draft.citations == ()
    assert asked.draft.pointers == ()
    assert asked.draft.notes == ("cut short",)


@pytest.mark.parametrize("status", [Status.OFF_TOPIC, Status.CONVERSATION, Status.NOT_STATED])
def test_what_needs_no_quote_stays_as_it_is(status: Status) -> None:
    asked = drafted(status, suggestions=("Who lends?",))
    verify(asked, room())
    assert asked.draft is not None
    assert asked.draft.status is status
    assert asked.draft.suggestions == ("Who lends?",)


def test_a_turn_without_a_draft_is_left_alone() -> None:
    asked = turn()
    verify(asked, room())
    assert asked.draft is None
    assert library().document(RULES.id)
