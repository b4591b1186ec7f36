"""What staff confirmed, as known questions in the memory of the desk.

They stand in the table of confirmed knowledge beside those of ``circular docs confirm``, under an owner of their own,
so that neither takes out what the other has put in. Writing them moves the library's revision: a desk that stays
follows within seconds. The staff desk's own tables are the truth; what stands there is derived, and is written whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.staff.curated import Basis, Kept
from documents.catalogue import Catalogue
from documents.knowledge import Evidence, Knowledge, KnownQuestion, KnownStatus
from documents.library import Library
from documents.loading import is_absent
from retrieval.known import NO_CELL

Wanted = Callable[[Knowledge], Sequence[Knowledge]]
"""Says what the memory should hold of staff, by what it holds of others that was confirmed."""
OWNER = "/staff"
"""Whose the rows are; no document has an id with a stroke."""
MEASURE = "staff"
"""The measure of confirmed questions; each confirmation is a cell of its own."""
_ROUNDS = 20


def known_of(kept: Kept, library: Library, echoes: int) -> Knowledge:
    """The known questions of one confirmation: each wording as often as ``echoes`` says, with its paragraphs."""
    curated = kept.curated
    on_topic = curated.status not in (KnownStatus.OFF_TOPIC, KnownStatus.CONVERSATION)
    evidence = tuple(_evidence(basis, library) for basis in curated.basis)
    questions = tuple(
        KnownQuestion(
            id=f"{OWNER}/{kept.id}/{at}-{echo}",
            document=curated.document if on_topic else None,
            language=wording.language,
            measure=MEASURE if on_topic else NO_CELL,
            cell=f"confirmed_{kept.id}" if on_topic else curated.status.value,
            question=wording.text.strip(),
            status=curated.status,
            evidence=evidence,
            pointer=curated.pointer,
        )
        for at, wording in enumerate(curated.asked(), 1)
        for echo in range(1, echoes + 1)
    )
    return Knowledge(questions=questions)


def _evidence(basis: Basis, library: Library) -> Evidence:
    snippet = basis.quote or library.paragraph(basis.document, basis.paragraph).text
    return Evidence(document=basis.document, paragraph=basis.paragraph, snippet=snippet)


def bring_up_to_date(database: str, wanted: Wanted) -> bool:
    """Let the memory hold what is ``wanted`` of staff, and nothing else of theirs; whether that changed anything.

    ``database`` is the URL of the library's database. What is wanted is read anew after it is written, until it is what
    was written: of several processes that confirm at once the last to write thereby writes what all of them want.
    Raises ``CatalogueError``.
    """
    changed = False
    if is_absent(database) and not wanted(Knowledge()):
        return False
    catalogue = Catalogue(database)
    try:
        records = tuple(wanted(_of_others(catalogue)))
        for _ in range(_ROUNDS):
            # No document of this id is held, so there is no text whose digest could be another by now.
            changed |= catalogue.keep_knowledge(OWNER, None, records)
            written, records = records, tuple(wanted(_of_others(catalogue)))
            if records == written:
                break
    finally:
        catalogue.close()
    return changed


def _of_others(catalogue: Catalogue) -> Knowledge:
    known = catalogue.knowledge()
    theirs = tuple(each for each in known.questions if not each.id.startswith(f"{OWNER}/"))
    return known.model_copy(update={"questions": theirs})
