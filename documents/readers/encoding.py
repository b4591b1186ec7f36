"""The encoding of a text: from bytes to characters, or a clear refusal.

What a file says of itself comes first (a byte order mark, a charset in a page). Where it says nothing, UTF-8 proves
itself by its form, and the Chinese encodings by the words that come out: read wrongly, Chinese turns to characters
that are hardly ever used.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from documents.readers.source import fault

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages write for a charset, and what they mean by it: the largest encoding of the family.
_DECLARED = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "gb18030", "cp936", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252"),
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 7, 9, 10, 13, 14, 15, 16)},
    **{f"windows-125{n}": f"cp125{n}" for n in (0, 1, 3, 4, 7, 8)},
    "koi8-r": "koi8-r",
    "shift_jis": "cp932",
    "euc-jp": "euc-jp",
    "euc-kr": "cp949",
}  # fmt: skip
_CHINESE = ("gb18030", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be")
# Encodings in which not every sequence of bytes is a text: a promise of one can be tested.
_BY_FORM = frozenset({*_CHINESE, "cp932", "euc-jp", "cp949"})

# The characters that make up about half of any Chinese text, simplified and traditional.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开合还因由其些然前外天政四"
    "日社义事平形相全表间样与关各重新线内数正心反明看原利比或但质气第向道变条只没结解问意建月公无系情者最立代想已通并提直题"
    "程展五果料员革位入常文总次品式活设及管特件长求基资边流路级少图山统接知较将组见计别手角期根论运农指几九区强放决西被做必"
    "先回则任取据处世府办标准规申请单企项目补贴金额款章附按照这為個國時來們於對會發動過說產種後學經進著電現實兩體機當點從業"
    "還應開關與間樣線內數質氣變條沒結問無係員題總設長資邊級圖統較將組見計別論運農幾區強則據處辦標準規請單項補貼額"
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")  # not the end-of-file mark of old editors
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# What a text of western Europe has beyond ASCII: accented letters, quotation marks, dashes, currencies and the like.
_WESTERN = re.compile(r"[À-ÖØ-öø-ÿŠšŽžŒœŸ“”‘’‚„–—•…€£§©®°½¼¾·«»™\xa0]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
# What an English text has beyond ASCII when it was saved in a Chinese encoding.
_TYPOGRAPHIC = re.compile(r"[\xa0-\xff\u2000-\u206f\u20ac\u2100-\u22ff\u3000-\u301f\uff00-\uffef]")

_SAMPLE = 100_000
"""Characters by which a reading is judged."""
_LEAST_FREQUENT = 0.2
"""Share of frequent characters below which what came out is not Chinese."""
_MARGIN = 0.1
"""By how much the better of two readings has to be better."""
_MOST_BROKEN = 0.001
"""Share of unreadable characters up to which a text counts as damaged, and is not taken for another encoding."""
_BROKEN_ANYWAY = 3
"""Unreadable characters up to which a short text is damaged too: a lost byte can cost that many."""
_MOST_CONTROLS = 0.005
"""Share of control characters above which a file is no text."""
_CONTROLS_ANYWAY = 2
"""Control characters that even a short text may hold."""
_MOST_HIGH = 0.15
"""Share of bytes beyond ASCII up to which a text can be one of western Europe."""
_MOST_NATURAL = 0.9
"""Share of the characters beyond ASCII that have to be of western Europe for a text to be."""

_BINARY = "is no text (it holds binary data); save the document as PDF, Word (.docx), a web page or plain text"
_UNDECIDED = "is in an encoding that cannot be told; open it in an editor and save it as UTF-8"


class Decoded(NamedTuple):
    """A text, the name of the encoding it was read in, and what the person who adds it should know."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


class _Trial(NamedTuple):
    """A reading in one encoding: the text, the number of unreadable characters, the share of frequent characters."""

    text: str
    encoding: str
    broken: int
    chinese: float


def _try(data: bytes, encoding: str) -> _Trial:
    """Read in one encoding; unreadable bytes become replacement characters, which are counted."""
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd") - (data.count(b"\xef\xbf\xbd") if encoding == "utf-8" else 0)
    sample = text[:_SAMPLE]
    han = _HAN.findall(sample)
    frequent = sum(character in _FREQUENT for character in han) / len(han) if han else 0.0
    odd = len(_ODD.findall(sample)) / len(sample) if sample else 1.0
    return _Trial(text, encoding, max(0, broken), frequent - 2 * odd)


def _nearly_whole(trial: _Trial) -> bool:
    return trial.broken <= max(_BROKEN_ANYWAY, len(trial.text) * _MOST_BROKEN) and trial.broken * 10 <= len(trial.text)


