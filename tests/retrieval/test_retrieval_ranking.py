"""Passages ranked by vectors, titles and words together; and by the real model over documents of two languages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from retrieval.background import background, background_passages
from retrieval.dictionary import Dictionary
from retrieval.embedding.embedder import E5Embedder
from retrieval.glossary import glossary
from retrieval.ranking import Passages, Ranker, weight_of
from retrieval.ranking_tuning import SharedTuning, ranking_tuning
from retrieval.spaces import background_means, centred
from retrieval.terms import terms

AXES = np.eye(4, dtype=np.float32)
NOWHERE = np.zeros(4, np.float32)
GLOSSARY = Dictionary(glossary())


def passages(
    items: Sequence[tuple[int, bool, np.ndarray]],
    texts: Sequence[str],
    documents: Sequence[int],
    titles: Sequence[tuple[str, np.ndarray]],
    languages: Sequence[str],
) -> Passages:
    """Items are a paragraph, whether it is the whole of it, and a vector."""
    return Passages(
        vectors=np.array([vector for _, _, vector in items], dtype=np.float32).reshape(-1, 4),
        paragraphs=np.array([paragraph for paragraph, _, _ in items], dtype=np.intp),
        whole=np.array([whole for _, whole, _ in items], dtype=np.bool_),
        texts=texts,
        documents=np.array(documents, dtype=np.intp),
        titles=[title for title, _ in titles],
        title_vectors=np.array([vector for _, vector in titles], dtype=np.float32).reshape(-1, 4),
        languages=languages,
    )


def ranker(held: Passages) -> Ranker:
    return Ranker(held, look_up=lambda: GLOSSARY)


def near(question: np.ndarray, held: Passages) -> list[float]:
    return ranker(held).rank(question[np.newaxis], "zzz", "en").scores.tolist()


def test_a_paragraph_is_as_near_as_itself_and_its_best_sentence() -> None:
    sentences = [(0, False, AXES[0]), (0, True, AXES[1]), (1, True, AXES[1]), (0, False, AXES[2])]
    held = passages(sentences, ["same", "size"], [0, 0], [("", NOWHERE)], ["en"])
    weight = ranking_tuning().near
    base = near(AXES[3], held)
    assert near(AXES[0], held) == pytest.approx([base[0] + weight, base[1]])
    assert near(AXES[2], held) == pytest.approx([base[0] + weight, base[1]])
    # A paragraph of one sentence is whole and best sentence in one.
    assert near(AXES[1], held) == pytest.approx([base[0] + weight, base[1] + 2 * weight])


def test_the_order_of_items_does_not_matter() -> None:
    items = [(1, True, AXES[1]), (0, False, AXES[2]), (1, False, AXES[0]), (0, True, AXES[0]), (1, False, AXES[3])]
    texts = ["one text", "other text"]
    held = [passages(order, texts, [0, 0], [("", NOWHERE)], ["en"]) for order in (items, items[::-1])]
    question = np.array([0.5, 0.3, 0.6, 0.4], dtype=np.float32)
    assert near(question, held[0]) == pytest.approx(near(question, held[1]))


def test_each_item_is_compared_with_the_vector_of_the_question_nearest_to_it() -> None:
    held = passages([(0, True, AXES[0]), (1, True, AXES[1])], ["a", "b"], [0, 0], [("", NOWHERE)], ["en"])
    assert ranker(held).rank(AXES[:2], "zzz", "en").similarities.tolist() == [1, 1]


def test_paragraphs_are_scored_by_the_whole_question_alone() -> None:
    held = passages([(0, True, AXES[0]), (1, True, AXES[1])], ["a", "b"], [0, 0], [("", NOWHERE)], ["en"])
    first, second = ranker(held).rank(AXES[:2], "zzz", "en").scores
    assert first - second == pytest.approx(2 * ranking_tuning().near)


def test_the_words_of_a_long_question_weigh_less_each() -> None:
    held = passages([(0, True, AXES[1]), (1, True, AXES[1])], ["lantern", "anchors"], [0, 0], [("", NOWHERE)], ["en"])

    def lead(text: str) -> float:
        first, second = ranker(held).rank(AXES[:1], text, "en").scores
        return float(first - second)

    many = ranking_tuning().words.many
    story = " ".join(["lantern", *(f"harbour{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"[: 4 * many - 1])])
    assert lead("lantern") > 0
    assert lead("lantern harbour boat") == pytest.approx(lead("lantern"))
    told = len(set(terms(story)))
    assert told > many
    assert lead(story) == pytest.approx(lead("lantern") * (many / told) ** 0.5, rel=1e-4)


def test_the_title_is_sought_in_the_whole_question_alone() -> None:
    held = passages(
        [(0, True, AXES[1]), (1, True, AXES[1])], ["a", "b"], [0, 1], [("", AXES[2]), ("", NOWHERE)], ["en"] * 2
    )
    first, second = ranker(held).rank(AXES[[2, 3]], "zzz", "en").scores
    assert first > second
    first, second = ranker(held).rank(AXES[[3, 2]], "zzz", "en").scores
    assert first == second


def test_words_decide_where_vectors_do_not() -> None:
    items = [(row, True, AXES[0]) for row in range(4)]
    texts = ["the lift grant", "the bus grant", "电梯补贴", "其他补贴"]
    held = passages(items, texts, [0, 1, 2, 3], [("", NOWHERE)] * 4, ["en", "en", "zh", "zh"])
    ranked = ranker(held).rank(AXES[:1], "the lift", "en")
    assert ranked.scores[0] > ranked.scores[1]
    assert ranked.scores[2] > ranked.scores[3]
    assert set(ranked.best(2)) == {0, 2}


def test_words_weigh_as_those_of_the_same_language_or_of_another() -> None:
    held = passages([(0, True, AXES[0])], ["ISO27001"], [0], [("", NOWHERE)], ["en"])
    same, across = (SharedTuning(paragraph=weight, document=0, title=0) for weight in (1, 3))
    ranks = Ranker(held, ranking_tuning().model_copy(update={"same": same, "across": across}), lambda: GLOSSARY)
    none, english, chinese = (
        ranks.rank(AXES[:1], text, language).scores[0]
        for text, language in (("zzz", "en"), ("ISO27001", "en"), ("ISO27001 吗", "zh"))
    )
    assert chinese - none == pytest.approx(3 * (english - none), rel=1e-4)
    assert english > none


def test_the_best_are_in_order_and_no_more_than_there_are() -> None:
    items = [(row, True, AXES[0] * share) for row, share in enumerate((0.1, 0.9, 0.5))]
    ranked = ranker(passages(items, ["a", "a", "a"], [0, 0, 0], [("", NOWHERE)], ["en"])).rank(AXES[:1], "z", "en")
    assert ranked.best(2).tolist() == [1, 2]
    assert ranked.best(9).tolist() == [1, 2, 0]


def test_an_empty_library_ranks_nothing() -> None:
    empty = ranker(passages([], [], [], [], []))
    ranked = empty.rank(AXES[:1], "lift", "en")
    assert ranked.best(5).tolist() == []
    assert empty.shares(ranked.scores).tolist() == []


def test_shares_sum_to_one_and_keep_the_order() -> None:
    shares = ranker(passages([], [], [], [], [])).shares(np.array([0.2, 0.5, 0.4], np.float32))
    assert shares.sum() == pytest.approx(1)
    assert shares.argsort().tolist() == [0, 2, 1]
    assert shares[1] / shares[2] == pytest.approx(np.exp(0.1 * ranking_tuning().temperature), rel=1e-4)


def test_chinese_text_weighs_more_than_its_characters() -> None:
    assert weight_of("补贴 abc") == 6 + 1.5 * 2


LIFT = [
    "The Lift Retrofit Grant pays for lifts in old apartment buildings.",
    "The lift retrofit grant covers 30 per cent of the cost, at most 40,000 for each lift.",
    "Owners apply for the lift retrofit grant at the housing office before 31 March.",
    "Whoever obtains the lift retrofit grant by false statements repays it with interest.",
]
BUS = [
    "为支持城市公交运营，设立公交运营补助。",
    "公交运营补助按照每辆车每年8万元发放。",
    "企业应当于每年6月30日前向交通运输局申请公交运营补助。",
    "虚报里程骗取公交运营补助的，追回全部资金。",
]
TITLES = ["Lift Retrofit Grant Rules", "公交运营补助办法"]
LANGUAGES = ["en", "zh"]


@pytest.fixture(scope="module")
def means(embedder: E5Embedder) -> list[dict[str, np.ndarray]]:
    return [
        background_means(embedder.questions, background()),
        background_means(embedder.passages, background_passages()),
    ]


@pytest.fixture(scope="module")
def two_documents(embedder: E5Embedder, means: list[dict[str, np.ndarray]]) -> Ranker:
    texts, owners = [*LIFT, *BUS], [0] * len(LIFT) + [1] * len(BUS)
    told = [LANGUAGES[owner] for owner in owners]
    return ranker(
        Passages(
            vectors=centred(embedder.passages(texts), told, means[1], 1.0),
            paragraphs=np.arange(len(texts)),
            whole=np.ones(len(texts), dtype=np.bool_),
            texts=texts,
            documents=np.array(owners),
            titles=TITLES,
            title_vectors=centred(embedder.passages(TITLES), LANGUAGES, means[1], 1.0),
            languages=LANGUAGES,
        )
    )


@pytest.mark.parametrize(
    ("language", "question", "expected"),
    [
        ("en", "How much of the cost does the lift retrofit grant cover?", 1),
        ("en", "By when must we apply for the lift retrofit grant?", 2),
        ("en", "What happens if someone lies to get the lift retrofit grant?", 3),
        ("zh", "加装电梯的补助最多能拿多少？", 1),
        ("zh", "电梯补助要在什么时候之前申请？", 2),
        ("zh", "公交运营补助一辆车一年多少钱？", 5),
        ("zh", "公交运营补助什么时候申请？", 6),
        ("en", "How much is the bus operating subsidy for each vehicle?", 5),
        ("en", "What if a bus company reports a false mileage to get the subsidy?", 7),
    ],
)
def test_the_paragraph_that_answers_is_of_the_first_three_of_eight_in_whatever_language(
    embedder: E5Embedder,
    means: list[dict[str, np.ndarray]],
    two_documents: Ranker,
    language: str,
    question: str,
    expected: int,
) -> None:
    vectors = centred(embedder.questions([question]), [language], means[0], 0.7)
    assert expected in two_documents.rank(vectors, question, language).best(3)
