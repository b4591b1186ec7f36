"""Each status gets its parts: answers cite, referrals name the document, what is not stated is only related."""

from __future__ import annotations

import pytest

from bot.answering.answer import PointerTo, Status
from bot.answering.compose import compose
from bot.answering.turn import Draft, Judgement, Turn
from documents.knowledge import KnownStatus
from documents.library import Library
from documents.models import DocumentStatus
from retrieval.evidence import Evidence

from .made import ANNEX, RULES, evidence, hit, judged, known, library, room, tuned, turn

TUNING = tuned(citations={"most": 3, "ratio": 0.6, "most_related": 2, "ratio_related": 0.5})


def composed(status: Status, found: Evidence, *, notes: tuple[str, ...] = (), held: Library | None = None) -> Draft:
    asked: Turn = judged(status, found)
    asked.notes.extend(notes)
    compose(asked, room(tuning=TUNING, held=held))
    assert asked.draft is not None
    assert asked.draft.status is status
    assert asked.draft.notes == notes
    return asked.draft


def paragraphs(draft: Draft) -> list[int]:
    return [citation.paragraph for citation in draft.citations]


def test_an_answer_cites_the_best_paragraphs() -> None:
    draft = composed(Status.ANSWERED, evidence([hit(3, 0.5), hit(2, 0.4), hit(4, 0.1)]))
    assert paragraphs(draft) == [3, 2]
    assert not any(citation.related for citation in draft.citations)
    assert draft.pointers == ()


@pytest.mark.parametrize("stands_on", [[2], [2, 3], [2, 3, 4]])
def test_as_many_paragraphs_are_cited_as_known_questions_stand_on(stands_on: list[int]) -> None:
    remembered = [known(KnownStatus.ANSWERED, sentences={(RULES.id, number): (0,) for number in stands_on})]
    found = evidence([hit(2, 0.5), hit(3, 0.49), hit(4, 0.3)], remembered)
    assert paragraphs(composed(Status.ANSWERED, found)) == stands_on


def test_an_answer_hears_only_known_questions_that_are_answered() -> None:
    """The paragraph of a referred question may be nearest, and still not be what answers."""
    remembered = [
        known(KnownStatus.REFERRED, 0.6, sentences={(RULES.id, 4): (0,)}),
        known(KnownStatus.ANSWERED, 0.4, sentences={(RULES.id, 3): (1,)}),
    ]
    found = evidence([hit(4, 0.3), hit(3, 0.3), hit(2, 0.3)], remembered)
    assert paragraphs(composed(Status.ANSWERED, found)) == [3]
    assert paragraphs(composed(Status.REFERRED, found))[0] == 4


def test_a_referral_names_the_document_and_cites_the_paragraph_that_points_to_it() -> None:
    remembered = [known(KnownStatus.REFERRED, pointer=ANNEX.id, sentences={(RULES.id, 2): (0,)})]
    draft = composed(Status.REFERRED, evidence([hit(2, 0.6), hit(3, 0.5), hit(4, 0.1)], remembered))
    assert draft.pointers == (
        PointerTo(document=ANNEX.id, label="Annex I", title="Forms of the Harbour", number=None, present=False),
    )
    assert paragraphs(draft) == [4]


def test_the_document_most_known_questions_point_to_is_named() -> None:
    remembered = [
        known(KnownStatus.REFERRED, 0.4, pointer=RULES.id),
        known(KnownStatus.REFERRED, 0.3, pointer=ANNEX.id),
        known(KnownStatus.REFERRED, 0.3, pointer=ANNEX.id),
    ]
    draft = composed(Status.REFERRED, evidence([hit(4)], remembered))
    assert [pointer.document for pointer in draft.pointers] == [ANNEX.id]


def test_a_document_that_has_been_added_is_named_as_present() -> None:
    with_annex = Library(
        {
            RULES: library().paragraphs(RULES.id),
            ANNEX.model_copy(update={"status": DocumentStatus.PRESENT}): [
                library().paragraph(RULES.id, 2).model_copy(update={"document": ANNEX.id, "number": 1})
            ],
        }
    )
    found = evidence([hit(4)], [known(KnownStatus.REFERRED, pointer=ANNEX.id)])
    assert composed(Status.REFERRED, found, held=with_annex).pointers[0].present


