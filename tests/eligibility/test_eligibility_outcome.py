"""What a check comes to: verdicts for each condition and in sum, with paragraphs, in both languages, no promise."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from bot.eligibility.check import Check
from bot.eligibility.outcome import Outcome, Verdict
from bot.eligibility.wording import Told, tell
from documents.conditions import Programmes, load_programmes
from documents.library import Library
from documents.loading import SHIPPED, load_corpus
from prompts.phrases import LANGUAGES, phrases

from .made import CONDITIONS, DOCUMENT, answered, walks, with_edition, with_text_of, written

Data = tuple[Programmes, Library]
MEETS, FAILS, NOT_STATED, UNSURE, NOT_ASKED = Verdict


def verdicts(outcome: Outcome) -> dict[str, Verdict]:
    return {finding.condition: finding.verdict for finding in outcome.findings}


def told(check: Check, programme: str, *choices: str, language: str = "en") -> Told:
    return tell(check.outcome(answered(check, programme, *choices)), phrases(language))


@pytest.mark.parametrize(
    ("choices", "each", "in_sum"),
    [
        (("yes", "machines", "yes"), (MEETS, MEETS, MEETS, NOT_STATED), NOT_STATED),
        (("yes", "machines", "no"), (MEETS, MEETS, FAILS, NOT_STATED), NOT_STATED),
        (("yes", "other", "yes"), (MEETS, NOT_STATED, MEETS, NOT_STATED), NOT_STATED),
        (("unsure", "machines", "yes"), (UNSURE, MEETS, MEETS, NOT_STATED), UNSURE),
        (("unsure", "other", "no"), (UNSURE, NOT_STATED, FAILS, NOT_STATED), UNSURE),
        (("no",), (FAILS, NOT_ASKED, NOT_ASKED, NOT_STATED), FAILS),
    ],
)
def test_each_condition_has_its_verdict_and_the_sum_is_no_better_than_the_text(
    grants: Check, choices: tuple[str, ...], each: tuple[Verdict, ...], in_sum: Verdict
) -> None:
    outcome = grants.outcome(answered(grants, "grant", *choices))
    assert verdicts(outcome) == dict(zip(("staff", "purpose", "north", "further"), each, strict=True))
    assert outcome.verdict is in_sum


def test_where_nothing_is_left_open_the_sum_is_that_it_meets_what_is_stated(grants: Check) -> None:
    assert grants.outcome(answered(grants, "advice", "yes")).verdict is MEETS
    assert grants.outcome(answered(grants, "advice", "no")).verdict is FAILS


def test_every_finding_says_what_was_answered_and_where_it_stands(grants: Check) -> None:
    staff, purpose, north, further = grants.outcome(answered(grants, "grant", "yes", "other", "no")).findings
    assert (staff.choice, staff.said and staff.said.en, staff.note) == ("yes", "Yes", None)
    assert purpose.note is not None
    assert purpose.note.zh == "列举未穷尽。"
    assert [f.citation.paragraph for f in (staff, purpose, north, further)] == [2, 2, 2, 3]
    assert (north.advantage, further.open, further.choice) == (True, True, None)
    assert further.governed_by is not None
    assert (further.governed_by.document, further.governed_by.present) == ("grants-annex", False)


def test_every_end_of_every_programme_is_cited_worded_and_no_promise(circular: Check, shipped: Data) -> None:
    """Every walk in both languages; what the sum says fits the findings."""
    _, library = shipped
    seen = set()
    for programme in circular.programmes():
        for end in walks(circular, circular.begin(programme=programme.id)):
            outcome = circular.outcome(end)
            seen.add(outcome.verdict)
            counted = {finding.verdict for finding in outcome.counted}
            assert (outcome.verdict is FAILS) == (FAILS in counted)
            assert (outcome.verdict is MEETS) == (counted == {MEETS})
            assert (NOT_ASKED in counted) <= (FAILS in counted)
            for finding in outcome.findings:
                paragraph = library.paragraph(finding.citation.document, finding.citation.paragraph)
                assert finding.citation.quote in paragraph.text
            for language in LANGUAGES:
                said = tell(outcome, phrases(language))
                assert said.closing[-1] == phrases(language)("check.no_promise")
                assert len(said.findings) == len(outcome.findings)
                assert not re.search(r"[{}]", said.text)
                assert (said.verdict is MEETS) == ("every condition" in said.text or "全部条件" in said.text)
    assert seen == {MEETS, FAILS, NOT_STATED, UNSURE}


def test_the_sum_in_words(grants: Check) -> None:
    assert told(grants, "advice", "yes").summary == ("Meets every condition that the documents state (1 of 1).",)
    assert told(grants, "grant", "yes", "machines", "no").summary == (
        "Meets what the document states (2 of 2). Whether that is enough, it does not say itself.",
        "Matters left to Annex 1: 1.",
    )
    assert told(grants, "grant", "yes", "other", "no").summary[0] == (
        "The documents do not say. They neither include nor exclude your case in: Purpose."
    )
    assert told(grants, "grant", "unsure", "other", "no").summary[0].endswith("not sure of: Ten or more employees.")
    assert told(grants, "grant", "no").summary == ("Does not meet what the documents state: Ten or more employees.",)
    assert told(grants, "grant", "yes", "machines", "no", language="zh").summary == (
        "符合该文件写明的条件（2/2）；是否足够，该文件本身没有写明。",
        "留待附件一规定的事项：1项。",
    )


def test_the_lines_of_the_conditions_in_words(grants: Check) -> None:
    lines = told(grants, "grant", "yes", "other", "no").findings
    assert [finding.line for finding in lines] == [
        "✓ Ten or more employees: meets",
        "○ Purpose: the documents do not say",
        "✗ In the north (an advantage, not a requirement): does not meet",
        "○ Further requirements: the documents do not say",
    ]
    assert lines[1].notes == ("Your answer: Something else", "The list is open.")
    assert lines[3].notes == ("Governed by Annex 1 (Table of Rates), which is not in the library.",)
    assert [finding.line for finding in told(grants, "grant", "no").findings][1] == "· Purpose: not asked"


def test_who_decides_is_quoted_or_it_is_said_that_it_is_not_stated(grants: Check, circular: Check) -> None:
    quotes = told(grants, "grant", "no").quotes
    assert quotes[0].citations[0].quote == "may apply for a grant"
    assert (quotes[1].heading, quotes[1].citations[0].quote) == (
        "Who decides, by the document:",
        "The Office decides on grants.",
    )
    assert told(grants, "advice", "yes").closing[0] == "The documents do not say who decides."
    left = told(circular, "certification-reward", "no").closing[0]
    assert left.startswith("The document does not say itself who decides.")
    assert left.endswith("leaves to Appendix II.")


def test_an_open_condition_whose_document_is_in_the_library_says_what_to_ask_of_it(corpus: Path) -> None:
    library, _ = load_corpus(written(corpus))
    with_annex = with_text_of(library, "grants-annex")
    check = Check(load_programmes(corpus, with_annex), with_annex)
    outcome = check.outcome(answered(check, "grant", "yes", "machines", "no"))
    assert outcome.verdict is NOT_STATED
    for language, asks in (("en", "which is in the library. Ask: “What are the further"), ("zh", "“其他要求是什么？”")):
        said = tell(outcome, phrases(language))
        assert asks in said.findings[-1].notes[0]
        assert {"en": "Annex 1", "zh": "附件一"}[language] in said.findings[-1].line
        assert phrases(language)("check.verdict_not_stated") not in said.text


def test_without_a_question_to_ask_it_only_says_where_it_is_governed(corpus: Path) -> None:
    start = CONDITIONS.index("ask = {")
    without = CONDITIONS[:start] + CONDITIONS[CONDITIONS.index("\n", start) :]
    library, _ = load_corpus(written(corpus, without))
    with_annex = with_text_of(library, "grants-annex")
    check = Check(load_programmes(corpus, with_annex), with_annex)
    assert told(check, "grant", "yes", "machines", "no").findings[-1].notes == (
        "Governed by Annex 1 (Table of Rates), which is in the library.",
    )


@pytest.mark.parametrize(
    ("appendix", "programme"), [("appendix-2", "certification-reward"), ("appendix-3", "base-city")]
)
def test_so_it_is_with_the_appendices_of_the_circular(shipped: Data, appendix: str, programme: str) -> None:
    library = with_text_of(shipped[1], appendix)
    check = Check(load_programmes(SHIPPED, library), library)
    ends = walks(check, check.begin(programme=programme))
    for outcome, language in product([check.outcome(next(ends))], LANGUAGES):
        pointed = [f for f in outcome.findings if f.governed_by is not None]
        assert [f.governed_by and (f.governed_by.document, f.governed_by.present) for f in pointed] == [
            (appendix, True)
        ]
        assert pointed[0].ask is not None
        assert pointed[0].ask.of(language) in tell(outcome, phrases(language)).text


def test_what_names_no_document_is_said_to_name_none(circular: Check) -> None:
    said = told(circular, "enterprise-loan", "yes", "ito", "equipment")
    assert said.summary[1] == "Matters left open, with no document named for them: 1."
    assert said.findings[-1].notes == (
        "The document names this without stating it, and names no other document for it.",
    )
    assert said.closing[0] == "The documents do not say who decides."


def newer(folder: Path, *changes: tuple[str, str]) -> Check:
    library, _ = load_corpus(written(folder))
    library = with_edition(library, DOCUMENT, *changes)
    return Check(load_programmes(folder, library), library)


def test_a_newer_edition_may_state_more(corpus: Path) -> None:
    check = newer(corpus, ("The Office decides on grants.", "The Office decides on grants. Advice is for members."))
    outcome = check.outcome(answered(check, "advice", "yes"))
    assert outcome.verdict is NOT_STATED
    said = tell(outcome, phrases("en"))
    assert said.closing[0].startswith("A newer edition of the document is in force.")
    assert outcome.findings[0].citation.text.endswith(
        "Advice is for members. It assists every firm that asks with advice."
    )


def test_what_is_set_aside_is_named(corpus: Path) -> None:
    check = newer(corpus, ("ten or more", "twelve or more"))
    said = told(check, "grant", "machines", "no")
    assert said.closing[0] == "Left out, because their words no longer stand in the text: Ten or more employees."
    assert said.summary[0].startswith("Meets what the document states (1 of 1).")


def test_words_that_a_newer_edition_spells_another_way_are_quoted_as_they_stand_there(corpus: Path) -> None:
    check = newer(corpus, ("with ten or more", "with  ten or more"))
    citation = check.outcome(answered(check, "grant", "no")).findings[0].citation
    assert citation.quote == citation.text
    assert "with  ten" in citation.quote
