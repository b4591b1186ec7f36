"""Words as a PDF spells them: characters mended, lines joined, words put together again that a line end divided."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

WIDE = r"\u2e80-\u2fdf\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
"""Characters of Chinese type as a range of a regular expression: no space stands beside them at a line end."""
SOFT_HYPHEN = "\u00ad"
_NEVER_FIRST = ".,;:!?)]%‰℃"  # what no line begins with, unless it was divided without regard to words
_HYPHENS = "-\u2010" + SOFT_HYPHEN

_WIDE_CHARACTER = re.compile(f"[{WIDE}]")
# Quotation marks, dashes and dots that Chinese and English type share: the character behind them decides.
_SHARED = "“”‘’—…·"
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SYMBOL_BULLETS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "–"}
_SPACES = dict.fromkeys(
    "\t\n\r\x0b\x0c\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f", " "
)
_INVISIBLE = frozenset({"Cc", "Cs", "Cn"})
_INVISIBLE_FORMATS = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u2028\u2029")
# Parts of characters that look like whole ones; many files name them where they mean the character. Of most of these
# Unicode gives no ordinary character, of the last one a form that simplified Chinese does not use.
_RADICALS = dict(
    zip(
        "⺁⺄⺇⺊⺌⺍⺎⺐⺜⺝⺟⺧⺩⺪⺫⺬⺮⺳⺵⺶⺷⺸⺻⺼⺽⻃⻄⻇⻊⻏⻗⻝⻞⻡⺒⺓⺠⻁⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰⻱⻲⼾",
        "厂乙几卜小小兀尢日月母牛王疋目示竹网网羊羊羊聿肉臼覀西角足邑雨食食首巳幺民虎见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐齿竜龙龜亀户",
        strict=True,
    )
)
_MORE_RADICALS = range(0x2F00, 0x2FD6)

_LONGEST_LINE, _LONGEST_WORD = 400, 80  # characters
_LEADERS = re.compile(r"(?:\.{4,}|(?:\. ?){4,}|…{2,}|·{4,}|_{4,})\s*\S{0,6}$")
_NOTE = re.compile(r"\[\d{1,3}\] ")
_LETTERS_ONLY = re.compile(f"^[^{WIDE}]*[A-Za-z][^{WIDE}]*$")
_NUMBER_CUT = re.compile(r"\d[.,]$")
_SOFT = re.compile(rf"([A-Za-z]+){SOFT_HYPHEN}([A-Za-z]+)")
_WORD = re.compile(rf"[A-Za-z]+(?:[{_HYPHENS}][A-Za-z]+)*")
_DIVIDED = re.compile(rf"([A-Za-z]+(?:-[A-Za-z]+)*)([{_HYPHENS}])$")
_NEXT_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Parts of compounds that are written with a hyphen; used where the document itself does not show how it spells one.
_FIRST_PARTS = _words(
    "self non state anti quasi semi socio publicly privately full less more well better best high low long short "
    "medium cross half user risk fast slow deep open single double multi part first second third"
)
_SECOND_PARTS = _words(
    "owned based term year month hour related free financed funded sized driven oriented specific governmental profit "
    "employed employment making sharing supported approved certified friendly efficient saving intensive income "
    "quality risk third thirds quarter quarters fifths aid effective added up ups off offs out outs"
)
# Before these a compound is none: unemployed, refinanced, disapproved, without, headquarters, correlated.
_PREFIXES = _words("un dis mis re pre over under out sub fore inter in up with en through there lay head cor")
# Numbers make compounds with what is counted alone: ten-year, but tenancy.
_NUMBERS = _words(
    "one two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety year"
)
_COUNTED = re.compile(
    r"(?:year|month|week|day|hour|minute|point|member|person|party|part|step|stage|storey|story|room|seat|page|digit|"
    r"tier|sided|side|time|way|bedroom|yearly|third|fourth|fifth|sixth|eighth|tenth|half|quarter|long|end|round|old|off|dimensional|"
    r"one|two|three|four|five|six|seven|eight|nine)(?:s|ly)?"
)
# What "ex" stands before as a word of its own; else it begins one: except, examine, exhausted.
_AFTER_EX = _words("ante post officio gratia service works president minister member spouse wife husband employee")
# What follows a first part in words that are written in one: highlight, shortage, longer, partner, seminar, moreover.
_WORD_ENDS = re.compile(
    r"(?:er|est|ers|en|ens|ened|ening|age|ages|ing|ings|ly|ness|ment|ments|ner|ners|ed|way|ways|light\w*|land\w*|fare|"
    r"ant|ants|der|ders|dered|tion|tions|sion|sions|ty|able|ible|al|ally|ure|ures|s|fall\w*|coming\w*|list\w*|"
    r"down|over|on|ons|ee|ees|or|ors|nar|nars|ple|pl[iy]\w*|plic\w+|tude\w*|cip\w+|theless|sense|fil\w*|ary|arily|ness|"
    r"ism|ish|y|ies|icular\w*|ial|ially|ition\w*|icip\w+|being)"
)


def _mended(character: str) -> str:
    if character in _LIGATURES:
        return _LIGATURES[character]
    if character in _SPACES:
        return " "
    if character in _SYMBOL_BULLETS:
        return _SYMBOL_BULLETS[character]
    if character in _RADICALS:
        return _RADICALS[character]
    if ord(character) in _MORE_RADICALS:
        return unicodedata.normalize("NFKC", character)
    if character in _INVISIBLE_FORMATS or unicodedata.category(character) in _INVISIBLE:
        return ""
    return character


def mend(text: str) -> str:
    """Ligatures as letters, any kind of space but the full-width one as a space, nothing that cannot be seen.

    Soft hyphens stay: whether one ends a line is known only later. Full-width punctuation stays as it is.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_mended, text))


