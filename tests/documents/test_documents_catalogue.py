"""Added documents are kept whole or not at all, and come back as they went in."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.catalogue import Catalogue, CatalogueError
from documents.library import Library
from documents.loading import is_absent
from documents.models import Document, DocumentStatus, Paragraph, Pointer

POINTER = Pointer(target="b", label="Annex", title="B", text="Annex")


def _document(name: str, **more: str) -> tuple[Document, tuple[Paragraph, ...]]:
    document = Document(id=name, title=f"标题 {name}", sha256=name * 8, **more)
    texts = ("One “quoted”.", "二、\u3000全角")
    return document, tuple(
        Paragraph(document=name, number=n, section=("A", "B"), page=n, text=text, pointers=(POINTER,))
        for n, text in enumerate(texts, 1)
    )


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'new' / 'library.sqlite'}"


def test_documents_come_back_as_they_went_in_and_in_order(url: str) -> None:
    assert is_absent(url)
    catalogue = Catalogue(url)
    held = dict(_document(name) for name in ("b", "a"))
    for document, paragraphs in held.items():
        catalogue.add(document, paragraphs)
    catalogue.close()
    again = Catalogue(url)
    assert again.read() == held
    assert [document.id for document in again.read()] == ["b", "a"]
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
    assert len(catalogue.read()[document]) == 2
    other, twice = _document("c")
    with pytest.raises(CatalogueError):
        catalogue.add(other, (twice[0], twice[0]))
    assert list(catalogue.read()) == [document]
    catalogue.close()


def test_removing_takes_the_paragraphs_along(url: str) -> None:
    catalogue = Catalogue(url)
    catalogue.add(*_document("a"))
    assert catalogue.remove("a")
    assert not catalogue.remove("a")
    assert catalogue.read() == {}
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
    joined = library.joined({added: text})
    assert [d.id for d in joined.documents()] == ["p", "a"]
    assert joined.document("a").present
    assert joined.paragraphs("a") == text
    with pytest.raises(ValueError, match="two documents"):
        library.joined(dict([_document("p")]))
