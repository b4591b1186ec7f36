"""The head of a document: letterhead, number, title, date and addressee, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from documents import attachments, issuers, numbers
from documents.blocks import Block, Style
from documents.dates import is_date
from documents.labels import label_of
from documents.lines import field, is_addressee, is_promulgation
from documents.models import Role
from documents.text import for_search, is_chinese
from documents.words import any_of

_FIRST_BLOCKS = 14
"""Blocks from the beginning among which the head ends."""
_TITLE_CHARACTERS = 300
_LONGEST_LINE = 160
_SENTENCE_END = re.compile(r"[.。;；!！?？]$")
_NOUN = re.compile(rf"(?:{any_of('kinds.circular', 'kinds.measure', 'kinds.other')})(?:[（(].{{0,12}}[）)])?$")
_OPEN_END = re.compile(r"\b(?:of|the|on|for|and|in|to|by|with|concerning)$|[、，]$", re.I)
_CONTINUES = re.compile(r"(?:of|on|for|and|concerning|in|to)\s")
_APPENDIX_OF = re.compile(r"[号號]?(?:文件)?(?:的)?(?:之)?(?:附件|附表|附录|附錄)\s*[\d一二三四五六七八九十]{0,3}$")
_NOTE = re.compile(r"^[（(].*[）)]$", re.S)
_OF_PARENT = re.compile(r"^[（(]\s*(?:to|of|see|cf)\b")
_MEMORANDUM = re.compile(r"^(?:[A-Z]+ )?MEMORANDUM$|^(?:CIRCULAR|LETTER|NOTICE)$")


class Front(NamedTuple):
    """Roles of the blocks of the head by their place, where the text begins, and the title as one line."""

    roles: dict[int, Role]
    end: int
    title: str
    label: str | None = None

    def lines(self, blocks: Sequence[Block], role: Role) -> tuple[str, ...]:
        """The texts of the head that have this role."""
        return tuple(blocks[at].text.strip() for at, held in self.roles.items() if held is role)


def _labelled(text: str) -> bool:
    """Whether a line says which appendix this is, and nothing of what it is about."""
    if len(text) > _TITLE_CHARACTERS or _SENTENCE_END.search(text):
        return False
    return attachments.is_label_line(text) or attachments.names_parent(text) or bool(_APPENDIX_OF.search(text))


def _role(text: str, following: str, *, titled: bool) -> Role | None:
    """The role of a line at the head; ``None`` for what may be the title, or the text itself."""
    if not titled and _labelled(text) and following:
        return Role.HEADING
    if len(text) > _LONGEST_LINE:
        return None
    named = field(text)
    if named is not None:
        return {"title": Role.TITLE, "number": Role.NUMBER, "issuer": Role.ISSUER, "date": Role.DATE}[named[0]]
    if is_date(text):
        return Role.DATE
    if is_addressee(text):
        return Role.BODY
    if numbers.is_number_line(text) and not _OF_PARENT.match(text):
        return Role.NUMBER
    if titled and is_promulgation(text):
        return Role.DATE
    if _NOTE.match(text) and titled:
        return Role.BODY
    if issuers.is_authority(text) and following and not following.startswith(("关于", "關於")):
        return Role.ISSUER if titled or not _is_text(following) else None
    return None


def _is_text(text: str) -> bool:
    return len(text) > _LONGEST_LINE or bool(_SENTENCE_END.search(text))


def _is_sentence(text: str) -> bool:
    return len(text) > _TITLE_CHARACTERS or bool(_SENTENCE_END.search(text))


def _goes_on(title: str, following: str) -> bool:
    """Whether the title goes on in the block after it."""
    if len(following) > _LONGEST_LINE or _SENTENCE_END.search(following) or label_of(following):
        return False
    if is_chinese(title):
        unfinished = issuers.is_authority(title) or title.startswith(("关于", "關於"))
        return unfinished and not _NOUN.search(title) and bool(_NOUN.search(following))
    return bool(_OPEN_END.search(title) or (_CONTINUES.match(following) and not _SENTENCE_END.search(title)))


def _joined(pieces: Sequence[str]) -> str:
    title = ""
    for piece in pieces:
        between = "" if not title or (is_chinese(title[-1]) and is_chinese(piece[:1])) else " "
        title += between + piece
    return for_search(title)[:_TITLE_CHARACTERS]


def _title_text(blocks: Sequence[Block], places: Sequence[int]) -> tuple[str, str | None]:
    """The title in one line, without the label of an appendix; and that label."""
    lines = [line.strip() for at in places for line in blocks[at].text.strip().splitlines() if line.strip()]
    if not lines:
        return "", None
    if (named := field(lines[0])) and named[0] == "title":
        lines[0] = named[1]
    entry = attachments.title_after(lines[0])
    if entry:
        return _joined([entry[1], *lines[1:]]), entry[0]
    return _joined(lines), None


def _first_line(roles: dict[int, Role]) -> int:
    """The line that has to do as a title where nothing else can be one."""
    lines = [at for at, role in roles.items() if role in (Role.NUMBER, Role.ISSUER)]
    return lines[0] if lines else min(roles, default=0)


def front_of(blocks: Sequence[Block], title_at: int | None = None) -> Front:
    """The head of a document. ``title_at`` says which block is the title; else it is found.

    The title is the block whose style says so, or the one a field names, or the first that is nothing else.
    """
    texts = [block.text.strip() for block in blocks[:_FIRST_BLOCKS]]
    if not texts:
        return Front({}, 0, "")
    styled = next((at for at, block in enumerate(blocks[: len(texts)]) if block.style is Style.TITLE), None)
    known = title_at if title_at is not None else styled
    roles: dict[int, Role] = {}
    titles: list[int] = []
    at = 0
    while at < len(texts):
        role = _role_at(texts, at, known, roles, titled=bool(titles))
        if role is None or (role is Role.TITLE and titles and not _MEMORANDUM.match(texts[titles[0]])):
            break
        roles[at] = role
        if role is Role.TITLE:
            titles = [at]
            while at + 1 < len(texts) and _one_title(blocks[at], blocks[at + 1]):
                at += 1
                titles.append(at)
                roles[at] = Role.TITLE
        at += 1
    if not titles:
        titles = [_first_line(roles)]
        roles[titles[0]] = Role.TITLE
        at = max(at, titles[0] + 1)
    title, label = _title_text(blocks, titles)
    return Front(roles, at, title, label)


def _one_title(block: Block, following: Block) -> bool:
    both_styled = block.style is Style.TITLE and following.style is Style.TITLE
    return both_styled or _goes_on(block.text.strip(), following.text.strip())


def _role_at(texts: Sequence[str], at: int, known: int | None, roles: dict[int, Role], *, titled: bool) -> Role | None:
    """The role of a line at the head, where the title may be known to stand at a certain place."""
    if at == known:
        return Role.TITLE
    following = texts[at + 1] if at + 1 < len(texts) else ""
    role = _role(texts[at], following, titled=titled)
    if known is not None:
        return Role.BODY if role is Role.TITLE or (role is None and at < known) else role
    if role is None and not titled and not (roles and _is_sentence(texts[at])):
        return Role.TITLE
    return role
