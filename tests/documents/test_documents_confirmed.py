"""What has been confirmed of an added document is kept beside it: whole, once, and no longer than its words stand."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import documents.catalogue
from documents.catalogue import Catalogue, CatalogueError
from documents.digest import content_digest
from documents.knowledge import Cell, CellStatus, Evidence, Knowledge, KnownQuestion, KnownStatus
from documents.library import Library
from documents.live import LiveLibrary
from documents.loading import load_library
from documents.measures import Asks
from documents.models import Document, Paragraph

pytest_plugins = ["postgres_server"]

DOCUMENT = Document(id="grant", title="The Grant", sha256="1" * 64)
TEXTS = ("The Grant", "Apply by 1 May.", "The Office pays 5 crowns.")
ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
import documents.catalogue as held
sys.path.insert(0, sys.argv[2])
from test_documents_confirmed import DOCUMENT, RECORDS, digest
held._changed = lambda connection: os.kill(os.getpid(), signal.SIGKILL)
held.Catalogue(sys.argv[1]).keep_knowledge(DOCUMENT.id, digest(), RECORDS)
"""


def text_of(document: Document = DOCUMENT, texts: tuple[str, ...] = TEXTS) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(document=document.id, number=n, text=text) for n, text in enumerate(texts, 1))


def digest() -> str:
    return content_digest(DOCUMENT, text_of())


def record(name: str, number: int = 0) -> Knowledge:
    """A cell with a question; of the words of a paragraph, or not stated."""
    evidence = (Evidence(document="grant", paragraph=number, snippet=TEXTS[number - 1]),) if number else ()
    status = CellStatus.STATED if number else CellStatus.NOT_STATED
    said = KnownStatus.ANSWERED if number else KnownStatus.NOT_STATED
    question = KnownQuestion(
        id=f"grant/{name}",
        document="grant",
        language="zh",
        measure="grant",
        cell=name,
        question=f"{name}？",
        status=said,
        evidence=evidence,
    )
    cell = Cell(document="grant", measure="grant", cell=name, asks=Asks.WHEN, status=status, evidence=evidence)
    return Knowledge(cells=(cell,), questions=(question,))


RECORDS = (record("when", 2), record("amount", 3), record("contact"))


