"""Old cases that a new document answers: asked anew, and sent to their askers once somebody has looked at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlalchemy import select

from bot.answering.answer import Answer, Question, Status
from bot.staff import curated_rows, outbox
from bot.staff.acting import Acting
from bot.staff.asking import StaffChat
from bot.staff.case_rows import address_of, get_case, list_cases, move, say
from bot.staff.cases import Case, Side, State, What
from bot.staff.curated import Standing, folded
from bot.staff.errors import Refused
from bot.staff.numbers import AnewNumbers
from bot.staff.roles import Action, Actor, may
from bot.staff.session import Session, Sessions
from bot.store.staff_tables import MESSAGES
from documents.models import Document
from prompts.phrases import phrases

Asks = Callable[[Question], Answer]
Progress = Callable[[int, int], None]
_DAY = 24 * 3600.0
_LEFT_OPEN = (Status.REFERRED.value, Status.NOT_STATED.value)


class Renewed(NamedTuple):
    """A case, and what the desk says to its question now."""

    case: Case
    answer: Answer


class Anew:
    """The staff's side of it. Methods raise ``Refused``, and what the desk raises that is asked."""

    def __init__(self, sessions: Sessions, staff: StaffChat, numbers: AnewNumbers) -> None:
        self._sessions, self._staff, self._numbers = sessions, staff, numbers
        self._acting = Acting(sessions)

    @property
    def past_days(self) -> int:
        """How old the cases are at most that are asked anew."""
        return self._numbers.past_days

    def answered_by(
        self, actor: Actor, document: Document, ask: Asks, progress: Progress = lambda done, total: None
    ) -> tuple[Renewed, ...]:
        """The cases of the last days that this document answers, the oldest first.

        Asked are those whose question was referred or not stated, or that no answer was given to, and whose asker can
        be written to; not those that were sent this document's answer before, nor those whose question has an
        official answer by now. It takes as long as so many questions.
        """
        with self._acting.begun(actor, Action.LIST_CASES, document.id) as session:
            cases = list(self._left_open(session, document))
        found = []
        for done, case in enumerate(cases, 1):
            if (answer := _answer_of(case, document, ask)) is not None:
                found.append(Renewed(case, answer))
            progress(done, len(cases))
        return tuple(found)

    def sent(self, actor: Actor, document: Document) -> tuple[int, ...]:
        """The cases that were sent this document's answer, in order."""
        with self._acting.begun(actor, Action.LIST_CASES, document.id) as session:
            return tuple(sorted(_sent(session, document)))

    def of_case(self, actor: Actor, document: Document, case: int, ask: Asks) -> Renewed:
        """What this document answers to one case; raises ``Refused`` where it answers nothing, or did so before."""
        with self._acting.begun(actor, Action.READ_CASE, f"case {case}") as session:
            present = get_case(session, case)
            if case in _sent(session, document):
                raise Refused("anew_sent_already", case=case)
        answer = _answer_of(present, document, ask)
        if answer is None:
            raise Refused("anew_no_answer", case=case)
        return Renewed(present, answer)

    def send(self, actor: Actor, document: Document, renewed: Renewed) -> None:
        """Send an answer to the asker of a case, which is answered by that; a closed one is opened again for it.

        Raises ``Refused`` where it was sent before, where somebody else has the case, or nobody is to be written to.
        """
        number, answer = renewed.case.id, renewed.answer
        key = f"{_prefix(document)}{number}"
        with self._acting.begun(actor, Action.REPLY, f"case {number}", document=document.id) as session:
            present = get_case(session, number)
            address = address_of(session, number)
            if address is None or present.record is None:
                raise Refused("forgotten", case=number)
            if not present.reachable:
                raise Refused("blocked", case=number)
            if not say(session, number, Side.STAFF, actor.person, answer.text, key):
                raise Refused("anew_sent_already", case=number)
            holders = None if may(actor.role, Action.TAKE_OVER) else (None, actor.person)
            if present.state is State.CLOSED:
                move(session, number, What.REOPENED, actor.person, holders=holders, keep_holder=True)
            holder = actor.person if present.holder is None else present.holder
            move(session, number, What.ANSWERED, actor.person, holders=holders, new_holder=holder)
            lead = phrases(present.language)("staff.anew_lead", title=document.title)
            payload = {
                "kind": "reply",
                "lead": lead,
                "text": answer.text,
                "language": present.language,
                "question": present.record.question,
                "answer": answer.model_dump(mode="json", exclude={"trace", "timings_ms"}),
            }
            outbox.put(session, key, address.chat, payload, number)
            title = document.label or document.title
            self._staff.tell(session, f"{key}:told", "anew_sent", number, case=number, document=title)

    def _left_open(self, session: Session, document: Document) -> Iterator[Case]:
        since = session.now - self._numbers.past_days * _DAY
        sent = _sent(session, document)
        official = {
            folded(wording.text)
            for kept in curated_rows.listed(session, (Standing.LIVE,))
            if kept.curated.texts
            for wording in kept.curated.asked()
        }
        for case in list_cases(session, State):
            if case.record is None or not case.reachable or case.opened_at < since or case.id in sent:
                continue
            if folded(case.record.question) in official:
                continue
            if case.record.answer is None or case.record.answer.status in _LEFT_OPEN:
                yield case


def _answer_of(case: Case, document: Document, ask: Asks) -> Answer | None:
    """What the desk says to the question of a case now, where the document is what answers it."""
    if case.record is None:
        return None
    record = case.record
    question = Question(text=record.question, history=record.conversation, language=case.language, role=record.role)
    answer = ask(question)
    cites = any(cited.document == document.id and not cited.related for cited in answer.citations)
    return answer if answer.status is Status.ANSWERED and cites else None


def _prefix(document: Document) -> str:
    """What begins the keys of a document's answers: another edition has others."""
    return f"anew:{document.id[:60]}:{(document.sha256 or '')[:16]}:"


def _sent(session: Session, document: Document) -> set[int]:
    prefix = _prefix(document)
    query = select(MESSAGES.c.case).where(MESSAGES.c.key.startswith(prefix, autoescape=True))
    return {int(case) for case in session.connection.execute(query).scalars()}
