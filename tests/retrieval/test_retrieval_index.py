"""The life of an index: built once, never half, rebuilt when what it stands for changes, forgotten when it is old."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import three_documents
from forked import Popen
from three_documents import ORCHARD, TEXTS, Counting, knowledge, library

from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.embedding.embedder import E5Embedder
from retrieval.fingerprint import fingerprint
from retrieval.groups import wanted_of
from retrieval.index import CHANGING, COMPLETE, DamagedIndex, IndexFolder
from retrieval.items import items_of
from retrieval.place import ARRAYS, CHROMA, Place
from retrieval.store import Store
from retrieval.tuning import tuning

Ensure = Callable[..., Place]
APART = [sys.executable, str(Path(__file__).with_name("build_apart.py"))]
READING = """
import pathlib, sys
from retrieval.place import Place
with Place(pathlib.Path(sys.argv[1])).held():
    print(flush=True)
    input()
"""
"""A process that has an index open until it is killed."""
WHOLE = (len(items_of(library())), len(knowledge().questions))
SECONDS = 60
MOMENTS = {"folder asked for": 0, "half embedded": 1, "database made": 1, "seal written": 1, "renamed": 1}
"""When a process is killed, and how many unfinished folders that leaves."""


def counts(index: Place) -> tuple[int, int]:
    store = Store(index)
    try:
        return store.counts()
    finally:
        store.close()


def names(home: Path) -> list[str]:
    return sorted(entry.name for entry in (home / "index").iterdir() if entry.name != ".lock")


def untouchable() -> three_documents.Counting:
    raise AssertionError("an index that is there already was built again")


def apart(home: Path, vectors: Path, *moments: str) -> subprocess.Popen[str]:
    command = [*APART, str(home), str(vectors), *moments]
    return Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, err = process.communicate(timeout=SECONDS)
    return process.returncode, out or err


def test_an_index_is_built_whole_and_sealed(ensure: Ensure, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    index = ensure(tmp_path / "new" / "home", progress=lambda done, total: seen.append((done, total)))
    assert index.folder == tmp_path / "new" / "home" / "index" / index.key
    assert (index.folder / COMPLETE).read_text().splitlines()[-1] == index.key
    assert (index.folder / ARRAYS).is_file()
    assert counts(index) == WHOLE
    assert names(tmp_path / "new" / "home") == [index.key]
    assert seen[0] == (0, sum(WHOLE))
    assert seen[-1] == (sum(WHOLE), sum(WHOLE))
    assert seen == sorted(seen)


def test_what_is_built_is_used_again_without_an_embedder(ensure: Ensure, small_home: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in small_home.rglob("*")}
    index = ensure(small_home, embedder=untouchable, progress=lambda done, total: pytest.fail("progress of what?"))
    assert counts(index) == WHOLE
    assert {p: p.stat().st_mtime_ns for p in before if p.name in (COMPLETE, ARRAYS)} == {
        p: t for p, t in before.items() if p.name in (COMPLETE, ARRAYS)
    }


def test_a_changed_document_is_written_anew_in_place(
    ensure: Ensure, own_home: Path, embedder: E5Embedder, vectors: Path
) -> None:
    """And only what changed is computed."""
    from retrieval.embedding.shipped import ShippedVectors

    old = ensure(own_home, embedder=untouchable)
    changed = library(orchard=TEXTS[ORCHARD].replace("Pears are picked by the gardener alone.", "Pears are for all."))
    counting = Counting(embedder)
    new = ensure(own_home, changed, embedder=lambda: ShippedVectors(counting, vectors))
    assert new == old
    assert names(own_home) == [new.key]
    assert [text.splitlines()[-1] for _, text in counting.asked] == ["Pears are for all."]
    assert counts(new) == WHOLE
    assert ensure(own_home, changed, embedder=untouchable) == new


def test_another_embedder_has_an_index_of_its_own(own_home: Path, embedder: E5Embedder) -> None:
    counting = Counting(embedder, key="another-model")
    key = fingerprint(Knowledge(), counting.key, tuning())
    wanted = wanted_of(library(), Knowledge())
    index = IndexFolder(own_home).update(key, wanted, Knowledge(), tuning(), lambda: counting)
    assert counts(index) == (WHOLE[0], 0)
    assert names(own_home) == [key]
    assert {text for prefix, text in counting.asked} > {item.text for item in items_of(library())}


def test_an_empty_library_has_an_index_too(ensure: Ensure, tmp_path: Path) -> None:
    assert counts(ensure(tmp_path, Library({}), Knowledge())) == (0, 0)


def test_an_embedder_that_fails_leaves_nothing_behind(ensure: Ensure, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="asked to compute"):
        ensure(tmp_path, embedder=three_documents.NotLoaded)
    assert names(tmp_path) == []
    assert counts(ensure(tmp_path)) == WHOLE


@pytest.fixture(scope="module")
def killed(vectors: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Homes of processes that were killed while building, by the moment it happened."""
    homes = {moment: tmp_path_factory.mktemp("killed") for moment in MOMENTS}
    processes = {moment: apart(home, vectors, moment, "die") for moment, home in homes.items()}
    for moment, process in processes.items():
        assert ended(process) == (-9, ""), moment
    return homes


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_process_killed_while_building_leaves_no_half(moment: str, killed: dict[str, Path], ensure: Ensure) -> None:
    home = killed[moment]
    left = names(home)
    assert all(name.startswith(".building-") for name in left), left
    assert len(left) == MOMENTS[moment], "killed at another moment than was meant"
    index = ensure(home)
    assert counts(index) == WHOLE
    assert names(home) == [index.key]


