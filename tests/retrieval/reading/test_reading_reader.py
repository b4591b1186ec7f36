"""The reader that ships tells what a document answers from what it hands on and from what it leaves open."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from documents.library import Library
from documents.models import Document, Paragraph
from documents.pointers import find_pointers
from documents.text import for_search, language_of
from retrieval.embedding.embedder import Embedder
from retrieval.items import items_of
from retrieval.passages import LibraryPassages
from retrieval.reading.open import reader_for
from retrieval.reading.reader import Reader, Reading

TEXTS = {
    "en": (
        "The grant for home insulation is open to owners of houses built before 1990.",
        "Applications are filed with the housing office of the commune by 30 September of each year.",
        "The grant covers 40 per cent of the costs, at most 6,000 euros for each house.",
        "The list of approved installers is laid down in the Regulation on Installers of Insulation.",
        "Works begun before the decision are not funded.",
    ),
    "zh": (
        "家庭隔热补助面向1990年以前建成住房的所有人。",
        "申请人应当于每年9月30日前向所在地住房办公室提出申请。",
        "补助按照费用的40%发放，每户最高6000元。",
        "合格安装企业的名录，按照《隔热安装企业管理规定》执行。",
        "在作出决定之前开工的，不予补助。",
    ),
}
Read = Callable[[str, str], Reading]


@pytest.fixture(scope="module")
def reader(embedder: Embedder) -> Reader:
    held = reader_for(embedder)
    assert held is not None
    return held


@pytest.fixture(scope="module")
def read(embedder: Embedder, reader: Reader) -> Read:
    """What the document of a language makes of a question."""
    held = {}
    for language, texts in TEXTS.items():
        document = Document(id=language, title="Home insulation", language=language)
        paragraphs = [
            Paragraph(document=language, number=number, text=text, pointers=find_pointers(text))
            for number, text in enumerate(texts, 1)
        ]
        library = Library({document: paragraphs})
        items = items_of(library)
        vectors = embedder.passages([item.text for item in items])
        held[language] = LibraryPassages(library, [item.id for item in items], vectors, {})

    def of(language: str, question: str) -> Reading:
        text = for_search(question)
        vectors = embedder.questions([text])
        ranked = held[language].ranked(vectors, text, language_of(text))
        asked = reader.asking(vectors[0], text, language_of(text))
        found = reader.read(asked, held[language].view(ranked, language))
        assert found is not None
        return found

    return of


@pytest.mark.parametrize(
    ("language", "question", "number"),
    [
        ("en", "By when do I have to apply?", 2),
        ("en", "How much of the bill is paid?", 3),
        ("zh", "最晚什么时候申请？", 2),
        ("zh", "能补多少钱？", 3),
        ("zh", "How much money can I get?", 3),
    ],
)
def test_the_paragraph_that_holds_what_is_asked_for_answers(
    read: Read, language: str, question: str, number: int
) -> None:
    found = read(language, question)
    assert max(found.answers, key=lambda n: found.answers[n]) == number
    assert found.answered > found.referred


@pytest.mark.parametrize(
    ("language", "question"), [("en", "Which installers are approved?"), ("zh", "哪些安装企业合格？名录在哪里？")]
)
def test_what_is_handed_on_is_more_likely_referred_than_what_is_stated(
    read: Read, language: str, question: str
) -> None:
    found = read(language, question)
    assert found.referred > read(language, TEXTS[language][1]).referred
    assert max(found.referrals, key=lambda n: found.referrals[n]) == 4
    assert found.pointing[4] == 0


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "What is the telephone number of the office?"), ("zh", "住房办公室的电话是多少？")],
)
def test_what_no_paragraph_holds_is_likelier_open_than_what_one_does(read: Read, language: str, question: str) -> None:
    stated = read(language, {"en": "By when do I have to apply?", "zh": "最晚什么时候申请？"}[language])
    assert read(language, question).none > 3 * stated.none


def test_the_shares_sum_to_one(read: Read) -> None:
    found = read("en", "Who may apply?")
    assert found.answered + found.referred + found.none == pytest.approx(1.0, abs=1e-5)


def test_the_same_question_cut_of_its_answer_is_likelier_open(embedder: Embedder, reader: Reader) -> None:
    """The reader reads: it does not only know what is usually left open."""
    document = Document(id="en", title="Home insulation", language="en")
    paragraphs = [Paragraph(document="en", number=n, text=text) for n, text in enumerate(TEXTS["en"], 1)]
    library = Library({document: paragraphs})
    items = items_of(library)
    vectors = embedder.passages([item.text for item in items])
    passages = LibraryPassages(library, [item.id for item in items], vectors, {})
    text = "By when do I have to apply?"
    asked = embedder.questions([text])
    view = passages.view(passages.ranked(asked, text, "en"), "en")
    seen = reader.asking(asked[0], text, "en")
    whole, cut = reader.read(seen, view), reader.read(seen, view.without({2}))
    assert whole is not None
    assert cut is not None
    assert cut.none > whole.none


def test_a_document_without_paragraphs_makes_nothing_of_it(reader: Reader, embedder: Embedder) -> None:
    document = Document(id="en", title="Empty", language="en")
    passages = LibraryPassages(Library({document: ()}), [], np.zeros((0, 384), np.float32), {})
    asked = embedder.questions(["By when?"])
    view = passages.view(passages.ranked(asked, "By when?", "en"), "en")
    assert reader.read(reader.asking(asked[0], "By when?", "en"), view) is None


def test_another_embedder_has_no_reader() -> None:
    class Other:
        key = "other"

    assert reader_for(Other()) is None  # type: ignore[arg-type]
