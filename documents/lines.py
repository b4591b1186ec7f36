"""Lines around the text of a document: who is written to, fields, closing words, what follows a signature."""

from __future__ import annotations

import re

from documents.words import any_of

_LONGEST = 160
_SPACED = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")
_PROMULGATES = re.compile(
    r"^[（(]?\s*(?:(?:Adopted|Issued|Promulgated|Passed|Approved|Made|Enacted)\b.*\d{4}"
    r"|.*\d+日.*(?:通过|公布|发布|發布|批准|颁布))"
)
_ADDRESSEE = re.compile(any_of("addressees"))
_CLOSING = re.compile(any_of("closing"))
_CLOSING_BELOW_LIST = re.compile(any_of("closing_below_list"))
_BACK = re.compile(any_of("back_matter"))
_VALEDICTION = re.compile(any_of("valedictions"))
_BULLET = re.compile(r"\s*(?:[•●◦▪·○■□※*]|[-–—])\s*\S")
_FIELD = re.compile(
    r"^\s*(?:[【\[]\s*(?P<portal>[^】\]]{1,16})\s*[】\]]|(?P<letter>[A-Za-z. ]{2,20}|[\u3400-\u9fff]{2,6})\s*[:：])\s*"
)
_NAMED_VALUE = re.compile(r"^[^。；;.!?！？]{1,30}[:：]\s*\S")
_STEPS = re.compile(r"^(?:Step|Stage|Phase|Part)\b")


def is_addressee(text: str) -> bool:
    """Whether a line near the head says who is written to, or greets them."""
    return len(text) <= _LONGEST and bool(_ADDRESSEE.match(text.strip()))


def is_closing(text: str, *, below_list: bool) -> bool:
    """Whether a paragraph closes the text; some words do so only below a list or a numbered paragraph."""
    stripped = _SPACED.sub("", text.strip())
    return bool(_CLOSING.match(stripped) or (below_list and _CLOSING_BELOW_LIST.match(stripped)))


def is_back_matter(text: str) -> bool:
    """Whether a line after the signature says to whom copies go, who printed it, or whether it is public."""
    return len(text) <= 2 * _LONGEST and bool(
        _BACK.match(text.strip()) or re.search(r"\d[日號号]?\s*印[发發]$", text.strip())
    )


def is_promulgation(text: str) -> bool:
    """Whether a line near the head says by whom and when the document was adopted or issued."""
    return len(text) <= _LONGEST and bool(_PROMULGATES.match(text.strip())) and not text.rstrip().endswith((".", "。"))


def is_valediction(text: str) -> bool:
    """Whether a line greets at the end of a letter."""
    return len(text) <= _LONGEST and bool(_VALEDICTION.match(text.strip()))


def is_bullet(text: str) -> bool:
    """Whether a paragraph begins with the sign of a list instead of a number."""
    return bool(_BULLET.match(text))


def leads_in(text: str) -> bool:
    """Whether a paragraph ends so that a list follows."""
    return text.rstrip().endswith((":", "：", "—", "–"))


def is_named_value(text: str) -> bool:
    """Whether a line is a name and a value: "Deadline: 5 May"."""
    return bool(_NAMED_VALUE.match(text.strip())) and not _STEPS.match(text.strip())


def field(text: str) -> tuple[str, str] | None:
    """Which field of a letter or a portal a line is (``title``, ``number``, ``issuer``, ``date``), and its value."""
    match = _FIELD.match(text)
    if match is None:
        return None
    name = (match.group("portal") or match.group("letter") or "").strip()
    for kind in ("title", "number", "issuer", "date"):
        if re.fullmatch(any_of(f"fields.{kind}"), name, re.I):
            return kind, text[match.end() :].strip()
    return None