def together(*records: Knowledge) -> Knowledge:
    return Knowledge(
        cells=tuple(c for r in records for c in r.cells), questions=tuple(q for r in records for q in r.questions)
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres").new_database())
    return f"sqlite:///{tmp_path / 'library.sqlite'}"


@pytest.fixture
def opened(url: str) -> Iterator[Callable[[], Catalogue]]:
    """Opens the database; the document is in it."""
    catalogues: list[Catalogue] = []

    def make() -> Catalogue:
        catalogues.append(Catalogue(url))
        return catalogues[-1]

    make().add(DOCUMENT, text_of())
    yield make
    for catalogue in catalogues:
        catalogue.close()


def test_what_is_confirmed_comes_back_as_it_went_in_and_moves_the_revision(opened: Callable[[], Catalogue]) -> None:
    catalogue = opened()
    assert catalogue.knowledge() == Knowledge()
    before = catalogue.revision()
    assert catalogue.keep_knowledge("grant", digest(), RECORDS)
    assert opened().knowledge() == together(*RECORDS)
    assert opened().revision() == before + 1


def test_confirming_the_same_twice_changes_nothing(opened: Callable[[], Catalogue]) -> None:
    catalogue = opened()
    catalogue.keep_knowledge("grant", digest(), RECORDS)
    before = catalogue.revision()
    assert not catalogue.keep_knowledge("grant", digest(), RECORDS)
    assert (catalogue.revision(), catalogue.knowledge()) == (before, together(*RECORDS))


def test_what_is_confirmed_no_more_is_gone(opened: Callable[[], Catalogue]) -> None:
    catalogue = opened()
    catalogue.keep_knowledge("grant", digest(), RECORDS)
    assert catalogue.keep_knowledge("grant", digest(), RECORDS[:1])
    assert catalogue.knowledge() == RECORDS[0]
    assert catalogue.keep_knowledge("grant", digest(), ())
    assert catalogue.knowledge() == Knowledge()


def test_what_was_held_against_another_text_is_refused(opened: Callable[[], Catalogue]) -> None:
    catalogue = opened()
    for document, held in (("grant", "0" * 64), ("other", digest())):
        with pytest.raises(CatalogueError, match=f"^{document}: has been changed by another process; try again$"):
            catalogue.keep_knowledge(document, held, RECORDS)
    assert catalogue.knowledge() == Knowledge()


def test_removing_the_document_removes_what_is_known_of_it(opened: Callable[[], Catalogue]) -> None:
    catalogue = opened()
    other = DOCUMENT.model_copy(update={"id": "other", "sha256": "2" * 64})
    catalogue.add(other, text_of(other))
    of_other = Knowledge(cells=(record("when").cells[0].model_copy(update={"document": "other"}),))
    catalogue.keep_knowledge("grant", digest(), RECORDS)
    catalogue.keep_knowledge("other", content_digest(other, text_of(other)), [of_other])
    catalogue.remove("grant")
    assert catalogue.knowledge() == of_other
    catalogue.add(DOCUMENT, text_of())
    assert catalogue.knowledge() == of_other, "a document that comes back is a new one"


def test_a_new_edition_keeps_what_it_still_says_and_the_old_one_has_it_all_again(
    opened: Callable[[], Catalogue], url: str, write: Callable[..., Path]
) -> None:
    corpus = write()
    catalogue = opened()
    catalogue.keep_knowledge("grant", digest(), RECORDS)
    second = DOCUMENT.model_copy(update={"edition": 2, "sha256": "2" * 64})
    amended = text_of(texts=(TEXTS[0], "Apply by 1 June.", TEXTS[2]))
    catalogue.replace(second, amended)
    live = LiveLibrary(corpus, url)
    for knowledge in (load_library(corpus, url).knowledge, live.load()[1].knowledge):
        assert [c.cell for c in knowledge.cells if c.document == "grant"] == ["amount", "contact"]
        assert [q.cell for q in knowledge.questions if q.document == "grant"] == ["amount", "contact"]
    catalogue.remove("grant")
    assert catalogue.knowledge() == together(*RECORDS)
    live.close()


def test_removing_an_edition_takes_along_what_only_that_one_says(opened: Callable[[], Catalogue]) -> None:
    catalogue = opened()
    second = DOCUMENT.model_copy(update={"edition": 2, "sha256": "2" * 64})
    amended = text_of(texts=(TEXTS[0], "Apply by 1 June.", TEXTS[2]))
    catalogue.replace(second, amended)
    evidence = Evidence(document="grant", paragraph=2, snippet="by 1 June")
    later = Knowledge(cells=(record("when", 2).cells[0].model_copy(update={"evidence": (evidence,)}),))
    catalogue.keep_knowledge("grant", content_digest(second, amended), [later, RECORDS[1]])
    catalogue.remove("grant")
    assert catalogue.knowledge() == RECORDS[1]


def test_a_library_that_stays_sees_what_another_process_confirms(
    opened: Callable[[], Catalogue], url: str, write: Callable[..., Path]
) -> None:
    live = LiveLibrary(write(), url)
    before, loaded = live.load()
    opened().keep_knowledge("grant", digest(), RECORDS)
    assert live.moment() != before
    added = [q.cell for q in live.load()[1].knowledge.questions if q.document == "grant"]
    assert added == ["when", "amount", "contact"]
    assert not [q for q in loaded.knowledge.questions if q.document == "grant"]
    live.close()


def test_a_confirmation_that_fails_half_way_leaves_what_was(
    opened: Callable[[], Catalogue], monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = opened()
    catalogue.keep_knowledge("grant", digest(), RECORDS[:1])

    def fail(_connection: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(documents.catalogue, "_changed", fail)
    with pytest.raises(RuntimeError):
        catalogue.keep_knowledge("grant", digest(), RECORDS)
    assert catalogue.knowledge() == RECORDS[0]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")
def test_a_process_killed_while_it_confirms_leaves_what_was(opened: Callable[[], Catalogue], url: str) -> None:
    catalogue = opened()
    catalogue.keep_knowledge("grant", digest(), RECORDS[:1])
    before = catalogue.revision()
    command = [sys.executable, "-c", KILLED, url, str(Path(__file__).parent)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()
    assert (catalogue.knowledge(), catalogue.revision()) == (RECORDS[0], before)
    assert catalogue.keep_knowledge("grant", digest(), RECORDS)


def test_knowledge_of_no_words_stands_wherever_there_is_a_text() -> None:
    assert RECORDS[2].stands_in(text_of())
    assert not RECORDS[2].stands_in(())
    assert RECORDS[0].stands_in(text_of())
    assert not RECORDS[0].stands_in(text_of(texts=TEXTS[:1]))
    assert Library({DOCUMENT: text_of()}).digest("grant") == digest()
