"""A file becomes a document: its facts are proposed from the text, and what a person says goes first."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from documents.blocks import Block, Style
from documents.errors import ReadingError
from documents.intake import Facts, propose_id, take_in, title_at
from documents.models import Document, DocumentKind, DocumentStatus, Role

ENGLISH = (
    Block("Appendix II"),
    Block("Circular on Rewards"),
    Block("Shang Zi Fa [2006] No.557"),
    Block("I. Conditions"),
    Block("Firms of the list may apply under Appendix I."),
    Block("Ministry of Commerce"),
    Block("16 October 2006"),
)
CHINESE = (
    Block("关于认证奖励的通知"),
    Block("商资函〔2006〕111号"),
    Block("一、条件"),
    Block("列入名单的企业可以申请奖励。"),
    Block("商务部"),
    Block("二〇〇六年十月十六日"),
)
OMITTED = Document(
    id="appendix-2", title="The long title", kind=DocumentKind.APPENDIX, label="Appendix II", parent="circular",
    status=DocumentStatus.OMITTED,
)  # fmt: skip
FIRST = Document(
    id="appendix-1", title="Training", label="Appendix I", parent="circular", status=DocumentStatus.OMITTED
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Rewards (final).txt"
    path.write_text("content", encoding="utf-8")
    return path


def test_facts_are_proposed_from_an_english_text(file: Path) -> None:
    document, paragraphs = take_in(file, ENGLISH, Facts())
    assert (document.id, document.title) == ("rewards-final", "Circular on Rewards")
    assert (document.number, document.issuer) == ("Shang Zi Fa [2006] No.557", "Ministry of Commerce")
    assert (document.issued_on, document.language, document.kind) == (date(2006, 10, 16), "en", "appendix")
    assert [p.text for p in paragraphs] == [block.text for block in ENGLISH]
    assert paragraphs[4].section == ("I. Conditions",)


def test_facts_are_proposed_from_a_chinese_text(file: Path) -> None:
    document, _ = take_in(file, CHINESE, Facts())
    assert document.title == "关于认证奖励的通知"
    assert (document.number, document.issuer) == ("商资函〔2006〕111号", "商务部")
    assert (document.issued_on, document.language, document.kind) == (date(2006, 10, 16), "zh", "circular")


def test_what_a_person_says_goes_before_what_the_text_says(file: Path) -> None:
    facts = Facts("mine", "My title", "No. 1", date(2020, 1, 2), "My office", DocumentKind.MEASURE)
    for stands_for in (None, OMITTED.model_copy(update={"id": "mine"})):
        document, _ = take_in(file, ENGLISH, facts, stands_for=stands_for)
        assert (
            document.id, document.title, document.number, document.issued_on, document.issuer, document.kind,
        ) == tuple(facts)  # fmt: skip


def test_a_document_takes_the_place_of_an_omitted_one(file: Path) -> None:
    document, _ = take_in(file, ENGLISH, Facts(), stands_for=OMITTED)
    assert (document.id, document.label, document.title) == ("appendix-2", "Appendix II", "The long title")
    assert (document.parent, document.kind, document.status) == ("circular", "appendix", "present")


def test_the_next_edition_has_the_id_and_the_label_of_the_one_before_and_the_facts_of_its_own_text(file: Path) -> None:
    before = Document(
        id="rewards", title="Old title", number="No. 1", issuer="Old office", issued_on=date(2001, 1, 1),
        kind=DocumentKind.APPENDIX, label="Appendix II", parent="circular",
    )  # fmt: skip
    document, _ = take_in(file, CHINESE, Facts(), stands_for=before)
    assert (document.title, document.number, document.issuer) == ("关于认证奖励的通知", "商资函〔2006〕111号", "商务部")
    assert (document.id, document.label, document.parent, document.kind) == (
        "rewards", "Appendix II", "circular", "appendix",
    )  # fmt: skip
    silent, _ = take_in(file, [Block("Appendix II")], Facts(), stands_for=before)
    assert (silent.title, silent.number, silent.issuer, silent.issued_on) == ("Old title", None, None, None)


def test_its_pointers_find_the_documents_of_the_library(file: Path) -> None:
    """An appendix that names another one means that of its own circular."""
    _, paragraphs = take_in(file, ENGLISH, Facts(), stands_for=OMITTED, named=[FIRST])
    assert [pointer.target for pointer in paragraphs[4].pointers] == ["appendix-1"]


def test_an_appendix_of_another_document_is_not_meant(file: Path) -> None:
    """Every second circular has an "Appendix I": that of the library belongs to another one."""
    _, paragraphs = take_in(file, ENGLISH, Facts(), named=[FIRST])
    assert [(pointer.target, pointer.label) for pointer in paragraphs[4].pointers] == [(None, "Appendix I")]


def test_the_title_is_where_the_style_says_or_below_a_bare_label() -> None:
    assert title_at(ENGLISH) == 1
    assert title_at(CHINESE) == 0
    assert title_at([Block("Letterhead"), Block("No. 5"), Block("The Title", style=Style.TITLE)]) == 2
    assert title_at([Block("Appendix II")]) == 0


def test_an_appendix_added_for_itself_bears_no_label_that_pointers_of_others_could_find(file: Path) -> None:
    assert take_in(file, ENGLISH, Facts()).document.label is None


def test_the_hash_of_the_bytes_that_were_read_is_taken_as_it_is_given(tmp_path: Path, file: Path) -> None:
    """The file may have changed since, or be gone."""
    read = take_in(file, ENGLISH, Facts(id="a")).document.sha256
    assert read == hashlib.sha256(b"content").hexdigest()
    gone = tmp_path / "gone.txt"
    assert take_in(gone, ENGLISH, Facts(id="a"), sha256="0" * 64).document.sha256 == "0" * 64


def test_the_same_file_read_again_is_the_same_document_with_the_same_paragraphs(file: Path) -> None:
    first, again = (take_in(file, ENGLISH, Facts()) for _ in range(2))
    assert first == again
    assert [p.number for p in first.paragraphs] == list(range(1, len(ENGLISH) + 1))
    assert len({p.key for p in first.paragraphs}) == len(ENGLISH)


def test_paragraphs_carry_labels_and_paths(file: Path) -> None:
    _, paragraphs = take_in(file, (*CHINESE[:4], Block("（一）申请书；"), *CHINESE[4:]), Facts())
    assert (paragraphs[2].label, paragraphs[4].label, paragraphs[4].section) == ("一", "（一）", ("一、条件",))


def test_styles_go_before_looks(file: Path) -> None:
    blocks = (
        Block("Title"),
        Block("a heading in small", style=Style.HEADING),
        Block("Fees | 20", style=Style.TABLE_ROW),
    )
    _, paragraphs = take_in(file, (*blocks, Block("The end.")), Facts())
    assert [p.role for p in paragraphs] == [Role.TITLE, Role.HEADING, Role.BODY, Role.BODY]
    assert paragraphs[2].section == ("a heading in small",)


def test_an_id_is_made_of_the_name_and_is_free() -> None:
    assert propose_id(Path("A B_c.PDF"), "0" * 64, ()) == "a-b-c"
    assert propose_id(Path("a.pdf"), "0" * 64, {"a", "a-2"}) == "a-3"
    assert propose_id(Path("附件一.pdf"), "12345678ff", ()) == "document-12345678"
    assert len(propose_id(Path("x" * 300), "", ())) <= 60


def test_a_file_without_text_is_refused(file: Path) -> None:
    with pytest.raises(ReadingError, match="holds no text"):
        take_in(file, (), Facts())
