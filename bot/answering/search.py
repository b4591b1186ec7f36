"""Step 3: paragraphs, sentences and known questions near the question."""

from __future__ import annotations

from bot.answering.turn import Room, Turn

_SHOWN = 8


def search(turn: Turn, room: Room) -> None:
    """Set ``evidence``."""
    turn.evidence = found = room.searcher.search(turn.standalone)
    turn.trace["search"] = lambda: {
        "trust": found.trust,
        "passages": [
            {
                "paragraph": hit.paragraph.key,
                "similarity": hit.similarity,
                "lexical": hit.lexical,
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
