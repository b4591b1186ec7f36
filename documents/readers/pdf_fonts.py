"""Fonts of a PDF: which characters the codes of a string stand for, how wide they are, and how heavy the face is."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pypdf.generic import ArrayObject, DictionaryObject

# The library reads fonts well but does not publish the class; everything that knows of it is in this module.
from pypdf.generic._font import Font

from documents.readers.pdf_words import is_wide

UNREADABLE = "\ufffd"
"""Stands for a character that the font gives no text for."""

_BOLD = re.compile(r"bold|black|heavy|demi(?!light)|,b\b", re.I)
_HEAVY_BY_DESIGN = re.compile(r"hei|xbs|xiaobiaosong|黑|小标宋", re.I)
_FORCE_BOLD = 1 << 18
_BOLD_WEIGHT = 600
_DEFAULT_WIDTH = 1000.0
_HALF_WIDTH = 500.0
_FIRST_PRINTABLE = 0x20
_LAST_ASCII = 0x7E
_SPACE_CODE = 32


class Glyph(NamedTuple):
    """One character code: its text, its width in thousandths of the font size, and whether it is the code of a space.

    Word spacing applies to single-byte spaces alone.
    """

    text: str
    width: float
    space: bool = False


def weight_of(name: str, flags: object = 0, declared: object = 0) -> int:
    """The weight of a face by its name and what its descriptor says; see ``Fragment.weight``."""
    plain = name.partition("+")[2] or name
    if _BOLD.search(plain):
        return 2
    if isinstance(flags, int) and flags & _FORCE_BOLD:
        return 2
    if isinstance(declared, int | float) and declared >= _BOLD_WEIGHT:
        return 2
    return 1 if _HEAVY_BY_DESIGN.search(plain) else 0


class Typeface:
    """One font of a PDF."""

    def __init__(self, resource: DictionaryObject) -> None:
        font = Font.from_font_resource(resource)
        self.weight = weight_of(font.name, font.font_descriptor.flags, font.font_descriptor.weight)
        self._font = font
        self._cache: dict[int | str, Glyph] = {}
        self._codec = font.encoding if isinstance(font.encoding, str) else None
        encoding = resource.get("/Encoding")
        self._composite = resource.get("/Subtype") == "/Type0"
        # Without a predefined table the codes are numbers of glyphs; only the font's own table gives them a meaning.
        self._numbered = self._composite and (
            self._codec is None or not isinstance(encoding, str) or encoding.startswith("/Identity")
        )
        self._default = self._default_width(resource) if self._composite else 0.0

    @staticmethod
    def _default_width(resource: DictionaryObject) -> float:
        descendants: Any = resource.get("/DescendantFonts")
        descendants = descendants.get_object() if descendants is not None else None
        if isinstance(descendants, ArrayObject) and descendants:
            width: Any = descendants[0].get_object().get("/DW", _DEFAULT_WIDTH)
            if isinstance(width, int | float):
                return float(width)
        return _DEFAULT_WIDTH

    def glyphs(self, data: bytes) -> list[Glyph]:
        """The characters of a string of the page."""
        if not self._composite:
            return [self._simple(code) for code in data]
        if self._numbered:
            pairs = zip(data[::2], data[1::2], strict=False)
            return [self._by_number(high << 8 | low) for high, low in pairs]
        return [self._by_character(character) for character in data.decode(self._codec or "utf-16-be", "replace")]

    def _simple(self, code: int) -> Glyph:
        if code not in self._cache:
            font, raw = self._font, chr(code)
            named = font.encoding.get(code, raw) if isinstance(font.encoding, dict) else raw
            text = font.character_map.get(named, font.character_map.get(raw, named))
            if (len(text) > 1 and text.startswith("/")) or not font.interpretable:
                text = UNREADABLE  # the name of a glyph that names no character
            width = font.get_text_width(raw)
            self._cache[code] = Glyph(text, float(width), code == _SPACE_CODE)
        return self._cache[code]

    def _by_number(self, code: int) -> Glyph:
        if code not in self._cache:
            raw = chr(code)
            width = self._font.character_widths.get(raw, self._default)
            self._cache[code] = Glyph(self._font.character_map.get(raw, UNREADABLE), float(width))
        return self._cache[code]

    def _by_character(self, character: str) -> Glyph:
        if character not in self._cache:
            code = ord(character)
            text = self._font.character_map.get(character, character)
            if _FIRST_PRINTABLE <= code <= _LAST_ASCII:
                # The Adobe collections of Chinese, Japanese and Korean characters number ASCII from 1.
                width = self._font.character_widths.get(chr(code - _FIRST_PRINTABLE + 1), _HALF_WIDTH)
            else:
                width = self._default if is_wide(character) or code > _LAST_ASCII else _HALF_WIDTH
            self._cache[character] = Glyph(text, float(width))
        return self._cache[character]
