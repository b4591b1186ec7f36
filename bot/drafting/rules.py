"""Proposes rows by the rules of ``cues.toml``: what each sentence answers, and what no sentence does."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.drafting.asking import (
    about,
    about_in_other,
    asked_of,
    for_document,
    handed_over,
    in_which_manner,
    within,
)
from bot.drafting.cues import Cue, Cues, Language, LanguageCues, shipped_cues
from bot.drafting.matters import WHOLE, Matter, matters_of
from bot.drafting.row import Row
from bot.drafting.topics import in_sentence, lower_words, without_label
from documents.knowledge import CellStatus
from documents.lines import is_bullet
from documents.measures import Asks
from documents.models import Document, Paragraph
from documents.text import for_search, language_of, sentences
from prompts.phrases import phrases


@dataclass(slots=True)
class _Finding:
    """What one or several sentences answer: a row before it has questions.

    ``kind`` names the questions that are asked by the topic, where they may be (``by_topic``); ``question`` is the one
    in the words of the sentence.
    """

    asks: Asks
    kind: str
    cell: str
    status: CellStatus
    topic: str
    evidence: list[str]
    pointer: str = ""
    question: str | None = None
    by_topic: bool = True

    def joins(self, other: _Finding) -> bool:
        """Whether both are one cell: neither has a question of its own, and they say the same of the same."""
        same = (self.asks, self.cell, self.status, self.topic, self.pointer)
        return self.question is other.question is None and same == (
            other.asks,
            other.cell,
            other.status,
            other.topic,
            other.pointer,
        )


def _in_brackets(sentence: str, words: str) -> bool:
    """Whether words stand in an aside: where to find a form, not what governs the matter."""
    before = sentence[: sentence.find(words)]
    return any(before.count(opened) > before.count(closed) for opened, closed in ("()", "（）"))


class _Text:
    """The paragraphs of a document, and which words stand in one of them alone."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._folded = [for_search(paragraph.text) for paragraph in paragraphs]

    def unique(self, snippet: str) -> bool:
        """Whether these words stand in exactly one paragraph."""
        wanted = for_search(snippet)
        return bool(wanted) and sum(wanted in text for text in self._folded) == 1

    def evidence(self, paragraph: Paragraph, sentence: str) -> str | None:
        """The sentence, or its whole paragraph where it stands in others too; ``None`` where that does as well."""
        return next((words for words in (sentence, paragraph.text.strip()) if self.unique(words)), None)


