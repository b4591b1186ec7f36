"""Which document a question names, and what is left of it once that is known.

Most questions name the scheme they are about, and in the document of that scheme every paragraph is near its name. So
the name tells documents apart and drowns what tells the paragraphs of one apart. How much of a document's title a
question holds is the cosine of the two: it speaks for the document, and as much of the title is taken off again
wherever a paragraph is near the question only by being near the title.
"""

from __future__ import annotations

import numpy as np

from retrieval.embedding.weights import Floats
from retrieval.ranking_tuning import SubjectTuning
from retrieval.words import Rows


class Subjects:
    """The titles of documents, and how near each of their paragraphs is to its own document's title."""

    def __init__(self, titles: Floats, paragraphs: Floats, owners: Rows, numbers: SubjectTuning) -> None:
        """``titles`` and ``paragraphs`` are centred and of length one; a document without a title has a zero vector."""
        self._titles, self._owners, self._numbers = titles, owners, numbers
        self._overlap = np.einsum("pd,pd->p", paragraphs, titles[owners], dtype=np.float32)

    def held(self, question: Floats) -> Floats:
        """How much of each document's title a question's vector holds, from 0 to 1."""
        share: Floats = np.clip(self._titles @ question, 0.0, 1.0)
        return share

    def scores(self, question: Floats) -> Floats:
        """What the titles say for and against each paragraph, in units of similarity."""
        held = self.held(question)
        named = self._numbers.named * held**2
        said: Floats = (named[self._owners] - self._numbers.drowned * held[self._owners] * self._overlap).astype(
            np.float32
        )
        return said
