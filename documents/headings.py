"""Which blocks are headings: short, without the marks of a sentence, and followed by what they are about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from documents.blocks import Block, Style
from documents.dates import is_date
from documents.labels import STRONG, Label
from documents.lines import is_bullet, is_named_value, leads_in
from documents.models import Role
from documents.readers.clean import CELLS
from documents.text import is_chinese
from documents.words import any_of, listed

LONGEST = 140
"""Characters above which a block is text whatever it looks like."""
LONGEST_HAN = 45
"""The same for a block in Chinese, which says as much in a third of the characters."""
_LONGEST_ARTICLE = 45
_LONGEST_QUESTION_HAN = 30
_LONGEST_LEAD_HAN = 20
_SHORT_WORD = 3
_ROW = 4
"""Short lines in a row from which they are a table or a list and no headings."""
_STYLED = 2
"""Headings by style from which a file is trusted to style all that it has."""

_ITEMS = frozenset(
    {"han bracket", "bracket", "bracket letter", "bracket roman", "bracket capital", "close", "close letter", "circled"}
)
"""Forms of items, which announce a list where they end in a colon."""

_STOP = re.compile(r"[.。;；!！,，、]$")
_QUESTION = re.compile(r"[?？]$")
_ASKS = re.compile(rf"^(?:{'|'.join(listed('questions_en'))})\b")
_ASKS_LATE = re.compile(rf"[,:] (?:{'|'.join(listed('questions_en'))})\b", re.I)
_ASSERTS_EN = re.compile(rf"\b{any_of('asserts_en')}\b", re.I)
_ASSERTS_ZH = re.compile(any_of("asserts_zh"))
_NONE = re.compile(any_of("no_heading"))
_BEGINS_EN = re.compile(r"[\"“'‘A-Z]")
_IN_CAPITALS = re.compile(r"^[A-Z][A-Z ,&'’-]*\.$")
_INNER_STOP = re.compile(r"[。；;，,:：]")
_ADDRESSED = re.compile(r"^各.*[：:]$")


def _short(text: str) -> bool:
    return len(text) <= (LONGEST_HAN if is_chinese(text) else LONGEST)


def _ends_like_one(text: str) -> bool:
    if _QUESTION.search(text):
        return bool(_ASKS.match(text) or _ASKS_LATE.search(text)) or (
            is_chinese(text) and len(text) <= _LONGEST_QUESTION_HAN
        )
    return not _STOP.search(text)


def _asserts(text: str) -> bool:
    """Whether words that lead in a list, or say something of it, stand before the colon."""
    if is_chinese(text):
        return bool(_ASSERTS_ZH.search(text) or re.search("[，,]", text) or len(text) > _LONGEST_LEAD_HAN)
    return bool(_ASSERTS_EN.search(text))


def looks_like_one(text: str, label: Label | None) -> bool:
    """Whether a block, looked at alone, may be a heading."""
    stripped = text.strip()
    rest = stripped[label.end :] if label else stripped
    if not _short(stripped) or is_date(stripped) or is_bullet(stripped) or _NONE.match(stripped if not label else rest):
        return label is not None and not rest and label.form in STRONG
    if not rest:
        return label is not None and label.form in STRONG
    if label is not None and label.form in STRONG and _IN_CAPITALS.match(rest):
        return True
    if (
        stripped.endswith(("—", "–"))
        or not _ends_like_one(stripped)
        or (leads_in(stripped) and _asserts(rest))
        or _ADDRESSED.match(stripped)
    ):
        return False
    if leads_in(stripped) and not is_chinese(stripped) and not _in_title_case(rest):
        return False
    if label is None:
        return _unnumbered(stripped)
    if leads_in(stripped) and label.form in _ITEMS:
        return False
    if label.form == "article":
        whole = stripped.rstrip("）)")
        return len(stripped) <= _LONGEST_ARTICLE and not _INNER_STOP.search(rest) and whole == stripped
    if label.form == "step":
        return ":" not in rest and "：" not in rest
    if label.form in STRONG:
        return True
    return (
        is_chinese(rest) or (bool(_BEGINS_EN.match(rest)) and not _ASSERTS_EN.search(rest)) or bool(_ASKS.match(rest))
    )


def _unnumbered(text: str) -> bool:
    if (is_named_value(text) and not _QUESTION.search(text)) or CELLS in text:
        return False
    return is_chinese(text) or bool(_BEGINS_EN.match(text) or _QUESTION.search(text))


def _in_title_case(text: str) -> bool:
    """Whether most words of a line that ends in a colon are capitalised, as those of a heading are."""
    words = [word.strip("\"'“”‘’(),:") for word in text.split()]
    long = [word for word in words if len(word) > _SHORT_WORD]
    return sum(word[0].isupper() for word in long) * 2 > len(long)


def _same_list(label: Label, other: Label | None) -> bool:
    return other is not None and other.form == label.form and len(other.parts) == len(label.parts)


class _Context:
    """The blocks of a document with what is known of each, and the headings found so far."""

    def __init__(
        self,
        blocks: Sequence[Block],
        labels: Sequence[Label | None],
        fixed: Mapping[int, Role],
        ranks: Mapping[str, int],
    ) -> None:
        self.texts = [block.text.strip() for block in blocks]
        self.blocks, self.labels, self.fixed, self.ranks = blocks, labels, fixed, ranks
        styled = sum(block.style is Style.HEADING for block in blocks)
        self.trusted = styled >= _STYLED
        self.like = [
            at not in fixed and block.style is not Style.TABLE_ROW and looks_like_one(text, labels[at])
            for at, (block, text) in enumerate(zip(blocks, self.texts, strict=True))
        ]
        self.headings: list[bool] = []

    def _bare(self, at: int) -> bool:
        """Whether a block is a heading of a number alone, whose subject stands in the next block."""
        label = self.labels[at]
        return label is not None and self.headings[at] and label.end >= len(self.texts[at])

    def _run(self, at: int) -> int:
        """How many blocks in a row around this one are short lines without a number."""

        def unnumbered(place: int) -> bool:
            return self.like[place] and self.labels[place] is None

        first = last = at
        while first > max(0, at - _ROW) and unnumbered(first - 1):
            first -= 1
        while last + 1 < min(len(self.like), at + _ROW) and unnumbered(last + 1):
            last += 1
        return last - first + 1

    def _followed(self, at: int) -> bool:
        """Whether what follows may be what the heading is about."""
        after = at + 1
        if after >= len(self.texts) or after in self.fixed:
            return False
        label, following = self.labels[at], self.labels[after]
        if label is None:
            return following is None or not leads_in(self.texts[at]) or not is_chinese(self.texts[at])
        if following is None:
            return True
        if label.form in STRONG and not _same_list(label, following):
            return True
        if following.form == "decimal" or label.form == "decimal":
            return following.parts[: len(label.parts)] == label.parts or (
                following.form != "decimal" and self.ranks[following.form] > self.ranks[label.form]
            )
        return not _same_list(label, following) and self.ranks[following.form] > self.ranks[label.form]

    def _ends_list(self, at: int) -> bool:
        """Whether a block is the entry of a list whose entry just before it is no heading."""
        label, before = self.labels[at], self.labels[at - 1] if at else None
        return label is not None and _same_list(label, before) and not self.headings[at - 1]

    def decide(self, at: int) -> bool:
        block, text, label = self.blocks[at], self.texts[at], self.labels[at]
        last = at + 1 >= len(self.texts)
        if at in self.fixed:
            return self.fixed[at] is Role.HEADING
        if block.style is not Style.BODY and not last:
            # What the file itself says goes before what the words look like.
            return block.style in (Style.HEADING, Style.TITLE) and len(text) <= LONGEST
        if not self.like[at]:
            return False
        if label is None:
            if at and self._bare(at - 1):
                return not last and _short(text)
            return self._followed(at) and not self.trusted and self._run(at) < _ROW
        if label.form in STRONG and label.form != "article":
            return not last
        return self._followed(at) and not self._ends_list(at)


def headings(
    blocks: Sequence[Block],
    labels: Sequence[Label | None],
    fixed: Mapping[int, Role],
    ranks: Mapping[str, int],
) -> tuple[bool, ...]:
    """Whether each block of a document is a heading.

    ``fixed`` holds the roles that are known already, ``ranks`` how far in each form of number usually stands.
    """
    context = _Context(blocks, labels, fixed, ranks)
    for at in range(len(blocks)):
        context.headings.append(context.decide(at))
    return tuple(context.headings)