def is_wide(character: str) -> bool:
    """Whether a character belongs to Chinese type."""
    return bool(_WIDE_CHARACTER.match(character))


def _is_wide_at(text: str, positions: Iterable[int]) -> bool:
    for position in positions:
        if text[position] not in _SHARED:
            return is_wide(text[position])
    return False


def wide_side(text: str, *, end: bool) -> bool:
    """Whether the end (or the beginning) of a text is Chinese; shared marks take the side of what they enclose."""
    return bool(text) and _is_wide_at(text, range(len(text) - 1, -1, -1) if end else range(len(text)))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of a document in small letters, compounds with their hyphens."""
    return frozenset(re.sub(f"[{_HYPHENS}]", "-", word.lower()) for text in texts for word in _WORD.findall(text))


def _keeps_hyphen(first: str, second: str, known: Collection[str]) -> bool:
    if f"{first}-{second}".lower() in known or not second[0].islower():
        return True
    if (first + second).lower() in known:
        return False
    before, after = first.rpartition("-")[2].lower(), second.partition("-")[0].lower()
    if before in _NUMBERS:
        return bool(_COUNTED.fullmatch(after))
    if len(before) == 1 or (before == "ex" and after in _AFTER_EX):
        return True  # no word is divided behind one letter
    if before in _FIRST_PARTS and not _WORD_ENDS.fullmatch(after):
        return True
    return after in _SECOND_PARTS and before not in _PREFIXES


def joined(first: str, second: str, known: Collection[str] = ()) -> str:
    """Two lines as one: Chinese without a space, English with one, a divided word whole.

    ``known`` holds the words of the document (see ``vocabulary``): they tell a divided word from a compound.
    """
    first, second = first.rstrip(" "), second.lstrip(" ")
    if not first or not second:
        return first + second
    divided, following = _DIVIDED.search(first[-_LONGEST_WORD:]), _NEXT_WORD.match(second)
    if divided and following:
        hyphen = "-" if _keeps_hyphen(divided[1], following[0], known) else ""
        return first[:-1] + hyphen + second
    if first[-1] in "-\u2010" and len(first) > 1 and first[-2].isalnum() and second[0].isalnum():
        return first + second  # a range of numbers, or a code
    if wide_side(first, end=True) or wide_side(second, end=False):
        return first + second
    if second[0] in _NEVER_FIRST and not second.startswith(".."):
        return first + second
    digits = first[-1].isdigit() and second[0].isdigit()
    if digits and _WIDE_CHARACTER.search(first) and not _LETTERS_ONLY.search(second):
        return first + second  # Chinese text may be divided anywhere, within a number too
    if _NUMBER_CUT.search(first) and second[0].isdigit() and _WIDE_CHARACTER.search(first):
        return first + second
    if first[-1] in "/—" and len(first) > 1 and first[-2] != " ":
        return first + second
    return f"{first} {second}"


def is_note(text: str) -> bool:
    """Whether a line is the beginning of a footnote: a number in square brackets stands before it."""
    return bool(_NOTE.match(text))


def is_entry(text: str) -> bool:
    """Whether a line is the entry of a table of contents: dots lead to a number at its end."""
    return len(text) <= _LONGEST_LINE and bool(_LEADERS.search(text))


def _drawn(first: str, second: str, known: Collection[str]) -> str:
    """A word with a soft hyphen within a line. What is drawn there is a hyphen; the word may be spelt without it."""
    return first + second if (first + second).lower() in known else f"{first}-{second}"


def text_of(lines: Sequence[str], known: Collection[str] = ()) -> str:
    """Lines of one paragraph as one text."""
    parts: list[str] = []
    for line in (line.strip(" ") for line in lines):
        if parts and line:
            # How the last line ends is settled only now: it may lose its hyphen, or be given a space.
            parts[-1] = joined(parts[-1], line, known).removesuffix(line)
        if line:
            parts.append(line)
    text = "".join(parts)
    if SOFT_HYPHEN in text:
        text = _SOFT.sub(lambda match: _drawn(match[1], match[2], known), text).replace(SOFT_HYPHEN, "")
    return re.sub(r" {2,}", " ", text).strip(" ")
