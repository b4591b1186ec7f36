"""An outcome in words: plain lines of one language, which a channel sets in its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from bot.answering.answer import Citation, PointerTo
from bot.answering.naming import label_in, pointer_name
from bot.eligibility.outcome import Finding, Outcome, Verdict
from documents.conditions import Words
from prompts.phrases import Phrases


class ToldFinding(NamedTuple):
    """One condition: its line with mark and verdict, what is said of it, and where the document states it."""

    verdict: Verdict
    line: str
    notes: tuple[str, ...]
    citation: Citation


class ToldQuotes(NamedTuple):
    """Quotes under a heading."""

    heading: str
    citations: tuple[Citation, ...]


class Told(NamedTuple):
    """A whole outcome in the order in which it is shown.

    ``closing`` ends with the sentence that this is no promise; no channel leaves it out.
    """

    title: str
    verdict: Verdict
    summary: tuple[str, ...]
    findings: tuple[ToldFinding, ...]
    quotes: tuple[ToldQuotes, ...]
    closing: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it as plain text, without the quotes of the conditions and the places of any."""
        lines = [self.title, *self.summary]
        lines += [line for finding in self.findings for line in (finding.line, *finding.notes)]
        for quotes in self.quotes:
            lines += [quotes.heading, *(citation.quote for citation in quotes.citations)]
        return "\n".join([*lines, *self.closing])


def _joined(names: Iterable[Words], say: Phrases) -> str:
    return say("check.separator").join(name.of(say.language) for name in names)


def _short(pointer: PointerTo, say: Phrases) -> str:
    return label_in(pointer.label, say) if pointer.label else pointer_name(pointer, say)


def _sum(outcome: Outcome, say: Phrases) -> str:
    def names(verdict: Verdict) -> str:
        # What the document leaves open is counted apart; only answers are named here.
        return _joined((f.name for f in outcome.counted if f.verdict is verdict and not f.open), say)

    stated = [finding for finding in outcome.counted if not finding.open]
    met = sum(finding.verdict is Verdict.MEETS for finding in stated)
    if outcome.verdict is Verdict.FAILS:
        return say("check.sum_fails", names=names(Verdict.FAILS))
    if outcome.verdict is Verdict.UNSURE:
        return say("check.sum_unsure", names=names(Verdict.UNSURE))
    if outcome.verdict is Verdict.MEETS:
        return say("check.sum_meets", met=met, stated=len(stated))
    unnamed = names(Verdict.NOT_STATED)
    return say("check.sum_not_stated", names=unnamed) if unnamed else say("check.sum_open", met=met, stated=len(stated))


def _left(outcome: Outcome, say: Phrases) -> list[str]:
    """How many matters are left to which document; who fails without them need not be told."""
    if outcome.verdict is Verdict.FAILS:
        return []
    open_ones = [finding for finding in outcome.findings if finding.open]
    counts = Counter(_short(f.governed_by, say) for f in open_ones if f.governed_by is not None)
    lines = [say("check.left_count", pointer=pointer, count=count) for pointer, count in counts.items()]
    nowhere = sum(finding.governed_by is None for finding in open_ones)
    return [*lines, say("check.open_count", count=nowhere)] if nowhere else lines


def _governed(finding: Finding, say: Phrases) -> str:
    if finding.governed_by is None:
        return say("check.left_nowhere")
    pointer = pointer_name(finding.governed_by, say)
    if not finding.governed_by.present:
        return say("check.left_absent", pointer=pointer)
    if finding.ask is None:
        return say("check.left_present_unasked", pointer=pointer)
    return say("check.left_present", pointer=pointer, question=finding.ask.of(say.language))


def _verdict(finding: Finding, say: Phrases) -> str:
    # That the documents do not say would be untrue where the one it is left to is in the library.
    if finding.governed_by is not None and finding.governed_by.present:
        return say("check.verdict_elsewhere", pointer=_short(finding.governed_by, say))
    return say(f"check.verdict_{finding.verdict.value}")


def _told(finding: Finding, say: Phrases) -> ToldFinding:
    name = finding.name.of(say.language)
    notes = [say("check.said", answer=finding.said.of(say.language))] if finding.said else []
    if finding.note:
        notes.append(finding.note.of(say.language))
    if finding.open:
        notes.append(_governed(finding, say))
    line = say(
        "check.finding",
        mark=say(f"check.mark_{finding.verdict.value}"),
        name=say("check.advantage", name=name) if finding.advantage else name,
        verdict=_verdict(finding, say),
    )
    return ToldFinding(finding.verdict, line, tuple(notes), finding.citation)


def _closing(outcome: Outcome, say: Phrases) -> tuple[str, ...]:
    lines = []
    if outcome.set_aside:
        lines.append(say("check.set_aside", names=_joined(outcome.set_aside, say)))
    if outcome.newer_edition:
        lines.append(say("check.newer_edition"))
    if outcome.decides is None:
        pointer = next((f.governed_by for f in outcome.findings if f.governed_by is not None), None)
        if pointer is None:
            lines.append(say("check.decides_not_stated"))
        else:
            lines.append(say("check.decides_left", pointer=_short(pointer, say)))
    return (*lines, say("check.no_promise"))


def tell(outcome: Outcome, say: Phrases) -> Told:
    """An outcome in the words of this language."""
    quotes = [ToldQuotes(say("check.gives"), outcome.gives)]
    if outcome.decides is not None:
        quotes.append(ToldQuotes(say("check.decides"), (outcome.decides,)))
    return Told(
        title=outcome.name.of(say.language),
        verdict=outcome.verdict,
        summary=(_sum(outcome, say), *_left(outcome, say)),
        findings=tuple(_told(finding, say) for finding in outcome.findings),
        quotes=tuple(quotes),
        closing=_closing(outcome, say),
    )
