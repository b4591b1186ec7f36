"""Writes the vectors that ship, for the corpus that ships:

python -m retrieval.ship
"""

from __future__ import annotations

from documents.loading import load_corpus
from retrieval.background import background, background_passages
from retrieval.embedding.embedder import E5Embedder
from retrieval.embedding.shipped import write
from retrieval.embedding.weights import find_weights
from retrieval.groups import title_of
from retrieval.items import items_of
from retrieval.known import texts_of


def texts_to_ship() -> tuple[list[str], list[str]]:
    """What an index of the shipped corpus embeds: as questions, and as passages."""
    library, knowledge = load_corpus()
    generic = [text for texts in background().values() for text in texts]
    told = [text for texts in background_passages().values() for text in texts]
    titles = [title_of(document) for document in library.in_force()]
    return [*texts_of(knowledge), *generic], [*(item.text for item in items_of(library)), *titles, *told]


def main() -> None:
    """Compute and write the file; prints its place and size."""
    questions, passages = texts_to_ship()
    path = write(E5Embedder(find_weights()), questions, passages)
    print(f"{path.name}: {len(questions)} questions, {len(passages)} passages, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
