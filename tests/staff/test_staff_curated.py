"""What staff confirm stands in the documents, enters the memory, and is set aside when its paragraphs change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from staff_words import ADMIN, ANNA, BELA, NOBODY, STAFF_CHAT, Clock, Opens, SameWords, Shelf

from bot.staff.curated import Basis, Curated, Standing, Wording
from bot.staff.desk import StaffDesk
from bot.staff.errors import Refused
from bot.staff.lookup import Sureness
from bot.staff.memory import bring_up_to_date
from bot.staff.official import confirmed_answer
from documents.catalogue import Catalogue
from documents.knowledge import Cell, CellStatus, Knowledge, KnownQuestion, KnownStatus
from prompts.phrases import phrases

pytest_plugins = ["postgres_server", "staff_desks"]

BANK = "The Harbour Bank grants loans"


def curated(**more: Any) -> Curated:
    told = {
        "question": "Who lends money to carriers?",
        "language": "en",
        "wordings": (Wording(language="zh", text="谁给承运人贷款？"),),
        "status": KnownStatus.ANSWERED,
        "basis": (Basis(document="harbour", paragraph=2, quote=BANK),),
        "texts": {"en": "The Harbour Bank does. Ask at the counter."},
        "approved_by": 0,
        "approved_at": 0,
    }
    return Curated.model_validate({**told, **more})


def open_matter(**more: Any) -> Curated:
    told = {"question": "What interest applies?", "status": "not_stated", "document": "harbour"}
    return curated(**{**told, "basis": (), "texts": {}, "wordings": (), **more})


@pytest.fixture
def catalogue(url: str) -> Iterator[Catalogue]:
    opened = Catalogue(url)
    yield opened
    opened.close()


def remembered(catalogue: Catalogue) -> list[tuple[str, str, tuple[int, ...]]]:
    """Question, status and paragraphs of what the memory holds, once each."""
    told = [
        (known.question, known.status.value, tuple(e.paragraph for e in known.evidence))
        for known in catalogue.knowledge().questions
    ]
    return list(dict.fromkeys(told))


def refusal(staff: StaffDesk, confirmed: Curated) -> str:
    with pytest.raises(Refused) as caught:
        staff.answers.confirm(ANNA, confirmed)
    return caught.value.code


def test_what_is_confirmed_enters_the_memory_and_moves_the_library(
    staff: StaffDesk, catalogue: Catalogue, clock: Clock
) -> None:
    before = catalogue.revision()
    kept = staff.answers.confirm(ANNA, curated())
    staff.answers.confirm(BELA, open_matter())
    assert (kept.curated.approved_by, kept.curated.approved_at) == (11, clock.now)
    assert catalogue.revision() == before + 2
    assert remembered(catalogue) == [
        ("Who lends money to carriers?", "answered", (2,)),
        ("谁给承运人贷款？", "answered", (2,)),
        ("What interest applies?", "not_stated", ()),
    ]
    assert len({known.id for known in catalogue.knowledge().questions}) == len(catalogue.knowledge().questions)
    staff.answers.withdraw(ANNA, kept.id)
    assert remembered(catalogue) == [("What interest applies?", "not_stated", ())]
    assert [each.standing for each in staff.answers.answers(ANNA, tuple(Standing))] == ["withdrawn", "live"]


def test_what_documents_have_confirmed_of_them_is_left_alone(staff: StaffDesk, catalogue: Catalogue) -> None:
    cell = Cell(document="d", measure="m", cell="c", status=CellStatus.NOT_STATED)
    known = KnownQuestion(
        id="d/1/en-1",
        document="d",
        language="en",
        measure="m",
        cell="c",
        question="How?",
        status=KnownStatus.NOT_STATED,
    )
    record = Knowledge(cells=(cell,), questions=(known,))
    catalogue.keep_knowledge("d", None, [record])  # type: ignore[arg-type]
    kept = staff.answers.confirm(ANNA, open_matter())
    catalogue.keep_knowledge("d", None, [record, record])  # type: ignore[arg-type]
    assert ("What interest applies?", "not_stated", ()) in remembered(catalogue)
    staff.answers.withdraw(ANNA, kept.id)
    assert catalogue.knowledge().questions == (known, known)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"basis": (Basis(document="harbour", paragraph=9),)}, "no_paragraph"),
        ({"basis": (Basis(document="other", paragraph=1),)}, "no_document"),
        ({"basis": (Basis(document="harbour", paragraph=3, quote=BANK),)}, "no_quote"),
        ({"basis": ()}, "basis_needed"),
        ({"status": "not_stated"}, "basis_too_much"),
        ({"status": "not_stated", "basis": (), "document": "other"}, "no_document"),
        ({"status": "referred"}, "pointer_needed"),
        ({"status": "referred", "pointer": "none"}, "no_document"),
        ({"pointer": "harbour"}, "pointer_too_much"),
        ({"status": "clarify"}, "clarify_not_confirmed"),
        ({"wordings": (Wording(language="en", text="who lends MONEY to  carriers?"),)}, "wording_twice"),
        ({"wordings": (Wording(language="zh", text="Who lends?"),)}, "wording_language"),
    ],
)
def test_what_does_not_stand_is_refused_and_nothing_is_kept(staff: StaffDesk, more: dict[str, Any], code: str) -> None:
    assert refusal(staff, curated(**more)) == code
    assert staff.answers.answers(ANNA) == ()
    assert staff.audit(ADMIN)[0].detail["code"] == code


def test_what_another_process_confirms_meanwhile_is_not_lost(url: str, catalogue: Catalogue) -> None:
    def known(number: int) -> Knowledge:
        told: dict[str, Any] = {
            "id": f"/staff/{number}/1-1",
            "language": "en",
            "measure": "staff",
            "cell": "c",
            "question": "How?",
        }
        return Knowledge(questions=(KnownQuestion(status=KnownStatus.NOT_STATED, **told),))

    wanted = [[known(1)], [known(1), known(2)], [known(1), known(2)]]
    assert bring_up_to_date(url, lambda others: wanted.pop(0))
    assert [each.id for each in catalogue.knowledge().questions] == ["/staff/1/1-1", "/staff/2/1-1"]
    assert not bring_up_to_date(url, lambda others: [known(1), known(2)])


def test_a_question_is_confirmed_once(staff: StaffDesk) -> None:
    kept = staff.answers.confirm(ANNA, curated())
    assert refusal(staff, open_matter(question="谁给承运人贷款？", language="zh")) == "confirmed_already"
    staff.answers.withdraw(ANNA, kept.id)
    staff.answers.confirm(ANNA, curated())


def test_an_edit_is_made_of_the_last_version_or_not_at_all(staff: StaffDesk) -> None:
    kept = staff.answers.confirm(ANNA, curated())
    edited = staff.answers.edit(BELA, kept.id, 1, texts={"en": "Ask the Harbour Bank."})
    with pytest.raises(Refused, match="changed meanwhile"):
        staff.answers.edit(ANNA, kept.id, 1, texts={"en": "Ask me."})
    (found,) = staff.answers.answers(ANNA)
    assert found == edited
    assert (found.version, found.curated.approved_by) == (2, 12)
    was = next(row.detail for row in staff.audit(ADMIN) if row.action == "edited")
    assert was["was"] == {"texts": {"en": "The Harbour Bank does. Ask at the counter."}}
    with pytest.raises(Refused):
        staff.answers.withdraw(NOBODY, kept.id)


def test_it_is_set_aside_once_when_its_paragraph_changes_or_goes(
    opens: Opens, shelf: Shelf, catalogue: Catalogue
) -> None:
    staff, other = opens(SameWords()), opens()
    bank = staff.answers.confirm(ANNA, curated())
    interest = staff.answers.confirm(ANNA, open_matter())
    dues = staff.answers.confirm(
        ANNA, curated(question="Where are dues paid?", wordings=(), basis=(Basis(document="harbour", paragraph=3),))
    )
    shelf.texts[2] = shelf.texts[2].replace(" ", "  ")  # only set otherwise: nothing to read again
    assert [kept.id for kept in staff.answers.reconcile()] == [interest.id]  # what is left open may be stated now
    shelf.texts[2] = f"{BANK} to everybody."
    assert staff.asking.confirmed("Who lends money to carriers?") is None  # not even before it is set aside
    assert [kept.curated.aside for kept in staff.answers.reconcile()] == [("harbour#2",)]
    assert other.answers.reconcile() == ()
    del shelf.texts[3]
    assert [kept.id for kept in other.answers.reconcile()] == [dues.id]
    assert remembered(catalogue) == []
    mail = staff.mail("1" * 32)
    told = []
    while claimed := mail.claim(9):
        told += [(letter.chat, letter.payload["kind"]) for letter in claimed]
        for letter in claimed:
            mail.sent(letter)
    assert told == [(STAFF_CHAT, "set_aside")] * 3
    again = staff.answers.edit(ANNA, bank.id, 2, basis=(Basis(document="harbour", paragraph=2, quote=BANK),))
    assert (again.standing, again.curated.aside) == (Standing.LIVE, ())
    assert [question for question, _, _ in remembered(catalogue)] == [
        "Who lends money to carriers?",
        "谁给承运人贷款？",
    ]


def test_an_official_answer_is_given_offered_or_neither(opens: Opens, clock: Clock) -> None:
    staff = opens(SameWords())
    kept = staff.answers.confirm(ANNA, curated(expires_on="2026-06-03"))
    staff.answers.confirm(ANNA, open_matter(question="Who lends money to sailors?"))  # no answer, only a status
    sure = staff.asking.confirmed("who lends money to carriers")
    assert sure is not None
    assert (sure.sureness, [near.kept.id for near in sure.near]) == (Sureness.SURE, [kept.id])
    unsure = staff.asking.confirmed("Who lends boats to carriers?")
    assert unsure is not None
    assert unsure.sureness is Sureness.UNSURE
    assert staff.asking.confirmed("How deep is the harbour?") is None
    staff.answers.confirm(ANNA, curated(question="Who lends money to carriers now?", wordings=()))
    both = staff.asking.confirmed("Who lends much money to carriers now?")
    assert both is not None
    assert (both.sureness, len(both.near)) == (Sureness.SURE, 1)
    clock.now += 2 * 24 * 3600
    left = staff.asking.confirmed("who lends money to carriers")
    assert left is not None
    assert not left.near[0].kept.curated.is_official(date(2026, 6, 3))


def test_two_answers_that_are_as_near_are_both_offered(opens: Opens) -> None:
    staff = opens(SameWords())
    for who in ("pilots", "divers"):
        staff.answers.confirm(ANNA, curated(question=f"Who lends a lot of money to the {who}?", wordings=()))
    found = staff.asking.confirmed("Who lends a lot of money to the cooks?")
    assert found is not None
    assert found.near[0].similarity >= 0.82
    assert (found.sureness, len(found.near)) == (Sureness.UNSURE, 2)


def test_of_a_document_the_memory_knows_little_of_nothing_enters_it(
    opens: Opens, shelf: Shelf, catalogue: Catalogue
) -> None:
    staff = opens(SameWords(), Knowledge())
    kept = staff.answers.confirm(ANNA, open_matter())
    staff.answers.confirm(ANNA, curated(question="Hello harbour", wordings=(), status="conversation", basis=()))
    assert remembered(catalogue) == [("Hello harbour", "conversation", ())]
    found = staff.asking.confirmed("what interest applies")
    assert found is not None
    assert (found.sureness, found.near[0].kept.id) == (Sureness.SURE, kept.id)
    assert staff.asking.confirmed("Which interest of all applies?") is None  # a status is never offered


def test_an_official_answer_is_shown_with_its_paragraph(staff: StaffDesk, shelf: Shelf) -> None:
    kept = staff.answers.confirm(ANNA, curated(expires_on="2026-06-03"))
    zone, today = staff.office.zone, date(2026, 6, 2)
    answer = confirmed_answer(kept, "zh", shelf(), zone, today)
    assert answer.lead.splitlines() == ["主管部门的正式答复：", "The Harbour Bank does. Ask at the counter."]
    assert answer.notes == ("主管部门于 2026-06-01 核准。", "此答复只有另一种语言的文本。")
    (citation,) = answer.citations
    assert citation.quote in shelf.texts[2] == citation.text
    assert confirmed_answer(kept, "en", shelf(), zone, today).notes == ("Approved by the office on 2026-06-01.",)
    expired = confirmed_answer(kept, "en", shelf(), zone, date(2026, 6, 3))
    assert (expired.lead, expired.citations) == ("The document says:", answer.citations)


def test_a_confirmed_status_is_said_in_the_words_of_the_desk(staff: StaffDesk, shelf: Shelf) -> None:
    def said(confirmed: Curated) -> str:
        kept = staff.answers.confirm(ANNA, confirmed)
        return confirmed_answer(kept, "en", shelf(), staff.office.zone, date(2026, 6, 2)).lead

    assert said(open_matter()) == phrases("en")("answer.not_stated")
    assert "Rules of the Harbour" in said(open_matter(question="How is the weather?", status="off_topic"))
    basis = (Basis(document="harbour", paragraph=2),)
    leads = said(open_matter(question="Which rates?", status="referred", basis=basis, pointer="harbour"))
    assert "It leaves it to the Rules of the Harbour" in leads
