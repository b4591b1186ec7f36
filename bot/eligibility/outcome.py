"""What a check comes to: a verdict for each condition and one in sum, each with its paragraph. Pure functions.

The sum is never better than the text: where it leaves a requirement open, or a newer edition may state other
conditions, the documents do not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from bot.answering.answer import Citation, PointerTo
from bot.answering.cite import citation_of, pointer_to
from bot.eligibility.dialogue import Dialogue, option_of
from documents.conditions import Condition, Effect, Programme, Words
from documents.knowledge import Evidence
from documents.library import Library
from documents.models import Frozen


class Verdict(StrEnum):
    """The closed list every channel must be able to show."""

    MEETS = "meets"
    FAILS = "fails"
    NOT_STATED = "not_stated"
    """The documents do not say."""
    UNSURE = "unsure"
    """The asker was not sure; the sum hangs on that."""
    NOT_ASKED = "not_asked"
    """Another condition had settled the sum before."""


_VERDICT_OF = {effect: Verdict(effect.value) for effect in Effect}


class Finding(Frozen):
    """What came of one condition. ``choice`` and ``said`` are the answer, absent where nothing was asked.

    ``governed_by`` is the document an open condition is left to, and ``ask`` a question for the desk about it.
    """

    condition: str
    name: Words
    verdict: Verdict
    citation: Citation
    advantage: bool = False
    open: bool = False
    choice: str | None = None
    said: Words | None = None
    note: Words | None = None
    governed_by: PointerTo | None = None
    ask: Words | None = None


class Outcome(Frozen):
    """The findings in the order of the document's conditions, and the verdict in sum.

    ``gives`` is what the programme provides; ``decides`` where the document says who decides; ``set_aside`` names
    conditions whose words no longer stand in the edition in force.
    """

    programme: str
    name: Words
    document: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    gives: tuple[Citation, ...]
    decides: Citation | None = None
    set_aside: tuple[Words, ...] = ()
    newer_edition: bool = False

    @property
    def counted(self) -> tuple[Finding, ...]:
        """The findings the sum is made of: those of conditions that are no mere advantage."""
        return tuple(finding for finding in self.findings if not finding.advantage)


def cite(evidence: Evidence, library: Library) -> Citation:
    """The citation of prepared words; the whole paragraph where a newer edition spells them another way."""
    paragraph = library.paragraph(evidence.document, evidence.paragraph)
    quote = evidence.snippet if evidence.snippet in paragraph.text else paragraph.text
    return citation_of(paragraph, quote, library)


def _finding(condition: Condition, choice: str | None, library: Library) -> Finding:
    found = Finding(
        condition=condition.id,
        name=condition.name,
        verdict=Verdict.NOT_STATED if condition.open else Verdict.NOT_ASKED,
        citation=cite(condition.evidence, library),
        advantage=condition.advantage,
        open=condition.open,
        governed_by=pointer_to(library.document(condition.governed_by)) if condition.governed_by else None,
        ask=condition.ask,
    )
    if choice is None:
        return found
    option = option_of(condition, choice)
    answered = {"verdict": _VERDICT_OF[option.effect], "choice": choice, "said": option.words, "note": option.note}
    return found.model_copy(update=answered)


def summed(findings: Sequence[Finding], *, may_state_more: bool) -> Verdict:
    """The verdict in sum of findings that count.

    One that fails decides; otherwise it hangs on what the asker is not sure of, and then on what is not stated.
    """
    verdicts = {finding.verdict for finding in findings}
    for verdict in (Verdict.FAILS, Verdict.UNSURE, Verdict.NOT_STATED):
        if verdict in verdicts:
            return verdict
    return Verdict.NOT_STATED if may_state_more or not findings else Verdict.MEETS


def outcome_of(programme: Programme, state: Dialogue, library: Library) -> Outcome:
    """The outcome of a complete dialogue over this programme."""
    given = dict(state.answers)
    outcome = Outcome(
        programme=programme.id,
        name=programme.name,
        document=programme.document,
        verdict=Verdict.NOT_STATED,
        findings=tuple(_finding(condition, given.get(condition.id), library) for condition in programme.conditions),
        gives=tuple(cite(evidence, library) for evidence in programme.gives),
        decides=cite(programme.decides, library) if programme.decides else None,
        set_aside=programme.set_aside,
        newer_edition=programme.newer_edition,
    )
    verdict = summed(outcome.counted, may_state_more=programme.newer_edition)
    return outcome.model_copy(update={"verdict": verdict})