@pytest.mark.slow
def test_two_processes_at_once_both_have_it_and_one_builds(vectors: Path, tmp_path: Path) -> None:
    home, inside, waiting, go = (tmp_path / name for name in ("home", "inside", "waiting", "go"))
    first = apart(home, vectors, "half embedded", f"touch:{inside}", "half embedded", f"wait:{go}")
    deadline = time.monotonic() + SECONDS
    while not inside.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    second = apart(home, vectors, "lock asked for", f"touch:{waiting}")
    while not waiting.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    assert second.poll() is None, ended(second)
    assert len(names(home)) == 1, "the second does not build beside the first"
    go.touch()
    results = [ended(first), ended(second)]
    assert [code for code, _ in results] == [0, 0], results
    told = [json.loads(out) for _, out in results]
    assert [entry["built"] for entry in told] == [True, False]
    assert [tuple(entry["counts"]) for entry in told] == [WHOLE, WHOLE]
    assert len(names(home)) == 1


def superseding(ensure: Ensure, home: Path) -> Place:
    """Builds an index of the same home that takes the place of the one that is there."""
    return ensure(home, library(bridge=""), Knowledge())


def test_an_index_is_forgotten_when_another_takes_its_place(ensure: Ensure, own_home: Path) -> None:
    """However new it is; what is no index stays, and what a process left that died while removing goes too."""
    index = own_home / "index"
    (index / "a folder" / CHROMA).mkdir(parents=True)
    (index / "a file").touch()
    (index / f".leaving-{'0' * 20}-1" / CHROMA).mkdir(parents=True)
    previous = ensure(own_home, embedder=untouchable)
    new = superseding(ensure, own_home)
    assert new.folder != previous.folder
    assert names(own_home) == sorted([new.key, "a folder", "a file"])


def test_one_index_after_the_other_at_the_same_path(ensure: Ensure, own_home: Path) -> None:
    """Chroma, which remembers what it opened at a path, answers from what is there now."""
    first = ensure(own_home, embedder=untouchable)
    for _ in range(2):
        assert counts(superseding(ensure, own_home)) != WHOLE
        again = ensure(own_home)
        assert (again, counts(again)) == (first, WHOLE)


@pytest.mark.skipif(sys.platform == "win32", reason="there open files keep it from being removed")
def test_an_index_that_is_read_stays_until_nobody_reads_it(ensure: Ensure, own_home: Path) -> None:
    previous = ensure(own_home, embedder=untouchable)
    then = time.time() - 3600 * 1000
    os.utime(previous.folder, (then, then))
    with previous.held(), previous.held():
        new = superseding(ensure, own_home)
        assert names(own_home) == sorted([previous.key, new.key])
        assert counts(previous) == WHOLE
    ensure(own_home, library(orchard=""), Knowledge())
    assert names(own_home) == [new.key]


@pytest.mark.skipif(sys.platform == "win32", reason="there open files keep it from being removed")
@pytest.mark.slow
def test_an_index_that_another_process_reads_stays_until_that_ends(ensure: Ensure, own_home: Path) -> None:
    previous = ensure(own_home, embedder=untouchable)
    command = [sys.executable, "-c", READING, str(previous.folder)]
    reader = Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert reader.stdout is not None
    reader.stdout.readline()
    new = superseding(ensure, own_home)
    assert names(own_home) == sorted([previous.key, new.key])
    reader.kill()
    reader.communicate(timeout=SECONDS)
    ensure(own_home, library(orchard=""), Knowledge())
    assert names(own_home) == [new.key]


def test_finding_an_index_forgets_none(ensure: Ensure, own_home: Path) -> None:
    (own_home / "index" / ("0" * 20)).mkdir()
    ensure(own_home, embedder=untouchable)
    assert "0" * 20 in names(own_home)


def test_the_path_of_an_index_is_its_fingerprint(small_home: Path) -> None:
    key = fingerprint(knowledge(), three_documents.NotLoaded.key, tuning())
    folder = IndexFolder(small_home)
    assert folder.place(key).folder == small_home / "index" / key
    assert folder.is_complete(key)
    assert not folder.is_complete("0" * 20)


def test_documents_come_and_go_without_touching_the_others(ensure: Ensure, own_home: Path) -> None:
    """Taken out and added again, a document is computed from what is at hand, and the others stay as they are."""
    old = library()
    fewer = Library({d: old.paragraphs(d.id) for d in old.documents() if d.id != "bridge"})
    without = counts(ensure(own_home, fewer, embedder=lambda: three_documents.NotLoaded()))
    assert without == (len(items_of(fewer)), WHOLE[1])
    assert counts(ensure(own_home)) == WHOLE
    assert len(names(own_home)) == 1


def test_a_change_that_was_cut_short_goes_on_in_place(ensure: Ensure, own_home: Path) -> None:
    folder = ensure(own_home, embedder=untouchable).folder
    (folder / COMPLETE).rename(folder / CHANGING)
    index = ensure(own_home)
    assert (counts(index), index.folder) == (WHOLE, folder)
    assert not (index.folder / CHANGING).exists()


def test_a_database_that_opens_no_more_after_a_change_was_cut_short_is_damage(ensure: Ensure, own_home: Path) -> None:
    """It is for the one who asked to tell, and to have it built anew."""
    place = ensure(own_home, embedder=untouchable)
    (place.folder / COMPLETE).rename(place.folder / CHANGING)
    (place.folder / CHROMA / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(DamagedIndex, match="cut short"):
        ensure(own_home)
    IndexFolder(own_home).discard(place.key)
    index = ensure(own_home)
    assert counts(index) == WHOLE
    assert names(own_home) == [index.folder.name]
