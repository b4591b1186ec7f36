"""Messages are sent by one process at a time, in the order of each chat, and by another where the first was killed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from staff_words import ANNA, STAFF_CHAT, Clock, Opens, opening

from bot.staff.desk import StaffDesk
from bot.staff.errors import LeaseLost
from bot.staff.mail import Mail
from bot.staff.numbers import staff_numbers

pytest_plugins = ["postgres_server", "staff_desks"]

ONE, TWO = "1" * 32, "2" * 32
NUMBERS = staff_numbers().outbox


def reply(staff: StaffDesk, *texts: str, person: int = 500) -> None:
    """Have these replies waiting for an asker, and nothing for staff."""
    case = staff.asking.wants_person(opening(person, person)).case
    for number, text in enumerate(texts):
        staff.cases.reply(ANNA, case, text, f"{person}:{number}")
    mail = staff.mail("0" * 32)
    for letter in mail.claim(99):
        if letter.chat == STAFF_CHAT:
            mail.sent(letter)
    mail.release()


def texts(mail: Mail, places: int = 9) -> list[str]:
    return [letter.payload["text"] for letter in mail.claim(places)]


def test_of_each_chat_the_oldest_is_sent_first_and_alone(staff: StaffDesk) -> None:
    reply(staff, "a", "b")
    reply(staff, "c", person=501)
    one, two = staff.mail(ONE), staff.mail(TWO)
    claimed = one.claim(9)
    assert [letter.payload["text"] for letter in claimed] == ["a", "c"]
    assert texts(two) == []
    one.sent(claimed[0], {"message_id": 7})
    assert texts(two) == ["b"]


def test_what_a_killed_process_had_taken_is_sent_by_another_and_never_again(opens: Opens, clock: Clock) -> None:
    staff, other = opens(), opens()
    reply(staff, "a")
    one, two = staff.mail(ONE), other.mail(TWO)
    (first,) = one.claim(9)
    clock.now += NUMBERS.lease_seconds - 1
    assert one.renew() == {first.id}
    clock.now += NUMBERS.lease_seconds - 1
    assert texts(two) == []
    clock.now += 1
    (second,) = two.claim(9)
    assert (second.id, second.tries) == (first.id, first.tries + 1)
    with pytest.raises(LeaseLost):
        one.sent(first)
    two.sent(second)
    clock.now += 9 * NUMBERS.lease_seconds
    assert (texts(one), texts(two), two.waiting()) == ([], [], 0)


def test_what_is_known_to_be_gone_is_taken_over_at_once(staff: StaffDesk) -> None:
    reply(staff, "a")
    one, two = staff.mail(ONE), staff.mail(TWO)
    one.claim(9)
    assert two.release([ONE]) == 1
    assert texts(two) == ["a"]


def test_processes_that_claim_at_once_never_get_the_same_message(opens: Opens) -> None:
    desks = [opens() for _ in range(4)]
    for person in range(500, 520):
        reply(desks[0], str(person), person=person)
    together = threading.Barrier(len(desks))

    def work(numbered: tuple[int, StaffDesk]) -> list[str]:
        mail = numbered[1].mail(str(numbered[0]) * 32)
        together.wait()
        done = []
        while claimed := mail.claim(3):
            for letter in claimed:
                done.append(letter.payload["text"])
                mail.sent(letter)
        return done

    with ThreadPoolExecutor(len(desks)) as pool:
        done = [text for each in pool.map(work, enumerate(desks, 1)) for text in each]
    assert sorted(done) == [str(person) for person in range(500, 520)]


def test_what_cannot_be_sent_is_tried_later_then_given_up_and_staff_are_told(staff: StaffDesk, clock: Clock) -> None:
    reply(staff, "a", "b")
    mail = staff.mail(ONE)
    (letter,) = mail.claim(9)
    assert mail.failed(letter, after=120)
    clock.now += 119
    assert mail.claim(9) == []  # nor what comes after it in the same chat
    while True:
        clock.now += NUMBERS.longest_pause_seconds
        (letter,) = mail.claim(9)
        if not mail.failed(letter):
            break
    assert letter.tries == NUMBERS.most_tries
    assert [(each.chat, each.payload["text"][:6]) for each in mail.claim(9)] == [(500, "b"), (STAFF_CHAT, "Case 1")]
