"""Added documents are kept whole or not at all, and come back as they went in."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from documents.catalogue import Catalogue, CatalogueError, InUse
from documents.digest import content_digest
from documents.knowledge import Cell, CellStatus, Knowledge
from documents.library import HeldText, Library, superseded
from documents.loading import is_absent
from documents.models import Document, DocumentStatus, Paragraph, Pointer

pytest_plugins = ["postgres_server"]

POINTER = Pointer(target="b", label="Annex", title="B", text="Annex")


def _document(name: str, **more: str) -> tuple[Document, tuple[Paragraph, ...]]:
    document = Document(id=name, title=f"标题 {name}", sha256=name * 8, **more)
    texts = ("One “quoted”.", "二、\u3000全角")
    return document, tuple(
        Paragraph(document=name, number=n, section=("A", "B"), page=n, text=text, pointers=(POINTER,))
        for n, text in enumerate(texts, 1)
    )


def read(catalogue: Catalogue) -> dict[Document, tuple[Paragraph, ...]]:
    return {text.document: text.paragraphs for text in catalogue.texts()}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind: every test holds for both."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres").new_database())
    return f"sqlite:///{tmp_path / 'new' / 'library.sqlite'}"


def test_documents_come_back_as_they_went_in_and_in_order(url: str) -> None:
    assert is_absent(url) == url.startswith("sqlite")
    catalogue = Catalogue(url)
    held = dict(_document(name) for name in ("b", "a"))
    for document, paragraphs in held.items():
        catalogue.add(document, paragraphs)
    catalogue.close()
    again = Catalogue(url)
    assert read(again) == held
    assert [text.document.id for text in again.texts()] == ["b", "a"]
    assert again.with_content("a" * 8) == "a"
    assert again.with_content("x") is None
    again.close()
    assert not is_absent(url)


def test_an_id_is_given_once_and_nothing_of_a_refused_document_stays(url: str) -> None:
    catalogue = Catalogue(url)
    document, paragraphs = _document("a")
    catalogue.add(document, paragraphs)
    with pytest.raises(CatalogueError, match="a is in the library already"):
        catalogue.add(document, paragraphs[:1])
    assert len(read(catalogue)[document]) == 2
    other, twice = _document("c")
    with pytest.raises(CatalogueError):
        catalogue.add(other, (twice[0], twice[0]))
    assert list(read(catalogue)) == [document]
    catalogue.close()


def test_removing_takes_the_paragraphs_along(url: str) -> None:
    catalogue = Catalogue(url)
    catalogue.add(*_document("a"))
    assert catalogue.remove("a") == _document("a")[0]
    assert catalogue.remove("a") is None
    assert read(catalogue) == {}
    catalogue.add(*_document("a"))
    catalogue.close()


@pytest.mark.parametrize("url", ["nonsense", "postgresql://me:secret@localhost:1/x", "sqlite:////proc/none/x.sqlite"])
def test_a_database_that_cannot_be_used_is_told_in_one_line_without_its_password(url: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        Catalogue(url)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_an_added_document_takes_the_place_of_an_omitted_one_and_of_no_other() -> None:
    omitted = Document(id="a", title="A", status=DocumentStatus.OMITTED)
    present, paragraphs = _document("p")
    library = Library({present: paragraphs, omitted: ()})
    added, text = _document("a")
    joined = library.joined([HeldText(added, lambda: text)])
    assert [d.id for d in joined.documents()] == ["p", "a"]
    assert joined.document("a").present
    assert joined.paragraphs("a") == text
    with pytest.raises(ValueError, match="two documents"):
        library.joined([HeldText(present, lambda: paragraphs)])


def test_the_digest_at_hand_is_that_of_the_paragraphs(url: str) -> None:
    """An index trusts it without reading them."""
    catalogue = Catalogue(url)
    catalogue.add(*_document("a"))
    (text,) = catalogue.texts()
    assert text.known_digest == content_digest(*_document("a"))
    catalogue.close()


def test_every_change_and_nothing_else_is_a_revision(url: str) -> None:
    catalogue, other = Catalogue(url), Catalogue(url)
    before = catalogue.revision()
    catalogue.add(*_document("a"))
    assert other.revision() == before + 1
    with pytest.raises(CatalogueError):
        catalogue.add(*_document("a"))
    assert catalogue.remove("b") is None
    assert other.revision() == before + 1
    catalogue.remove("a")
    assert other.revision() == before + 2
    assert catalogue.identity() == other.identity()
    catalogue.close()
    other.close()


def test_a_new_edition_supersedes_the_old_and_removing_it_brings_that_back(url: str) -> None:
    catalogue = Catalogue(url)
    first, text = _document("a")
    catalogue.add(first, text)
    second = first.model_copy(update={"edition": 2, "sha256": "new"})
    catalogue.replace(second, text[:1])
    held = read(catalogue)
    assert held[second] == text[:1]
    old = superseded(first)
    assert (old.id, old.status, old.superseded_by) == ("a.edition-1", DocumentStatus.SUPERSEDED, "a")
    assert [(p.document, p.number, p.text) for p in held[old]] == [(old.id, p.number, p.text) for p in text]
    assert catalogue.with_content("new") == "a"
    assert catalogue.with_content("a" * 8) is None, "what is superseded may come back as an edition"
    with pytest.raises(CatalogueError, match="by another process"):
        catalogue.replace(second, text)
    assert read(catalogue) == held
    catalogue.remove("a")
    assert read(catalogue) == {first: text}
    catalogue.close()


def test_a_later_edition_supersedes_what_ships() -> None:
    first, text = _document("a")
    second = first.model_copy(update={"edition": 2})
    joined = Library({first: text}).joined([HeldText(second, lambda: text[:1])])
    assert [d.id for d in joined.in_force()] == ["a"]
    assert joined.document("a").edition == 2
    assert [p.document for p in joined.paragraphs("a.edition-1")] == ["a.edition-1"] * 2


def test_the_longest_id_may_be_replaced(url: str) -> None:
    """The edition that is superseded gets a longer one, and is read back all the same."""
    catalogue = Catalogue(url)
    first, text = _document("a" * 80)
    first = first.model_copy(update={"sha256": "a" * 64})
    catalogue.add(first, text)
    catalogue.replace(first.model_copy(update={"sha256": "b" * 64, "edition": 2}), text)
    assert {document.id for document in read(catalogue)} == {"a" * 80, "a" * 80 + ".edition-1"}
    catalogue.close()


def test_one_file_is_held_once_whatever_it_is_called_but_may_come_back_after_another_edition(url: str) -> None:
    catalogue = Catalogue(url)
    first, text = _document("a")
    catalogue.add(first, text)
    twin = first.model_copy(update={"id": "b"})
    with pytest.raises(CatalogueError, match="b: the same file is in the library as a"):
        catalogue.add(twin, [paragraph.model_copy(update={"document": "b"}) for paragraph in text])
    assert read(catalogue) == {first: text}
    catalogue.replace(first.model_copy(update={"edition": 2, "sha256": "new"}), text)
    catalogue.add(twin, [paragraph.model_copy(update={"document": "b"}) for paragraph in text])
    assert catalogue.with_content("a" * 8) == "b"
    catalogue.close()


def test_a_document_goes_on_under_another_id_whole_or_not_at_all(url: str) -> None:
    """Refused: where editions came before it, where something confirmed stands on it, where an id or a file changed."""
    with closing(Catalogue(url)) as catalogue:
        (first, texts), (other, more) = _document("a"), _document("b")
        catalogue.add(first, texts)
        catalogue.add(other, more)
        moved = first.model_copy(update={"id": "annex", "label": "Annex"})
        renamed = tuple(p.model_copy(update={"document": "annex"}) for p in texts)
        cell = Cell(document="official", measure="m", cell="c", status=CellStatus.STATED, pointer="a")
        for record, error in ((Knowledge(cells=(cell,)), InUse), (None, None)):
            catalogue.keep_knowledge("official", None, [record] if record else [])
            if error:
                with pytest.raises(error, match="official answers stand on it"):
                    catalogue.move("a", moved, renamed)
        for wrong in (moved.model_copy(update={"id": "b"}), moved.model_copy(update={"sha256": "c" * 8})):
            with pytest.raises(CatalogueError, match="another process"):
                catalogue.move("a", wrong, renamed)
        assert read(catalogue) == {first: texts, other: more}
        before = catalogue.revision()
        catalogue.move("a", moved, renamed)
        assert read(catalogue) == {other: more, moved: renamed}
        assert catalogue.revision() == before + 1
        catalogue.replace(other.model_copy(update={"edition": 2, "sha256": "d"}), more)
        with pytest.raises(InUse, match="later edition"):
            catalogue.move("b", other.model_copy(update={"id": "x", "sha256": "d"}), more)
