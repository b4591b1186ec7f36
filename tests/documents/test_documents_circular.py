"""The shipped circular: every paragraph in its place, nothing of the web page it was taken from, every pointer led."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date

from documents.knowledge import Knowledge
from documents.library import Library
from documents.loading import SHIPPED
from documents.models import DocumentKind, DocumentStatus, Paragraph, Role

FOLDER = SHIPPED / "circular-2006-556"
Shipped = tuple[Library, Knowledge]


def test_it_has_35_paragraphs_of_the_expected_roles(circular: tuple[Paragraph, ...]) -> None:
    headings = {5, 8, 13, 17, 20, 22, 24, 26, 28}
    expected = {n: Role.HEADING if n in headings else Role.BODY for n in range(3, 31)}
    expected |= {1: Role.TITLE, 2: Role.NUMBER, 31: Role.APPENDIX, 32: Role.APPENDIX, 33: Role.APPENDIX}
    expected |= {34: Role.ISSUER, 35: Role.DATE}
    assert {p.number: p.role for p in circular} == expected
    assert [p.number for p in circular] == list(range(1, 36))


def test_title_number_issuer_and_date_stand_where_they_stand_in_the_source(
    shipped: Shipped, circular: tuple[Paragraph, ...]
) -> None:
    document = shipped[0].document("circular-2006-556")
    assert circular[0].text == document.title
    assert circular[1].text == document.number == "Shang Zi Fa [2006] No.556"
    assert circular[33].text == document.issuer == "Ministry of Commerce, People's Republic of China"
    assert circular[34].text == "October 16, 2006"
    assert document.issued_on == date(2006, 10, 16)
    assert document.kind is DocumentKind.CIRCULAR


def test_every_paragraph_stands_verbatim_in_the_file_in_reading_order(circular: tuple[Paragraph, ...]) -> None:
    text = (FOLDER / "document.txt").read_text(encoding="utf-8")
    at = 0
    for paragraph in circular:
        found = text.find(paragraph.text, at)
        assert found >= 0, paragraph.key
        at = found + len(paragraph.text)


def test_nothing_of_the_file_is_missing_but_the_lines_of_the_web_page(circular: tuple[Paragraph, ...]) -> None:
    furniture = tomllib.loads((FOLDER / "document.toml").read_text(encoding="utf-8"))["furniture"]
    lines = [line.strip() for line in (FOLDER / "document.txt").read_text(encoding="utf-8").splitlines()]
    texts = [p.text for p in circular]
    assert [line for line in lines if line and line not in furniture] == texts
    assert not [p.key for p in circular if "AsianLII" in p.text or "[Database Search]" in p.text]
    assert all(line in lines for line in furniture), "each line to leave out stands in the file"


def test_paragraphs_stand_under_their_headings(circular: tuple[Paragraph, ...]) -> None:
    assert circular[13].section == ("Support the Service Outsourcing Enterprises to Expand and Upgrade",)
    assert circular[5].section == ('The Objectives of the "Thousand-Hundred-Ten Project" of Service Outsourcing',)
    assert circular[17].section == ('Build "China Base Cities of Service Outsourcing"',)
    assert circular[3].section == ()
    above = ""
    for paragraph in circular[4:30]:
        if paragraph.role is Role.HEADING:
            above = paragraph.text.rstrip(":")
            assert paragraph.section == ()
        else:
            assert paragraph.section == (above,), paragraph.key
    assert all(p.section == () for p in circular[30:])


def test_the_three_appendices_are_known_by_label_and_title_and_said_to_be_omitted(
    shipped: Shipped, circular: tuple[Paragraph, ...]
) -> None:
    library = shipped[0]
    for number, roman, paragraph in ((1, "I", circular[30]), (2, "II", circular[31]), (3, "III", circular[32])):
        appendix = library.document(f"appendix-{number}")
        assert appendix.label == f"Appendix {roman}"
        assert paragraph.text.startswith(f"{appendix.label}: {appendix.title}")
        assert appendix.status is DocumentStatus.OMITTED
        assert not appendix.present
        assert appendix.parent == "circular-2006-556"
        assert library.paragraphs(appendix.id) == ()
    assert [d.id for d in library.in_force()] == ["circular-2006-556"]


def test_every_pointer_is_found_and_led_to_its_document(circular: tuple[Paragraph, ...]) -> None:
    assert {p.number: [pointer.target for pointer in p.pointers] for p in circular if p.pointers} == {
        4: ["eleventh-five-year-plan"],
        12: ["appendix-1"],
        14: ["appendix-2"],
        16: ["sme-market-fund-measures"],
        18: ["appendix-3"],
        31: ["appendix-1"],
        32: ["appendix-2"],
        33: ["appendix-3"],
    }
    for paragraph in circular:
        for pointer in paragraph.pointers:
            assert pointer.text in paragraph.text, "the words of a pointer are verbatim"


def test_the_document_carries_the_hash_of_its_file(shipped: Shipped) -> None:
    digest = hashlib.sha256((FOLDER / "document.txt").read_bytes()).hexdigest()
    assert shipped[0].document("circular-2006-556").sha256 == digest
