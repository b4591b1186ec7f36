"""What is open at a point of a document: the headings and numbered paragraphs that the next block may belong to.

Forms of number usually stand in each other in the order of ``RANKS``, but documents differ: what a list follows after
a colon holds it, whatever its form, and a number that goes on takes the depth of the one before it.
"""

from __future__ import annotations

from typing import NamedTuple

from documents.labels import STRONG, Label

ATTACHED = "attached"
"""The form of an appendix that stands in full."""
UNNUMBERED = "unnumbered"
"""The form of a heading without a number."""

# Outermost first.
_ORDER = (
    ATTACHED, "part", "chapter", "division", "section", "legal", "stem", "roman", "letter", "article", "han", "step",
    "han bracket", "decimal", "number", "bracket", "close", "small letter", "bracket letter", "close letter",
    "bracket roman", "close roman", "bracket capital", "circled",
)  # fmt: skip
_KIN = {"plain": "number"}
RANKS = {form: rank for rank, form in enumerate(_ORDER)} | {one: _ORDER.index(other) for one, other in _KIN.items()}
"""How far in each form of number usually stands."""
_ABOVE_ARTICLES = frozenset({"han"})
"""Forms that stand above articles where they are headings, and in them where they are not."""
_OUTERMOST = frozenset({"part", "chapter", "division", "section"})
"""Forms that no heading without a number holds."""
_BRACKETED = frozenset({"bracket", "bracket letter", "bracket roman", "bracket capital"})
"""Forms that stand in each other in any order."""
_IN_PARTS = frozenset({"section", "decimal"})
_PREFIXES = {"section": _IN_PARTS, "decimal": _IN_PARTS | {"number", "plain", "article", "chapter", "part"}}
"""Which forms may hold the number a number in parts begins with."""
_LASTING = frozenset({"part", "chapter", "division", "section", "legal", "stem", "roman", "article", "han", "decimal"})
"""Forms whose paragraphs go on in the unnumbered ones that follow."""


class Frame(NamedTuple):
    """Something that is open: the block at place ``at``, and what the blocks it holds call it.

    A ``bound`` one is the subject of the number in the block before it, and is closed with that.
    """

    form: str
    name: str
    at: int
    heading: bool
    parts: tuple[int, ...] = ()
    level: int | None = None
    bound: bool = False
    lasting: bool = True


def _kin(form: str) -> str:
    return _KIN.get(form, form)


def _rank(form: str, *, heading: bool) -> float:
    return RANKS["article"] - 0.5 if heading and form in _ABOVE_ARTICLES else RANKS[form]


