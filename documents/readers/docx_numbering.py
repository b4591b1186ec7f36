"""The numbers that Word puts in front of paragraphs, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.readers.docx_styles import Styles
from documents.readers.numerals import written
from documents.readers.ooxml import child, children, number, switched, value
from documents.readers.package import Element

_DEEPEST = 9
"""Levels a list of Word has."""
_PLACEHOLDER = re.compile(r"%([1-9])")
_CHINESE_END = re.compile(r"[、，。：）］】〕）]$")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    spaced: bool = True
    legal: bool = False
    restart: int | None = None
    style: str | None = None
    hidden: bool = False

    @classmethod
    def read(cls, element: Element) -> _Level:
        form = child(element, "w:numFmt")
        if form is None:  # a form of a later Word, with one that every Word knows beside it
            form = child(element, "mc:AlternateContent", "mc:Fallback", "w:numFmt")
        start = number(value(child(element, "w:start")))
        return cls(
            form=value(form) or "decimal",
            text=value(child(element, "w:lvlText")) or "",
            start=1 if start is None else start,
            spaced=value(child(element, "w:suff")) != "nothing",
            legal=bool(switched(child(element, "w:isLgl"))),
            restart=number(value(child(element, "w:lvlRestart"))),
            style=value(child(element, "w:pStyle")),
            hidden=bool(switched(child(element, "w:rPr", "w:vanish"))),
        )


def _levels(element: Element | None) -> dict[int, _Level]:
    levels = ((number(value(level, "ilvl")), level) for level in children(element, "w:lvl"))
    return {at: _Level.read(level) for at, level in levels if at is not None and 0 <= at < _DEEPEST}


@dataclass(slots=True)
class _List:
    """A list of paragraphs: the definition it counts for, and its own changes to that."""

    definition: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)
    begun: bool = False


class Counter:
    """Counts the numbered paragraphs of one document in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Index the numbering part; without one nothing is numbered."""
        self._counts: dict[str, dict[int, int]] = {}
        definitions = {value(item, "abstractNumId") or "": item for item in children(root, "w:abstractNum")}
        listed = {value(item, "numId") or "": item for item in children(root, "w:num")}
        self._lists = {key: self._list(item, definitions, listed, styles) for key, item in listed.items()}

    @staticmethod
    def _list(item: Element, definitions: dict[str, Element], listed: dict[str, Element], styles: Styles) -> _List:
        key = value(child(item, "w:abstractNumId")) or ""
        definition = definitions.get(key)
        link = value(child(definition, "w:numStyleLink"))
        if link and (target := listed.get(styles.list_of_numbering_style(link) or "")) is not None:
            key = value(child(target, "w:abstractNumId")) or ""
            definition = definitions.get(key)
        levels, starts = _levels(definition), {}
        for change in children(item, "w:lvlOverride"):
            at = number(value(change, "ilvl"))
            if at is None:
                continue
            levels.update((own, level) for own, level in _levels(change).items() if own == at)
            start = number(value(child(change, "w:startOverride")))
            if start is not None:
                starts[at] = start
        return _List(key, levels, starts)

    def level_of_style(self, list_id: str, style: str | None) -> int | None:
        """The level of a list that is tied to a paragraph style."""
        found = self._lists.get(list_id)
        return (
            next((at for at, level in found.levels.items() if level.style == style), None) if found and style else None
        )

    def next(self, list_id: str, level: int) -> str:
        """Count one paragraph, and give what Word writes in front of it: nothing for bullets and unknown lists."""
        found = self._lists.get(list_id)
        form = found.levels.get(level) if found else None
        if found is None or form is None:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        if not found.begun:  # a list that starts anew does so once, at its first paragraph
            found.begun = True
            for at in found.starts:
                counts.pop(at, None)
        start = found.starts.get(level, form.start)
        counts[level] = counts[level] + 1 if level in counts else start
        for deeper in [at for at in counts if at > level]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            # lvlRestart names, from 1, the level after which to start anew; 0 is never.
            if restart is None or (restart and level < restart):
                del counts[deeper]
        if form.form == "bullet" or form.hidden:
            return ""
        return self._written(found, form, counts)

    @staticmethod
    def _written(found: _List, form: _Level, counts: dict[int, int]) -> str:
        def fill(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            level = found.levels.get(at)
            if level is None:
                return ""
            count = counts.get(at, found.starts.get(at, level.start))
            legal = form.legal and level.form not in {"none", "bullet"}
            return written(count, "decimal" if legal else level.form)

        text = _PLACEHOLDER.sub(fill, form.text)
        return text + (" " if text and form.spaced and not _CHINESE_END.search(text) else "")
