"""What is indexed: paragraphs in force and their sentences, under their headings, by ids that lead back."""

from __future__ import annotations

import pytest
from three_documents import BRIDGE, OLD_ORCHARD, ORCHARD, library

from documents.knowledge import Knowledge
from documents.library import Library
from documents.models import Paragraph, Role
from retrieval.items import WHOLE, Item, document_items, indexed_paragraphs, items_of, parse_id


@pytest.mark.parametrize("document", ["a", "a#b", "#", "##7#8", "a#1#2", "文件#一", ""])
@pytest.mark.parametrize("sentence", [WHOLE, 0, 41])
def test_an_id_leads_back_to_its_item(document: str, sentence: int) -> None:
    assert parse_id(Item(document, 12, sentence, "text").id) == (document, 12, sentence)


def test_ids_of_the_shipped_corpus_are_unique_and_lead_back(corpus: tuple[Library, Knowledge]) -> None:
    items = items_of(corpus[0])
    assert len({item.id for item in items}) == len(items)
    assert [parse_id(item.id) for item in items] == [(i.document, i.paragraph, i.sentence) for i in items]


def test_headings_are_context_but_not_items() -> None:
    items = {(i.document, i.paragraph, i.sentence): i.text for i in items_of(library())}
    heading = library().paragraph(ORCHARD.id, 2)
    assert (heading.role, heading.text) == (Role.HEADING, "Picking of fruit")
    assert (ORCHARD.id, 2, WHOLE) not in items
    assert items[ORCHARD.id, 3, WHOLE].startswith("Picking of fruit\nMembers may pick apples")
    assert items[ORCHARD.id, 3, 1].startswith("Picking of fruit\nA member takes home")
    assert items[ORCHARD.id, 6, WHOLE].startswith("Keeping of the ground\nDogs")


def test_a_row_of_a_table_stands_under_the_row_that_names_its_columns() -> None:
    texts = ["Level | Reward", "CMMI 3 | 22", "Paid in May."]
    rows = [Paragraph(document="d", number=n, text=text, section=("Rewards",)) for n, text in enumerate(texts, 1)]
    assert [item.text for item in document_items(rows)] == [
        "Rewards\nLevel | Reward",
        "Rewards > Level | Reward\nCMMI 3 | 22",
        "Rewards\nPaid in May.",
    ]


def test_each_sentence_is_an_item_where_there_are_several() -> None:
    found = [(i.paragraph, i.sentence) for i in items_of(library()) if i.document == ORCHARD.id]
    assert [pair for pair in found if pair[0] == 3] == [(3, WHOLE), (3, 0), (3, 1)]
    assert [pair for pair in found if pair[0] == 4] == [(4, WHOLE)]


def test_only_documents_in_force_are_indexed() -> None:
    assert {p.document for p in indexed_paragraphs(library())} == {ORCHARD.id, BRIDGE.id}
    assert OLD_ORCHARD.id not in {item.document for item in items_of(library())}


def test_items_come_in_reading_order(corpus: tuple[Library, Knowledge]) -> None:
    places = [(item.paragraph, item.sentence) for item in items_of(corpus[0])]
    assert places == sorted(places)
    assert len(places) > 50
