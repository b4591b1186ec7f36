"""The measures of the shipped circular and its map agree, and whatever is wrong with measures.toml is told by line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.errors import DeskError
from documents.knowledge import CellStatus, Knowledge, KnowledgeError
from documents.library import Library
from documents.loading import load_folder
from documents.measures import Asks, Measure, MeasuresError, folded, load_measures
from documents.text import for_search, is_chinese

Shipped = tuple[Library, Knowledge]
Write = Callable[..., Path]
Row = Callable[..., dict[str, object]]

GRANT = """
[[measure]]
id = "grant"
names = { en = "Grants", zh = "资助" }
known_as = { en = ["money"], zh = ["补贴"] }
audience = ["enterprise"]
menu = true
"""
LOAN = GRANT.replace('"grant"', '"loan"').replace("Grants", "Loans").replace("资助", "贷款")
LOAN = LOAN.replace("money", "credit").replace("补贴", "借款")


# --- the shipped circular ----------------------------------------------------------------------------------------


def test_every_measure_has_cells_and_every_cell_a_measure(shipped: Shipped) -> None:
    _, knowledge = shipped
    assert {measure.id for measure in knowledge.measures} == {cell.measure for cell in knowledge.cells}
    assert [measure.order for measure in knowledge.measures] == list(range(1, len(knowledge.measures) + 1))


def test_every_measure_is_named_in_both_languages_and_no_name_stands_twice(shipped: Shipped) -> None:
    _, knowledge = shipped
    for measure in knowledge.measures:
        for chinese, name, others in (
            (False, measure.names.en, measure.known_as.en),
            (True, measure.names.zh, measure.known_as.zh),
        ):
            assert is_chinese(name) is chinese, name
            assert others, measure.id
    names = Counter(folded(name) for measure in knowledge.measures for name in measure.all_names())
    assert [name for name, count in names.items() if count > 1] == []


def test_the_menu_holds_the_programmes_alone(shipped: Shipped) -> None:
    outside = {measure.id for measure in shipped[1].measures if not measure.menu}
    assert outside == {"circular", "objectives", "definitions", "local_departments", "elsewhere"}


def test_every_cell_is_held_against_the_text(shipped: Shipped) -> None:
    """Its words stand in the paragraphs whose numbers it gives, and in no other one."""
    library, knowledge = shipped
    for cell in knowledge.cells:
        texts = {p.number: for_search(p.text) for p in library.paragraphs(cell.document)}
        assert bool(cell.evidence) == (cell.status is not CellStatus.NOT_STATED), cell
        found = {number for e in cell.evidence for number, text in texts.items() if for_search(e.snippet) in text}
        assert cell.paragraphs() == tuple(sorted(found)), cell


def test_a_cell_that_refers_shows_where_the_text_names_that_document(shipped: Shipped) -> None:
    library, knowledge = shipped
    referred = [cell for cell in knowledge.cells if cell.status is CellStatus.REFERRED]
    assert referred
    for cell in referred:
        named = {
            pointer.target
            for number in cell.paragraphs()
            for pointer in library.paragraph(cell.document, number).pointers
        }
        assert cell.pointer in named, cell


def test_every_cell_asks_something_and_a_name_of_cells_asks_the_same_everywhere(shipped: Shipped) -> None:
    asks: dict[str, set[Asks | None]] = defaultdict(set)
    for cell in shipped[1].cells:
        asks[cell.cell].add(cell.asks)
    assert {name: sorted(map(str, found)) for name, found in asks.items() if len(found) > 1 or None in found} == {}
    assert {ask for found in asks.values() for ask in found} == set(Asks)


def test_matters_people_ask_of_any_programme_have_one_name(shipped: Shipped) -> None:
    """What asks for papers, an appeal or a document is called so under every measure."""
    names = {Asks.PAPERS: {"papers"}, Asks.APPEAL: {"appeal"}, Asks.CONSEQUENCE: {"penalties"}}
    names[Asks.GOVERNED_BY] = {"governing_document", "basis"}
    for asks, expected in names.items():
        assert {cell.cell for cell in shipped[1].cells if cell.asks is asks} == expected


def test_what_a_governing_document_settles_is_never_left_open_where_it_is_named(shipped: Shipped) -> None:
    """The rule of docs/coverage.md: named for one of the six matters, it is named for those of the same measure."""
    _, knowledge = shipped
    governed = {"conditions", "how_to_apply", "papers", "deadline", "amount", "where_to_file", "who_decides"}
    pointers = {
        "talent_training": "appendix-1",
        "certification_rewards": "appendix-2",
        "market_fund": "sme-market-fund-measures",
    }
    statuses = {(c.measure, c.cell): (c.status, c.pointer) for c in knowledge.cells if c.cell in governed}
    for measure, pointer in pointers.items():
        for cell in governed:
            assert statuses[measure, cell] == (CellStatus.REFERRED, pointer), (measure, cell)
    for measure in ("enterprise_loans", "credit_insurance", "base_city_loans"):
        for cell in ("conditions", "how_to_apply"):
            assert statuses[measure, cell] == (CellStatus.NOT_STATED, None), (measure, cell)


def test_the_documents_on_coverage_define_every_word_and_name_every_measure(shipped: Shipped) -> None:
    told = (Path(__file__).parents[2] / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", told, re.M)) == {a.value for a in Asks} | {
        measure.id for measure in shipped[1].measures
    }


# --- how the file is read ----------------------------------------------------------------------------------------


def measures_of(folder: Path, toml: str | bytes) -> tuple[Measure, ...]:
    (folder / "measures.toml").write_bytes(toml.encode() if isinstance(toml, str) else toml)
    return load_measures(folder, "grants")


def test_measures_are_read_in_their_order(tmp_path: Path) -> None:
    loan, grant = measures_of(tmp_path, LOAN + GRANT)
    assert (loan.id, loan.order, grant.id, grant.order) == ("loan", 1, "grant", 2)
    assert grant.all_names() == ("Grants", "资助", "money", "补贴")
    assert (grant.document, grant.menu, [kind.value for kind in grant.audience]) == ("grants", True, ["enterprise"])


def test_a_folder_needs_no_measures(tmp_path: Path, write: Write) -> None:
    assert load_measures(tmp_path, "grants") == ()
    cells = load_folder(write() / "grants")[1].cells
    assert [cell.asks for cell in cells] == [None]


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[[measure]\n", r"measures\.toml: cannot be read: .*line 1"),
        (b'[[measure]]\nid = "\xff"', r"measures\.toml: cannot be read: .*utf-8"),
        ("", r"measures\.toml: holds tables"),
        ("measure = 3", r"measures\.toml: holds tables"),
        ("measure = [1]", r"measures\.toml: not a table"),
        (GRANT + "[extra]\n", r"measures\.toml: holds tables"),
        (LOAN + GRANT.replace("menu = true", ""), r"measures\.toml:9: menu: Field required"),
        (LOAN + GRANT.replace("menu = true", 'menu = "often"'), r"measures\.toml:14: menu: "),
        (LOAN + GRANT.replace('"enterprise"', '"dog"'), r"measures\.toml:13: audience\.0: "),
        (LOAN + GRANT.replace('["enterprise"]', "[]"), r"measures\.toml:13: audience: "),
        (LOAN + GRANT.replace('zh = "资助"', 'zh = ""'), r"measures\.toml:11: names\.zh: "),
        (LOAN + GRANT.replace(', zh = ["补贴"]', ""), r"measures\.toml:12: known_as\.zh: Field required"),
        (LOAN + GRANT.replace('"grant"', '"My Grant"'), r"measures\.toml:10: id: String should match"),
        (LOAN + GRANT.replace("menu =", "colour = 1\nmenu ="), r"measures\.toml:14: colour: Extra"),
        (LOAN + GRANT.replace('"grant"', '"loan"'), r"measures\.toml:10: the measure loan stands twice"),
        (LOAN + GRANT.replace('"money"', '"Credit!"'), r"measures\.toml:9: the name 'Credit!' is one of loan already"),
        (GRANT.replace('"money"', '"grants"'), r"measures\.toml:2: the name 'grants' is one of grant already"),
        (GRANT.replace('"money"', '"?!"'), r"measures\.toml:2: no letters in the name '\?!'"),
    ],
)
def test_whatever_is_wrong_is_told_in_one_line(tmp_path: Path, toml: str | bytes, told: str) -> None:
    with pytest.raises(MeasuresError, match=f"^{tmp_path.name}/{told}") as raised:
        measures_of(tmp_path, toml)
    assert "\n" not in str(raised.value)
    assert isinstance(raised.value, DeskError)


@pytest.mark.parametrize(
    ("toml", "changed", "told"),
    [
        (GRANT, {}, r"grants/map\.jsonl:1: asks: missing"),
        (GRANT, {"asks": "weather"}, r"grants/map\.jsonl:1: asks: Input should be"),
        (LOAN, {"asks": "eligibility"}, r"grants/map\.jsonl:1: no measure grant in measures\.toml"),
        (GRANT + LOAN, {"asks": "eligibility"}, r"grants/measures\.toml:10: no cell of loan in the map"),
    ],
)
def test_the_map_and_the_measures_are_held_together(
    write: Write, cell: Row, toml: str, changed: dict[str, object], told: str
) -> None:
    folder = write(cells=[cell(**changed)]) / "grants"
    (folder / "measures.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=f"^{told}"):
        load_folder(folder)


def test_a_known_question_of_a_cell_that_is_not_in_the_map_is_an_error(write: Write, cell: Row, question: Row) -> None:
    folder = write(cells=[cell(asks="eligibility")], questions=[question(cell="deadline")]) / "grants"
    (folder / "measures.toml").write_text(GRANT, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"^grants/known\.jsonl:1: no cell grant/deadline in the map"):
        load_folder(folder)
