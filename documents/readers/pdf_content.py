"""The instructions of a PDF page, followed as far as text, straight lines and pictures need it.

Text is shown at the place, in the size and direction that the matrices of the page give it; what is drawn is kept as
lines, of pictures only the share of the page they cover. All else is passed over.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

from documents.readers.pdf_fonts import UNREADABLE, Glyph, Typeface
from documents.readers.pdf_marks import Fragment, Rule, Sheet
from documents.readers.pdf_words import SOFT_HYPHEN, is_wide, mend

DEEPEST_TREE = 50
"""Levels of the tree of pages."""
DEEPEST_FORM = 12
"""Levels of content within content that are followed."""
MOST_INSTRUCTIONS = 200_000
"""Instructions of one page that are followed; a page of small print has a few thousand."""
MOST_RULES = 20_000
"""Drawn lines of one page that are kept."""
MOST_FRAGMENTS = 30_000
"""Pieces of text on one page; where every character is one, a dense page has about five thousand."""
LONGEST_FRAGMENT = 20_000
"""Characters that one instruction shows; a line of small print has about two hundred."""
DEEPEST_STATE = 256
"""Saved states of one page; what is saved beyond is not restored."""

_SPLIT_GAP = 0.17  # of the font size: a gap within a string that may be a space or a tab
_WIDE_BLANK = 2.2  # of the font size: spaces that stand for a tab
_THIN = 3.0  # points: a rectangle this thin is a line
_LEVEL_TOLERANCE = 0.7  # points by which a level or upright line may slant
_STROKED_BOLD = 2  # the mode of showing text that fills and strokes it
_A4 = (595.0, 842.0)
_SMALLEST, _LARGEST = 0.5, 400.0  # points: other text is not there to be read
_SKEW = 0.05  # sine of the angle by which text may be off the four directions of a page

Fonts = dict[int, tuple[object, Typeface | None]]
"""What was read of fonts, by the identity of the object that describes each; it is kept so that it stays the same."""

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class PageError(Exception):
    """A page is beyond the limits, or its instructions make no sense."""


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _point(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


class _State(NamedTuple):
    """What a page can save and restore."""

    ctm: _Matrix = _IDENTITY
    font: Typeface | None = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class _Shown(NamedTuple):
    """Text between two points of the page as the file measures it."""

    text: str
    start: tuple[float, float]
    end: tuple[float, float]
    direction: int
    size: float
    weight: int
    margin: bool
    head: float


def _numbers(operands: list[Any], count: int) -> list[float]:
    """The last ``count`` operands as numbers; ``ValueError`` where they are none."""
    taken = operands[-count:]
    if len(taken) < count:
        raise ValueError
    numbers = [float(operand) for operand in taken]
    if not all(math.isfinite(number) and abs(number) < 1e9 for number in numbers):
        raise ValueError
    return numbers


def _direction(a: float, b: float) -> int | None:
    """0, 90, 180 or 270 degrees for the direction of a line of text, ``None`` for a slanting one."""
    length = math.hypot(a, b)
    if not length:
        return None
    cosine, sine = a / length, b / length
    if abs(sine) <= _SKEW:
        return 0 if cosine > 0 else 180
    if abs(cosine) <= _SKEW:
        return 90 if sine > 0 else 270
    return None


class _Interpreter:
    """Follows the instructions of one page."""

    def __init__(self, pdf: Any, fonts: Fonts) -> None:
        self.shown: list[_Shown] = []
        self.rules: list[tuple[float, float, float, float]] = []
        self.pictured = 0.0
        self.unreadable = 0
        self._pdf, self._fonts = pdf, fonts
        self._state = _State()
        self._saved: list[_State] = []
        self._unsaved = 0
        self._text: _Matrix = _IDENTITY
        self._line: _Matrix = _IDENTITY
        self._path: list[tuple[float, float, float, float]] = []
        self._boxes: list[tuple[float, float, float, float]] = []
        self._shapes: list[list[float]] = []
        self._at = self._begun = (0.0, 0.0)
        self._marked: list[bool] = []
        self._resources: DictionaryObject = DictionaryObject()
        self._contents: dict[int, tuple[StreamObject, ContentStream]] = {}
        self._steps = 0
        self._depth = 0
        self._do: dict[bytes, Callable[[list[Any]], None]] = {
            b"q": self._save, b"Q": self._restore, b"cm": self._transform, b"Do": self._object,
            b"BT": self._begin, b"Tc": self._set("character_space"), b"Tw": self._set("word_space"),
            b"TL": self._set("leading"), b"Ts": self._set("rise"), b"Tz": self._stretch, b"Tr": self._set_mode,
            b"Tf": self._set_font, b"gs": self._set_by_name, b"Td": self._move, b"TD": self._move_leading,
            b"Tm": self._place, b"T*": lambda _: self._next_line(), b"Tj": self._show, b"TJ": self._show_spaced,
            b"'": self._show_next, b'"': self._show_next_spaced,
            b"m": self._start_path, b"l": self._line_to, b"c": self._curve, b"v": self._curve, b"y": self._curve,
            b"re": self._box, b"h": self._close,
            b"S": self._stroke, b"s": self._close_stroke, b"B": self._stroke, b"B*": self._stroke,
            b"b": self._close_stroke, b"b*": self._close_stroke,
            b"f": self._fill, b"F": self._fill, b"f*": self._fill, b"n": lambda _: self._end_path(),
            b"BMC": self._mark, b"BDC": self._mark, b"EMC": self._unmark, b"INLINE IMAGE": self._picture,
        }  # fmt: skip

    def follow(self, content: ContentStream, resources: DictionaryObject) -> None:
        """Follow a stream of instructions with the fonts and objects that it may name."""
        outer, self._resources = self._resources, resources
        for operands, operator in content.operations:
            self._steps += 1
            if self._steps > MOST_INSTRUCTIONS:
                raise PageError("more instructions than a page of text can have")
            handler = self._do.get(operator)
            if handler is None:
                continue
            try:
                handler(operands if isinstance(operands, list) else [])
            except (ValueError, TypeError, IndexError, KeyError, AttributeError, OverflowError, ZeroDivisionError):
                continue  # one senseless instruction is passed over, as viewers do
        self._resources = outer

    # State

    def _save(self, _: list[Any]) -> None:
        if len(self._saved) < DEEPEST_STATE:
            self._saved.append(self._state)
        else:
            self._unsaved += 1

    def _restore(self, _: list[Any]) -> None:
        if self._unsaved:
            self._unsaved -= 1
        elif self._saved:
            self._state = self._saved.pop()

    def _transform(self, operands: list[Any]) -> None:
        a, b, c, d, e, f = _numbers(operands, 6)
        self._state = self._state._replace(ctm=_times((a, b, c, d, e, f), self._state.ctm))

    def _set(self, name: str) -> Callable[[list[Any]], None]:
        def setter(operands: list[Any]) -> None:
            values: dict[str, Any] = {name: _numbers(operands, 1)[0]}
            self._state = self._state._replace(**values)

        return setter

    def _stretch(self, operands: list[Any]) -> None:
        self._state = self._state._replace(scale=_numbers(operands, 1)[0] / 100)

    def _set_mode(self, operands: list[Any]) -> None:
        self._state = self._state._replace(mode=int(_numbers(operands, 1)[0]))

    def _set_font(self, operands: list[Any]) -> None:
        fonts: Any = self._resources.get("/Font")
        fonts = fonts.get_object() if fonts is not None else {}
        size = _numbers(operands, 1)[0]
        self._state = self._state._replace(font=self._typeface(fonts, operands[0]), size=size)

    def _set_by_name(self, operands: list[Any]) -> None:
        states: Any = self._resources["/ExtGState"]
        font = states[operands[0]].get_object().get("/Font")
        if font is not None:
            self._state = self._state._replace(font=self._typeface(font, 0), size=float(font[1]))

    def _typeface(self, fonts: Any, name: Any) -> Typeface | None:
        if name not in fonts and not isinstance(name, int):
            return None
        resource = fonts[name].get_object()
        key = id(resource)
        if key not in self._fonts:
            try:
                self._fonts[key] = resource, Typeface(resource)
            except Exception:  # the library meets damaged fonts with many kinds of error
                self._fonts[key] = resource, None
        return self._fonts[key][1]

    # Text

    def _begin(self, _: list[Any]) -> None:
        self._text = self._line = _IDENTITY

    def _place(self, operands: list[Any]) -> None:
        a, b, c, d, e, f = _numbers(operands, 6)
        self._text = self._line = (a, b, c, d, e, f)

    def _move(self, operands: list[Any]) -> None:
        x, y = _numbers(operands, 2)
        self._text = self._line = _times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _move_leading(self, operands: list[Any]) -> None:
        self._state = self._state._replace(leading=-_numbers(operands, 2)[1])
        self._move(operands)

    def _next_line(self) -> None:
        self._move([0.0, -self._state.leading])

    def _show_next(self, operands: list[Any]) -> None:
        self._next_line()
        self._show(operands)

    def _show_next_spaced(self, operands: list[Any]) -> None:
        word_space, character_space = _numbers(operands[:2], 2)
        self._state = self._state._replace(word_space=word_space, character_space=character_space)
        self._next_line()
        self._show(operands[2:])

    def _show(self, operands: list[Any]) -> None:
        self._show_items(operands[:1])

    def _show_spaced(self, operands: list[Any]) -> None:
        self._show_items(list(operands[0]))

    def _glyphs(self, item: Any) -> list[Glyph]:
        data = item.original_bytes if hasattr(item, "original_bytes") else item
        if not isinstance(data, bytes):
            return []
        if self._state.font is None:
            return [Glyph(UNREADABLE, 500.0)] * len(data)
        return self._state.font.glyphs(data)

    def _show_items(self, items: list[Any]) -> None:
        """Strings and shifts between them: a wide shift or a run of spaces ends a fragment."""
        state = self._state
        if not state.size:
            return
        at = 0.0  # along the line, in units of the text matrix
        text, first, last, blank = "", 0.0, 0.0, 0.0
        head: float | None = None

        def emit() -> None:
            nonlocal text, head
            if text:
                self._emit(text, first, last, (last if head is None else head) - first)
            text, head = "", None

        for item in items:
            if isinstance(item, int | float):
                shift = -float(item) / 1000 * state.size * state.scale
                at += shift
                if text and at - last > _SPLIT_GAP * abs(state.size * state.scale) and not text.endswith(" "):
                    emit()
                continue
            for glyph in self._glyphs(item):
                advance = glyph.width / 1000 * state.size + state.character_space
                if glyph.space:
                    advance += state.word_space
                advance *= state.scale
                self.unreadable += UNREADABLE in glyph.text
                characters = mend(glyph.text) if glyph.width or glyph.text != SOFT_HYPHEN else ""
                if characters.strip():
                    if text.strip() and blank > _WIDE_BLANK * abs(state.size * state.scale):
                        emit()
                    if not text.strip():
                        first = at
                    elif head is None and is_wide(characters):
                        head = last
                    # The space between letters is not part of the last one.
                    last, blank = at + advance - state.character_space * state.scale, 0.0
                    if head is None and not text.strip() and is_wide(characters):
                        head = last
                    text += characters
                elif characters:
                    if not text:
                        first = last = at
                    elif head is None and text.strip():
                        head = last
                    text, blank = text + characters, blank + advance
                at += advance
        emit()
        self._text = _times((1.0, 0.0, 0.0, 1.0, at, 0.0), self._text)

    def _emit(self, text: str, first: float, last: float, head: float) -> None:
        state = self._state
        whole = _times(self._text, state.ctm)
        sign = math.copysign(1.0, state.size * state.scale)
        direction = _direction(whole[0] * sign, whole[1] * sign)
        size = abs(state.size) * math.hypot(whole[2], whole[3])
        if direction is None or not _SMALLEST < size < _LARGEST:
            return
        if len(text) > LONGEST_FRAGMENT or len(self.shown) >= MOST_FRAGMENTS:
            raise PageError("more text than a page can show")
        weight = state.font.weight if state.font else 0
        if state.mode == _STROKED_BOLD:
            weight = max(weight, 2)
        start, end = _point(whole, first, state.rise), _point(whole, last, state.rise)
        scaled = abs(head) * math.hypot(whole[0], whole[1])
        self.shown.append(_Shown(text, start, end, direction, size, weight, any(self._marked), scaled))

    # Marked content, objects within the page, pictures

    def _mark(self, operands: list[Any]) -> None:
        pagination = False
        if len(operands) > 1 and operands[0] == "/Artifact":
            properties = operands[1]
            if isinstance(properties, str):
                properties = self._resources.get("/Properties", DictionaryObject()).get_object().get(properties)
            if properties is not None:
                pagination = properties.get_object().get("/Type") == "/Pagination"
        self._marked.append(pagination)

    def _unmark(self, _: list[Any]) -> None:
        if self._marked:
            self._marked.pop()

    def _picture(self, _: list[Any]) -> None:
        a, b, c, d, _e, _f = self._state.ctm
        self.pictured += abs(a * d - b * c)

    def _object(self, operands: list[Any]) -> None:
        objects: Any = self._resources["/XObject"]
        found: Any = objects.get_object()[operands[0]].get_object()
        if found.get("/Subtype") == "/Image":
            self._picture([])
        elif found.get("/Subtype") == "/Form" and isinstance(found, StreamObject):
            self._form(found)

    def _content(self, form: StreamObject) -> ContentStream:
        """The instructions of a form, taken apart once however often a page shows it."""
        if id(form) not in self._contents:
            self._contents[id(form)] = form, ContentStream(form, self._pdf, "bytes")
        return self._contents[id(form)][1]

    def _form(self, form: StreamObject) -> None:
        if self._depth >= DEEPEST_FORM:
            return
        own: Any = form.get("/Resources")
        resources = own.get_object() if own is not None else self._resources
        outer = self._state, self._text, self._line, self._saved, self._resources, self._marked
        self._saved, self._marked = [], list(self._marked)
        self._depth += 1
        try:
            matrix: Any = form.get("/Matrix")
            if matrix is not None:
                self._transform(list(matrix.get_object()))
            self.follow(self._content(form), resources)
        finally:
            self._depth -= 1
            self._state, self._text, self._line, self._saved, self._resources, self._marked = outer

    # Drawing

    def _start_path(self, operands: list[Any]) -> None:
        x, y = _numbers(operands, 2)
        self._at = self._begun = _point(self._state.ctm, x, y)
        self._shapes.append([*self._at, *self._at])

    def _line_to(self, operands: list[Any]) -> None:
        x, y = _numbers(operands, 2)
        to = _point(self._state.ctm, x, y)
        if len(self._path) < MOST_RULES:
            self._path.append((*self._at, *to))
            if self._shapes:
                self._widen(to)
        self._at = to

    def _widen(self, to: tuple[float, float]) -> None:
        """Keep how far the shape that is being drawn reaches."""
        shape = self._shapes[-1]
        shape[:] = min(shape[0], to[0]), min(shape[1], to[1]), max(shape[2], to[0]), max(shape[3], to[1])

    def _curve(self, operands: list[Any]) -> None:
        x, y = _numbers(operands, 2)
        self._at = _point(self._state.ctm, x, y)
        if self._shapes:
            self._widen(self._at)

    def _close(self, _: list[Any]) -> None:
        if len(self._path) < MOST_RULES:
            self._path.append((*self._at, *self._begun))
        self._at = self._begun

    def _box(self, operands: list[Any]) -> None:
        x, y, width, height = _numbers(operands, 4)
        first, second = _point(self._state.ctm, x, y), _point(self._state.ctm, x + width, y + height)
        if len(self._boxes) < MOST_RULES:
            self._boxes.append((*first, *second))

    def _end_path(self) -> None:
        self._path, self._boxes, self._shapes = [], [], []

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if len(self.rules) < MOST_RULES:
            self.rules.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _stroke(self, _: list[Any]) -> None:
        for x0, y0, x1, y1 in self._path:
            if min(abs(x1 - x0), abs(y1 - y0)) <= _LEVEL_TOLERANCE:
                self._rule(x0, y0, x1, y1)
        for x0, y0, x1, y1 in self._boxes:
            for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                self._rule(*edge)
        self._end_path()

    def _close_stroke(self, operands: list[Any]) -> None:
        self._close(operands)
        self._stroke(operands)

    def _fill(self, _: list[Any]) -> None:
        for x0, y0, x1, y1 in [*self._boxes, *self._shapes]:
            if min(abs(x1 - x0), abs(y1 - y0)) <= _THIN:
                middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
                if abs(x1 - x0) >= abs(y1 - y0):
                    self._rule(x0, middle_y, x1, middle_y)
                else:
                    self._rule(middle_x, y0, middle_x, y1)
        self._end_path()


def _turned(direction: int, x: float, y: float) -> tuple[float, float]:
    """A point in a frame in which text of this direction runs to the right and ``y`` grows downwards."""
    return {0: (x, -y), 90: (y, x), 180: (-x, y), 270: (-y, -x)}[direction]


def _inherited(page: PageObject, name: str) -> Any:
    """What a page says of itself, or the part of the document that it belongs to says for it."""
    node: Any = page
    for _ in range(DEEPEST_TREE):
        if not isinstance(node, DictionaryObject):
            break
        value: Any = node.get(name)
        value = value.get_object() if value is not None else None
        if isinstance(value, DictionaryObject | ArrayObject):
            return value
        node = node.get("/Parent")
        node = node.get_object() if node is not None else None
    return None


def _box(page: PageObject) -> tuple[float, float, float, float]:
    """The edges of a page: left, bottom, right, top; those of A4 where the file does not say."""
    for name in ("/CropBox", "/MediaBox"):
        values = _inherited(page, name)
        if isinstance(values, ArrayObject) and len(values) == 4:
            try:
                x0, y0, x1, y1 = _numbers([value.get_object() for value in values], 4)
            except (ValueError, TypeError):
                continue
            if x0 != x1 and y0 != y1:
                return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return 0.0, 0.0, *_A4


def _content_of(page: PageObject) -> ContentStream | None:
    contents: Any = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    return ContentStream(contents, page.pdf, "bytes") if contents is not None else None


def sheet_of(page: PageObject, number: int, fonts: Fonts) -> Sheet:
    """Read a page. Text that runs in another direction than most of it, as a watermark does, is left out.

    ``fonts`` keeps what was read of fonts from page to page. Raises ``PageError`` for a page beyond the limits, and
    whatever the library raises for one that is damaged.
    """
    interpreter = _Interpreter(page.pdf, fonts)
    content = _content_of(page)
    resources = _inherited(page, "/Resources")
    if content is not None:
        interpreter.follow(content, resources if isinstance(resources, DictionaryObject) else DictionaryObject())
    characters: Counter[int] = Counter()
    for shown in interpreter.shown:
        characters[shown.direction] += len(shown.text)
    turn = max(characters, key=lambda direction: (characters[direction], -direction), default=_page_turn(page))
    x0, y0, x1, y1 = _box(page)
    corners = [_turned(turn, x0, y0), _turned(turn, x1, y1)]
    left, right = sorted(corner[0] for corner in corners)
    top, bottom = sorted(corner[1] for corner in corners)
    fragments = []
    for shown in interpreter.shown:
        if shown.direction != turn:
            continue
        (x0, y0), (x1, _y1) = _turned(turn, *shown.start), _turned(turn, *shown.end)
        if left <= (x0 + x1) / 2 <= right and top <= y0 <= bottom:  # else cut off the page
            fragments.append(
                Fragment(shown.text, x0 - left, x1 - left, y0 - top, shown.size, shown.weight, shown.margin, shown.head)
            )
    rules = []
    for a, b, c, d in interpreter.rules:
        (x0, y0), (x1, y1) = _turned(turn, a, b), _turned(turn, c, d)
        rules.append(Rule(min(x0, x1) - left, min(y0, y1) - top, max(x0, x1) - left, max(y0, y1) - top))
    area = (right - left) * (bottom - top)
    return Sheet(
        number,
        right - left,
        bottom - top,
        tuple(fragments),
        tuple(rules),
        min(1.0, interpreter.pictured / area) if area else 0.0,
        interpreter.unreadable,
    )


def _page_turn(page: PageObject) -> int:
    rotation = page.rotation
    return rotation % 360 if isinstance(rotation, int) and rotation % 90 == 0 else 0
