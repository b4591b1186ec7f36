"""Of a person everything can be shown, and nothing is left once they are forgotten; what is old goes by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select
from staff_words import ADMIN, ANNA, BOT, Clock, Opens, asked, opening, pseudonym

from bot.staff.desk import StaffDesk
from bot.staff.errors import Refused
from bot.staff.roles import Actor, Role
from bot.store import Arrived, Changes, Where, open_store
from bot.store.tables import METADATA
from documents.database import open_engine

pytest_plugins = ["postgres_server", "staff_desks"]

DAY = 24 * 3600.0
SECRETS = ("a quay of mine", "my own words", "the staff told me")


def everything(url: str) -> dict[str, list[dict[str, Any]]]:
    engine = open_engine(url)
    with engine.connect() as connection:
        found = {
            name: [dict(row._mapping) for row in connection.execute(select(table))]
            for name, table in METADATA.tables.items()
        }
    engine.dispose()
    return found


def lived(staff: StaffDesk, url: str, person: int) -> int:
    """Somebody who leaves something in every table; their case."""
    staff.asking.asked(asked(person, question=f"May I use {SECRETS[0]}?"), person)
    case = staff.asking.wants_person(opening(person, person, question=f"May I use {SECRETS[0]}?")).case
    staff.asking.writes(person, SECRETS[1], f"w:{person}")
    staff.cases.reply(ANNA, case, SECRETS[2], f"r:{person}")
    store = open_store(url)
    updates = store.updates(BOT, "1" * 32, 30)
    updates.take([Arrived(person + 100, person, "{}")])
    (claimed,) = updates.claim(1, 0)
    updates.finish(claimed, Where(person, person, 1), Changes(((1, SECRETS[0]),), {}, {}, {person: "en"}))
    store.close()
    return case


def test_an_export_holds_all_of_a_person_and_nothing_of_another(staff: StaffDesk, url: str) -> None:
    lived(staff, url, 500)
    lived(staff, url, 501)
    with pytest.raises(Refused):
        staff.export(ANNA, 500)
    told = staff.export(Actor(person=500, role=Role.NOBODY), 500)
    assert told == staff.export(ADMIN, 500)
    text = json.dumps(told)
    assert all(secret in text for secret in SECRETS)
    assert "501" not in text
    assert {"bot_people", "bot_conversations"} <= told["bot"].keys()
    assert [case["address"]["chat"] for case in told["cases"]] == [500]
    assert [inquiry["asker"] for inquiry in told["inquiries"]] == [pseudonym(500)]


def test_of_a_forgotten_person_no_word_and_no_number_is_left(staff: StaffDesk, url: str) -> None:
    case = lived(staff, url, 500)
    lived(staff, url, 501)
    before = everything(url)
    with pytest.raises(Refused):
        staff.forget(ANNA, 500)
    staff.forget(ADMIN, 500)
    after = everything(url)
    kept = {name: rows for name, rows in after.items() if name != "staff_audit"}
    mine = {name: [row for row in rows if 501 in row.values()] for name, rows in before.items()}
    for name, rows in kept.items():
        assert all(row in rows for row in mine[name])
        texts = json.dumps([row for row in rows if row not in before[name] or 501 not in row.values()])
        assert " 500" not in texts.replace('"u:500"', ""), name
        assert pseudonym(500) not in texts
    for secret in SECRETS:
        assert json.dumps(before).count(secret) == 2 * json.dumps(after).count(secret) > 0
    assert [row["text"] for row in kept["staff_messages"] if row["case"] == case] == [None, None]
    assert [row["chat"] for row in after["staff_outbox"] if row["chat"] > 0] == [501]
    found = staff.cases.case(ANNA, case)
    assert (found.record, found.reachable, found.state) == (None, False, "closed")
    with pytest.raises(Refused) as caught:
        staff.cases.reply(ANNA, case, "Hello?", "r:9")
    assert caught.value.code == "forgotten"
    assert staff.asking.writes(500, "Hello?", "w:9") is None
    assert len(staff.inquiries(1)) == 2  # that somebody asked is still counted


def test_what_is_old_is_removed_and_what_is_put_off_stays(opens: Opens, url: str, clock: Clock) -> None:
    staff = opens(CIRCULAR_KEEP_STAFF_DAYS=10)
    lived(staff, url, 500)
    later = lived(staff, url, 501)
    staff.cases.snooze(ADMIN, later, clock.now + 20 * DAY)
    clock.now += 9 * DAY
    assert staff.remove_old() == 0
    clock.now += 2 * DAY
    lived(staff, url, 502)
    assert staff.remove_old() > 0
    assert {inquiry.asker for inquiry in staff.inquiries(30)} == {pseudonym(502)}
    left = everything(url)
    for table in ("staff_cases", "staff_addresses", "staff_messages", "staff_events"):
        assert {row.get("case", row.get("id")) for row in left[table]} == {later, 3}
    assert len(left["staff_audit"]) > 3
    clock.now += 400 * DAY
    staff.remove_old()
    assert all(rows == [] for name, rows in everything(url).items() if name.startswith("staff_"))
