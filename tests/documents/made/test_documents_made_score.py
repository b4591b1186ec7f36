"""The measure itself: what is torn, joined, lost, moved or added lowers it, and what is kept does not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.loaders.distance import edit_distance
from benchmarks.loaders.score import longest_rising, score, score_plain
from benchmarks.loaders.truth import Expected, Kind
from documents.models import Role
from documents.structure import Placed

WRITTEN = (
    Expected("Rules on the lending of boats", Kind.TITLE, None, 1),
    Expected("1. Who may apply", Kind.HEADING, "1", 1),
    Expected("1.1 Any resident of the district may borrow a boat for two weeks.", Kind.BODY, "1.1", 1),
    Expected("1.2 The office keeps a list of the boats and of those who have them.", Kind.BODY, "1.2", 2),
)
_ROLES = {Kind.TITLE: Role.TITLE, Kind.HEADING: Role.HEADING}
READ = tuple(Placed(one.text, one.page, _ROLES.get(one.kind, Role.BODY), one.label, one.section) for one in WRITTEN)


def _plainly(first: str, second: str) -> int:
    before = list(range(len(second) + 1))
    for row, a in enumerate(first, 1):
        now = [row]
        for column, b in enumerate(second, 1):
            now.append(min(now[-1] + 1, before[column] + 1, before[column - 1] + (a != b)))
        before = now
    return before[-1]


@given(st.text("ab中", max_size=9), st.text("ab中", max_size=9))
def test_the_distance_is_that_of_the_plain_method(first: str, second: str) -> None:
    assert edit_distance(first, second) == _plainly(first, second)


def test_what_is_read_as_it_was_written_is_all_right() -> None:
    found = score(WRITTEN, READ)
    assert found.characters == 1.0
    assert all(share.value == 1.0 for share in found if not isinstance(share, float))


def test_a_torn_paragraph_is_not_right_and_its_end_is_wrong() -> None:
    first, second = READ[3].text[:30], READ[3].text[30:]
    found = score(WRITTEN, (*READ[:3], READ[3]._replace(text=first), READ[3]._replace(text=second)))
    assert found.texts == (3, 4)
    assert found.ends == (3, 4)


def test_joined_paragraphs_and_added_lines_are_seen() -> None:
    joined = score(WRITTEN, (*READ[:2], READ[2]._replace(text=f"{READ[2].text} {READ[3].text}")))
    assert joined.texts == (2, 4)
    assert joined.ends == (2, 3)
    added = score(WRITTEN, (*READ, Placed("Page 2 of 2", 2, Role.BODY, None, ())))
    assert added.texts.value == 1.0
    assert added.ends == (3, 4)
    assert added.characters < 1.0


def test_order_numbers_pages_and_headings_are_compared() -> None:
    swapped = score(WRITTEN, (READ[0], READ[2], READ[1], READ[3]))
    assert (swapped.order, swapped.texts) == ((3, 4), (3, 4))
    wrong = READ[3]._replace(label=None, page=1, role=Role.HEADING, section=("elsewhere",))
    found = score(WRITTEN, (*READ[:3], wrong))
    assert (found.labels, found.pages, found.headings, found.sections) == ((3, 4),) * 4
    assert longest_rising([0, 2, 1, 3, 4]) == 4


SET = ("1. Who may apply",)
LISTED = (
    WRITTEN[1],
    *(one._replace(section=SET) for one in WRITTEN[2:]),
    Expected("Boat | Fee", Kind.ROW, None, 2, SET),
    Expected("2. Fees", Kind.HEADING, "2", 2),
    Expected("Fees are set by the council of the district every year.", Kind.BODY, None, 2, ("2. Fees",)),
)


def _listed(*changed: tuple[int, tuple[str, ...]], heading: str = "") -> tuple[Placed, ...]:
    read = [Placed(one.text, one.page, _ROLES.get(one.kind, Role.BODY), one.label, one.section) for one in LISTED]
    for at, section in changed:
        read[at] = read[at]._replace(section=section)
    if heading:
        read[0] = read[0]._replace(text=heading)
        read = [one._replace(section=(heading,)) if one.section == SET else one for one in read]
    return tuple(read)


def test_a_row_may_stand_under_the_numbered_paragraph_above_it_and_under_no_other() -> None:
    assert score(LISTED, _listed((3, (*SET, "1.2")))).sections == (6, 6)
    assert score(LISTED, _listed((3, (*SET, "1.1")))).sections == (5, 6)
    assert score(LISTED, _listed((3, ("1.2",)))).sections == (5, 6)


def test_numbered_paragraphs_stand_under_headings_alone_and_numbers_end_with_their_heading() -> None:
    assert score(LISTED, _listed((2, (*SET, "1.1")))).sections == (5, 6)
    assert score(LISTED, _listed((5, ("2. Fees", "1.2")))).sections == (5, 6)


def test_a_slip_in_a_heading_does_not_count_for_all_that_stands_under_it() -> None:
    found = score(LISTED, _listed(heading="1.Who may apply"))
    assert (found.texts, found.sections) == ((5, 6), (6, 6))


def test_text_of_a_loader_is_held_against_the_paragraphs() -> None:
    pages = [" ".join(one.text for one in WRITTEN[:3]), "Page 2 of 2\n" + WRITTEN[3].text.replace(" ", "\n")]
    found = score_plain(WRITTEN, pages, paged=True)
    assert found.whole == (4, 4)
    assert found.pages == (4, 4)
    assert 0.9 < found.similar < 1.0
    torn = score_plain(
        WRITTEN, [pages[0], WRITTEN[3].text.replace(" of the boats", " Page 2 of 2 of the boats")], paged=False
    )
    assert torn.whole == (3, 4)
    assert torn.pages is None
