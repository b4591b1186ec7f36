"""Who issued a document: lines that name an authority or sign for it, and the name of it in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.dates import before_date
from documents.text import is_chinese, squeezed
from documents.words import any_of

LONGEST = 120
"""Characters above which a line names nobody."""
_ENDS_ZH = re.compile(rf"[\u3400-\u9fff（）()·]{{0,28}}{any_of('issuers.zh')}(?:文件)?$")
_NOUN_EN = re.compile(rf"\b{any_of('issuers.en')}\b", re.I)
_OFFICER_EN = re.compile(
    rf"^(?:\(?(?:for|p\.p\.)\s+)?(?:the\s+|The\s+|Deputy\s+|Acting\s+|Assistant\s+)*{any_of('issuers.officers_en')}\b"
)
_OFFICER_ZH = re.compile(rf"{any_of('issuers.officers_zh')}[）)]?(?:\s+[\u3400-\u9fff]{{2,4}}|[：:].*)?$")
_SEAL = re.compile(r"\s*[（(](?:公章|盖章|蓋章|印章|章|印|代章|Seal|seal|L\.S\.)[）)]\s*")
_PARTED = re.compile(r"[\s\u3000、，,/]+")
_LETTER_SPACED = re.compile(r"^(?:[\u3400-\u9fff][\s\u3000]+){1,}[\u3400-\u9fff]$")
_NAME = re.compile(r"^[（(]?(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+)?(?:[A-Z](?:\.|[\w'’-]+)\s*){2,5}[）)]?$")
_FOR = re.compile(r"^(?:For|for|By order of|On behalf of|For and on behalf of)\s+(?:the\s+)?")
_KINDS_EN = any_of("kinds.circular", "kinds.measure", "kinds.other")
_DOCUMENT_EN = re.compile(
    rf"^(?:\w+\s+)?{_KINDS_EN}$|^{_KINDS_EN}\b|\b{_KINDS_EN}\s+(?:for|on|of|to|concerning)\b", re.I
)
_LINK_EN = frozenset(["of", "the", "for", "and", "on", "to", "in", "de", "la", "s"])
_VERB = re.compile(rf"\b{any_of('asserts_en')}\b")
_MOST_WORDS = 16
_TITLE_ZH = re.compile(r"^(.{2,60}?)(?:关于|關於|印发|印發)")
_TITLE_EN = re.compile(
    r"^(?:Joint )?(?:Circular|Notice|Announcement|Measures|Order|Decision|Opinions?|Rules|Regulations?|Letter)"
    r"\s+(?:of|by|from)\s+(?:the\s+)?(.+?)\s+(?:on|concerning|regarding|about|for)\b"
)


def cleaned(text: str) -> str:
    """A line without its seal, the word 文件 of a letterhead, and the spaces that set its characters apart."""
    bare = _SEAL.sub(" ", text).strip().removesuffix("文件").strip()
    return re.sub(r"[\s\u3000]+", "", bare) if _LETTER_SPACED.match(bare) else bare


def is_authority(text: str) -> bool:
    """Whether a line is the name of one or several authorities and nothing else."""
    line = cleaned(text)
    if not line or len(line) > LONGEST or line[-1] in ".。;；:：,，!?！？":
        return False
    if is_chinese(line):
        return not _OFFICER_ZH.search(line) and all(_ENDS_ZH.fullmatch(piece) for piece in _PARTED.split(line))
    words = line.split()
    if (
        len(words) > _MOST_WORDS
        or _DOCUMENT_EN.search(line)
        or re.search(r"\d", line)
        or _OFFICER_EN.match(line)
        or _VERB.search(line)
    ):
        return False
    named = all(word[0].isupper() or word.strip("(),'’").lower() in _LINK_EN for word in words)
    return named and bool(_NOUN_EN.search(line)) and ":" not in line


def is_signatory(text: str) -> bool:
    """Whether a line may be of a signature: a person's name, an office, "for" an authority."""
    line = cleaned(text)
    if not line or len(line) > LONGEST or line[-1] in "。;；:：,，!?！？":
        return False
    if is_chinese(line):
        return bool(_OFFICER_ZH.search(line)) or is_authority(line)
    return bool(_NAME.match(line) or _OFFICER_EN.match(line.lstrip("(")) or _FOR.match(line)) or is_authority(line)


def is_officer(text: str) -> bool:
    """Whether a line names an office that a person holds."""
    line = cleaned(text)
    return bool(_OFFICER_ZH.search(line) if is_chinese(line) else _OFFICER_EN.match(line.lstrip("(")))


def authority(text: str) -> str:
    """The name of the authority in a line of a signature."""
    return _FOR.sub("", cleaned(text)).strip()


def undated(line: str) -> str:
    """The name of the issuer in a line that ends with a date."""
    return before_date(line) or line


def proposed(signature: Sequence[str], letterhead: Sequence[str]) -> str | None:
    """The issuer by the lines of the signature and of the letterhead; ``None`` where neither says."""
    heads = [cleaned(line) for line in letterhead]
    officers = [line for line in map(authority, signature) if is_officer(line)]
    signed = [authority(line) for line in signature if not is_officer(line)]
    named = [line for line in signed if is_authority(line)] or [line for line in signed if not _NAME.match(line)]
    known = {squeezed(head) for head in heads}
    again = [line for line in named if squeezed(line) in known]
    chosen = list(dict.fromkeys(again or named or heads or officers or signed))
    if not chosen:
        return None
    if any(is_chinese(line) for line in chosen):
        return "、".join(chosen)
    # Ministry and ministry issue together; a department below a bank is a part of it.
    return ", ".join(line for line in chosen if line.split()[0] == chosen[0].split()[0])


def in_title(title: str) -> str | None:
    """The issuer that a title names: 商务部 in 商务部关于…的通知, what stands after "Circular of"."""
    match = _TITLE_ZH.match(title) or _TITLE_EN.match(title)
    return match.group(1).strip() if match and is_authority(match.group(1)) else None
