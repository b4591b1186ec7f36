"""Commands that change the library, killed at random moments: what the next opening finds, and whether it is right."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal, NamedTuple

from benchmarks.shared import ROOT, machine, table
from bot.answering.answer import Question
from bot.desk import open_desk
from bot.settings import Settings
from bot.shelf import Added, Shelf
from documents.intake import Facts
from documents.loading import SHIPPED, blocks_of, load_library
from documents.models import edition_id
from retrieval.groups import wanted_of

POLICIES = ROOT / "tests" / "gold" / "policies"
KILLS, SEED = 50, 20261124
BASE = "p23"
"""The document that is in the library before, and that is replaced."""
BASE_QUESTION = "What is a bridging loan of the Student Hardship Fund?"
FILES = {
    "p11": "申请滴灌设施补贴的合作社，成员不得少于多少户？",
    "p15": "鉴定为D级危险房屋的住宅能不能加装电梯？",
    "p21": "For how many apprentices at most may one mentor be named under the Apprenticeship Start Grant?",
    "p25": "How old may the borrower of a home energy retrofit loan be when the last instalment falls due?",
    "p28": "What is the budget of the Museum Digitisation Fund call?",
    "p41": "青岚市总工会对深度困难职工的生活救助，每户每年最多给多少？",
}
"""The documents that are added, each with a question that it answers."""
_MORE = "\n\nThis guidance is explained at the counter of every municipal office.\n"
_BLOCKS = 12
_LONGEST = 120.0

Command = Literal["add", "replace"]
Stage = Literal["reading", "lines", "index"]


class Prepared(NamedTuple):
    """A home to be copied for every kill, the files to be added, and how long each stage takes uninterrupted."""

    home: Path
    vectors: Path
    """What an uninterrupted run computed: with it in the home, a kill meets the writing rather than the embedding."""
    files: Path
    edition: Path
    seconds: dict[Command, dict[Stage, float]]
    """By command and stage."""


class Plan(NamedTuple):
    """When to kill: in which stage, and how far into it, from 0 to 1."""

    command: Command
    stage: Stage
    line: int
    far: float
    computed: bool


class Outcome(NamedTuple):
    """What a kill left, and what the next opening made of it."""

    plan: Plan
    moment: str
    printed: tuple[str, ...]
    held: int
    """Documents of the command that the database held."""
    repaired: str
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    wrong: tuple[str, ...]
    """Everything else that is not as it should be."""


def settings_of(home: Path) -> Settings:
    """The default settings with this home, whatever the environment says."""
    fields = Settings.model_fields.items()
    defaults = {field.alias or name: field.get_default(call_default_factory=True) for name, field in fields}
    return Settings.model_validate({**defaults, "CIRCULAR_HOME": home})


def _environment(home: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CIRCULAR_")}
    return {**inherited, "CIRCULAR_HOME": str(home)}


def _text(name: str) -> str:
    """The beginning of a policy: long enough to be killed in the middle of."""
    text = (POLICIES / name / "document.txt").read_text(encoding="utf-8")
    return "\n\n".join(block.text for block in blocks_of(text)[:_BLOCKS])


class _Running:
    """A command in a process of its own: what it printed, and whether it is changing the index."""

    def __init__(self, prepared: Prepared, command: Command, home: Path) -> None:
        words = ["add", str(prepared.files)] if command == "add" else ["replace", BASE, str(prepared.edition)]
        self._home = home
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "docs", *words],
            env=_environment(home),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        self.errors: list[str] = []
        self._readers = [
            threading.Thread(target=self._read, args=(self.process.stdout, self.lines)),
            threading.Thread(target=self._read, args=(self.process.stderr, self.errors)),
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, stream: IO[str] | None, into: list[str]) -> None:
        for line in stream or ():
            into.append(line)

    def changing(self) -> bool:
        return any((self._home / "index").glob("*/CHANGING"))

    def wait_for(self, stage: Stage, line: int = 1) -> None:
        """Until the stage begins, or the process ends."""
        while self.process.poll() is None:
            if (
                stage == "reading"
                or (stage == "lines" and len(self.lines) >= line)
                or (stage == "index" and self.changing())
            ):
                return
            time.sleep(0.002)
            if time.monotonic() - self.started > _LONGEST:
                self.process.kill()

    def wait(self) -> int:
        code = self.process.wait()
        for reader in self._readers:
            reader.join()
        return code


def _ids(command: Command, lines: Sequence[str]) -> tuple[str, ...]:
    """The ids whose line was printed whole."""
    known = FILES if command == "add" else (BASE,)
    return tuple(i for i in known if any(line.startswith(f"{i}.txt") and line.endswith("\n") for line in lines))


def _uninterrupted(prepared: Prepared, command: Command, home: Path) -> dict[Stage, float]:
    shutil.copytree(prepared.home, home)
    running = _Running(prepared, command, home)
    wanted = tuple(FILES) if command == "add" else (BASE,)
    running.wait_for("lines", 1)
    first = time.monotonic()
    running.wait_for("index")
    index = time.monotonic()
    code = running.wait()
    if code or _ids(command, running.lines) != wanted:
        raise SystemExit(f"killed: the command itself fails: {running.lines} {running.errors}")
    return {"reading": first - running.started, "lines": index - first, "index": time.monotonic() - index}


def prepare(folder: Path, start: Path | None = None) -> Prepared:
    """Everything that kills have in common, below an empty folder; ``start`` is a home with the shipped index."""
    files, home = folder / "files", folder / "home"
    if start is not None:
        shutil.copytree(start, home)
    files.mkdir()
    for name in FILES:
        (files / f"{name}.txt").write_text(_text(name), encoding="utf-8")
    for name, text in (("before", _text(BASE)), ("after", _text(BASE) + _MORE)):
        (folder / name).mkdir()
        (folder / name / f"{BASE}.txt").write_text(text, encoding="utf-8")
    with Shelf(settings_of(home)) as shelf:
        list(shelf.add([folder / "before" / f"{BASE}.txt"], Facts()))
        shelf.bring_index_up_to_date()
    prepared = Prepared(home, folder / "vectors.sqlite", files, folder / "after" / f"{BASE}.txt", {})
    commands: tuple[Command, ...] = ("add", "replace")
    for command in commands:
        done = folder / f"done-{command}"
        prepared.seconds[command] = _uninterrupted(prepared, command, done)
        if command == "add":
            shutil.copy(done / "vectors.sqlite", prepared.vectors)
        shutil.rmtree(done)
    return prepared


def plans(count: int, seed: int = SEED) -> list[Plan]:
    """So many moments, every kind of them in turn."""
    chance = random.Random(seed)
    stages: tuple[tuple[Command, Stage], ...] = (
        ("add", "lines"),
        ("add", "index"),
        ("replace", "index"),
        ("add", "index"),
        ("add", "reading"),
        ("replace", "lines"),
        ("add", "lines"),
        ("add", "index"),
        ("add", "lines"),
        ("replace", "reading"),
    )
    chosen = [stages[at % len(stages)] for at in range(count)]
    return [Plan(c, s, chance.randint(1, len(FILES)), chance.random(), chance.random() < 0.75) for c, s in chosen]


def kill(prepared: Prepared, plan: Plan, home: Path) -> Outcome:
    """Run the command in a copy of the home, kill it as planned, open the desk, and hold all against what must be."""
    shutil.copytree(prepared.home, home)
    if plan.computed:
        shutil.copy(prepared.vectors, home / "vectors.sqlite")
    running = _Running(prepared, plan.command, home)
    running.wait_for(plan.stage, plan.line if plan.command == "add" else 1)
    length = prepared.seconds[plan.command][plan.stage]
    if plan.stage == "index" and plan.computed:
        length /= 4  # what was computed before makes the writing short
    if plan.stage == "lines" and plan.command == "add" and plan.line < len(FILES):
        length /= 8  # the lines follow each other closely; most of the stage is loading the model after the last one
    time.sleep(plan.far * length)
    running.process.send_signal(signal.SIGKILL)
    ended = running.wait() != -signal.SIGKILL
    printed = _ids(plan.command, running.lines)
    changing = running.changing()
    moment = (
        "after its end"
        if ended
        else "index changing"
        if changing
        else "before the first line"
        if not printed
        else "between lines"
        if plan.command == "add" and len(printed) < len(FILES)
        else "after the last line"
    )
    return _checked(prepared, plan, home, moment, printed)


def _checked(prepared: Prepared, plan: Plan, home: Path, moment: str, printed: tuple[str, ...]) -> Outcome:
    settings = settings_of(home)
    wrong: list[str] = []
    written: list[int] = []
    told: list[str] = []
    folders = _folders(home)
    try:
        desk = open_desk(settings, progress=lambda done, total: written.append(total), notice=told.append)
    except Exception as error:
        wrong.append(f"the desk does not open: {type(error).__name__}: {error}")
        return Outcome(plan, moment, printed, 0, "no", printed, (), tuple(wrong))
    try:
        loaded = load_library(SHIPPED, settings.database)
        wanted = wanted_of(loaded.library, loaded.knowledge)
        present = [document.id for document in desk.library.in_force()]
        if desk._room.searcher.digests() != wanted.digests():
            wrong.append("the index holds other documents than the database")
        items = sum(len(group.items()) for group in wanted.passages.values())
        if desk.counts() != (items, len(wanted.questions)):
            wrong.append(f"the index counts {desk.counts()}, not {(items, len(wanted.questions))}")
        asked = [(i, FILES[i]) for i in present if i in FILES][-1:] or [(BASE, BASE_QUESTION)]
        for document, question in asked:
            answer = desk.ask(Question(text=question))
            if document not in {citation.document for citation in answer.citations if not citation.related}:
                wrong.append(f"{document} does not answer {question!r}: {answer.status}")
    finally:
        desk.close()
    lost = [i for i in printed if i not in present]
    files = Counter(d.sha256 for d in desk.library.in_force())
    doubled = [d.id for d in desk.library.in_force() if files[d.sha256] > 1]
    held = sum(i in present for i in FILES)
    if plan.command == "replace":
        document = desk.library.document(BASE)
        held = int(document.edition == 2)
        old = edition_id(BASE, 1) in {d.id for d in desk.library.documents()}
        if printed and not held:
            lost.append(BASE)
        if held != old:
            wrong.append(f"edition {document.edition} is in force, the one before is {'' if old else 'not '}there")
    wrong += _again(prepared, plan, settings)
    new = _folders(home) - folders
    repaired = "built anew" if new or told else f"{written[0]} added" if written else "as it was"
    return Outcome(plan, moment, printed, held, repaired, tuple(lost), tuple(doubled), tuple(wrong))


def _again(prepared: Prepared, plan: Plan, settings: Settings) -> Iterator[str]:
    """The same command once more: everything must be there once."""
    with Shelf(settings) as shelf:
        if plan.command == "replace":
            shelf.replace(BASE, prepared.edition, Facts())
            if shelf.library.document(BASE).edition != 2:
                yield "the edition counts twice when the command is given again"
            return
        for result in shelf.add(sorted(prepared.files.iterdir()), Facts()):
            if not isinstance(result, Added):
                yield f"given again: {result.error}"
        found = Counter(document.source for document in shelf.library.in_force())
        if any(found[f"{i}.txt"] != 1 for i in FILES):
            yield f"given again: {found}"


def _folders(home: Path) -> set[str]:
    return {path.name for path in (home / "index").iterdir() if path.is_dir() and not path.name.startswith(".")}


@contextmanager
def prepared_folder(start: Path | None = None) -> Iterator[tuple[Path, Prepared]]:
    """``prepare`` in a folder that goes away."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield folder, prepare(folder, start)


