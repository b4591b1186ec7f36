"""What is proposed stands in the text, asks what the sentence answers, and is confirmed by nobody yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.drafting.row import Row
from bot.drafting.rules import RuleProposer
from documents.intake import Facts, take_in
from documents.knowledge import CellStatus
from documents.measures import Asks
from documents.readers.text import TextReader
from documents.text import for_search, language_of

from .made import FERRY, SUBSIDY, document

FILES = sorted((Path(__file__).parents[1] / "documents" / "made").glob("*.txt"))


def proposed(text: str) -> dict[str, Row]:
    """The rows of a text by measure and cell."""
    return {f"{row.measure}/{row.cell}": row for row in RuleProposer().propose(*document(text))}


@pytest.mark.parametrize(
    ("text", "cell", "asks", "question"),
    [
        (FERRY, "amount/amount", Asks.HOW_MUCH, "How much may the Harbour Office grant to each carrier?"),
        (FERRY, "application/deadline", Asks.WHEN, "When shall applications be filed with the harbour office?"),
        (FERRY, "application/where_to_file", Asks.WHERE, "Where shall applications be filed?"),
        (FERRY, "application/in_charge", Asks.WHO, "Who decides within 30 days?"),
        (FERRY, "definitions/definition", Asks.DEFINITION, "What is meant by “ferry”?"),
        (FERRY, "recovery/penalties", Asks.CONSEQUENCE, "What are the penalties concerning the ferry grant?"),
        (SUBSIDY, "补贴标准/amount", Asks.HOW_MUCH, "对符合条件的企业，每千瓦时给予多少钱补贴？"),
        (SUBSIDY, "申请/deadline", Asks.WHEN, "企业应当于什么时候前向区经济和信息化局提出申请？"),
        (SUBSIDY, "申请/where_to_file", Asks.WHERE, "企业应当于每年3月31日前向哪个部门提出申请？"),
        (SUBSIDY, "申请/duration", Asks.HOW_LONG, "区经济和信息化局应当在多长时间内完成审核？"),
        (SUBSIDY, "补贴条件/conditions", Asks.ELIGIBILITY, "谁可以申请小微企业用电补贴？"),
        (SUBSIDY, "申请/penalties", Asks.CONSEQUENCE, "小微企业用电补贴弄虚作假有什么后果？"),
    ],
)
def test_a_sentence_is_asked_for_what_it_answers(text: str, cell: str, asks: Asks, question: str) -> None:
    row = proposed(text)[cell]
    assert (row.asks, row.status) == (asks, CellStatus.STATED)
    assert question in (*row.questions_en, *row.questions_zh)


@pytest.mark.parametrize(
    ("text", "cell", "pointer", "question"),
    [
        (FERRY, "amount/amount_2", "Annex 1", "What are the rates for night ferries?"),
        (SUBSIDY, "补贴标准/amount_2", "补贴标准", "停产企业的补贴标准是什么？"),
        (SUBSIDY, "申请/how_to_apply", "澜州市用电计量规定", "用电量的核定方法是什么？"),
    ],
)
def test_what_is_left_to_another_document_is_referred_to_it(text: str, cell: str, pointer: str, question: str) -> None:
    row = proposed(text)[cell]
    assert (row.status, row.pointer) == (CellStatus.REFERRED, pointer)
    assert question in (*row.questions_en, *row.questions_zh)


def test_a_list_is_evidence_with_the_sentence_that_begins_it() -> None:
    assert proposed(FERRY)["application/papers"].evidence == (
        "The following documents shall be submitted:",
        "(a) the licence of the ferry;",
        "(b) the timetable of the last year.",
    )


@pytest.mark.parametrize("text", [FERRY, SUBSIDY])
def test_only_what_no_sentence_answers_is_guessed_to_be_open(text: str) -> None:
    rows = proposed(text).values()
    guessed = {row.asks for row in rows if row.guess}
    assert guessed
    assert not guessed & {row.asks for row in rows if not row.guess}
    assert all(row.guess == (row.status is CellStatus.NOT_STATED) == bool(row.note) for row in rows)


def test_a_purpose_hands_nothing_over() -> None:
    text = (
        FERRY + "\nThese Measures are issued in accordance with the Harbour Act, and the rates are laid down in it.\n"
    )
    assert {row.pointer for row in proposed(text).values()} == {"", "Annex 1"}


def test_a_form_in_brackets_hands_nothing_over() -> None:
    row = proposed(SUBSIDY + "\n第七条 企业应当提交申请表（样式见附件1）和营业执照复印件。\n")["申请/papers"]
    assert (row.status, row.pointer) == (CellStatus.STATED, "")


def test_words_of_several_paragraphs_are_no_evidence() -> None:
    twice = "The office decides within 30 days."
    rows = proposed(FERRY + f"\n5. Appeals\n\n{twice}\n").values()
    assert not [row for row in rows if twice in row.evidence]
    whole = f"Applications shall be filed with the harbour office by 31 March. {twice}"
    assert [row.asks for row in rows if whole in row.evidence] == [Asks.WHO]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_evidence_stands_in_one_paragraph_and_questions_in_their_language(path: Path) -> None:
    intake = take_in(path, TextReader().read(path).blocks, Facts())
    rows = RuleProposer().propose(intake.document, intake.paragraphs)
    texts = [for_search(paragraph.text) for paragraph in intake.paragraphs]
    assert len(rows) > 5
    for row in rows:
        assert not row.confirmed
        assert bool(row.evidence) == (row.status is not CellStatus.NOT_STATED)
        for snippet in row.evidence:
            assert any(snippet in paragraph.text for paragraph in intake.paragraphs)
            assert sum(for_search(snippet) in text for text in texts) == 1
        assert row.questions_en or row.questions_zh
        assert {language_of(question) for question in row.questions_en} <= {"en"}
        assert {language_of(question) for question in row.questions_zh} <= {"zh"}
    asked = [question for row in rows for question in (*row.questions_en, *row.questions_zh)]
    assert len(asked) == len(set(asked))
    for names in ([row.id for row in rows], [(row.measure, row.cell) for row in rows]):
        assert len(names) == len(set(names))


def test_the_same_text_gives_the_same_rows_and_what_stands_around_changes_no_id() -> None:
    assert RuleProposer().propose(*document(SUBSIDY)) == RuleProposer().propose(*document(SUBSIDY))
    longer = SUBSIDY.replace(
        "第四条", "补贴申请由企业住所地的区人民政府负责受理，并对申请材料是否齐全进行检查。\n\n第四条"
    )
    before, after = ({row.id for row in proposed(text).values()} for text in (SUBSIDY, longer))
    assert before <= after
    assert len(after) > len(before)


def test_the_other_language_is_left_to_the_person_where_the_topic_has_no_name_in_it() -> None:
    rows = proposed(SUBSIDY + "\n第七条 本办法所称培训，是指由学校开展的课程。\n").values()
    named = [row for row in rows if row.questions_en]
    assert [row.questions_en for row in named] == [("What is meant by “training”?", "What counts as training?")]


def test_a_text_without_anything_to_ask_gives_nothing() -> None:
    assert RuleProposer().propose(*document("Welcome\n\nThe harbour is old and the sea is blue.\n")) == ()
