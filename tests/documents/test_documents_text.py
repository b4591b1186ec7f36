"""Sentences are verbatim and complete; folding repairs only the copy that is searched."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.models import Paragraph
from documents.text import LONG_SENTENCE, SHORTEST_CLAUSE, for_search, language_of, sentences, squeezed

# Any unicode, and texts dense in what the cutter looks at.
TEXTS = st.text() | st.text(alphabet=".。;；!?！？”\"')） \n\u3000aB1.项第")


def pieces(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


# --- the folded copy ---------------------------------------------------------------------------------------------


def test_mojibake_of_the_circular_is_repaired_for_search_and_kept_for_quotes(circular: tuple[Paragraph, ...]) -> None:
    text = circular[3].text
    assert "foreign tradeˇˇdevelop some bases" in text
    assert "foreign trade develop some bases" in for_search(text)
    assert "ˇ" not in for_search(text)
    assert any("foreign tradeˇˇdevelop" in piece for piece in pieces(text)), "a quote is cut from the source as it is"


def test_one_caron_alone_is_a_letter_and_stays() -> None:
    assert for_search("aˇb") == "aˇb"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＩＳＯ２７００１", "ISO27001"),
        ("“base cities”", '"base cities"'),
        ("China’s", "China's"),
        ("  two\n\tlines\u3000here \u00a0", "two lines here"),
        ("第１条（一）", "第1条(一)"),
        ("", ""),
        ("ˇˇ", ""),
    ],
)
def test_forms_that_look_alike_are_folded_together(written: str, folded: str) -> None:
    assert for_search(written) == folded


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert for_search(for_search(text)) == for_search(text)


def test_squeezed_is_blind_to_case_and_white_space_and_to_nothing_else() -> None:
    assert squeezed("Appendix  II") == squeezed("appendix\nii") == squeezed("ＡＰＰＥＮＤＩＸ II")
    assert squeezed("Appendix II") != squeezed("Appendix III")
    assert squeezed("附件 1") == squeezed("附件１")


# --- sentences ---------------------------------------------------------------------------------------------------


@given(TEXTS)
@example("a" * SHORTEST_CLAUSE + ";" + "b" * LONG_SENTENCE + " ; ; c")
@example("No. 5. \n\n A. 。 ！")
@example(". . . .")
def test_nothing_but_white_space_is_lost_and_nothing_is_said_twice(text: str) -> None:
    spans = sentences(text)
    at = 0
    for span in spans:
        assert not text[at : span.start].strip(), "only white space may stand between two sentences"
        assert span.start >= at
        assert span.end > span.start
        assert span.of(text) == span.of(text).strip(), "a sentence neither begins nor ends with white space"
        at = span.end
    assert not text[at:].strip()


@given(st.lists(st.sampled_from(["Funds are granted to base cities; ", "e.g. this, ", "No. 5 says. ", "项目；"])))
def test_nothing_is_lost_of_long_texts_with_semicolons(parts: list[str]) -> None:
    text = "".join(parts)
    assert "".join("".join(pieces(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Processes are outsourced, e.g. business reform and administration.",
        "The plan aims, i.e. for the most part, at growth of exports.",
        "The Circular (No. 556 of 2006) remains in force until further notice.",
        "Equipment, offices, software etc. and the like are eligible for it.",
        "It is done as provided in Art. 5 and Sec. 3 of the Measures.",
        "Opened by Mr. Li and Dr. Wang of Orient Co. Ltd. in the capital.",
        "Rates of 1.5 per cent and version 2.1 of the list are applied.",
    ],
)
def test_abbreviations_and_decimals_end_no_sentence(text: str) -> None:
    assert pieces(text) == [text]


def test_words_that_merely_end_like_an_abbreviation_end_a_sentence() -> None:
    assert pieces("The firm lists its casino. The Office then decides on it.") == [
        "The firm lists its casino.",
        "The Office then decides on it.",
    ]


def test_numbers_of_a_list_stay_with_what_they_number() -> None:
    text = (
        "1. The firm is registered here. 2. The firm has ten employees. (3. The firm pays its taxes.) IV. It is honest."
    )
    assert pieces(text) == [
        "1. The firm is registered here.",
        "2. The firm has ten employees.",
        "(3. The firm pays its taxes.)",
        "IV. It is honest.",
    ]


def test_a_year_at_the_end_ends_the_sentence() -> None:
    assert pieces("Exports shall be quadrupled by 2010. Funds are set aside for it.") == [
        "Exports shall be quadrupled by 2010.",
        "Funds are set aside for it.",
    ]


def test_chinese_sentences_end_at_chinese_marks_without_white_space() -> None:
    sentences_of_it = [
        "企业应当在每年三月底以前提出申请。",
        "主管部门应当自受理之日起二十日内答复！",
        "主管部门逾期未作出答复的怎么办？",
        "企业可以自期满之日起申请行政复议。",
    ]
    assert pieces("".join(sentences_of_it)) == sentences_of_it


def test_closing_quotation_marks_and_brackets_belong_to_the_sentence_they_close() -> None:
    assert pieces("主管部门称：“申请材料应当齐全。”企业应当按照要求补正全部申请材料。") == [
        "主管部门称：“申请材料应当齐全。”",
        "企业应当按照要求补正全部申请材料。",
    ]
    assert pieces('The notice says "apply before May." The Office decides after that.') == [
        'The notice says "apply before May."',
        "The Office decides after that.",
    ]


def test_a_long_sentence_is_cut_at_its_semicolons_and_a_short_one_is_not() -> None:
    clauses = [f"measure {word} is carried out by the competent departments at every level;" for word in "abcd"]
    long = " ".join(clauses)
    assert len(long) >= LONG_SENTENCE
    assert pieces(long) == clauses
    short = " ".join(clauses[:2])
    assert len(short) < LONG_SENTENCE
    assert pieces(short) == [short]
    han = "；".join(["各级商务主管部门应当根据本地区实际情况制定具体措施并报上级备案" * 2] * 5)
    assert len(han) >= LONG_SENTENCE
    assert len(pieces(han)) == 5


def test_a_piece_too_short_to_stand_alone_stays_with_the_one_before() -> None:
    assert pieces("The Office decides within thirty days. It does. Nobody else decides on it.") == [
        "The Office decides within thirty days. It does.",
        "Nobody else decides on it.",
    ]


@pytest.mark.parametrize("text", ["", "   \n\u3000"])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert sentences(text) == ()


def test_a_long_text_is_cut_in_a_time_that_grows_with_its_length_only() -> None:
    """A file without blank lines is one block; looking back from each full stop over all of it takes minutes."""
    text = "The Office decides. " * 10_000
    begun = time.perf_counter()
    assert len(sentences(text)) == 10_000
    assert time.perf_counter() - begun < 2


# --- language ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Which bank can lend to our company?", "en"),
        ("哪家银行可以给我们公司贷款？", "zh"),
        ("ISO27001认证有奖励吗?", "zh"),
        ("CMMI5 和 ISO20000 认证都有奖励吗", "zh"),
        ("ISO27001 SAS70 CMM 奖励", "zh"),
        ("What does the circular say on the term 服务外包?", "en"),
        ("中", "zh"),
        ("😀🎉", "en"),
        ("12345 ?!", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_the_one_that_carries_the_text(text: str, language: str) -> None:
    assert language_of(text) == language
