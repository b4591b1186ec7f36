"""A question that asks two things, one of which the documents state and the other not: each gets its own answer.

"Which bank lends, and how do we apply?" as one question is nearest to others that ask how to apply, and would be called
not stated with the bank beside it. So its parts are judged apart. Where they agree, the question is answered as a
whole; where they differ, what is stated is quoted and for each other part a note says what is made of it.
"""

from __future__ import annotations

from bot.answering.answer import ON_SUBJECT, Status
from bot.answering.clean import plain
from bot.answering.compose import compose
from bot.answering.contextualise import continues
from bot.answering.divide import parts
from bot.answering.judge import judge
from bot.answering.naming import pointer_name
from bot.answering.search import search
from bot.answering.turn import Draft, Room, Turn
from prompts.phrases import Phrases

_FIRST = (Status.ANSWERED, Status.REFERRED, Status.NOT_STATED)
"""The status of the whole is that of the part which comes first here."""


def _asked(text: str, turn: Turn, room: Room, earlier: str) -> Turn:
    """A part, judged as a question of its own that may lean on the part before it."""
    part = Turn(turn.question, text=text, language=turn.language, before=turn.before)
    if earlier and continues(text, room.tuning.follow_up):
        part.before = f"{turn.before} {earlier}".strip()
    search(part, room)
    judge(part, room)
    return part


def _sure(part: Turn, least: float) -> bool:
    judged = part.judgement
    return judged is not None and judged.status in ON_SUBJECT and judged.shares[judged.status.value] >= least


def _note(part: Turn, draft: Draft, phrases: Phrases) -> str:
    if draft.status is Status.REFERRED and draft.pointers:
        presence = "present" if draft.pointers[0].present else "absent"
        return phrases(
            f"answer.part_referred_{presence}", part=part.text, pointer=pointer_name(draft.pointers[0], phrases)
        )
    return phrases("answer.part_not_stated", part=part.text)


def compound(turn: Turn, room: Room) -> None:
    """Replace ``draft`` where the parts of the question have different statuses, each of them sure enough."""
    whole = turn.draft
    asked = parts(turn.text, turn.language)
    if whole is None or not asked or whole.status not in (*ON_SUBJECT, Status.CLARIFY):
        return
    answered: list[Turn] = []
    for text in asked:
        answered.append(_asked(plain(text), turn, room, answered[-1].text if answered else ""))
    turn.trace["compound"] = {part.text: part.judgement and part.judgement.status.value for part in answered}
    statuses = {part.judgement.status for part in answered if part.judgement}
    if len(statuses) < 2 or not all(_sure(part, room.tuning.least_part) for part in answered):
        return
    drafts = []
    for part in answered:
        compose(part, room)
        drafts.append(part.draft or Draft(Status.NOT_STATED))
    best = min((draft.status for draft in drafts), key=_FIRST.index)
    told = [draft for draft in drafts if draft.status is best]
    notes = [_note(p, d, room.phrases(turn.language)) for p, d in zip(answered, drafts, strict=True) if d not in told]
    others = [draft for draft in drafts if draft not in told and draft.status is Status.REFERRED]
    cited = {(c.document, c.paragraph): c for draft in (*others, *told) for c in reversed(draft.citations)}
    turn.draft = Draft(
        best,
        citations=tuple(reversed(cited.values())),
        pointers=tuple(pointer for draft in (*told, *others) for pointer in draft.pointers),
        notes=(*whole.notes, *notes),
    )
