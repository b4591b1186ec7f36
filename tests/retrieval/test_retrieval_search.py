"""From a question to evidence: the same found by Chroma and in memory, weighed as is said, whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import three_documents
from hostile_texts import HOSTILE
from three_documents import BEES, BRIDGE, OLD_ORCHARD, ORCHARD, knowledge, library

from documents.knowledge import Knowledge, KnownStatus
from documents.library import Library
from documents.models import DocumentStatus
from retrieval.embedding.embedder import E5Embedder
from retrieval.evidence import Evidence, KnownHit, votes_of
from retrieval.place import Place
from retrieval.search import Searcher, nearest_of, questions_in
from retrieval.shares import shares
from retrieval.tuning import tuning

Ensure = Callable[..., Place]
LOAN = 15
LENDING = "Which bank can lend to our company?"
QUESTIONS = [
    LENDING,
    "哪家银行可以给我们公司贷款？",
    "How many base cities are to be developed by 2010?",
    "培训对象有哪些人？",
    "I graduated last year from a junior college. My firm takes offshore work. May I be trained? Who pays?",
    "我们公司刚拿到CMMI3认证。有没有奖励？",
    "What is the weather in Paris?",
    "你好",
    "intellectual property complaint centre",
    "中西部地区有什么优惠",
    "",
    "???",
]


@pytest.fixture(scope="module")
def small(small_home: Path, ensure: Ensure, embedder: E5Embedder) -> Iterator[Searcher]:
    """A searcher over the three documents and their six known questions."""
    numbers = tuning().model_copy(update={"known": tuning().known.model_copy(update={"least": 1})})
    opened = Searcher(ensure(small_home), library(), knowledge(), embedder, numbers)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def forgetful(index: Place, corpus: tuple[Library, Knowledge], embedder: E5Embedder) -> Iterator[Searcher]:
    """A searcher over the shipped corpus that does not hear its known questions."""
    opened = Searcher(index, *corpus, embedder, memory=False)
    yield opened
    opened.close()


def keys(evidence: Evidence) -> list[tuple[str, int]]:
    return [(hit.paragraph.document, hit.paragraph.number) for hit in evidence.passages]


def test_the_paragraph_on_lending_is_found_in_both_languages(searcher: Searcher, forgetful: Searcher) -> None:
    for question in QUESTIONS[:2]:
        assert keys(searcher.search(question))[0] == ("circular-2006-556", LOAN)
        assert ("circular-2006-556", LOAN) in keys(forgetful.search(question))[:3]


def test_chroma_and_memory_find_the_same(searcher: Searcher, staying: Searcher) -> None:
    """The same passages, and the same nearest known questions; of sixty, Chroma may miss a few that are hardly near."""
    for question in QUESTIONS:
        asked, held = searcher.search(question), staying.search(question)
        near = [{h.paragraph.key: h.similarity for h in found.passages if h.sentences} for found in (asked, held)]
        assert near[0] == pytest.approx(near[1], abs=1e-4)
        assert keys(asked)[0] == keys(held)[0]
        scores = {hit.paragraph.key: hit.score for hit in held.passages}
        assert all(hit.score == pytest.approx(scores.get(hit.paragraph.key, 0), abs=0.06) for hit in asked.passages)
        nearest = [[hit.similarity for hit in found.known[:10]] for found in (asked, held)]
        assert nearest[0] == pytest.approx(nearest[1], abs=1e-4)
        missed = {hit.known.id for hit in held.known} - {hit.known.id for hit in asked.known}
        assert len(missed) <= len(held.known) // 12


def test_nearest_known_questions_are_in_order_and_of_their_own_rows(staying: Searcher) -> None:
    """A known question asked word for word comes back first, and as itself."""
    for question in QUESTIONS:
        similarities = [hit.similarity for hit in staying.search(question).known]
        assert similarities == sorted(similarities, reverse=True)
    best = staying.search("How many base cities does the project want to develop?").known[0]
    assert best.known.question == "How many base cities does the project want to develop?"
    assert best.similarity == pytest.approx(1, abs=1e-2)


def test_how_near_the_nearest_question_on_no_document_is_is_always_known(searcher: Searcher, staying: Searcher) -> None:
    """It does not fall out of sight because eighty others are nearer, and what is added weighs next to nothing."""
    for question in (LENDING, "培训对象有哪些人？", "取得CMMI5认证有奖励吗？"):
        for found in (searcher.search(question), staying.search(question)):
            off = [hit for hit in found.known if hit.known.document is None]
            assert off
            assert found.best_known(on_topic=False) > 0
            assert sum(hit.share for hit in off) < 0.1


@pytest.mark.parametrize("question", QUESTIONS)
def test_shares_sum_to_one_and_scores_weigh_them(question: str, searcher: Searcher) -> None:
    found = searcher.search(question)
    # Shares are of all passages, those that are not shown included.
    assert 0.9 < sum(hit.share for hit in found.passages) <= 1 + 1e-4
    assert sum(hit.share for hit in found.known) == pytest.approx(1, abs=1e-4)
    assert sum(hit.votes for hit in found.passages) == pytest.approx(1, abs=1e-4)
    assert 0 <= found.trust <= 1
    assert tuning().fusion.passages <= found.of_passages <= 1
    for hit in found.passages:
        assert hit.score == pytest.approx(found.of_passages * hit.share + (1 - found.of_passages) * hit.votes)
        assert hit.similarity >= max(hit.sentences.values(), default=-1)
        assert hit.similarity <= found.documents[hit.paragraph.document].similarity + 1e-6
    scores = [hit.score for hit in found.passages]
    assert scores == sorted(scores, reverse=True)


def test_a_near_memory_is_trusted_and_a_far_one_is_not(searcher: Searcher) -> None:
    assert searcher.search("How many base cities does the project want to develop?").trust > 0.95
    assert searcher.search("zzz qqq 0x3f").trust < searcher.search(LENDING).trust


def test_without_memory_known_questions_are_silent(forgetful: Searcher, searcher: Searcher) -> None:
    for question in QUESTIONS:
        found = forgetful.search(question)
        assert found.known == ()
        assert (found.trust, found.of_passages) == (0, 1)
        assert all(hit.votes == 0 and not hit.sentence_votes for hit in found.passages)
        assert [hit.score for hit in found.passages] == pytest.approx([hit.share for hit in found.passages])
        assert found.best_known(on_topic=True) == found.best_known(on_topic=False) == 0
    assert forgetful.counts() == searcher.counts()


def test_heard_weighs_the_memory_anew(searcher: Searcher) -> None:
    found = searcher.search("What interest rate does China Development Bank charge on the loans?")
    statuses = {hit.known.status for hit in found.known}
    assert {KnownStatus.ANSWERED, KnownStatus.NOT_STATED} <= statuses

    answered = found.heard(KnownStatus.ANSWERED)
    paragraphs = {
        (e.document, e.paragraph)
        for hit in found.known
        if hit.known.status is KnownStatus.ANSWERED
        for e in hit.known.evidence
    }
    assert {(h.paragraph.document, h.paragraph.number) for h in answered if h.votes} == paragraphs
    assert sum(hit.votes for hit in answered) == pytest.approx(1, abs=1e-4)
    assert [hit.score for hit in answered] == sorted((hit.score for hit in answered), reverse=True)

    silent = found.heard(KnownStatus.NOT_STATED)
    assert all(hit.votes == 0 and hit.score == hit.share and not hit.sentence_votes for hit in silent)
    assert {hit.paragraph.key for hit in silent} == {hit.paragraph.key for hit in found.passages}

    everything = found.heard(*KnownStatus)
    assert [hit.score for hit in everything] == pytest.approx([hit.score for hit in found.passages], abs=1e-6)


def test_votes_go_to_the_sentence_the_evidence_stands_in(small: Searcher) -> None:
    found = small.search("How many baskets of apples may I take home?")
    best = found.passages[0]
    assert (best.paragraph.document, best.paragraph.number) == (ORCHARD.id, 3)
    assert best.votes == pytest.approx(1)
    assert set(best.sentence_votes) == {1}
    assert best.sentence_votes[1] == pytest.approx(1)
    assert votes_of(found.known)[0] == {(ORCHARD.id, 3): pytest.approx(1)}


def test_a_known_question_spreads_its_share_over_its_paragraphs() -> None:
    """However many paragraphs it names, and however many sentences of them, it has one voice."""
    known = knowledge().questions[0]
    two = KnownHit(known, 0.9, 0.6, {("a", 1): (0, 2), ("b", 7): (1,)})
    one = KnownHit(known, 0.8, 0.2, {("a", 1): (2,)})
    silent = KnownHit(known, 0.7, 0.2, {})
    votes, by_sentence = votes_of([two, one, silent])
    assert votes == pytest.approx({("a", 1): 0.5 / 0.8, ("b", 7): 0.3 / 0.8})
    assert by_sentence["a", 1] == pytest.approx({0: 0.3 / 0.8, 2: 0.5 / 0.8})
    assert by_sentence["b", 7] == pytest.approx({1: 0.3 / 0.8})
    assert votes_of([silent]) == votes_of([]) == ({}, {})


def test_on_topic_and_off_topic_neighbours_are_told_apart(small: Searcher) -> None:
    off = small.search("What is the capital city of Peru?")
    assert off.best_known(on_topic=False) > off.best_known(on_topic=True)
    on = small.search("一天可以拿几筐苹果？")
    assert on.best_known(on_topic=True) > on.best_known(on_topic=False)
    assert (off.language, on.language) == ("en", "zh")


def test_documents_with_known_questions_are_told_from_those_without(small: Searcher) -> None:
    found = small.search("How fast may one drive on the bridge?")
    assert found.prepared == {ORCHARD.id}
    assert found.best_similarity() == found.best_similarity(prepared=False) > found.best_similarity(prepared=True)


def test_a_document_with_a_few_known_questions_is_none_that_the_memory_knows(
    small_home: Path, ensure: Ensure, embedder: E5Embedder
) -> None:
    usual = Searcher(ensure(small_home), library(), knowledge(), embedder)
    try:
        found = usual.search("一天可以拿几筐苹果？")
    finally:
        usual.close()
    assert found.prepared == set()
    assert any(hit.known.document == ORCHARD.id for hit in found.known)


def test_each_language_finds_the_other(small: Searcher) -> None:
    for question, best in (("How fast may one drive on the bridge?", BRIDGE.id), ("狗在果园里要拴绳吗？", ORCHARD.id)):
        assert small.search(question).heard()[0].paragraph.document == best


def test_what_is_not_in_force_never_comes(small: Searcher) -> None:
    """Not by its vectors, not by its words, and not by a known question that points to it."""
    found = small.search(BEES)
    assert any(e.document == OLD_ORCHARD.id for hit in found.known for e in hit.known.evidence)
    for hits in (found.passages, found.heard(KnownStatus.ANSWERED)):
        assert hits
        assert {hit.paragraph.document for hit in hits} <= {ORCHARD.id, BRIDGE.id}
    assert "hives" not in " ".join(hit.paragraph.text for hit in found.passages)


def test_a_document_in_force_again_comes_again(ensure: Ensure, embedder: E5Embedder, tmp_path: Path) -> None:
    old = library()
    present = {
        d.model_copy(update={"status": DocumentStatus.PRESENT}) if d == OLD_ORCHARD else d: old.paragraphs(d.id)
        for d in old.documents()
    }
    index = ensure(tmp_path, Library(present), embedder=lambda: embedder)
    searcher = Searcher(index, Library(present), knowledge(), embedder)
    assert keys(searcher.search(BEES))[0] == (OLD_ORCHARD.id, 2)
    searcher.close()


def test_eight_threads_at_once_find_what_one_finds(searcher: Searcher, staying: Searcher) -> None:
    for one in (searcher, staying):
        expected = [keys(one.search(question)) for question in QUESTIONS]
        with ThreadPoolExecutor(8) as pool:
            got = list(pool.map(lambda question, one=one: keys(one.search(question)), QUESTIONS * 4))
        assert got == expected * 4


@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_is_searched_for(name: str, staying: Searcher) -> None:
    found = staying.search(HOSTILE[name])
    assert found.passages
    assert all(np.isfinite(hit.score) for hit in found.passages)


def test_an_empty_library_finds_nothing(ensure: Ensure, embedder: E5Embedder, tmp_path: Path) -> None:
    empty = Library({three_documents.LADDERS: ()})
    searcher = Searcher(ensure(tmp_path, empty, Knowledge()), empty, Knowledge(), embedder)
    for _ in range(2):
        found = searcher.search(LENDING)
        assert (found.passages, found.known) == ((), ())
        assert (found.best_similarity(), found.trust) == (0, 0)
        assert found.heard(KnownStatus.ANSWERED) == ()
        searcher.stay()
    searcher.close()


def test_a_story_is_searched_by_its_questions_too(searcher: Searcher) -> None:
    story = (
        "Our firm has two hundred people and was founded in Xi'an. We write software for clients in Japan. "
        "The office is rather small and we would like to build a larger one. Which bank can lend to us?"
    )
    assert questions_in(story, 2) == ["Which bank can lend to us?"]
    assert ("circular-2006-556", LOAN) in keys(searcher.search(story))[:2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which bank lends?", []),
        ("", []),
        ("We are small. Which bank lends? Who insures us?", ["Which bank lends?", "Who insures us?"]),
        ("Who pays? Which bank lends? Who insures us?", ["Which bank lends?", "Who insures us?"]),
        ("We are a small firm. Tell me about the loans.", ["Tell me about the loans."]),
        (
            "我们是一家刚成立不久的小公司。请问哪家银行可以给我们提供贷款？谢谢你们的耐心回答和帮助。",
            ["请问哪家银行可以给我们提供贷款？"],
        ),
    ],
)
def test_the_questions_within_a_text(text: str, expected: list[str]) -> None:
    assert questions_in(text, 2) == expected
    assert questions_in(text, 0) == []


def test_the_best_of_several_lists_of_neighbours() -> None:
    assert nearest_of([[("a", 0.9), ("b", 0.2)], [("b", 0.8), ("c", 0.1)]]) == [("a", 0.9), ("b", 0.8), ("c", 0.1)]
    assert nearest_of([[("a", -0.3)], [("a", -0.5), ("b", -0.4)]]) == [("a", -0.3), ("b", -0.4)]
    assert nearest_of([[], []]) == nearest_of([[]]) == []


def test_shares_follow_the_temperature() -> None:
    cool, hot = shares([0.5, 0.4], 1.0), shares([0.5, 0.4], 50.0)
    assert cool.sum() == pytest.approx(1)
    assert hot[0] > cool[0] > 0.5
    assert shares([1000.0, -1000.0], 100.0) == pytest.approx(np.array([1, 0]))
    assert len(shares([], 10.0)) == 0