class Outline:
    """The open frames, outermost first, while the blocks of a document go by in reading order."""

    def __init__(self) -> None:
        self._frames: list[Frame] = []

    def path(self) -> tuple[str, ...]:
        """The names of what is open."""
        return tuple(frame.name for frame in self._frames)

    def attached(self, at: int, name: str) -> None:
        """An appendix begins in full: nothing before it is open any more."""
        self._frames = [Frame(ATTACHED, name, at, heading=True)]

    def subject(self, at: int, name: str, level: int | None) -> tuple[str, ...]:
        """The subject of the number in the block before; returns the path it stands under."""
        path = self.path()
        self._frames.append(Frame(UNNUMBERED, name, at, heading=True, level=level, bound=True))
        return path

    def heading(self, at: int, name: str, level: int | None) -> tuple[str, ...]:
        """A heading without a number; returns the path it stands under."""
        if level is not None and any(frame.level is not None for frame in self._frames):
            self._close_levels(level)
        else:
            self._close_unnumbered()
        path = self.path()
        self._frames.append(Frame(UNNUMBERED, name, at, heading=True, level=level))
        return path

    def numbered(
        self, at: int, label: Label, name: str, *, heading: bool, led_in: bool, level: int | None = None
    ) -> tuple[str, ...]:
        """A block with a number; ``led_in`` says that the block before it announced a list. Returns its path."""
        self._close_for(at, label, heading=heading, led_in=led_in, styled=heading and level is not None)
        path = self.path()
        lasting = heading or label.form in _LASTING or name != label.text
        self._frames.append(Frame(label.form, name, at, heading, label.parts, level, lasting=lasting))
        return path

    def text(self, *, aside: bool = False) -> tuple[str, ...]:
        """A paragraph without a number, which ends lists; returns its path.

        An ``aside`` is of the whole list above it, whatever its last item was about.
        """
        while self._frames and not (self._frames[-1].heading or (self._frames[-1].lasting and not aside)):
            self._frames.pop()
        return self.path()

    def _close_levels(self, level: int) -> None:
        """Close what the file itself says to lie as deep as a heading of this level."""
        while self._frames:
            top = self._frames[-1]
            if top.level < level if top.level is not None else top.heading:
                return
            self._frames.pop()

    def _close_unnumbered(self) -> None:
        for place, frame in enumerate(self._frames):
            if not frame.heading or (frame.form == UNNUMBERED and not frame.bound):
                del self._frames[place:]
                return

    def _close_for(self, at: int, label: Label, *, heading: bool, led_in: bool, styled: bool) -> None:
        sibling = self._sibling(label, styled=styled)
        if sibling is not None and not heading and self._holds_list(sibling, label):
            # "1." once more below a heading that the file calls one begins a list in it, not the headings anew.
            self._close_ranked(at, label, heading=heading, first=sibling + 1)
            return
        in_parts = label.form in _IN_PARTS and len(label.parts) > 1
        if in_parts and not self._same_prefix(sibling, label) and self._close_to_prefix(label):
            return
        if sibling is not None and label.value > self._frames[sibling].parts[-1]:
            del self._frames[sibling:]
        elif label.value == 1 and led_in:
            return  # the block before it announced this list, and holds it
        elif sibling is not None:
            del self._frames[sibling:]
        elif label.value == 1 and label.form in _BRACKETED and self._frames and self._frames[-1].form in _BRACKETED:
            return
        else:
            self._close_ranked(at, label, heading=heading)

    def _sibling(self, label: Label, *, styled: bool) -> int | None:
        """The innermost frame of this form of number; for what the file calls a heading, such a one before others."""
        found = [
            place
            for place, frame in enumerate(self._frames)
            if _kin(frame.form) == _kin(label.form) and len(frame.parts) == len(label.parts)
        ]
        alike = [place for place in found if self._styled(place)] if styled else []
        return max(alike or found, default=None)

    def _styled(self, place: int) -> bool:
        frame = self._frames[place]
        return frame.heading and frame.level is not None

    def _holds_list(self, place: int, label: Label) -> bool:
        listed = label.form not in STRONG and len(label.parts) == 1
        return listed and self._styled(place) and label.value <= self._frames[place].parts[-1]

    def _same_prefix(self, sibling: int | None, label: Label) -> bool:
        return sibling is not None and self._frames[sibling].parts[:-1] == label.parts[:-1]

    def _close_to_prefix(self, label: Label) -> bool:
        """Close down to the number that this one is a part of: 2 for 2.1, 2.1 for 2.1.3. Whether it is open."""
        for place in range(len(self._frames) - 1, -1, -1):
            frame = self._frames[place]
            if frame.form in _PREFIXES[label.form] and frame.parts == label.parts[:-1]:
                keep = place + 1
                while keep < len(self._frames) and self._frames[keep].bound:
                    keep += 1
                del self._frames[keep:]
                return True
        return False

    def _close_ranked(self, at: int, label: Label, *, heading: bool, first: int = 0) -> None:
        rank = _rank(label.form, heading=heading)
        for place, frame in enumerate(self._frames):
            if place < first or frame.bound:
                continue
            if frame.form == UNNUMBERED:
                # A heading with text of its own stands beside numbered headings, an empty one above them.
                holds = label.form not in _OUTERMOST and (not heading or frame.at == at - 1)
            else:
                holds = _rank(frame.form, heading=frame.heading) < rank
            if not holds:
                del self._frames[place:]
                return
