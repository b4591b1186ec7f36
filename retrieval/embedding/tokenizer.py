"""Text to the token ids of multilingual-e5-small, by sentencepiece over the pieces of the weight file.

sentencepiece needs 50 MB and a third of a second for the 250,000 pieces, where the ``tokenizers`` library needs
260 MB and a second (docs/decisions/). Its model file is put together from the pieces, in the protobuf layout of
sentencepiece_model.proto.
"""

from __future__ import annotations

import re

import sentencepiece

from retrieval.embedding.weights import Pieces, WeightFile

LONGEST_TEXT = 20_000
"""Characters of a text that are looked at. The model reads 512 tokens; no language spends 40 characters on one."""

_SPACES = re.compile(" {2,}")
_UNKNOWN, _CONTROL = b"\x18\x02", b"\x18\x03"
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
    offsets = pieces.offsets.tolist()
    scores = pieces.scores.astype("<f4").tobytes()
    short = [_length(n) for n in range(1024)]
    parts: list[bytes] = []
    for index in range(len(pieces)):
        piece = pieces.blob[offsets[index] : offsets[index + 1]]
        entry = b"\x0a%b%b\x15%b%b" % (
            short[len(piece)],
            piece,
            scores[4 * index : 4 * index + 4],
            special.get(index, b""),
        )
        parts.append(b"\x0a%b%b" % (short[len(entry)], entry))
    for tag, message in ((b"\x12", _UNIGRAM), (b"\x1a", _NORMALIZER)):
        parts.append(tag + _length(len(message)) + message)
    return b"".join(parts)


class Tokenizer:
    """Turns a text into token ids, begin and end included, at most ``limit`` of them."""

    def __init__(self, weights: WeightFile, limit: int = 512) -> None:
        self._normalisation = weights.normalisation()
        self._processor = sentencepiece.SentencePieceProcessor()
        self._processor.LoadFromSerializedProto(model_bytes(weights.pieces))
        self._begin, self._end, self._limit = weights.pieces.begin, weights.pieces.end, limit

    def ids(self, text: str) -> list[int]:
        """Token ids; lone surrogates count as U+FFFD, and what is beyond the limit is cut off."""
        safe = text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
        normalised = _SPACES.sub(" ", safe.translate(self._normalisation))
        ids: list[int] = self._processor.EncodeAsIds(normalised)
        return [self._begin, *ids[: self._limit - 2], self._end]


__all__ = ["LONGEST_TEXT", "Tokenizer", "model_bytes"]
