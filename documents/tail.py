"""The foot of a document: list of attachments, signature, date, what follows them, and appendices in full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from documents import attachments, issuers
from documents.blocks import Block, Style
from documents.dates import before_date, is_date
from documents.labels import Label
from documents.lines import is_back_matter, is_bullet, is_named_value, is_promulgation, is_valediction
from documents.models import Role
from documents.text import squeezed

_LONGEST_LINE = 160
_MOST_LINES = 24
"""Lines of a foot at most, that is attachments, signature and what follows them."""
_FOREIGN = 4
"""Lines of a web page or a printer below a foot at most."""
_TITLE_IN_MARKS = re.compile(r"《([^《》]{4,80})》")
_SENTENCE = re.compile(r"[。；;，,：:]$|[a-z0-9]\.$")


class Tail(NamedTuple):
    """Roles of the blocks of the foot by their place, where it begins, and where appendices begin in full."""

    roles: dict[int, Role]
    start: int
    attached: tuple[int, ...]

    def lines(self, blocks: Sequence[Block], role: Role) -> tuple[str, ...]:
        """The texts of the foot that have this role."""
        return tuple(blocks[at].text.strip() for at, held in sorted(self.roles.items()) if held is role)


def signed_and_dated(text: str) -> bool:
    """Whether one line holds an issuer and a date: "商务部 2012年5月10日"."""
    issuer = before_date(text) if len(text) <= _LONGEST_LINE else None
    return bool(issuer) and issuers.is_signatory(issuer or "")


class _Foot:
    def __init__(self, texts: Sequence[str], labels: Sequence[Label | None], first: int) -> None:
        self.texts, self.labels, self.first = texts, labels, first
        self.roles: dict[int, Role] = {}

    def _listed(self, at: int) -> int | None:
        """Where the list of attachments begins whose numbered entry this is."""
        above = at
        while above >= self.first and self.labels[above] is not None and len(self.texts[above]) <= _LONGEST_LINE:
            if attachments.is_list(self.texts[above]):
                return above
            above -= 1
        return above if above >= self.first and attachments.is_list(self.texts[above]) else None

    def _role(self, at: int) -> Role | None:
        """The role of a line of a foot; ``None`` where the text has been reached."""
        text = self.texts[at]
        if attachments.is_list(text) or attachments.is_entry(text):
            return Role.APPENDIX
        if len(text) > _LONGEST_LINE:
            return None
        if is_date(text) or (is_promulgation(text) and self.labels[at] is None):
            return Role.DATE
        if is_back_matter(text) or is_valediction(text):
            return Role.BODY
        if signed_and_dated(text):
            return Role.ISSUER
        if self.labels[at] is None and issuers.is_signatory(text):
            return Role.ISSUER
        above = at - 1
        while above > self.first and not attachments.is_list(self.texts[above]) and is_bullet(self.texts[above]):
            above -= 1
        if is_bullet(text) and attachments.is_list(self.texts[above]):
            return Role.APPENDIX
        return None

    def _anonymous(self, at: int) -> bool:
        """Whether a line beside the date may be an issuer, though it holds no word of one."""
        text = self.texts[at]
        return (
            len(text) <= _LONGEST_LINE // 2
            and self.labels[at] is None
            and not _SENTENCE.search(text)
            and not is_bullet(text)
            and not is_named_value(text)
        )

    def read(self, end: int) -> bool:
        """Read backwards from ``end``; whether there is a signature."""
        self.roles = {}
        at = end - 1
        while at >= self.first and end - at <= _MOST_LINES:
            role = self._role(at)
            if role is None and self.labels[at] is not None and (top := self._listed(at)) is not None:
                self.roles |= dict.fromkeys(range(top, at + 1), Role.APPENDIX)
                at = top - 1
                continue
            if role is None and at + 1 in self.roles and is_date(self.texts[at + 1]) and self._anonymous(at):
                role = None if self._signed(at) else Role.ISSUER
            if role is None:
                break
            self.roles[at] = role
            at -= 1
        self._let_go(at + 1)
        return any(self._signs(at) for at in self.roles)

    def _signs(self, at: int) -> bool:
        """Whether a line is that of a signature by itself: a date, an authority, the greeting of a letter."""
        text, role = self.texts[at], self.roles[at]
        if role is Role.ISSUER:
            officer = issuers.is_officer(text) and self.roles.get(at - 1) is Role.ISSUER
            return officer or issuers.is_authority(text) or signed_and_dated(text)
        return role is Role.DATE or is_valediction(text)

    def _signed(self, at: int) -> bool:
        """Whether an issuer stands just below the date that follows ``at``."""
        below = at + 2
        return self.roles.get(below) is Role.ISSUER

    def _let_go(self, start: int) -> None:
        """Give back to the text what only looks like a foot: contact lines and names with no signature below them."""
        for at in range(start, len(self.texts)):
            role = self.roles.get(at)
            if role is Role.BODY and not is_valediction(self.texts[at]):
                del self.roles[at]
            else:
                break


def _begins(texts: Sequence[str], at: int, named: frozenset[str], listed: frozenset[str], *, signed: bool) -> bool:
    """Whether an appendix begins here in full."""
    text = texts[at]
    if at + 1 >= len(texts) or len(text) > _LONGEST_LINE:
        return False
    if squeezed(text) in named:
        return signed and not attachments.is_label_line(texts[at - 1])
    found = attachments.attached(text)
    if found is None or attachments.is_omitted(text):
        return False
    following = texts[at + 1]
    if attachments.is_label_line(text):
        return not attachments.is_list(f"{text}{following}") or signed
    if not attachments.is_entry(text):
        return False
    if signed or attachments.label_key(found.text) in listed:
        return not attachments.is_entry(following)
    ends = attachments.is_entry(following) or is_date(following) or issuers.is_signatory(following)
    return not (ends or is_back_matter(following) or is_valediction(following) or text.endswith("."))


def tail_of(blocks: Sequence[Block], labels: Sequence[Label | None], first: int, title: str = "") -> Tail:
    """The foot of a document whose text begins at ``first``."""
    texts = [block.text.strip() for block in blocks]
    named = frozenset(squeezed(name) for name in _TITLE_IN_MARKS.findall(title))
    attached: list[int] = []
    listed: set[str] = set()
    signed = False
    for at in range(first, len(texts)):
        if blocks[at].style is Style.TABLE_ROW:
            continue
        if _begins(texts, at, named, frozenset(listed), signed=signed or bool(attached)):
            attached.append(at)
            continue
        if (found := attachments.attached(texts[at])) and attachments.is_entry(texts[at]):
            listed.add(attachments.label_key(found.text))
        if is_date(texts[at]) and _beside_signatory(texts, at):
            signed = True
        signed = signed or (signed_and_dated(texts[at]) and not is_back_matter(texts[at]))
    end = attached[0] if attached else len(texts)
    foot = _Foot(texts, labels, first)
    lowest = end if attached else max(first, end - _FOREIGN)
    for bottom in range(end, max(lowest, first) - 1, -1):
        if foot.read(bottom):
            break
    else:
        foot.read(end)
        foot.roles = {at: role for at, role in foot.roles.items() if role is Role.APPENDIX}
    start = min(foot.roles, default=end)
    return Tail(foot.roles, start, tuple(attached))


def _beside_signatory(texts: Sequence[str], at: int) -> bool:
    beside = [texts[place] for place in (at - 1, at + 1) if 0 <= place < len(texts)]
    return any(issuers.is_signatory(text) or is_valediction(text) for text in beside)
