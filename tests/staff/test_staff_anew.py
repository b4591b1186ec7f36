"""What a new document answers of old cases is found by asking the desk anew, and sent once, by whoever may reply."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from staff_words import ADMIN, ANNA, BELA, NOBODY, STAFF_CHAT, Clock, Opens, opening

from bot.answering.answer import Answer, Citation, Question, Status
from bot.staff.cases import State
from bot.staff.desk import StaffDesk
from bot.staff.errors import Refused
from documents.models import Document

pytest_plugins = ["postgres_server", "staff_desks"]

DAY = 24 * 3600.0
ANNEX = Document(id="annex-1", title="Loans to carriers", label="Annex I", sha256="a" * 64)
REFERRED = {"status": "referred", "text": "Annex I governs it."}


def desk_that_finds(word: str, *, related: bool = False, document: str = ANNEX.id) -> Callable[[Question], Answer]:
    """A desk that answers from a document what holds a word, and says of all else that it is not stated."""

    def ask(question: Question) -> Answer:
        if word not in question.text:
            return Answer(status=Status.NOT_STATED, language="en", text="–", lead="–")
        cited = Citation(document=document, title="t", paragraph=2, quote="q", text="q", related=related)
        text = f"The documents state: q ({question.language})"
        return Answer(status=Status.ANSWERED, language="en", text=text, lead="l", citations=(cited,))

    return ask


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def letters(staff: StaffDesk, chat: int) -> list[dict[str, object]]:
    mail = staff.mail("9" * 32)
    found = []
    while claimed := mail.claim(50):
        for letter in claimed:
            found += [dict(letter.payload)] if letter.chat == chat else []
            mail.sent(letter)
    return found


def test_cases_that_were_left_open_and_that_the_document_answers_are_named(staff: StaffDesk, clock: Clock) -> None:
    old = staff.asking.wants_person(opening(1, 501, answer=REFERRED)).case
    clock.now += 31 * DAY
    told = {
        2: REFERRED,
        3: {"status": "not_stated", "text": "–"},
        4: {"status": "answered", "text": "–"},
        5: None,
        6: REFERRED,
    }
    cases = {n: staff.asking.wants_person(opening(n, 500 + n, answer=given)).case for n, given in told.items()}
    ask = desk_that_finds("boats")
    seen: list[tuple[int, int]] = []
    found = staff.anew.answered_by(ADMIN, ANNEX, ask, lambda done, of: seen.append((done, of)))
    assert [each.case.id for each in found] == [cases[2], cases[3], cases[5], cases[6]]
    assert old not in [each.case.id for each in found]
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert staff.anew.answered_by(ADMIN, ANNEX, desk_that_finds("of 6 boats"))[0].case.id == cases[6]
    assert staff.anew.answered_by(ADMIN, ANNEX, desk_that_finds("boats", related=True)) == ()
    assert staff.anew.answered_by(ADMIN, ANNEX, desk_that_finds("boats", document="another")) == ()


def test_an_answer_is_sent_once_however_many_send_it_at_once(opens: Opens) -> None:
    desks = [opens() for _ in range(4)]
    case = desks[0].asking.wants_person(opening(1, answer=REFERRED)).case
    ask = desk_that_finds("boats")
    (renewed,) = desks[0].anew.answered_by(ADMIN, ANNEX, ask)

    def send(desk: StaffDesk) -> str:
        try:
            desk.anew.send(ADMIN, ANNEX, renewed)
        except Refused as refused:
            return refused.code
        return "sent"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, desks)) == ["anew_sent_already"] * 3 + ["sent"]
    (letter,) = letters(desks[0], 500)
    assert (letter["kind"], letter["question"]) == ("reply", "May a carrier of 1 boats borrow?")
    assert Answer.model_validate(letter["answer"]).citations[0].document == ANNEX.id
    (after,) = desks[0].cases.cases(ADMIN)
    assert (after.state, after.holder) == (State.ANSWERED, ADMIN.person)
    assert desks[0].anew.sent(ADMIN, ANNEX) == (case,)
    assert desks[0].anew.answered_by(ADMIN, ANNEX, ask) == ()
    assert refusal(lambda: desks[0].anew.of_case(ADMIN, ANNEX, case, ask)) == "anew_sent_already"
    edition = ANNEX.model_copy(update={"sha256": "b" * 64})
    assert len(desks[0].anew.answered_by(ADMIN, edition, ask)) == 1


def test_a_closed_case_is_answered_and_its_asker_may_write_on(staff: StaffDesk) -> None:
    case = staff.asking.wants_person(opening(1, answer=REFERRED)).case
    staff.cases.claim(ANNA, case)
    staff.cases.close(ANNA, case)
    (renewed,) = staff.anew.answered_by(ADMIN, ANNEX, desk_that_finds("boats"))
    staff.anew.send(ADMIN, ANNEX, renewed)
    after = staff.cases.case(ADMIN, case)
    assert (after.state, after.holder) == (State.ANSWERED, ANNA.person)
    told = [letter["text"] for letter in letters(staff, STAFF_CHAT)]
    assert any("Annex I" in str(text) for text in told)
    assert staff.asking.writes(500, "Thank you", "w:1") is not None


def test_what_may_not_be_sent_is_refused_and_noted(staff: StaffDesk) -> None:
    ask = desk_that_finds("of 1 boats")
    case = staff.asking.wants_person(opening(1, answer=REFERRED)).case
    other = staff.asking.wants_person(opening(2, 502, answer=REFERRED)).case
    (renewed,) = staff.anew.answered_by(ANNA, ANNEX, ask)
    staff.cases.claim(BELA, case)
    assert refusal(lambda: staff.anew.send(ANNA, ANNEX, renewed)) == "held"
    assert refusal(lambda: staff.anew.send(NOBODY, ANNEX, renewed)) == "not_allowed"
    assert refusal(lambda: staff.anew.answered_by(NOBODY, ANNEX, ask)) == "not_allowed"
    assert refusal(lambda: staff.anew.of_case(ANNA, ANNEX, other, ask)) == "anew_no_answer"
    assert letters(staff, 500) == []
    staff.forget(ADMIN, 500)
    assert refusal(lambda: staff.anew.send(ADMIN, ANNEX, renewed)) == "forgotten"
    assert staff.anew.answered_by(ADMIN, ANNEX, ask) == ()
    outcomes = {row.outcome.value for row in staff.audit(ADMIN) if row.action in ("reply", "list_cases")}
    assert outcomes == {"done", "refused", "not_allowed"}


def test_a_chat_that_blocked_the_bot_is_left_out(staff: StaffDesk) -> None:
    staff.asking.wants_person(opening(1, answer=REFERRED))
    (renewed,) = staff.anew.answered_by(ADMIN, ANNEX, desk_that_finds("boats"))
    mail = staff.mail("8" * 32)
    staff.cases.reply(ADMIN, renewed.case.id, "Soon.", "r:1")
    for letter in mail.claim(50):
        if letter.chat == 500:
            mail.blocked(letter)
    assert staff.anew.answered_by(ADMIN, ANNEX, desk_that_finds("boats")) == ()
    assert refusal(lambda: staff.anew.send(ADMIN, ANNEX, renewed)) == "blocked"
