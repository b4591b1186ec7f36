"""A library of short made-up documents, its few known questions, and embedders that tell what they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from documents.knowledge import Evidence, Knowledge, KnownQuestion, KnownStatus
from documents.library import Library
from documents.loading import blocks_of, paragraphs_of
from documents.models import Document, DocumentStatus
from retrieval.background import background, background_passages
from retrieval.embedding.embedder import PASSAGE, QUERY, Embedder, e5_key
from retrieval.embedding.graph import SHIPPED_ENGINE
from retrieval.embedding.shipped import write
from retrieval.embedding.weights import Floats
from retrieval.groups import title_of
from retrieval.items import items_of
from retrieval.known import texts_of

ORCHARD = Document(id="orchard", title="Rules of the Orchard")
BRIDGE = Document(id="bridge", title="老桥管理办法", language="zh")
OLD_ORCHARD = Document(id="orchard-1990", title="Old Rules of the Orchard", status=DocumentStatus.SUPERSEDED)
LADDERS = Document(id="ladders", title="Annex on Ladders", status=DocumentStatus.OMITTED)

TEXTS = {
    ORCHARD: """Rules of the Orchard

Picking of fruit

Members may pick apples from August to October. A member takes home at most two baskets a day; whoever helps with the
harvest takes three.

Pears are picked by the gardener alone.

Keeping of the ground

Dogs stay on the leash between the trees. The gate is shut at nightfall.
""",
    BRIDGE: """老桥管理办法

五吨以上的货车不得通过老桥。桥上限速每小时二十公里。

每年四月由养路站检查桥墩，检查期间桥梁关闭两天。
""",
    OLD_ORCHARD: """Old Rules of the Orchard

Beekeepers may place forty hives under the apple trees. Honey belongs to the beekeepers.
""",
}
BEES = "How many hives may beekeepers place under the apple trees?"
"""Answered by the superseded rules alone."""


def library(**changed: str) -> Library:
    """The documents; ``changed`` replaces the text of some by their ids."""
    texts = {d: paragraphs_of(d, blocks_of(changed.get(d.id, text))) for d, text in TEXTS.items()}
    return Library({**texts, LADDERS: ()})


def known(number: int, question: str, language: str, status: KnownStatus, *evidence: Evidence) -> KnownQuestion:
    """A known question of the orchard, or of no document where it is off topic."""
    on_topic = status is not KnownStatus.OFF_TOPIC
    return KnownQuestion.model_validate(
        {
            "id": f"q{number}",
            "document": ORCHARD.id if on_topic else None,
            "language": language,
            "measure": "picking" if on_topic else "none",
            "cell": status.value,
            "question": question,
            "status": status,
            "evidence": evidence,
        }
    )


APPLES = Evidence(document=ORCHARD.id, paragraph=3, snippet="at most two baskets a day")
HIVES = Evidence(document=OLD_ORCHARD.id, paragraph=2, snippet="forty hives")


def knowledge() -> Knowledge:
    """Six known questions; the evidence of the last stands in a document that is not in force."""
    return Knowledge(
        questions=(
            known(1, "How many baskets of apples may I take home?", "en", KnownStatus.ANSWERED, APPLES),
            known(2, "一天最多可以带几筐苹果回家？", "zh", KnownStatus.ANSWERED, APPLES),
            known(3, "What does a basket of apples cost?", "en", KnownStatus.NOT_STATED),
            known(4, "一筐苹果多少钱？", "zh", KnownStatus.NOT_STATED),
            known(5, "What is the capital of Peru?", "en", KnownStatus.OFF_TOPIC),
            known(6, "May beekeepers bring their hives?", "en", KnownStatus.ANSWERED, HIVES),
        )
    )


class NotLoaded:
    """e5 in name only: whoever asks it for a vector that should be at hand already has failed the test."""

    key = e5_key(SHIPPED_ENGINE)
    languages: tuple[str, ...] = ()

    def questions(self, texts: Sequence[str]) -> Floats:
        raise AssertionError(f"asked to compute {len(texts)} questions, such as {texts[0]!r}")

    def passages(self, texts: Sequence[str]) -> Floats:
        raise AssertionError(f"asked to compute {len(texts)} passages, such as {texts[0]!r}")


class Counting:
    """An embedder that notes what it is asked to compute; under a key of its own, if wanted."""

    languages: tuple[str, ...] = ()

    def __init__(self, embedder: Embedder, key: str | None = None) -> None:
        self._embedder, self.key = embedder, key or embedder.key
        self.asked: list[tuple[str, str]] = []

    def questions(self, texts: Sequence[str]) -> Floats:
        self.asked += [(QUERY, text) for text in texts]
        return self._embedder.questions(texts)

    def passages(self, texts: Sequence[str]) -> Floats:
        self.asked += [(PASSAGE, text) for text in texts]
        return self._embedder.passages(texts)


def write_vectors(embedder: Embedder, folder: Path) -> Path:
    """Compute what an index of the three documents needs into a file of ``folder``; returns the folder."""
    generic = [text for texts in background().values() for text in texts]
    titles = [title_of(document) for document in library().in_force()]
    told = [text for texts in background_passages().values() for text in texts]
    passages = [*(item.text for item in items_of(library())), *titles]
    write(embedder, [*texts_of(knowledge()), *generic], [*passages, *told], folder)
    return folder
