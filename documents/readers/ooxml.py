"""Names of WordprocessingML, the same for both of its namespaces (transitional and strict)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from documents.readers.package import Element

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "urn:schemas-microsoft-com:vml": "v",
}
_W = [f"{{{uri}}}" for uri, prefix in _PREFIXES.items() if prefix == "w"]
_OFF = frozenset({"0", "false", "off", "none"})


@cache
def _short(tag: str) -> str:
    uri, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    prefix = _PREFIXES.get(uri)
    return f"{prefix}:{local}" if prefix else f"?:{local}"


def tag(element: Element) -> str:
    """The name of an element, as ``w:p``; nothing for comments and processing instructions."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of an element in the namespace of WordprocessingML."""
    if element is None:
        return None
    for space in _W:
        found = element.get(space + name)
        if found is not None:
            return str(found)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of each name in turn, as ``child(p, "w:pPr", "w:numPr")``."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if tag(inner) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of one name."""
    return (inner for inner in (element if element is not None else ()) if tag(inner) == name)


def number(text: str | None) -> int | None:
    """An attribute as a whole number; ``None`` where it is not one."""
    try:
        return int(text) if text is not None and len(text) <= 9 else None
    except ValueError:
        return None


def switched(element: Element | None) -> bool | None:
    """A property that is on or off; ``None`` where it is not set."""
    return None if element is None else (value(element) or "on").lower() not in _OFF
