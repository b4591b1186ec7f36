"""The structure of official documents: which block is a heading, which number a paragraph carries.

Official documents number their parts in a few common forms, Chinese (第一章, 第三条, 一、, （二）) and English
(Chapter 1, Article 5, II., 2.1, (1)). The forms are recognised here and kept as labels and paths; a block
without a number is a heading where it looks like one: short, unpunctuated, followed by text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from documents.blocks import Block, Style
from documents.models import Role

_HAN = "一二三四五六七八九十百零〇\\d"

# Outermost first. Each form: its name, and how a block that carries it begins.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"^(第[{_HAN}]+(?:部分|[编篇部])|(?:PART|Part)\s+(?:\d+|[IVXLC]+|[A-Z])\b)[.:：、]?\s*")),
    ("chapter", re.compile(rf"^(第[{_HAN}]+章|(?:CHAPTER|Chapter)\s+(?:\d+|[IVXLC]+)\b)[.:：、]?\s*")),
    ("section", re.compile(rf"^(第[{_HAN}]+节|(?:SECTION|Section)\s+\d+(?:\.\d+)*\b)[.:：、]?\s*")),
    ("roman", re.compile(r"^([IVX]{1,6})\.\s+")),
    ("han", re.compile(r"^([一二三四五六七八九十]{1,3})、\s*")),
    (
        "article",
        re.compile(rf"^(第[{_HAN}]+条(?:之[一二三四五六七八九十])?|(?:ARTICLE|Article)\s+\d+[a-z]?\b)[.:：、]?\s*"),
    ),
    ("han-bracket", re.compile(r"^([（(][一二三四五六七八九十]{1,3}[）)])、?\s*")),
    ("decimal", re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+")),
    ("number", re.compile(r"^(\d{1,2})[.、．]\s*(?!\d)")),
    ("bracket", re.compile(r"^([（(](?:\d{1,2}|[a-z]|[ivx]{1,5})[）)])\s*")),
)

LONGEST_HEADING = 140
"""Characters above which a block is text whatever it looks like."""
LONGEST_HEADING_HAN = 45
"""The same for a block in Chinese, which says as much in a third of the characters."""

_END_OF_TEXT = re.compile(r"[.。;；!！?？,，]$")
_DATE_EN = re.compile(
    r"^(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+(?:\d{1,2},?\s+)?\d{4}\.?$"
)
_DATE_ZH = re.compile(rf"^[{_HAN}]{{4}}年[{_HAN}]{{1,3}}月[{_HAN}]{{1,3}}日$")
_DATE_ISO = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}$")
_APPENDIX = re.compile(
    r"^(?:(?:Appendi(?:x|ces)|Annex(?:es)?|Attachments?|Schedules?)\b[^.]{0,40}?(?:[:：.(]|$)|附件|附表|附录)"
)
_NUMBER_LINE = re.compile(
    r"(?:No\.?\s*\d|[\[〔［(（]\s*(?:19|20)\d{2}\s*[\]〕］)）]|^[A-Z][A-Z./-]*\d*/|^[A-Z]{2,}(?:[/-]\w+)+$|第\s*\d+\s*号|\d+号$)"
)
_LONGEST_NUMBER_LINE = 90
_TAIL_BLOCKS = 4
"""Blocks from the end among which issuer and date of issue are looked for."""


class Placed(NamedTuple):
    """A block with its place in the document."""

    text: str
    page: int | None
    role: Role
    label: str | None
    section: tuple[str, ...]


def _is_chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def label_of(text: str) -> tuple[str, str] | None:
    """The form and the number a block begins with, as ``("article", "第三条")``; ``None`` without one."""
    for form, pattern in _FORMS:
        if match := pattern.match(text):
            return form, match.group(1)
    return None


def is_date(text: str) -> bool:
    """Whether the whole block is a calendar date."""
    stripped = text.strip()
    return bool(_DATE_EN.match(stripped) or _DATE_ZH.match(stripped) or _DATE_ISO.match(stripped))


def _short(text: str) -> bool:
    return len(text) <= (LONGEST_HEADING_HAN if _is_chinese(text) else LONGEST_HEADING)


def is_heading(text: str, *, form: str | None) -> bool:
    """Whether a block is a heading: short, without the punctuation of a sentence, and of a form that can be one."""
    stripped = text.strip()
    if not _short(stripped) or _END_OF_TEXT.search(stripped) or is_date(stripped):
        return False
    if form in {"article", "bracket", "han-bracket"}:
        # These number what is said, not what it is about, unless nothing but a title follows.
        return form != "bracket" and len(stripped) <= LONGEST_HEADING_HAN and not re.search(r"[。；;，,:：]", stripped)
    if form is None and not _is_chinese(stripped):
        # Titles of sections begin with a capital letter or a quotation mark and hold more than a name and a number.
        return bool(re.match(r"[\"“'A-Z]", stripped)) and len(stripped.split()) >= 2
    return True


def _tail_roles(texts: Sequence[str]) -> dict[int, Role]:
    """Issuer and date in the last blocks: the last date, and the block above it that is not a sentence."""
    roles: dict[int, Role] = {}
    first = max(0, len(texts) - _TAIL_BLOCKS)
    dates = [i for i in range(first, len(texts)) if is_date(texts[i])]
    if not dates:
        return roles
    date_at = dates[-1]
    roles[date_at] = Role.DATE
    above = date_at - 1
    if above >= first and _short(texts[above]) and not _END_OF_TEXT.search(texts[above]) and not label_of(texts[above]):
        roles[above] = Role.ISSUER
    return roles


def _head_roles(texts: Sequence[str], title_at: int) -> dict[int, Role]:
    """The title where it is said to be, the document number in the block after it."""
    roles = {title_at: Role.TITLE} if texts else {}
    after = title_at + 1
    if len(texts) > after and len(texts[after]) <= _LONGEST_NUMBER_LINE and _NUMBER_LINE.search(texts[after]):
        roles[after] = Role.NUMBER
    return roles


def place(blocks: Sequence[Block], title_at: int = 0) -> tuple[Placed, ...]:
    """Give each block its role, its label and the path of headings above it.

    The block at ``title_at`` is the title. A heading of a numbered form closes all headings of the same form
    and of those further in; a heading without a number closes every open heading without one.
    """
    texts = [block.text.strip() for block in blocks]
    fixed = {**_tail_roles(texts), **_head_roles(texts, title_at)}
    rank = {form: depth for depth, (form, _) in enumerate(_FORMS)}
    open_headings: list[tuple[int, str]] = []
    appendices = False
    placed: list[Placed] = []
    for index, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        found = label_of(text)
        form, label = found if found else (None, None)
        role = fixed.get(index)
        if role is None and (_APPENDIX.match(text) and (appendices or index > len(blocks) // 2)):
            role, appendices = Role.APPENDIX, True
        elif role is None and appendices and form in {"number", "decimal"} and index not in fixed:
            role = Role.APPENDIX  # the second and further entries of a numbered list of attachments
        if role is None and block.style is not Style.BODY and index + 1 < len(blocks):
            # What the file itself says goes before what the words look like.
            heading = block.style in (Style.HEADING, Style.TITLE) and len(text) <= LONGEST_HEADING
            role = Role.HEADING if heading else Role.BODY
        if role is None:
            role = Role.HEADING if is_heading(text, form=form) and index + 1 < len(blocks) else Role.BODY
        if role is Role.HEADING:
            depth = rank[form] if form else len(_FORMS)
            open_headings = [(d, t) for d, t in open_headings if d < depth]
            path = tuple(title for _, title in open_headings)
            open_headings.append((depth, text.rstrip(":：")))
        else:
            path = tuple(title for _, title in open_headings) if role is Role.BODY else ()
        placed.append(Placed(block.text, block.page, role, label, path))
    return tuple(placed)