@dataclass(slots=True)
class _Reader:
    """Finds what the sentences of one matter answer."""

    matter: Matter
    text: _Text
    language: Language
    lower: frozenset[str]
    cues: Cues = field(default_factory=shipped_cues)
    found: list[_Finding] = field(default_factory=list)
    listed: set[tuple[int, Asks]] = field(default_factory=set)
    """Entries of lists, by paragraph, that are evidence of the sentence before the list."""

    @property
    def subject(self) -> str:
        """What questions by the topic ask about: the document's subject, or in a section the thing that it gives."""
        return self.matter.topic if self.matter.gives else self.matter.subject

    @property
    def _cues(self) -> LanguageCues:
        return self.cues.of(self.language)

    def read(self) -> list[_Finding]:
        """What the sentences answer, in their order."""
        for at, paragraph in enumerate(self.matter.paragraphs):
            for span in sentences(paragraph.text):
                sentence = span.of(paragraph.text)
                evidence = self.text.evidence(paragraph, sentence)
                # A row of a table says nothing without its heading.
                if evidence is not None and not self._cues.table.search(sentence):
                    self._read_sentence(at, paragraph, sentence, evidence)
        return self.found

    def _read_sentence(self, at: int, paragraph: Paragraph, sentence: str, evidence: str) -> None:
        bare = without_label(sentence) if sentence == sentences(paragraph.text)[0].of(paragraph.text) else sentence
        handed = self._referred(paragraph, bare, evidence)
        seen: set[Asks] = set()
        for cue in self._cues.cue:
            match = cue.find.search(bare)
            taken = cue.asks in seen or (paragraph.number, cue.asks) in self.listed
            if match is None or taken or (handed is cue.asks and cue.form == "about"):
                continue
            seen.add(cue.asks)
            self._stated(at, paragraph, bare, evidence, cue, match)
            if cue.alone:
                return

    def _stated(
        self, at: int, paragraph: Paragraph, sentence: str, evidence: str, cue: Cue, match: re.Match[str]
    ) -> None:
        named = match.groupdict().get("topic")
        topic = in_sentence(named.strip(), self.lower) if named else self.subject
        words = [evidence]
        if cue.form == "about" and self._cues.leads_list.search(sentence):
            words += self._entries(at, cue.asks)
        self._add(
            _Finding(
                asks=cue.asks,
                kind=cue.cell or cue.asks.value,
                cell=cue.cell or self.cues.cells[cue.asks],
                status=CellStatus.STATED,
                topic=topic,
                evidence=words,
                question=asked_of(sentence, match, cue, self.language, self.lower),
                by_topic=cue.asks_by_topic(sentence),
            )
        )

    def _entries(self, at: int, asks: Asks) -> Iterator[str]:
        """The entries of the list that a paragraph begins."""
        before = self.matter.paragraphs[at]
        begins = before.section
        for paragraph in self.matter.paragraphs[at + 1 : at + 1 + self.cues.numbers.most_entries]:
            below = len(paragraph.section) > len(begins) and paragraph.section[: len(begins)] == begins
            beside = before.label is None and paragraph.label is not None and paragraph.section == begins
            if not (below or beside or is_bullet(paragraph.text)):
                return
            self.listed.add((paragraph.number, asks))
            if self.text.unique(paragraph.text):
                yield paragraph.text.strip()

    def _referred(self, paragraph: Paragraph, sentence: str, evidence: str) -> Asks | None:
        """Add what a sentence hands to another document; returns what it was asked for, ``None`` where it does not."""
        if self._cues.no_referral.search(sentence):
            return None
        pointer, named = self._pointer(paragraph, sentence)
        matter = sentence.replace(named, "")
        asks = next((asks for asks, words in self._cues.matters.items() if words.search(matter)), None)
        if not pointer or asks is None:
            return None
        question = handed_over(sentence, self.language, self.lower)
        if question is None and self.language == "en" and named:
            question = in_which_manner(sentence, named, self.lower)
        told = (self.subject, [evidence], pointer, question)
        self._add(_Finding(asks, asks.value, self.cues.cells[asks], CellStatus.REFERRED, *told, by_topic=False))
        governs, for_it = Asks.GOVERNED_BY, for_document(sentence, named, self.language, self.lower)
        if for_it is not None:
            cell = self.cues.cells[governs]
            told = (self.subject, [evidence], "", for_it)
            self._add(_Finding(governs, governs.value, cell, CellStatus.STATED, *told, by_topic=False))
        return asks

    def _pointer(self, paragraph: Paragraph, sentence: str) -> tuple[str, str]:
        """The document a sentence hands something to: its id, or what the text calls it; and the words for it."""
        if self._cues.hands_over.search(sentence):
            for pointer in paragraph.pointers:
                if pointer.text in sentence and not _in_brackets(sentence, pointer.text):
                    return pointer.target or pointer.title, pointer.text
        to_be_made = self._cues.to_be_made.search(sentence)
        named = (to_be_made.groupdict().get("value") or to_be_made.group()).strip() if to_be_made else ""
        return named, ""

    def _add(self, finding: _Finding) -> None:
        for held in self.found:
            if held.joins(finding):
                if len(held.evidence) < self.cues.numbers.most_evidence and not set(finding.evidence) & set(
                    held.evidence
                ):
                    held.evidence += finding.evidence
                return
        self.found.append(finding)