def main() -> None:
    outcomes = []
    with prepared_folder() as (folder, prepared):
        for at, plan in enumerate(plans(KILLS)):
            outcomes.append(kill(prepared, plan, folder / "killed"))
            shutil.rmtree(folder / "killed")
            if outcomes[-1].wrong:
                print(f"kill {at}: {outcomes[-1]}", flush=True)
    print(machine(), f"{KILLS} kills, seed {SEED}; of `docs add` of {len(FILES)} files and `docs replace` of one")
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault((outcome.plan.command, outcome.moment), []).append(outcome)
    rows = []
    for (command, moment), them in sorted(groups.items()):
        how = Counter("brought up to date" if o.repaired.endswith("added") else o.repaired for o in them)
        spread = f"{min(o.held for o in them)}-{max(o.held for o in them)}"
        sums = [sum(len(getattr(o, name)) for o in them) for name in ("lost", "doubled", "wrong")]
        told = [how[name] for name in ("as it was", "brought up to date", "built anew", "no")]
        rows.append([f"{command}: {moment}", len(them), spread, *told, *sums])
    head = [
        "killed",
        "times",
        "in library",
        "as it was",
        "up to date",
        "anew",
        "not opened",
        "lost",
        "doubled",
        "wrong",
    ]
    table(head, rows)


if __name__ == "__main__":
    main()
