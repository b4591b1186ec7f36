"""Text to the token ids of multilingual-e5-small, by sentencepiece over the pieces of the weight file.

sentencepiece needs 50 MB and a third of a second for the 250,000 pieces, where the ``tokenizers`` library needs
260 MB and a second (docs/decisions/). Its model file is put together from the pieces, in the protobuf layout of
sentencepiece_model.proto.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import sentencepiece

from retrieval.embedding.weights import Floats, Pieces, WeightFile, WeightsError

LONGEST_TEXT = 20_000
"""Characters of a text that are looked at. The model reads 512 tokens; no language spends 40 characters on one."""

_SPACES = re.compile(" {2,}")
_UNKNOWN, _CONTROL = b"\x18\x02", b"\x18\x03"
_BEFORE, _AROUND = 4, 9
"""Bytes of an entry before its piece, and around it in all."""
_LONGEST_PIECE = 127 - _AROUND
"""Bytes of a piece up to which every length is a single byte of protobuf's variable-length integers."""
_UNIGRAM = b"\x18\x01"
_NORMALIZER = b"\x18\x01\x20\x00\x28\x01"
"""add_dummy_prefix on, remove_extra_whitespaces off, escape_whitespaces on: the text arrives normalised."""


def _length(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def model_bytes(pieces: Pieces) -> bytes:
    """The pieces as a serialised sentencepiece ``ModelProto``."""
    special = {pieces.unknown: _UNKNOWN, pieces.begin: _CONTROL, pieces.end: _CONTROL, pieces.padding: _CONTROL}
    offsets = pieces.offsets.astype(np.int64)
    lengths = np.diff(offsets)
    first = max(special) + 1
    if len(lengths) and int(lengths.max()) > _LONGEST_PIECE:
        raise WeightsError("the weights hold a piece longer than this tokenizer can write")
    parts: list[bytes] = []
    for index in range(first):
        piece = pieces.blob[offsets[index] : offsets[index + 1]]
        entry = b"\x0a%c%b\x15%b%b" % (len(piece), piece, pieces.scores[index].tobytes(), special.get(index, b""))
        parts.append(b"\x0a%c%b" % (len(entry), entry))
    parts.append(_plain_entries(pieces, lengths[first:], offsets[first:], pieces.scores[first:]))
    for tag, message in ((b"\x12", _UNIGRAM), (b"\x1a", _NORMALIZER)):
        parts.append(tag + _length(len(message)) + message)
    return b"".join(parts)


def _plain_entries(
    pieces: Pieces, lengths: npt.NDArray[np.int64], offsets: npt.NDArray[np.int64], scores: Floats
) -> bytes:
    """The entries of all pieces without a type of their own, laid out at once: a loop would take longer than loading.

    An entry is: tag and length of the entry, tag and length of the piece, the piece, tag and four bytes of the score.
    """
    starts = np.concatenate([[0], np.cumsum(lengths + _AROUND)])
    out = np.zeros(int(starts[-1]), dtype=np.uint8)
    begin = starts[:-1]
    out[begin], out[begin + 1], out[begin + 2], out[begin + 3] = 0x0A, lengths + _AROUND - 2, 0x0A, lengths
    text = np.frombuffer(pieces.blob, np.uint8)[offsets[0] : offsets[-1]]
    out[np.arange(len(text)) + np.repeat(np.arange(len(lengths)) * _AROUND + _BEFORE, lengths)] = text
    score = begin + _BEFORE + lengths
    out[score] = 0x15
    out[score[:, None] + np.arange(1, 5)] = scores.astype("<f4").view(np.uint8).reshape(-1, 4)
    return out.tobytes()


class Tokenizer:
    """Turns a text into token ids, begin and end included, at most ``limit`` of them."""

    def __init__(self, weights: WeightFile, limit: int = 512) -> None:
        self._normalisation = weights.normalisation()
        self._processor = sentencepiece.SentencePieceProcessor()
        self._processor.LoadFromSerializedProto(model_bytes(weights.pieces))
        self._begin, self._end, self._limit = weights.pieces.begin, weights.pieces.end, limit

    def ids(self, text: str) -> list[int]:
        """Token ids; lone surrogates count as question marks, and what is beyond the limit is cut off."""
        safe = text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
        normalised = _SPACES.sub(" ", safe.translate(self._normalisation))
        ids: list[int] = self._processor.EncodeAsIds(normalised)
        return [self._begin, *ids[: self._limit - 2], self._end]


__all__ = ["LONGEST_TEXT", "Tokenizer", "model_bytes"]