class RuleProposer:
    """Proposes without any model: what the words of a sentence show, and nothing else."""

    def propose(self, document: Document, paragraphs: Sequence[Paragraph]) -> tuple[Row, ...]:
        """The rows of a document; see ``Proposer``."""
        language = language_of(" ".join(paragraph.text for paragraph in paragraphs))
        text, lower = _Text(paragraphs), lower_words(paragraphs)
        matters = matters_of(document, paragraphs, language)
        found = [(matter, _Reader(matter, text, language, lower).read()) for matter in matters]
        writer = _Writer(document.id, language)
        for matter, findings in found:
            for finding in findings:
                writer.stated(matter, finding)
        for matter, guesses in _gaps(found):
            writer.guesses(matter, guesses)
        return tuple(writer.rows)


def _gaps(found: Sequence[tuple[Matter, Sequence[_Finding]]]) -> Iterator[tuple[Matter, list[Asks]]]:
    """What is usually asked and no sentence answers.

    Of the document as a whole, what none of it answers; of something that is given, what is answered of another such
    thing and neither of it nor of the whole.
    """
    usual = shipped_cues().usual
    anywhere = {finding.asks for _, findings in found for finding in findings}
    if not usual.signs & anywhere:
        return
    common = {finding.asks for matter, findings in found if not matter.gives for finding in findings}
    for matter, findings in found:
        if matter.gives:
            lacking = anywhere - common - {finding.asks for finding in findings}
            yield matter, [asks for asks in usual.asks if asks in lacking]
    whole = found[0][0]
    yield replace(whole, measure=WHOLE, topic=whole.subject), [asks for asks in usual.asks if asks not in anywhere]


class _Writer:
    """Makes rows of findings: names of cells, ids, and questions that are asked of nothing else."""

    def __init__(self, document: str, language: Language) -> None:
        self._document, self._language = document, language
        self._cells: Counter[tuple[str, str]] = Counter()
        self._asked: set[str] = set()
        self.rows: list[Row] = []

    def stated(self, matter: Matter, finding: _Finding) -> None:
        """Add the row of a finding, where it can be asked for."""
        by_topic = about(finding.kind, finding.topic, self._language) if finding.by_topic else ()
        own: tuple[str, ...] = by_topic
        if finding.question:
            # One in the words of the text, and one in other words where there is such.
            free = [question for question in by_topic if question not in self._asked]
            own = (finding.question, *(free or [within(matter.topic, finding.question, self._language)])[:1])
        if any(question not in self._asked for question in own):
            other = about_in_other(finding.kind, finding.topic, self._language) if finding.by_topic else ()
            self._row(matter, finding, own, other)

    def guesses(self, matter: Matter, lacking: Sequence[Asks]) -> None:
        """Add rows for what no sentence answers."""
        for asks in lacking:
            cell = shipped_cues().cells[asks]
            guess = _Finding(asks, asks.value, cell, CellStatus.NOT_STATED, matter.topic, [])
            own = about(guess.kind, matter.topic, self._language)
            self._row(matter, guess, own, about_in_other(guess.kind, matter.topic, self._language))

    def _row(self, matter: Matter, finding: _Finding, own: Sequence[str], other: Sequence[str]) -> None:
        self._cells[matter.measure, finding.cell] += 1
        count = self._cells[matter.measure, finding.cell]
        is_guess = finding.status is CellStatus.NOT_STATED
        chinese = self._language == "zh"
        own, other = self._new(own), self._new(other)
        self.rows.append(
            Row(
                id=self._id(matter, finding),
                measure=matter.measure,
                cell=finding.cell if count == 1 else f"{finding.cell}_{count}",
                asks=finding.asks,
                status=finding.status,
                guess=is_guess,
                evidence=tuple(finding.evidence),
                pointer=finding.pointer,
                note=phrases(self._language)("drafting.guess") if is_guess else "",
                questions_en=other if chinese else own,
                questions_zh=own if chinese else other,
            )
        )

    def _new(self, questions: Sequence[str]) -> tuple[str, ...]:
        new = tuple(dict.fromkeys(question for question in questions if question not in self._asked))
        self._asked.update(new)
        return new

    def _id(self, matter: Matter, finding: _Finding) -> str:
        """From what the row is about and the words it begins with, so that what stands around it changes nothing."""
        words = for_search(finding.evidence[0]) if finding.evidence else finding.status.value
        told = "\x1f".join((matter.measure, finding.kind, finding.status.value, finding.pointer, words))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:10]
