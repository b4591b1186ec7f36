"""Step 3: paragraphs, sentences and known questions near the question."""

from __future__ import annotations

from bot.answering.tuning import AnsweringTuning
from bot.answering.turn import Room, Turn
from retrieval.evidence import Evidence

_SHOWN = 8


def stands_alone(evidence: Evidence, tuning: AnsweringTuning) -> bool:
    """Whether a question is so much nearer to known talk than to known questions on the documents that it is talk.

    Where the memory holds none on documents, talk must be near by itself.
    """
    talk = evidence.best_known(on_topic=False)
    if not evidence.prepared:
        return talk >= tuning.talk_alone
    return talk - evidence.best_known(on_topic=True) >= tuning.talk_margin


def search(turn: Turn, room: Room) -> None:
    """Set ``evidence``. What is talk, or off topic, by itself is not drawn into what was asked before it."""
    searcher = room.searcher
    alone = searcher.search(turn.text) if turn.before else None
    if alone is not None and stands_alone(alone, room.tuning):
        turn.before = ""
    found = alone if alone is not None and not turn.before else searcher.search(turn.text, turn.before)
    turn.evidence = found
    turn.trace["search"] = lambda: {
        "before": turn.before,
        "trust": found.trust,
        "passages": [
            {
                "paragraph": hit.paragraph.key,
                "similarity": hit.similarity,
                "share": hit.share,
                "votes": hit.votes,
                "score": hit.score,
            }
            for hit in found.passages[:_SHOWN]
        ],
        "known": [
            {
                "question": hit.known.question,
                "cell": f"{hit.known.measure}/{hit.known.cell}",
                "status": hit.known.status.value,
                "similarity": hit.similarity,
                "share": hit.share,
            }
            for hit in found.known[:_SHOWN]
        ],
    }
