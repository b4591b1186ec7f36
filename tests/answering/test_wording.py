"""The text of an answer: a fixed lead, the quotes as they are, the notes; in both languages."""

from __future__ import annotations

import re

import pytest

from bot.answering.answer import Answer, Language, PointerTo, Status
from bot.answering.naming import pointer_name
from bot.answering.turn import Draft, Judgement
from bot.answering.wording import documents_named, place, short_title, word
from documents.library import Library
from documents.models import Document, Paragraph
from prompts.phrases import phrases

from .made import LONG, RULES, cited, evidence, hit, library, room, turn

ABSENT = PointerTo(document="annex-1", label="Annex I", title="Forms of the Harbour")
CHINESE = re.compile("[\u4e00-\u9fff]")


def worded(draft: Draft, language: Language = "en") -> Answer:
    asked = turn(draft=draft, language=language)
    word(asked, room())
    assert asked.answer is not None
    assert asked.answer.status is draft.status
    assert asked.answer.language == language
    assert asked.answer.text.startswith(asked.answer.lead)
    return asked.answer


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.CLARIFY])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_status_has_words_of_its_own_language(status: Status, language: Language) -> None:
    pointers = (ABSENT,) if status is Status.REFERRED else ()
    answer = worded(Draft(status, citations=(cited(2),), pointers=pointers), language)
    assert bool(CHINESE.search(answer.lead)) is (language == "zh")


def test_no_two_statuses_begin_alike() -> None:
    leads = {
        worded(Draft(status, pointers=(ABSENT,) if status is Status.REFERRED else ())).lead
        for status in Status
        if status is not Status.CLARIFY
    }
    assert len(leads) == len(Status) - 1


@pytest.mark.parametrize("quote", ["{}", "{lead} {0} {count!r}", "100 % of %s and %(x)d", "<b>&amp;</b>", "\\n $x ¶"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_quote_stands_in_the_text_as_it_is(quote: str, language: Language) -> None:
    answer = worded(Draft(Status.ANSWERED, citations=(cited(2, quote), cited(3))), language)
    assert f"“{quote}”" in answer.text
    assert f"“{LONG}”" in answer.text
    assert answer.citations[0].quote == quote


@pytest.mark.parametrize("title", ["{}", "{pointer} 100 %", 'On "Forms"'])
def test_titles_are_no_templates_either(title: str) -> None:
    pointer = PointerTo(title=title)
    assert title in worded(Draft(Status.REFERRED, citations=(cited(4),), pointers=(pointer,))).text


def test_a_referral_says_which_document_and_whether_it_is_there() -> None:
    absent = worded(Draft(Status.REFERRED, citations=(cited(4),), pointers=(ABSENT,)))
    assert "Annex I (Forms of the Harbour)" in absent.lead
    assert "not in the library" in absent.lead
    present = worded(
        Draft(Status.REFERRED, citations=(cited(4),), pointers=(ABSENT.model_copy(update={"present": True}),))
    )
    assert "not in the library" not in present.lead
    assert "in the library" in present.lead
    assert "Forms are found in Annex I." in present.text


def test_what_is_only_related_is_said_to_be() -> None:
    answer = worded(Draft(Status.NOT_STATED, citations=(cited(2, related=True),)))
    assert phrases("en")("answer.not_stated_related") in answer.text
    assert phrases("en")("answer.not_stated_related") not in worded(Draft(Status.NOT_STATED)).text


def test_several_documents_say_it_together() -> None:
    one = worded(Draft(Status.ANSWERED, citations=(cited(2), cited(3))))
    two = worded(Draft(Status.ANSWERED, citations=(cited(2), cited(3, document="customs"))))
    assert one.lead == phrases("en")("answer.answered")
    assert two.lead == phrases("en")("answer.answered_several")


def test_suggestions_and_notes_follow_in_order() -> None:
    text = worded(Draft(Status.CONVERSATION, suggestions=("Who lends?", "Who pays?"), notes=("cut short",))).text
    assert text.index("Who lends?") < text.index("Who pays?") < text.index("cut short")


def test_off_topic_says_what_the_desk_is_about() -> None:
    lead = worded(Draft(Status.OFF_TOPIC)).lead
    assert "Rules of the Harbour (Gang [1998] No.7, 1998-05-04); Customs of the Harbour" in lead
    assert "Forms of the Harbour" not in lead


def test_off_topic_with_passages_says_that_it_is_not_sure() -> None:
    answer = worded(Draft(Status.OFF_TOPIC, citations=(cited(2, related=True),)))
    assert answer.lead != worded(Draft(Status.OFF_TOPIC)).lead
    assert phrases("en")("answer.off_topic_near") in answer.text


def test_of_many_documents_only_the_first_are_named() -> None:
    many = Library({Document(id=f"x{number}", title=f"Rules {number}"): [] for number in range(60)})
    named = documents_named(many, phrases("en"))
    assert "Rules 0; Rules 1" in named
    assert "Rules 9" not in named
    assert "and 55 more" in named


def test_documents_are_named_without_what_is_not_known_of_them() -> None:
    assert documents_named(Library({Document(id="x", title="Plain"): []}), phrases("en")) == "Plain"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "¶3, “Money & boats”, Gang"), ("zh", "第3段，“Money & boats”，Gang")]
)
def test_the_place_of_a_quote_is_told(language: str, said: str) -> None:
    assert place(cited(3), phrases(language)).startswith(said)


