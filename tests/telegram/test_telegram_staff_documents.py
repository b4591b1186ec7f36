"""Documents by chat: read, shown, added when an admin says so, and what they answer sent to askers of old cases."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bot_api_server import BotApiServer
from conftest import BotProcess
from staff_files import APPENDIX, notice, pdf, word
from talk import Json, data, labels
from talk import notice as told

from documents.catalogue import Catalogue
from documents.errors import ReadingError
from documents.readers.apart import read_apart

ADMIN, OTHER_ADMIN, STRANGER = 9001, 9002, 9003
STAFF_CHAT = -100_900
WAIT = 30.0
PRODUCT = [sys.executable, "-m", "bot.cli", "bot"]


class Office:
    """A bot with a staff desk that can be restarted, and the server it talks to."""

    def __init__(self, server: BotApiServer, home: Path) -> None:
        self.server, self.home = server, home
        server.say(ADMIN, "Hello", chat=STAFF_CHAT)
        self.bot = self._started()

    def _started(self) -> BotProcess:
        settings = {"CIRCULAR_STAFF_CHAT_ID": str(STAFF_CHAT), "CIRCULAR_ADMIN_IDS": f"{ADMIN},{OTHER_ADMIN}"}
        return BotProcess(self.server.url, self.home, command=PRODUCT, settings=settings)

    def kill_and_start_again(self) -> None:
        self.bot.signal(signal.SIGKILL)
        self.bot.ended()
        self.bot = self._started()

    def send(self, name: str, content: bytes, user: int = ADMIN, **more: Any) -> Json:
        """What the bot shows of a file that was sent, once it has read it."""
        chat = more.get("chat") or user
        before = len(self.server.sent(chat))
        self.server.send_file(user, name, content, **more)
        shown = self.server.wait_sent(chat, before + 1, WAIT)[before]
        return self.shows(shown, lambda now: not now["text"].startswith("Reading"))

    def shows(self, message: Json, condition: Callable[[Json], Any]) -> Json:
        """A message once it shows what is waited for."""
        key = message["chat"]["id"], message["message_id"]
        return dict(self.server.wait(lambda: condition(self.server.messages[key]) and self.server.messages[key], WAIT))

    def press(self, message: Json, label: str, user: int = ADMIN) -> str:
        return self.server.press(user, message, label)

    def added(self, message: Json) -> Json:
        """The report of a file that is being added."""
        return self.shows(message, lambda now: "Answers stand on it" in now["text"])

    def documents(self) -> dict[str, str | None]:
        """The documents that were added: their ids with the hashes of their files."""
        catalogue = Catalogue(f"sqlite:///{self.home / 'library.sqlite'}")
        try:
            return {text.document.id: text.document.sha256 for text in catalogue.texts()}
        finally:
            catalogue.close()

    def kept(self) -> list[Path]:
        """The files that wait for a decision."""
        return [path for path in (self.home / "uploads").glob("*/*") if path.is_file()]

    def audit(self, action: str) -> list[tuple[int, str]]:
        """Who did an action, and what came of it."""
        with sqlite3.connect(self.home / "bot.sqlite") as connection:
            rows = connection.execute("SELECT who, outcome FROM staff_audit WHERE action = ? ORDER BY id", (action,))
            found = rows.fetchall()
        connection.close()
        return found


@pytest.fixture(scope="module")
def office(copied_home: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    server = BotApiServer().start()
    opened = Office(server, copied_home(tmp_path_factory.mktemp("staff") / "home"))
    try:
        yield opened
    finally:
        code = opened.bot.stop()
        server.stop()
    assert code == 0, opened.bot.log
    assert "Traceback" not in opened.bot.log
    assert [each for each in server.violations if any(word in each for word in ("pars", "long", "BUTTON"))] == []


def handed_over(office: Office, user: int, question: str, label: str, language: str) -> None:
    """A question that is passed on to a person."""
    office.server.say(user, question, language=language)
    answer = office.server.wait_sent(user, 1, 60)[-1]
    assert "Appendix II" in answer["text"]
    before = len(office.server.sent(user))
    office.press(answer, label, user)
    office.server.wait_sent(user, before + 1, WAIT)


def test_an_appendix_that_is_sent_answers_the_old_cases_that_were_referred_to_it(office: Office) -> None:
    handed_over(office, 501, "When must applications for the authentication reward be filed?", "Ask a person", "en")
    handed_over(office, 502, "认证奖励有多少钱？", "人工", "zh")
    handed_over(office, 503, "How large is the reward for CMMI certification?", "Ask a person", "en")
    before = {user: len(office.server.sent(user)) for user in (501, 502, 503)}

    seen = office.send("appendix.docx", word(APPENDIX))
    for part in ("Enterprise Authentication", "No.557", "2006-10-16", "It seems to be Appendix II"):
        assert part in seen["text"]
    assert labels(seen)[0] == "✔ Add as Appendix II"
    assert {"Add as Appendix I", "Add as Appendix III", "New document", "Cancel"} <= set(labels(seen))
    assert office.documents() == {}

    office.press(seen, "Add as Appendix II")
    report = office.added(seen)
    assert "Added as Appendix II (appendix-2)" in report["text"]
    assert "it answers: 3" in report["text"]
    offer = office.server.wait_sent(ADMIN, 2, WAIT)[-1]
    for part in ("When must applications", "认证奖励有多少钱", "before 30 April", "210,000 yuan"):
        assert part in offer["text"]
    assert all(len(office.server.sent(user)) == count for user, count in before.items())

    office.press(offer, "Send to case 1")
    english = office.server.wait_sent(501, before[501] + 1, WAIT)[-1]
    assert "before 30 April" in english["text"]
    assert "is in the library now" in english["text"]
    left = office.shows(offer, lambda now: "Send to case 1" not in labels(now))
    assert "sent to the askers of these cases: 1" in left["text"]
    changed = office.server.click(ADMIN, left, next(each for each in data(offer) if each.startswith("sde:l:")))
    assert "list has changed" in told(office.server, changed)
    assert told(office.server, office.press(left, "Send to all 2")) == "Sent to 2 askers; not sent: –."
    chinese = office.server.wait_sent(502, before[502] + 1, WAIT)[-1]
    assert "新入库" in chinese["text"]
    assert "210,000 yuan" in chinese["text"]
    assert "430,000 yuan" in office.server.wait_sent(503, before[503] + 1, WAIT)[-1]["text"]
    office.shows(offer, lambda now: not labels(now))
    again = office.server.click(ADMIN, left, next(each for each in data(offer) if each.startswith("sde:o:")))
    assert "sent this document's answer already" in told(office.server, again)

    opened = office.press(english, "Open ¶", 501)
    assert told(office.server, opened) == ""
    office.server.wait(lambda: office.kept() == [], WAIT)
    assert (ADMIN, "done") in office.audit("add_document")


def test_the_same_file_is_recognised(office: Office) -> None:
    first = office.send("ferry.docx", content := word(notice("ferry")))
    office.press(first, "New document")
    assert "Added as ferry" in office.added(first)["text"]
    again = office.send("other name.docx", content)
    assert "in the library already, as ferry" in again["text"]
    assert labels(again) == ["Look for cases it answers"]
    office.press(again, "Look for cases")
    office.shows(again, lambda now: "answers no case" in now["text"])
    assert sorted(office.documents()) == ["appendix-2", "ferry"]


def test_a_broken_file_gives_the_line_of_the_command_line_and_is_not_kept(office: Office, tmp_path: Path) -> None:
    for name, content in {
        "empty.pdf": b"",
        "broken.pdf": b"%PDF-1.4 nothing follows",
        "photo.pdf": b"\x89PNG\r\n\x1a\n" + bytes(40),
        "sheet.docx": b"PK\x03\x04 broken",
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ReadingError) as expected:
            read_apart(tmp_path / name)
        shown = office.send(name, content)
        assert shown["text"] == str(expected.value)
        assert labels(shown) == []
    assert office.kept() == []


def test_a_file_larger_than_a_bot_can_fetch_is_told_in_one_line(office: Office) -> None:
    fetched = len(office.server.done("getFile"))
    for size in (21 * 2**20, None):
        shown = office.send("large.pdf", bytes(20 * 2**20 + 1) if size is None else b"%PDF", size=size or 1)
        assert "larger than 20 MB" in shown["text"]
        assert "\n" not in shown["text"]
    assert len(office.server.done("getFile")) == fetched
    office.server.violations.remove("getFile: Bad Request: file is too big")


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x.txt", "..\\..\\boot.txt", "<b>&.txt", ".hidden.txt", "长" * 200 + ".txt", None]
)
def test_a_hostile_name_stays_a_name(office: Office, name: str | None) -> None:
    shown = office.send(name, b"Notice on nets\n\nEvery net is to be mended before it is used.\n")  # type: ignore[arg-type]
    assert "Notice on nets" in shown["text"]
    (kept,) = office.kept()
    assert kept.resolve().is_relative_to((office.home / "uploads").resolve())
    office.press(shown, "Cancel")
    office.shows(shown, lambda now: "was not added" in now["text"])
    assert office.kept() == []
    assert "nets" not in " ".join(office.documents())


def test_nobody_but_an_admin_adds_anything(office: Office) -> None:
    before = office.documents()
    office.server.send_file(STRANGER, "wish.txt", b"Notice on wishes\n\nEvery wish is granted.\n")
    refused = office.server.wait_sent(STRANGER, 1, WAIT)[-1]
    assert "text" in refused["text"]
    assert labels(refused) == []
    shown = office.send("nets.txt", b"Notice on nets\n\nEvery net is to be mended.\n")
    for button in data(shown):
        query = office.server.click(STRANGER, shown, button)
        assert "may not" in told(office.server, query)
    for forged in ("sde:a:0123456789ab", "sde:n:../../../../etc", "sdx:l:x:y", "sde:o:circular-2006-556:99999999"):
        assert told(office.server, office.server.click(STRANGER, shown, forged))
    assert told(office.server, office.server.click(ADMIN, shown, "sde:n:ffffffffffff"))
    assert office.documents() == before
    assert (STRANGER, "not_allowed") in office.audit("add_document")
    assert (STRANGER, "not_allowed") in office.audit("button")
    assert (STRANGER, "not_allowed") in office.audit("list_cases")
    assert office.audit("add_document")[-1] == (ADMIN, "refused")
    office.press(shown, "Cancel")
    office.shows(shown, lambda now: "was not added" in now["text"])


def test_two_admins_who_press_at_once_add_once(office: Office) -> None:
    shown = office.send("pier.pdf", pdf(notice("pier")), chat=STAFF_CHAT)
    before = len(office.documents())
    queries = [office.press(shown, "New document", user) for user in (ADMIN, OTHER_ADMIN)]
    office.added(shown)
    notices = [told(office.server, query) for query in queries]
    assert sorted(notices, key=len)[0] == ""
    assert len(office.documents()) == before + 1
    again = told(office.server, office.press({**shown}, "New document", OTHER_ADMIN))
    assert again == ""
    office.shows(shown, lambda now: "in the library already, as pier" in now["text"])
    assert len(office.documents()) == before + 1


def test_a_killed_bot_goes_on_with_what_was_begun_and_its_buttons_still_work(office: Office) -> None:
    kept, gone = office.send("quay.docx", word(notice("quay"))), office.send("mole.docx", word(notice("mole")))
    office.send("old.docx", word(notice("old quay")))
    (old,) = [path for path in office.kept() if path.name == "old.docx"]
    os.utime(old.parent, (time.time() - 25 * 3600,) * 2)
    begun = office.send("lock.docx", word(notice("lock")))
    hanging = office.server.fault("editMessageText", "hang", retry_after=30, chat=ADMIN)
    office.press(begun, "New document")
    office.server.wait(lambda: hanging.times == 0, WAIT)
    office.kill_and_start_again()

    assert "Added as lock" in office.added(begun)["text"]
    office.server.wait(lambda: sorted(path.name for path in office.kept()) == ["mole.docx", "quay.docx"], WAIT)
    office.press(kept, "New document")
    assert "Added as quay" in office.added(kept)["text"]
    office.server.wait(lambda: len(office.kept()) == 1, WAIT)
    office.kept()[0].unlink()
    fetched = len(office.server.downloads)
    office.press(gone, "New document")
    assert "Added as mole" in office.added(gone)["text"]
    assert len(office.server.downloads) == fetched + 1
    assert [list(office.documents()).count(name) for name in ("lock", "quay", "mole")] == [1, 1, 1]
    office.server.wait(lambda: office.kept() == [], WAIT)
