"""What staff confirm: official answers and corrected statuses, held against the documents and put into the memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from bot.staff import curated_rows
from bot.staff.acting import Acting
from bot.staff.asking import StaffChat
from bot.staff.audit import Outcome, note
from bot.staff.curated import Curated, Kept, Standing, changed_fields, clashing, held_against, moved_on
from bot.staff.errors import Refused
from bot.staff.memory import bring_up_to_date, known_of
from bot.staff.numbers import MemoryNumbers
from bot.staff.roles import Action, Actor, Role
from bot.staff.session import Sessions
from documents.knowledge import Knowledge
from documents.library import Library

_DESK = Actor(person=0, role=Role.NOBODY)
"""Who is noted for what the desk does by itself."""
_HELD = (Standing.LIVE, Standing.ASIDE)


class Curating:
    """The staff's side of what is confirmed. Methods raise ``Refused``, and ``CatalogueError`` where what was
    confirmed is kept, but could not be written into the memory yet; ``reconcile`` does it then.

    ``library`` gives the documents in force now, ``database`` is the URL of the library's database, ``shipped`` what is
    known of the corpus.
    """

    def __init__(
        self,
        sessions: Sessions,
        library: Callable[[], Library],
        database: str,
        shipped: Callable[[], Knowledge],
        staff: StaffChat,
        numbers: MemoryNumbers,
    ) -> None:
        self._sessions, self._library, self._database, self._staff = sessions, library, database, staff
        self._shipped, self._numbers = shipped, numbers
        self._acting = Acting(sessions)

    def confirm(self, actor: Actor, curated: Curated) -> Kept:
        """Confirm a question: with texts an official answer, without them a correction of what the desk says.

        Who approved it and when is set here.
        """
        action = Action.APPROVE if curated.texts else Action.CORRECT
        library = self._library()  # before the transaction: it may have to be read anew
        with self._acting.begun(actor, action, status=curated.status.value) as session:
            signed = curated.model_copy(update={"approved_by": actor.person, "approved_at": session.now})
            held = held_against(signed, library)
            if other := clashing(held, curated_rows.listed(session, _HELD)):
                raise Refused("confirmed_already", answer=other.id)
            kept = curated_rows.add(session, held)
        self.bring_memory_up_to_date()
        return kept

    def edit(self, actor: Actor, number: int, version: int, **changes: Any) -> Kept:
        """Change fields of what was confirmed; what was set aside or withdrawn is in force again by that.

        ``version`` is the one the change was made of.
        """
        library = self._library()
        with self._acting.begun(actor, Action.EDIT, f"answer {number}", fields=sorted(changes)) as session:
            before = curated_rows.get(session, number).curated
            signature = {"approved_by": actor.person, "approved_at": session.now}
            changed = Curated.model_validate({**before.model_dump(), **changes, **signature})
            held = held_against(changed, library)
            others = [kept for kept in curated_rows.listed(session, _HELD) if kept.id != number]
            if other := clashing(held, others):
                raise Refused("confirmed_already", answer=other.id)
            kept = curated_rows.change(session, number, version, Standing.LIVE, held)
            was = changed_fields(before, held)
            note(session, actor, "edited", f"answer {number}", Outcome.DONE, {"version": version, "was": dict(was)})
        self.bring_memory_up_to_date()
        return kept

    def withdraw(self, actor: Actor, number: int) -> Kept:
        """Take what was confirmed out of use; it stays to be read."""
        with self._acting.begun(actor, Action.WITHDRAW, f"answer {number}") as session:
            before = curated_rows.get(session, number)
            if before.standing is Standing.WITHDRAWN:
                raise Refused("withdrawn_already", answer=number)
            kept = curated_rows.change(session, number, before.version, Standing.WITHDRAWN, before.curated)
        self.bring_memory_up_to_date()
        return kept

    def answer(self, actor: Actor, number: int) -> Kept:
        """One of them, however it stands."""
        with self._acting.begun(actor, Action.LIST_ANSWERS, f"answer {number}") as session:
            return curated_rows.get(session, number)

    def answers(self, actor: Actor, standings: Sequence[Standing] = _HELD) -> tuple[Kept, ...]:
        """What was confirmed and stands so, the oldest first."""
        with self._acting.begun(actor, Action.LIST_ANSWERS) as session:
            return curated_rows.listed(session, standings)

    def reconcile(self) -> tuple[Kept, ...]:
        """Set aside what stands on paragraphs that have changed or gone; what this process set aside.

        To be called when the library has changed, and at the start. Staff are told of each, once.
        """
        library = self._library()
        with self._sessions.begun(writing=False) as session:
            live = curated_rows.listed(session, (Standing.LIVE,))
        aside = []
        for kept in live:
            if reasons := moved_on(kept.curated, library):
                try:
                    aside.append(self._set_aside(kept, reasons))
                except Refused:
                    continue  # another process was first, or staff
        self.bring_memory_up_to_date()
        return tuple(aside)

    def bring_memory_up_to_date(self) -> bool:
        """Let the memory of known questions hold what is confirmed now; whether that changed anything."""
        return bring_up_to_date(self._database, self._wanted)

    def _set_aside(self, kept: Kept, reasons: tuple[str, ...]) -> Kept:
        with self._sessions.begun() as session:
            curated = kept.curated.model_copy(update={"aside": reasons})
            after = curated_rows.change(session, kept.id, kept.version, Standing.ASIDE, curated)
            subject = f"answer {kept.id}"
            note(session, _DESK, "set_aside", subject, Outcome.DONE, {"paragraphs": list(reasons)})
            self._staff.tell(
                session,
                f"{subject}:{after.version}:aside",
                "set_aside",
                answer=kept.id,
                question=curated.question,
                paragraphs=", ".join(reasons),
            )
        return after

    def _wanted(self, others: Knowledge) -> tuple[Knowledge, ...]:
        library, numbers = self._library(), self._numbers
        known = Counter(each.document for each in (*self._shipped().questions, *others.questions))
        with self._sessions.begun(writing=False) as session:
            live = curated_rows.listed(session, (Standing.LIVE,))
        return tuple(
            known_of(kept, library, numbers.echoes)
            for kept in live
            if (kept.curated.document is None or known[kept.curated.document] >= numbers.least_known)
            and not moved_on(kept.curated, library)
        )
