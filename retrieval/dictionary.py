"""Chinese words and what they mean in English, so that words can be counted across the two languages.

Held in a trie (marisa-trie): 118,000 words in 4 MB, where a dictionary of Python's takes fifty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

import marisa_trie

from retrieval.glossary import stop_terms
from retrieval.terms import terms

_HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_NO_MEANING = re.compile(
    r"surname |CL:|(?:old |erhua )?variant of|also written|abbr\. for|(?:see|see also|used in) [\u3400-\u9fff]"
)
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]|[\u3400-\u9fff|]+")
_SENSE_END = re.compile(r"[/;]")
_PLACE = re.compile(r"([\u3400-\u9fff]{2,4})(?=[省市州县區区镇乡村岛])")
_ONE_OF = {1: 1.0, 2: 0.7, 3: 0.5, 4: 0.35, 5: 0.25}
"""How much one word of a meaning stands for it, by the number of its words; longer ones explain, they do not name."""
LONGEST_WORD = 8
"""Characters; what is longer is a phrase."""
_SOUND, _SIMPLIFIED = "\x01", "\x02"
"""Before a character: its sound, the simplified one. No word begins so."""
_REMEMBERED = 4000
_NAME_SYLLABLES = (2, 3)
_SHORTEST_NAME = 5
_MOST_SYLLABLES = 4
_LONGEST_SYLLABLE = 6

Meanings = Mapping[str, float]
"""English words, as ``retrieval.terms.terms`` makes them, and how well each stands for what is meant, up to 1."""


class Dictionary:
    """Meanings of Chinese words, their sounds, and traditional characters as simplified ones."""

    def __init__(
        self,
        senses: Mapping[str, str],
        sounds: Mapping[str, str] | None = None,
        simplified: Mapping[str, str] | None = None,
    ) -> None:
        """``senses`` are separated by ``/`` or ``;``; ``sounds`` and ``simplified`` are of single characters.

        Senses of words longer than ``LONGEST_WORD`` are left out.
        """
        records = [(word, sense) for word, sense in senses.items() if len(word) <= LONGEST_WORD]
        records += [(f"{_SOUND}{character}", sound) for character, sound in (sounds or {}).items()]
        records += [(f"{_SIMPLIFIED}{old}", new) for old, new in (simplified or {}).items()]
        self._open(marisa_trie.BytesTrie((key, value.encode("utf-8")) for key, value in records))

    @classmethod
    def from_bytes(cls, held: bytes) -> Dictionary:
        """A dictionary as ``to_bytes`` gave it."""
        made = cls.__new__(cls)
        made._open(marisa_trie.BytesTrie().frombytes(held))
        return made

    def to_bytes(self) -> bytes:
        """All of it, to be kept in a file."""
        held: bytes = self._trie.tobytes()
        return held

    def _open(self, trie: marisa_trie.BytesTrie) -> None:
        self._trie = trie
        self._syllables = frozenset(sound.decode("utf-8") for _, sound in trie.items(_SOUND))
        self._simplified = str.maketrans(
            {key.removeprefix(_SIMPLIFIED): new.decode("utf-8") for key, new in trie.items(_SIMPLIFIED)}
        )
        self._stop = stop_terms()
        self.meanings = lru_cache(maxsize=_REMEMBERED)(self._meanings)

    def _said(self, key: str) -> str:
        return next((value.decode("utf-8") for value in self._trie.get(key, ())), "")

    def _beginning(self, text: str) -> list[str]:
        """The words of two characters or more that a text begins with, shortest first."""
        return [word for word in self._trie.prefixes(text[:LONGEST_WORD]) if len(word) > 1]

    def simplified(self, text: str) -> str:
        """The text with traditional characters as simplified ones, as far as they are known."""
        return text.translate(self._simplified)

    def content(self, text: str) -> list[str]:
        """The English terms of a text that carry meaning, each once."""
        return [term for term in dict.fromkeys(terms(text)) if term not in self._stop]

    def _meanings(self, word: str) -> Meanings:
        found: dict[str, float] = {}
        for sense in _SENSE_END.split(self._said(word)):
            if _NO_MEANING.match(sense.strip()):
                continue
            words = [term for term in self.content(_ASIDE.sub("", sense)) if not term.isdigit()]
            for term in words if len(words) in _ONE_OF else ():
                found[term] = max(_ONE_OF[len(words)], found.get(term, 0.0))
        return found

    def words(self, text: str) -> Iterator[str]:
        """Every word of two characters or more that occurs in a text, also one within another."""
        for run in _HAN_RUN.findall(text):
            for start in range(len(run) - 1):
                yield from self._beginning(run[start:])

    def segmented(self, text: str) -> Iterator[str]:
        """A text's words one after the other, the longest that fits each time; single characters are left out."""
        for run in _HAN_RUN.findall(text):
            start = 0
            while start < len(run):
                longest = self._beginning(run[start:])[-1:]
                yield from longest
                start += len(longest[0]) if longest else 1

    def place_names(self, text: str) -> Iterator[str]:
        """What may be names of places in a Chinese text, in Latin letters: ``yungang`` for 云港市."""
        for run in _PLACE.findall(text):
            sounds = [self._said(f"{_SOUND}{character}") for character in run]
            for count in _NAME_SYLLABLES:
                if len(sounds) >= count and all(sounds[-count:]):
                    yield "".join(sounds[-count:])

    def is_name(self, word: str) -> bool:
        """Whether a word in Latin letters could be a Chinese name, by its syllables."""
        if len(word) < _SHORTEST_NAME:
            return False
        ends = {0}
        for count in range(1, _MOST_SYLLABLES + 1):
            ends = {
                end
                for start in ends
                for end in range(start + 1, min(start + _LONGEST_SYLLABLE, len(word)) + 1)
                if word[start:end] in self._syllables
            }
            if count > 1 and len(word) in ends:
                return True
        return False
