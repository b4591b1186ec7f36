"""The library finds what it holds and says plainly what it does not hold."""

from __future__ import annotations

import pytest

from documents.library import Library, UnknownDocument, UnknownParagraph
from documents.models import Document, DocumentStatus, Paragraph

GRANTS = Document(id="grants", title="Measures for Grants")
ANNEX = Document(id="annex", title="Table of Rates", status=DocumentStatus.OMITTED, parent="grants")
OLD = Document(id="old-grants", title="Old Measures", status=DocumentStatus.SUPERSEDED)


def paragraphs(document: Document, *texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(document=document.id, number=n, text=text) for n, text in enumerate(texts, 1))


@pytest.fixture
def library() -> Library:
    return Library({GRANTS: paragraphs(GRANTS, "one", "two"), ANNEX: (), OLD: paragraphs(OLD, "past")})


def test_documents_and_paragraphs_are_found_by_their_identity(library: Library) -> None:
    assert library.documents() == (GRANTS, ANNEX, OLD)
    assert library.document("annex") is ANNEX
    assert [p.text for p in library.paragraphs("grants")] == ["one", "two"]
    assert library.paragraph("grants", 2).text == "two"
    assert library.paragraph("grants", 2).key == "grants#2"
    assert library.paragraphs("annex") == ()


def test_only_a_present_document_is_in_force_and_a_superseded_one_can_still_be_quoted(library: Library) -> None:
    assert library.in_force() == (GRANTS,)
    assert (GRANTS.present, ANNEX.present, OLD.present) == (True, False, True)


def test_an_unknown_document_is_an_error_that_names_the_known_ones(library: Library) -> None:
    with pytest.raises(UnknownDocument, match=r"'grant'.*grants, annex, old-grants"):
        library.document("grant")
    with pytest.raises(UnknownDocument):
        library.paragraphs("grant")
    with pytest.raises(UnknownDocument):
        library.paragraph("grant", 1)


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_number_out_of_range_is_an_error_that_names_the_range(library: Library, number: int) -> None:
    with pytest.raises(UnknownParagraph, match=rf"grants has no paragraph {number}; its paragraphs are 1 to 2"):
        library.paragraph("grants", number)


def test_a_paragraph_of_an_omitted_document_is_said_to_be_missing(library: Library) -> None:
    with pytest.raises(UnknownParagraph, match="annex has no paragraph 1: its text is not in the library"):
        library.paragraph("annex", 1)


def test_two_documents_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="two documents have the id 'grants'"):
        Library({GRANTS: (), GRANTS.model_copy(update={"title": "Other"}): ()})


@pytest.mark.parametrize("wrong", ["", "Grants", "a b", "../grants", "-grants", "a" * 101])
def test_an_id_is_fit_for_a_file_name_and_a_command_line(wrong: str) -> None:
    with pytest.raises(ValueError, match="id"):
        Document(id=wrong, title="x")
