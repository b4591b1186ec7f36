"""Small free fonts for made documents: the characters of a text, taken from Noto CJK, with TrueType outlines."""

from __future__ import annotations

from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTCollection, TTFont, newTable  # type: ignore[import-untyped]

SERIF, SANS = "NotoSerifCJK", "NotoSansCJK"
_FOLDER = Path("/usr/share/fonts/opentype/noto")
_SIMPLIFIED = "SC"
_MOST_ERROR = 1.0  # thousandths of the size of a glyph by which its outline may change


def _simplified(file: Path) -> TTFont:
    for font in TTCollection(str(file)).fonts:
        name = font["name"].getDebugName(1) or ""
        if name.endswith(_SIMPLIFIED) and "Mono" not in name:
            return font
    raise LookupError(f"{file}: holds no face for simplified Chinese")


def _to_truetype(font: TTFont) -> None:
    """Turn cubic outlines into quadratic ones, and drop what belongs to the former."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, _MOST_ERROR, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, drawn
    for table in ("CFF ", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx"):
        if table in font:
            del font[table]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
        "maxCompositeContours", "maxComponentDepth",
    ):  # fmt: skip
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def made(path: Path, text: str, *, family: str = SERIF, bold: bool = False) -> Path:
    """Write a TrueType font that holds the characters of ``text``; needs the Noto CJK fonts on the machine."""
    font = _simplified(_FOLDER / f"{family}-{'Bold' if bold else 'Regular'}.ttc")
    options = Options(notdef_outline=True, recalc_timestamp=False, layout_features=[], hinting=False)
    cutter = Subsetter(options)
    cutter.populate(text="".join(sorted(set(text) | set(map(chr, range(0x20, 0x7F))) | set("—·（）第页共，"))))
    cutter.subset(font)
    _to_truetype(font)
    font.recalcTimestamp = False  # the same file every time
    font.save(str(path), reorderTables=False)
    return path