@pytest.mark.parametrize("pointer", [None, "no-such-document"])
def test_where_the_memory_names_none_the_pointer_of_the_passage_is_taken(pointer: str | None) -> None:
    found = evidence([hit(4, 0.6), hit(2, 0.3)], [known(KnownStatus.REFERRED, pointer=pointer)])
    draft = composed(Status.REFERRED, found)
    assert [(named.label, named.title) for named in draft.pointers] == [("Annex I", "Forms of the Harbour")]
    assert 4 in paragraphs(draft)


def test_a_pointer_taken_from_a_passage_is_one_of_a_cited_passage() -> None:
    draft = composed(Status.REFERRED, evidence([hit(2, 0.9), hit(4, 0.05)], [known(KnownStatus.REFERRED)]))
    assert 4 in paragraphs(draft)


def test_what_is_not_stated_is_cited_as_related_only() -> None:
    draft = composed(Status.NOT_STATED, evidence([hit(3, 0.5), hit(2, 0.3), hit(4, 0.29), hit(1, 0.1)]))
    assert paragraphs(draft) == [3, 2]
    assert all(citation.related for citation in draft.citations)


def test_what_a_document_that_was_only_read_leaves_open_is_shown_as_much_of_as_for_an_answer() -> None:
    """It may hold the answer after all; what the memory of others votes for is not shown."""
    found = evidence([hit(3, 0.5), hit(2, 0.3), hit(4, 0.29), hit(1, 0.1)], prepared=frozenset())
    asked = turn(evidence=found, judgement=Judgement(Status.NOT_STATED, 1.0, {}, "as made", from_memory=False))
    compose(asked, room(tuning=TUNING))
    assert asked.draft is not None
    assert paragraphs(asked.draft) == [3, 2, 4, 1]
    assert all(citation.related for citation in asked.draft.citations)


@pytest.mark.parametrize("status", [Status.OFF_TOPIC, Status.CONVERSATION])
def test_talk_cites_nothing(status: Status) -> None:
    draft = composed(status, evidence([hit(3)], [known(KnownStatus.CONVERSATION)]))
    assert draft.citations == ()
    assert draft.pointers == ()


@pytest.mark.parametrize(
    ("unprepared", "prepared", "shown"),
    [(0.3, frozenset(), [3, 2, 4]), (0.2, frozenset(), []), (0.3, frozenset({RULES.id}), [])],
)
def test_where_off_topic_is_not_sure_what_is_nearest_in_unknown_documents_is_shown(
    unprepared: float, prepared: frozenset[str], shown: list[int]
) -> None:
    found = evidence([hit(3, 0.5), hit(2, 0.4), hit(4, 0.1)], prepared=prepared)
    asked = turn(evidence=found, judgement=Judgement(Status.OFF_TOPIC, 0.5, {}, "as made", unprepared=unprepared))
    compose(asked, room(tuning=tuned(citations={"least_unprepared": 0.25})))
    assert asked.draft is not None
    assert asked.draft.status is Status.OFF_TOPIC
    assert paragraphs(asked.draft) == shown
    assert all(citation.related for citation in asked.draft.citations)


def test_a_greeting_gets_examples_in_its_language() -> None:
    asked = judged(Status.CONVERSATION, evidence())
    asked.language = "zh"
    compose(asked, room())
    assert asked.draft is not None
    assert len(asked.draft.suggestions) == 3
    assert "银行" in asked.draft.suggestions[0]


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.NOT_STATED, Status.OFF_TOPIC, Status.CONVERSATION])
def test_notes_of_earlier_steps_are_kept(status: Status) -> None:
    composed(status, evidence([hit(3)]), notes=("cut short",))


def test_composing_before_judging_is_a_mistake_of_the_program() -> None:
    with pytest.raises(RuntimeError, match="judged"):
        compose(turn(evidence=evidence()), room())