def test_a_page_is_told_where_there_is_one() -> None:
    assert "page 7" in place(cited(3, page=7), phrases("en"))
    assert "page" not in place(cited(3, section=()), phrases("en"))


def test_a_long_title_without_a_number_is_shortened() -> None:
    assert short_title(cited(2), phrases("en")) == RULES.number
    long = cited(2, number=None, title="x" * 200)
    assert len(short_title(long, phrases("en"))) <= 60
    assert short_title(cited(2, number=None), phrases("en")) == RULES.title


@pytest.mark.parametrize(
    ("pointer", "named"),
    [
        (ABSENT, "Annex I (Forms of the Harbour)"),
        (PointerTo(label="Annex I", title="Annex I"), "Annex I"),
        (PointerTo(title="Code of the Sea"), "the Code of the Sea"),
    ],
)
def test_a_pointer_is_named_by_what_is_known_of_it(pointer: PointerTo, named: str) -> None:
    assert pointer_name(pointer, phrases("en")) == named


def test_wording_before_composing_is_a_mistake_of_the_program() -> None:
    with pytest.raises(RuntimeError, match="composed"):
        word(turn(), room())


def test_the_library_of_these_tests_is_what_the_tests_say() -> None:
    assert isinstance(library().paragraph(RULES.id, 4), Paragraph)
    assert library().paragraph(RULES.id, 4).pointers


def test_what_was_found_and_is_not_cited_can_be_looked_at_after() -> None:
    found = evidence([hit(3), hit(2), hit(4)])
    for status, further in ((Status.ANSWERED, ((RULES.id, 3), (RULES.id, 4))), (Status.OFF_TOPIC, ())):
        asked = turn(draft=Draft(status, citations=(cited(2),)), evidence=found)
        word(asked, room())
        assert asked.answer is not None
        assert asked.answer.further == further


def test_an_answer_tells_the_share_of_the_status_it_ends_with() -> None:
    shares = {"answered": 0.7, "not_stated": 0.2, "conversation": 0.1}
    for status, share in (
        (Status.ANSWERED, 0.7),
        (Status.NOT_STATED, 0.2),
        (Status.REFERRED, None),
        (Status.CONVERSATION, 0.1),
    ):
        asked = turn(draft=Draft(status), judgement=Judgement(Status.ANSWERED, 0.9, shares, "as made"))
        word(asked, room())
        assert asked.answer is not None
        assert asked.answer.share == share
    assert worded(Draft(Status.ANSWERED)).share is None


def test_shares_that_sum_to_more_than_all_by_rounding_are_all() -> None:
    judged = Judgement(Status.ANSWERED, 1.0, {"answered": 1.0000000000000002}, "as made")
    asked = turn(draft=Draft(Status.ANSWERED), judgement=judged)
    word(asked, room())
    assert asked.answer is not None
    assert asked.answer.share == 1.0


def test_an_answer_that_was_stored_without_its_share_is_read() -> None:
    stored = worded(Draft(Status.ANSWERED, citations=(cited(2),))).model_dump(mode="json")
    del stored["share"]
    assert Answer.model_validate(stored).share is None
