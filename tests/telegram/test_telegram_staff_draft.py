"""What a reply to a draft changes, what may be corrected to what, and which cards fit: everything pure."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from small_desk import LOAN, LONG, RULES, library

from bot.staff.cases import Case, Cited, Contact, Given, Reason, Record, State
from bot.staff.curated import Basis, Curated, Kept, Standing, Wording, held_against
from bot.telegram.pages import units
from bot.telegram.staff.case_data import CaseClick, Verb, decode_case, encode_case
from bot.telegram.staff.case_pages import case_pages, give_rows, put_off_rows, topic_name
from bot.telegram.staff.draft import Draft, changed, curated_of, draft_of, draft_of_kept
from bot.telegram.staff.errors import RefusedHere
from bot.telegram.staff.official_data import Do, OfficialClick, decode_official, encode_official
from bot.telegram.staff.official_pages import draft_page, list_page, official_page
from bot.telegram.staff.wrong import correction_of, wrong_of
from bot.telegram.staff.wrong_pages import wrong_page
from documents.knowledge import KnownStatus

CITED = Cited(document=RULES.id, paragraph=2, quote=LOAN)
GIVEN = Given(status="answered", text=f"The documents state:\n\n¶2 {LOAN}", citations=(CITED,))
DRAFT = Draft(question="Who may borrow?", document=RULES.id, texts={"en": "Carriers."}, expires_on=date(2027, 1, 1))


def a_case(state: State = State.OPEN, **record: object) -> Case:
    told = Record.model_validate({"question": "Who may borrow?", "answer": GIVEN, **record})
    return Case(
        id=7,
        state=state,
        reason=Reason.ASKER,
        holder=None,
        record=told,
        language="en",
        reachable=True,
        opened_at=0,
        changed_at=0,
    )


def test_a_draft_is_made_of_the_case_and_the_reply() -> None:
    draft = draft_of(a_case(), "承运人可以。", library(), date(2027, 1, 1))
    assert (draft.question, draft.status, draft.texts) == ("Who may borrow?", "answered", {"zh": "承运人可以。"})
    assert held_against(curated_of(draft), library()).basis[0].quote == LOAN


def test_what_the_desk_left_open_is_a_draft_without_paragraphs() -> None:
    near = GIVEN.model_copy(update={"status": "not_stated"})
    draft = draft_of(a_case(answer=near), "No.", library(), date(2027, 1, 1))
    assert (draft.status, draft.basis, draft.document) == ("not_stated", (), RULES.id)
    assert held_against(curated_of(draft), library()).digest


def test_lines_of_a_reply_change_what_they_name_and_the_rest_is_the_answer() -> None:
    lines = ("¶ 2, 4", "至：2028-02-29", "also: Who can borrow?", "question Who borrows?", "Only carriers.", "Truly.")
    draft = changed(DRAFT, "\n".join(lines))
    assert [each.paragraph for each in draft.basis] == [2, 4]
    assert draft.expires_on == date(2028, 2, 29)
    assert draft.wordings == (Wording(language="en", text="Who can borrow?"),)
    assert draft.question == "Who borrows?"
    assert draft.texts == {"en": "Only carriers.\nTruly."}
    assert changed(draft, "只有承运人。").texts == {"en": "Only carriers.\nTruly.", "zh": "只有承运人。"}
    assert changed(draft, "¶ none\nuntil never") == draft.model_copy(update={"basis": (), "expires_on": None})


@pytest.mark.parametrize("text", ["Questions are answered at the counter.", "alsoran", "Untilled land is not leased."])
def test_an_answer_that_begins_like_a_label_is_taken_as_text(text: str) -> None:
    assert changed(DRAFT, text).texts["en"] == text


@pytest.mark.parametrize("line", ["until 2027-13-01", "until", "¶ x", "¶", "also:", "question:", "¶ 1;DROP", "¶ ²"])
def test_what_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(RefusedHere):
        changed(DRAFT, line)


def test_an_edit_keeps_what_it_does_not_change() -> None:
    curated = Curated(
        question="Is the sea blue?", language="en", status=KnownStatus.OFF_TOPIC, approved_by=1, approved_at=0
    )
    kept = Kept(id=3, version=5, standing=Standing.LIVE, changed_at=0, curated=curated)
    draft = draft_of_kept(kept)
    assert (draft.edits, draft.version) == (3, 5)
    again = curated_of(draft)
    assert (again.status, again.question, again.texts) == (curated.status, curated.question, {})


def test_only_another_status_is_offered_and_paragraphs_go_where_they_belong() -> None:
    wrong = wrong_of(7, "Who may borrow?", GIVEN, "", library())
    assert [(c.status.value, c.pointer) for c in wrong.choices] == [
        ("referred", "annex-1"),
        ("not_stated", None),
        ("off_topic", None),
    ]
    assert correction_of(wrong) is None
    for chosen in range(3):
        correction = correction_of(wrong.model_copy(update={"chosen": chosen}))
        assert correction is not None
        held_against(correction, library())
    named = wrong_of(7, "Who?", GIVEN.model_copy(update={"status": "not_stated"}), "¶ 4", library())
    assert named.choices[0].status is KnownStatus.ANSWERED
    assert [each.paragraph for each in named.basis] == [4]
    with pytest.raises(RefusedHere):
        wrong_of(7, "Who?", GIVEN, "paragraph four", library())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", list(State))
def test_every_card_fits_and_says_how_the_case_stands(state: State, language: str) -> None:
    long = {"question": "为什么？<b> " * 400, "conversation": ("x" * 4000,) * 5, "answer": GIVEN}
    long["answer"] = GIVEN.model_copy(update={"text": LONG * 3, "citations": (CITED,) * 30})
    contact = Contact(agreed=True, name="N" * 120)
    for case in (a_case(state), a_case(state, **long, role="graduate", contact=contact)):
        pages = case_pages(case, "zh" if language == "zh" else "en", "Anna <b>", lambda document: document * 9)
        assert all(0 < units(each.plain) <= 4096 for each in pages)
        assert pages[0].buttons
        assert not any(each.buttons for each in pages[1:])
        assert (len(pages) > 1) == (case.record is not None and case.record.role is not None)
        assert len(topic_name(case, "en")) <= 128
    assert put_off_rows(a_case(), "en")
    given = give_rows(a_case(), [(2**52 - 1, "问" * 128)] * 6, "en")
    assert all(units(each.label) <= 40 and len(each.data.encode()) <= 64 for row in given for each in row)


def test_every_draft_and_official_answer_fits() -> None:
    wording = Wording(language="zh", text="问" * 4000)
    basis = (Basis(document="d" * 80, paragraph=999_999, quote=LONG[:4000]),) * 40
    draft = Draft(
        question="问" * 4000,
        wordings=(wording,) * 40,
        document="d",
        basis=basis,
        texts={"en": "<&>" * 1300, "zh": "文" * 4000},
        edits=10**11,
    )
    kept = Kept(id=10**11, version=1, standing=Standing.ASIDE, changed_at=0, curated=curated_of(draft))
    kept = kept.model_copy(update={"curated": kept.curated.model_copy(update={"aside": ("d" * 80 + "#1",) * 3})})
    pages = [
        draft_page(draft, "zh"),
        official_page(kept, "en", ZoneInfo("UTC"), "N" * 130),
        list_page([kept] * 30, 2, "en"),
        wrong_page(wrong_of(7, "问" * 4000, GIVEN, "", library()), library(), "zh"),
    ]
    for each in pages:
        assert units(each.plain) <= 4096
        assert all(len(button.data.encode()) <= 64 for row in each.buttons for button in row)


def test_buttons_come_back_as_they_went_and_nothing_else_does() -> None:
    for verb in Verb:
        more = {Verb.PUT_OFF: {"hours": 24}, Verb.GIVE: {"to": 2**52 - 1}}.get(verb, {})
        click = CaseClick(verb, 10**12 - 1, **more)
        assert decode_case(encode_case(click)) == click
        assert len(encode_case(click).encode()) <= 64
        assert decode_case(encode_case(CaseClick(verb, 1, None if more else 24))) is None
    assert decode_case("st:put:7:24") == CaseClick(Verb.PUT_OFF, 7, 24)
    assert decode_case("st:give:7") is None
    assert decode_case("st:take:7") == CaseClick(Verb.TAKE, 7)
    for do in Do:
        assert decode_official(encode_official(OfficialClick(do, 0))) == OfficialClick(do, 0)
    for data in ("st:take:1 ", "st:take:", "st:TAKE:1", "so:ok:1", "so:drop", "so:drop:1:1", "st:take:1\n"):
        assert decode_case(data) is None
        assert decode_official(data) is None
