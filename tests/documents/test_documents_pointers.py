"""Where a paragraph names another document, it is found, and led to the document where the library knows it."""

from __future__ import annotations

import pytest

from documents.attachments import label_key
from documents.models import Document, Pointer
from documents.pointers import appendix_entry, find_pointers, resolve


def found(text: str, own_title: str = "") -> list[tuple[str | None, str]]:
    return [(pointer.label, pointer.text) for pointer in find_pointers(text, own_title=own_title)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The form is in Appendix II.", "Appendix II"),
        ("The rates (Annex 1) apply.", "Annex 1"),
        ("See Attachment B for the list.", "Attachment B"),
        ("Schedule 2 lists the districts.", "Schedule 2"),
        ("申请表见附件1。", "附件1"),
        ("名单见附件二。", "附件二"),
        ("标准见附表 3。", "附表 3"),
        ("流程见附录12。", "附录12"),
    ],
)
def test_labels_of_attached_parts(text: str, label: str) -> None:
    assert found(text) == [(label, label)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Funds are used in accordance with the Measures for Trade Fairs.", "Measures for Trade Fairs"),
        ("Pursuant to Trade Order 2019, firms apply.", "Trade Order 2019"),
        ("Firms under the Handbook of Grants apply.", "Handbook of Grants"),
        ("The fees are laid down in the Tariff of the Chamber of Trade.", "Tariff of the Chamber of Trade"),
        ("As required by the requirements of the Plan for Growth, it opens.", "Plan for Growth"),
        (
            'It follows the Circular on the "Thousand Firms" Project and opens.',
            'Circular on the "Thousand Firms" Project',
        ),
        ("补贴按照《专项资金管理办法》执行。", "《专项资金管理办法》"),
    ],
)
def test_titles_of_other_documents(text: str, title: str) -> None:
    assert found(text) == [(None, title)]


@pytest.mark.parametrize(
    "text",
    [
        "Ministry of Commerce and China Development Bank will grant loans to Base Cities.",
        "In accordance with Ministry of Commerce and its Bureau, firms apply.",
        "Firms under the guidance of Ministry of Commerce apply.",
        "The Measures for Trade Fairs were a success.",
        "Capability Maturity Model Integration (CMMI) and ISO20000 are authentications.",
        "under the plan and according to the rules of the trade",
        "Appendices are omitted. The schedule is tight, the annex full.",
        "附件应当齐全。",
        "企业应当遵守有关规定。",
    ],
)
def test_capital_letters_and_common_nouns_alone_point_nowhere(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "label", "title"),
    [
        (
            "It is done in accordance with the Circular on Training (Appendix I). Appendix I is binding.",
            "Appendix I",
            "Circular on Training",
        ),
        ("执行《人才培训通知》（附件1），附件1另行公布。", "附件1", "人才培训通知"),
    ],
)
def test_a_label_in_brackets_belongs_to_the_title_before_it(text: str, label: str, title: str) -> None:
    """One pointer, not two, and the label is not told again."""
    (pointer,) = find_pointers(text)
    assert (pointer.label, pointer.title) == (label, title)


def test_labels_that_begin_alike_are_told_apart_and_repetitions_are_told_once() -> None:
    text = "See Appendix I, Appendix II, Appendix III and again Appendix  II; 附件1、附件11。"
    assert [label for label, _ in found(text)] == ["Appendix I", "Appendix II", "Appendix III", "附件1", "附件11"]
    assert len({label_key(f"Appendix {roman}") for roman in ("I", "II", "III")}) == 3


def test_pointers_stand_in_the_order_of_the_text() -> None:
    text = "Annex 2 applies under the Rules of Trade, then 《展会办法》, then Annex 1."
    assert [name for _, name in found(text)] == ["Annex 2", "Rules of Trade", "《展会办法》", "Annex 1"]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Grants under the Measures for Trade Fairs are paid in May.", "Measures  for Trade  fairs"),
        ("依照《展会补贴办法》申请。", "展会补贴办法"),
    ],
)
def test_a_document_does_not_point_to_itself(text: str, own: str) -> None:
    assert len(found(text)) == 1
    assert found(text, own_title=own) == []


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Appendix I: Circular on Training (omitted)", ("Appendix I", "Circular on Training")),
        ("Appendix II: Circular on Markets(Omitted) ", ("Appendix II", "Circular on Markets")),
        ("Annex 2. Table of Rates", ("Annex 2", "Table of Rates")),
        ("附件1：申请表（略）", ("附件1", "申请表")),
    ],
)
def test_an_entry_of_the_list_of_appendices_gives_label_and_title(text: str, entry: tuple[str, str]) -> None:
    assert appendix_entry(text) == entry


