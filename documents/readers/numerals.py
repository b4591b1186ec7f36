"""Numbers as lists write them: 3, c, iii, 三, 叁, ③, 丙."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_COUNTING = ("零一二三四五六七八九", "十百千万")
_LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟万")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟萬")
_MOST_HAN = 99_999
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LONGEST_LETTERS = 30
"""Repetitions of a letter above which a number is written in digits."""


def roman(number: int) -> str:
    """``iv`` for 4; digits beyond what Roman numerals write."""
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    text = ""
    for size, sign in _ROMAN:
        count, number = divmod(number, size)
        text += sign * count
    return text


def letter(number: int) -> str:
    """``c`` for 3, ``aa`` for 27, as Word counts on: by repeating the letter."""
    if number < 1 or number > 26 * _LONGEST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def bijective_letter(number: int) -> str:
    """``c`` for 3, ``aa`` for 27, ``ab`` for 28, as web pages count on."""
    if number < 1:
        return str(number)
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def han(number: int, signs: tuple[str, str] = _COUNTING) -> str:
    """``二十三`` for 23, ``一百零三`` for 103; ten is ``十``, not ``一十``."""
    digits, units = signs
    if not 0 <= number <= _MOST_HAN:
        return str(number)
    if number == 0:
        return digits[0]
    text, gap = "", False
    for power in range(4, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
            gap = False
        elif text:
            gap = True
    short = digits[1] + units[0]
    return text[1:] if signs is _COUNTING and text.startswith(short) else text


def _digits(signs: str) -> Callable[[int], str]:
    return lambda number: "".join(signs[int(digit)] for digit in str(abs(number)))


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _enclosed(first: int, most: int, zero: str | None = None) -> Callable[[int], str]:
    def write(number: int) -> str:
        if number == 0 and zero:
            return zero
        return chr(first + number - 1) if 0 < number <= most else str(number)

    return write


def _cardinal(number: int) -> str:
    if not 0 <= number < 1000:
        return str(number)
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" {_cardinal(rest)}" if rest else "")
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _ordinal_text(number: int) -> str:
    text = _cardinal(number)
    if text.isdigit() or text.startswith("-"):
        return text
    split = max(text.rfind("-"), text.rfind(" ")) + 1
    head, last = text[:split], text[split:]
    ordinal = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return (head + ordinal).capitalize()


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: roman(number).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda number: letter(number).upper(),
    "lowerLetter": letter,
    "ordinal": _ordinal,
    "cardinalText": lambda number: _cardinal(number).capitalize(),
    "ordinalText": _ordinal_text,
    "hex": lambda number: f"{number:X}",
    "numberInDash": lambda number: f"- {number} -",
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _digits("０１２３４５６７８９")),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digits("〇一二三四五六七八九")
    ),
    **dict.fromkeys(
        (
            "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        han,
    ),
    "chineseLegalSimplified": lambda number: han(number, _LEGAL_SIMPLIFIED),
    **dict.fromkeys(("ideographLegalTraditional", "japaneseLegal"), lambda number: han(number, _LEGAL_TRADITIONAL)),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _enclosed(0x3220, 10),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _enclosed(0x2460, 20, "⓪")),
    "decimalEnclosedParen": _enclosed(0x2474, 20),
    "decimalEnclosedFullstop": _enclosed(0x2488, 20),
    "none": lambda number: "",
}  # fmt: skip


def written(number: int, form: str) -> str:
    """A number in a form of Word's lists, by its name there (``upperRoman``); in digits where the form is unknown."""
    return _FORMATS.get(form, str)(number)
