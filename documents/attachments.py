"""What is attached to a document: the labels of appendices, the list of them, and where one begins in full."""

from __future__ import annotations

import re
from typing import NamedTuple

from documents.ordinals import letter, ordinal, roman
from documents.text import squeezed

_NUMBER_EN = r"(?:[IVXLC]{1,6}|\d{1,2}|[A-Z])"
_NUMBER_ZH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_LABEL = re.compile(
    rf"(?P<en>APPENDIX|Appendix|ANNEX|Annex|ATTACHMENT|Attachment|SCHEDULE|Schedule|EXHIBIT|Exhibit|ENCLOSURE|Enclosure)"
    rf"(?:\s+(?:No\.?\s*)?(?P<of_en>{_NUMBER_EN})(?![\w'’]))?"
    rf"|(?P<zh>附件|附表|附录|附錄|附图|附圖)[ \u3000]*(?P<of_zh>{_NUMBER_ZH})?"
)
APPENDIX = "appendix"
"""The family of labels that most languages have a word of their own for."""
_FAMILIES = {
    "schedule": "schedule", "附表": "schedule", "exhibit": "exhibit", "附图": "figure", "附圖": "figure",
}  # fmt: skip
_LIST = re.compile(
    r"(?:附件|附表|附录|附錄)\s*(?:[（(][^）)]{0,12}[）)])?\s*[:：]?\s*(?:$|[（(]?\s*(?:[1１一]|①)\s*[)）.．、])"
    r"|(?:附件|附表|附录|附錄)\s*[:：]"
    r"|(?i:Appendices|Annexes|Attachments|Schedules|Enclosures|Encl(?:osure)?s?\s*[.:)]|Encs?\b)"
)
_OMITTED = re.compile(
    r"[（(]\s*(?:omitted|略|not (?:reproduced|included)[^）)]*)\s*[）)]\s*[;；。.]?\s*$|\bomitted\b", re.I
)
_AFTER_LABEL = re.compile(r"[\s\u3000]*[:：.、．–—-]?[\s\u3000]*")
_OF_PARENT = re.compile(r"(?:to|of)\b|[（(].*[）)]$|之", re.I)
_LONGEST_ENTRY = 240
_NOT_NAMED = re.compile(
    r"^(?:to|of|is|are|and|or|shall|may|lists?|applies|contains?|sets?|[,，；;])\b|^[规規]定|^[，,、所的和与]"
)


class Attached(NamedTuple):
    """The label of an appendix at the beginning of a line, and where its title begins."""

    text: str
    family: str
    number: str | None
    end: int


def _number(text: str) -> str:
    if len(text) == 1 and text.isascii() and text.isalpha() and text not in "IVX":
        return text
    value = ordinal(text) or roman(text) or letter(text)
    return str(value) if value else text


def attached(text: str) -> Attached | None:
    """The label of an appendix that a line begins with, in English or Chinese; ``None`` without one."""
    stripped = text.lstrip()
    match = _LABEL.match(stripped)
    if match is None:
        return None
    word, number = match.group("en") or match.group("zh"), match.group("of_en") or match.group("of_zh")
    separator = _AFTER_LABEL.match(stripped, match.end())
    end = separator.end() if separator else match.end()
    family = _FAMILIES.get(word.lower(), APPENDIX)
    return Attached(match.group(), family, _number(number) if number else None, end + len(text) - len(stripped))


def label_key(label: str) -> str:
    """A label reduced to what identifies it: "Appendix  II", "annex 2", "附件二" are the same, "Schedule 2" is not."""
    found = attached(label) or attached(label.title())
    return f"{found.family} {found.number}" if found and found.number else squeezed(label)


def is_list(text: str) -> bool:
    """Whether a block is the list of attachments, or the line above it."""
    return len(text) <= _LONGEST_ENTRY * 2 and bool(_LIST.match(text.strip()))


def is_entry(text: str) -> bool:
    """Whether a block is one entry of that list: a label, and a title that follows it."""
    stripped = text.strip()
    found = attached(stripped)
    if found is None or found.number is None or len(stripped) > _LONGEST_ENTRY:
        return False
    title = stripped[found.end :]
    separated = found.end > len(found.text)
    return bool(title) and separated and not _NOT_NAMED.match(title) and not stripped.endswith(("。", "；"))


def is_omitted(text: str) -> bool:
    """Whether a line says that what it names is left out."""
    return bool(_OMITTED.search(text))


def is_label_line(text: str) -> bool:
    """Whether a line is the label of an appendix and nothing else."""
    found = attached(text.strip())
    return found is not None and found.end == len(text.strip())


def names_parent(text: str) -> bool:
    """Whether a line is the label of an appendix and says of what: "Appendix 2 to Order No. 5", 附件二（…号）."""
    stripped = text.strip()
    found = attached(stripped)
    return found is not None and found.number is not None and bool(_OF_PARENT.match(stripped[found.end :]))


def title_after(text: str) -> tuple[str, str] | None:
    """Label and title of a line that holds both: "Appendix II: Rules" or "附件2 办法"."""
    stripped = text.strip()
    found = attached(stripped)
    if found is None or found.number is None or not is_entry(stripped) or names_parent(stripped):
        return None
    return found.text, stripped[found.end :]