@pytest.mark.parametrize("text", ["Appendix I", "Appendix I (omitted)", "The list is in Appendix I: rates", ""])
def test_what_names_no_title_is_no_entry(text: str) -> None:
    assert appendix_entry(text) is None


LIBRARY = (
    Document(id="training", title="Circular on Training", label="Appendix I", number="No. 7"),
    Document(id="markets", title="Circular on Markets", label="Appendix II"),
    Document(id="funds", title="Measures for Funds", number="No. 9"),
)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("See Appendix I.", "training"),
        ("See Appendix  II.", "markets"),
        ("It is paid under the Measures for Funds and more.", "funds"),
        ("《measures for funds》", "funds"),
        ("It is paid under the Circular on Markets (Appendix II).", "markets"),
        ("See Appendix III.", None),
        ("It is paid under the Measures for Roads.", None),
    ],
)
def test_a_pointer_is_led_to_its_document_by_label_or_by_title(text: str, target: str | None) -> None:
    (pointer,) = resolve(find_pointers(text), LIBRARY)
    assert pointer.target == target


def test_a_label_in_another_language_is_the_same_label() -> None:
    (pointer,) = resolve(find_pointers("见附件二。"), LIBRARY)
    assert (pointer.target, pointer.text) == ("markets", "附件二")
    assert resolve(find_pointers("见附表二。"), LIBRARY)[0].target is None


def test_the_wording_of_a_label_goes_before_its_number() -> None:
    annex = Document(id="annex", title="Table of Rates", label="Annex II")
    assert resolve(find_pointers("See Annex II."), (annex, *LIBRARY))[0].target == "annex"
    assert resolve(find_pointers("See Annex II."), (*LIBRARY, annex))[0].target == "annex"
    assert resolve(find_pointers("See Appendix II."), (*LIBRARY, annex))[0].target == "markets"


CIRCULAR = Document(id="circular", title="Circular on Firms", number="Shang Zi Fa [2006] No.556")
SECOND = Document(id="second", title="Circular on Markets", label="Appendix II", parent="circular")
FIRST = Document(id="first", title="Circular on Training", label="Appendix I", parent="circular")
OTHER = Document(id="other", title="Circular on Roads", number="路发〔2019〕7号")


@pytest.mark.parametrize(
    ("of", "target"), [(CIRCULAR, "first"), (SECOND, "first"), (OTHER, None), (None, "first")],
    ids=["the parent", "an appendix of the same parent", "another document", "unknown"],
)  # fmt: skip
def test_a_label_is_one_of_the_family_of_the_document_it_stands_in(of: Document | None, target: str | None) -> None:
    """Every circular has an Appendix I."""
    (pointer,) = resolve(find_pointers("See Appendix I."), (CIRCULAR, FIRST, SECOND, OTHER), of=of)
    assert pointer.target == target


def test_a_title_leads_out_of_the_family() -> None:
    (pointer,) = resolve(find_pointers("It is done under the Circular on Training."), (CIRCULAR, FIRST), of=OTHER)
    assert pointer.target == "first"


def test_a_number_in_brackets_goes_with_the_title_before_it_and_leads_to_its_document() -> None:
    (pointer,) = find_pointers("按照《关于道路的通知》（路发〔2019〕7号）执行。")
    assert (pointer.title, pointer.number) == ("关于道路的通知", "路发〔2019〕7号")
    assert resolve([pointer], (CIRCULAR, OTHER))[0].target == "other"
    (pointer,) = find_pointers("按照《关于千百十工程的通知》（商资发〔2006〕556号）执行。")
    assert resolve([pointer], (CIRCULAR, OTHER))[0].target == "circular"
    (pointer,) = find_pointers("It is paid under the Circular on Roads (Lu Fa [2019] No.7).")
    assert (pointer.title, pointer.number) == ("Circular on Roads", "Lu Fa [2019] No.7")
    assert find_pointers("按照《关于道路的通知》（以下简称通知）执行。")[0].number is None


def test_a_resolved_pointer_bears_the_names_of_its_document_and_the_words_of_the_text() -> None:
    (pointer,) = resolve(find_pointers("See Appendix I."), LIBRARY)
    assert pointer == Pointer(
        target="training", label="Appendix I", title="Circular on Training", number="No. 7", text="Appendix I"
    )
