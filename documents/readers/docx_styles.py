"""What the styles of a Word document make of its paragraphs: headings, hidden text, numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from documents.blocks import Style
from documents.readers.ooxml import child, children, number, switched, value
from documents.readers.package import Element

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.I)
_TITLE = frozenset({"title", "标题"})
_CONTENTS = re.compile(r"^(?:toc|目录)\s*\d$", re.I)
_DEEPEST_CHAIN = 20
"""Styles that may be based on each other; more are a circle."""
_BODY_LEVEL = 9
"""The outline level that Word gives to text."""


class Numbering(NamedTuple):
    """What a paragraph or style says of its list: the list's id, and its level in it; ``None`` where it is silent."""

    list_id: str | None = None
    level: int | None = None


def numbering_of(properties: Element | None) -> Numbering:
    """The list that paragraph properties name."""
    found = child(properties, "w:numPr")
    return Numbering(value(child(found, "w:numId")), number(value(child(found, "w:ilvl"))))


class Effect(NamedTuple):
    """What a style makes of a paragraph; ``hidden`` is ``None`` where the style is silent."""

    kind: Style
    level: int | None
    numbering: Numbering
    listed_by: str | None
    """The style that names the list."""
    hidden: bool | None
    new_page: bool
    contents: bool


def _name(style: Element) -> str:
    return (value(child(style, "w:name")) or "").strip()


def _outline(properties: Element | None) -> tuple[Style, int | None] | None:
    outline = number(value(child(properties, "w:outlineLvl")))
    if outline is None:
        return None
    return (Style.HEADING, outline + 1) if 0 <= outline < _BODY_LEVEL else (Style.BODY, None)


def _heading(style: Element) -> tuple[Style, int | None] | None:
    """What a style says of headings by its name or its outline level, not by what it is based on."""
    name = _name(style)
    if match := _HEADING.match(name):
        return Style.HEADING, int(match.group(1))
    return (Style.TITLE, None) if name.lower() in _TITLE else _outline(child(style, "w:pPr"))


def _first_switch(chain: list[tuple[str, Element]], *path: str) -> bool | None:
    switches = (switched(child(style, *path)) for _, style in chain)
    return next((found for found in switches if found is not None), None)


class Styles:
    """The styles of one document."""

    def __init__(self, root: Element | None) -> None:
        """Index the styles part; without one there are no styles."""
        self._styles: dict[str, Element] = {}
        self._effects: dict[str | None, Effect] = {}
        self._default: str | None = None
        self._hidden_by_default = switched(child(root, "w:docDefaults", "w:rPrDefault", "w:rPr", "w:vanish"))
        for style in children(root, "w:style"):
            key = value(style, "styleId")
            if key is None:
                continue
            self._styles[key] = style
            if value(style, "type") == "paragraph" and (value(style, "default") or "0").lower() in {"1", "true", "on"}:
                self._default = key

    def _chain(self, key: str | None) -> Iterator[tuple[str, Element]]:
        """The style and those it is based on, nearest first."""
        for _ in range(_DEEPEST_CHAIN):
            style = self._styles.get(key) if key else None
            if style is None or key is None:
                return
            yield key, style
            key = value(child(style, "w:basedOn"))

    def named(self, properties: Element | None) -> str | None:
        """The id of the style that paragraph properties name, or of the default one."""
        return value(child(properties, "w:pStyle")) or self._default

    def effect(self, key: str | None) -> Effect:
        """What a style makes of a paragraph, itself or through the styles it is based on."""
        if (known := self._effects.get(key)) is None:
            chain = list(self._chain(key))
            list_id, level, listed_by = None, None, None
            for name, style in chain:
                own = numbering_of(child(style, "w:pPr"))
                level = own.level if level is None else level
                if own.list_id is not None:
                    list_id, listed_by = own.list_id, name
                    break
            kind, depth = next((found for _, style in chain if (found := _heading(style))), (Style.BODY, None))
            known = self._effects[key] = Effect(
                kind=kind,
                level=depth,
                numbering=Numbering(list_id, level),
                listed_by=listed_by,
                hidden=_first_switch(chain, "w:rPr", "w:vanish"),
                new_page=bool(_first_switch(chain, "w:pPr", "w:pageBreakBefore")),
                contents=any(_CONTENTS.match(_name(style)) for _, style in chain),
            )
        return known

    def list_of_numbering_style(self, key: str | None) -> str | None:
        """The list that a numbering style stands for."""
        style = self._styles.get(key) if key else None
        return numbering_of(child(style, "w:pPr")).list_id

    def hidden(self, run: Element | None, paragraph_style: str | None) -> bool:
        """Whether run properties, or the styles of run and paragraph, hide a text."""
        found = switched(child(run, "w:vanish"))
        for key in (value(child(run, "w:rStyle")), paragraph_style):
            found = self.effect(key).hidden if found is None and key is not None else found
        return bool(self._hidden_by_default) if found is None else found

    def heading(self, properties: Element | None) -> tuple[Style, int | None]:
        """Title, heading with its level, or body: by the paragraph's own outline level, else by its style."""
        outline = _outline(properties)
        effect = self.effect(self.named(properties))
        return outline or (effect.kind, effect.level)

    def breaks_page(self, properties: Element | None) -> bool:
        """Whether a paragraph begins on a new page."""
        direct = switched(child(properties, "w:pageBreakBefore"))
        return self.effect(self.named(properties)).new_page if direct is None else direct
