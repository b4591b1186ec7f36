"""PDFs that are encrypted without a password are read; with one, a line says what to do."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from pypdf import PdfWriter
from readers_pdf_making import by_hand, text_at

from documents.blocks import Block
from documents.errors import ReadingError
from documents.readers.apart import read_apart
from documents.readers.detect import read

SENTENCE = "Every firm with ten or more employees may apply for a grant from the fund."
AES = ("AES-128", "AES-256-R5", "AES-256")
with_aes = pytest.mark.skipif(find_spec("cryptography") is None, reason="the package cryptography is not installed")
EVERY = ("RC4-40", "RC4-128", *(pytest.param(algorithm, marks=with_aes) for algorithm in AES))


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return by_hand(tmp_path / "plain.pdf", [text_at(72, 700, SENTENCE)])


def locked(source: Path, algorithm: str, user: str) -> Path:
    writer = PdfWriter(clone_from=str(source))
    writer.encrypt(user_password=user, owner_password="owner", algorithm=algorithm)
    path = source.with_name(f"{algorithm}.pdf")
    writer.write(str(path))
    assert SENTENCE.encode() not in path.read_bytes()
    return path


@pytest.mark.parametrize("algorithm", EVERY)
def test_without_a_password_it_is_read(plain: Path, algorithm: str) -> None:
    path = locked(plain, algorithm, "")
    assert read_apart(path).blocks == (Block(SENTENCE, 1),)


@pytest.mark.parametrize("algorithm", EVERY)
def test_with_a_password_it_is_asked_to_be_removed(plain: Path, algorithm: str) -> None:
    path = locked(plain, algorithm, "secret")
    with pytest.raises(ReadingError) as caught:
        read(path)
    assert str(caught.value) == f"{algorithm}.pdf: is locked with a password; open it, save it without one and add that"
