"""The sentences of paragraphs that the words of known questions' evidence stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from documents.knowledge import Evidence, KnownQuestion
from documents.models import Paragraph
from documents.text import for_search, sentences
from retrieval.evidence import Key

_EDGE = 20
"""Characters of words that run over the end of a sentence, by which the sentences that share them are told."""


class Standing:
    """Finds them once for each paragraph and piece of evidence: many known questions share both.

    Threads at once may find the same twice, which harms nothing.
    """

    def __init__(self, paragraphs: Mapping[Key, Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._folded: dict[Key, tuple[str, ...]] = {}
        self._numbers: dict[Evidence, tuple[int, ...]] = {}
        self._of: dict[tuple[str | None, str], dict[Key, tuple[int, ...]]] = {}

    def of(self, known: KnownQuestion) -> dict[Key, tuple[int, ...]]:
        """The numbers of the sentences its evidence stands in, by paragraph; not for changing."""
        name = (known.document, known.id)
        held = self._of.get(name)
        if held is None:
            found: dict[Key, set[int]] = {}
            for evidence in known.evidence:
                key = (evidence.document, evidence.paragraph)
                if key in self._paragraphs:
                    found.setdefault(key, set()).update(self._in(key, evidence))
            held = self._of[name] = {key: tuple(sorted(numbers)) for key, numbers in found.items()}
        return held

    def _in(self, key: Key, evidence: Evidence) -> tuple[int, ...]:
        held = self._numbers.get(evidence)
        if held is None:
            held = self._numbers[evidence] = _holding(self._sentences(key), for_search(evidence.snippet))
        return held

    def _sentences(self, key: Key) -> tuple[str, ...]:
        held = self._folded.get(key)
        if held is None:
            text = self._paragraphs[key].text
            held = self._folded[key] = tuple(for_search(span.of(text)) for span in sentences(text))
        return held


def _holding(folded: Sequence[str], wanted: str) -> tuple[int, ...]:
    inside = [number for number, sentence in enumerate(folded) if wanted in sentence or sentence in wanted]
    if inside:
        return tuple(inside)
    start, end = wanted[:_EDGE], wanted[-_EDGE:]
    return tuple(number for number, text in enumerate(folded) if text and (start in text or end in text))