def _done(path: Path, trial: _Trial, *warnings: str) -> Decoded:
    text = trial.text.removeprefix("\ufeff")
    if len(_CONTROL.findall(text)) > max(_CONTROLS_ANYWAY, len(text) * _MOST_CONTROLS):
        raise fault(path, _BINARY)
    if trial.broken:
        warnings += (f"{trial.broken} unreadable characters; the file may be damaged",)
    return Decoded(text, trial.encoding, warnings)


def _western(data: bytes) -> bool:
    """Whether bytes beyond ASCII stand alone between letters, as accents and quotation marks do."""
    text = data.decode("cp1252", errors="replace")
    high = len(_BEYOND_ASCII.findall(text))
    runs = sum(map(len, _HIGH_RUN.findall(data)))
    return high <= len(data) * _MOST_HIGH and runs * 10 <= high and len(_WESTERN.findall(text)) >= high * _MOST_NATURAL


def _typographic(trial: _Trial) -> bool:
    """Whether a reading in a Chinese encoding is a text in English with the punctuation of that encoding."""
    high = len(_BEYOND_ASCII.findall(trial.text))
    return not trial.broken and high <= len(trial.text) * _MOST_HIGH and len(_TYPOGRAPHIC.findall(trial.text)) == high


def _wide(data: bytes) -> _Trial | None:
    """UTF-16 without a mark, which shows by its zero bytes."""
    trials = [_try(data, encoding) for encoding in _WIDE]
    plain = [
        trial
        for trial in trials
        if _nearly_whole(trial) and len(re.findall(r"[\t\n\r\x20-\x7e]", trial.text[:_SAMPLE])) > 0
    ]
    readable = [t for t in plain if len(_ODD.findall(t.text[:_SAMPLE])) <= len(t.text[:_SAMPLE]) * _MOST_CONTROLS]
    # Chinese text with a few digits, or letters: either most characters are ASCII, or the Han ones are frequent.
    good = [
        t
        for t in readable
        if t.chinese >= _LEAST_FREQUENT or sum(c < "\x80" for c in t.text[:_SAMPLE]) * 2 > len(t.text[:_SAMPLE])
    ]
    return max(good, key=lambda t: (t.chinese, -t.broken), default=None)


def decode(data: bytes, path: Path, *, declared: str | None = None) -> Decoded:
    """The text in ``data``; ``declared`` is the charset that the file names for itself, if it does.

    Raises ``ReadingError`` (with the name of ``path``) for binary data and where no encoding is the evident one.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            trial = _try(data[len(mark) :], encoding)
            if not _nearly_whole(trial):
                raise fault(path, f"is damaged: it begins as {encoding.upper()} but is not; save it again as UTF-8")
            return _done(path, trial)
    if b"\x00" in data:
        if (wide := _wide(data)) is not None:
            return _done(path, wide)
        if data.count(b"\x00") > max(_CONTROLS_ANYWAY, len(data) * _MOST_CONTROLS):
            raise fault(path, _BINARY)
        data = data.replace(b"\x00", b"")
    named = _DECLARED.get((declared or "").strip().lower())
    promised = _try(data, named) if named else None
    utf8 = _try(data, "utf-8")
    if not utf8.broken:
        # A few Chinese words in GB18030 can have the form of UTF-8; then the words decide.
        if promised and not promised.broken and promised.chinese >= utf8.chinese + _MARGIN:
            return _done(path, promised)
        return _done(path, utf8)
    if promised and named in _BY_FORM and _nearly_whole(promised):
        chinese = named not in _CHINESE or promised.chinese >= _LEAST_FREQUENT or not _HAN.search(promised.text)
        if chinese:
            return _done(path, promised)
    if _nearly_whole(utf8) and sum(c > "\x7f" for c in utf8.text[:_SAMPLE]) > 10 * utf8.broken:
        return _done(path, utf8)
    trials = sorted((_try(data, e) for e in (*_CHINESE, *_WIDE)), key=lambda t: t.chinese, reverse=True)
    likely = [trial for trial in trials if _nearly_whole(trial) and trial.chinese >= _LEAST_FREQUENT]
    if likely:
        if len(likely) > 1 and likely[0].chinese < likely[1].chinese + _MARGIN:
            raise fault(path, _UNDECIDED)
        return _done(path, likely[0])
    if promised and named not in {*_BY_FORM, "utf-8"} and _nearly_whole(promised):
        return _done(path, promised)
    if _typographic(gb := _try(data, "gb18030")):
        return _done(path, gb)
    if _western(data):
        return _done(path, _try(data, "cp1252"), "read as Windows-1252; check accents and quotation marks")
    raise fault(path, _BINARY if len(_CONTROL.findall(utf8.text)) > len(data) * _MOST_CONTROLS else _UNDECIDED)
