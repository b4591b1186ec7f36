"""A file is proposed for the place of an omitted document where that is sure, and never where it is not."""

from __future__ import annotations

import pytest

from documents.blocks import Block
from documents.library import Library
from documents.models import Document, DocumentKind, DocumentStatus
from documents.proposal import propose
from documents.stand_in import propose_stand_in

PARENT = Document(
    id="circular",
    title='Circular of Ministry of Commerce on Implementing the "Thousand-Hundred-Ten Project"',
    number="Shang Zi Fa [2006] No.556",
    kind=DocumentKind.CIRCULAR,
)
TITLES = {
    "Appendix I": "Circular of Ministry of Commerce on Fulfilling the Work of Talent Training",
    "Appendix II": "Circular of Ministry of Commerce on Fulfilling the Work of Enterprise Authentication",
}


def omitted(name: str, title: str, label: str | None = None, **more: str) -> Document:
    return Document(id=name, title=title, label=label, parent="circular", status=DocumentStatus.OMITTED, **more)


DOCUMENTS = (
    PARENT,
    omitted("appendix-1", TITLES["Appendix I"], "Appendix I"),
    omitted("appendix-2", TITLES["Appendix II"], "Appendix II"),
    omitted("measures", "Measures for the Administration of Funds for the Development of Small Firms"),
    omitted("form", "Application form"),
    omitted("notice", "关于服务外包统计工作的通知", number="商资函〔2006〕111号"),
)
ZH = "第一条 为规范奖励工作，制定本办法。"
EN = "These rules apply to all enterprises of the list."


def proposed(*texts: str, documents: tuple[Document, ...] = DOCUMENTS) -> str | None:
    found = propose_stand_in(propose([Block(text) for text in texts]), documents)
    return found.id if found else None


@pytest.mark.parametrize(
    "head",
    [
        ("商资发〔2006〕556号文件附件二", "服务外包企业认证奖励办法", ZH),
        ("商资发[2006]556号附件2", "服务外包企业认证奖励办法", ZH),
        ("附件二（商资发[2006]556号）", "服务外包企业认证奖励办法", ZH),
        ("附件2", "商资发[2006]556号", "服务外包企业认证奖励办法", ZH),
        ("商资发[2006]556号", "附件2：服务外包企业认证奖励办法", ZH),
        ("Appendix II: Rules for Rewards", "(to Circular Shang Zi Fa [2006] No.556)", EN),
        ("Appendix 2 to Shang Zi Fa [2006] No.556", "Rules for Rewards", EN),
        (f"Appendix II to {PARENT.title}", "Rules for Rewards", EN),
    ],
)
def test_a_label_with_the_parent_beside_it(head: tuple[str, ...]) -> None:
    """In either language, whatever the title is."""
    assert proposed(*head) == "appendix-2"


@pytest.mark.parametrize(
    ("head", "document"),
    [
        ((TITLES["Appendix II"], EN), "appendix-2"),
        (("Appendix II", TITLES["Appendix II"], EN), "appendix-2"),
        ((f"Annex 2: {TITLES['Appendix II']}", EN), "appendix-2"),
        (("Appendix I", "Circular of the Ministry of Commerce on the Work of Talent Training", EN), "appendix-1"),
        (("Measures on Administration of the Funds for Development of the Small Firms", EN), "measures"),
        (("商资函〔2006〕111号", "关于服务外包统计的通知", ZH), "notice"),
    ],
)
def test_the_same_title_or_the_same_number(head: tuple[str, ...], document: str) -> None:
    assert proposed(*head) == document


@pytest.mark.parametrize(
    "head",
    [
        # A label alone, or with another parent, or with the parent in the text or in a title of another document.
        ("附件2", "服务外包企业认证奖励办法", ZH),
        ("Appendix II", "Rules for Rewards", EN),
        ("附件2", "商资发[2006]557号", "服务外包企业认证奖励办法", ZH),
        ("附件2", "服务外包企业认证奖励办法", "根据商资发[2006]556号，制定本办法。"),
        ("附件2", "关于落实商资发[2006]556号的实施细则", ZH),
        ("Appendix II to the Detailed Rules for Carrying out Shang Zi Fa [2006] No.556", "Rules for Rewards", EN),
        # The parent named, but no appendix of it has this label; or no label at all.
        ("附件4", "商资发[2006]556号", "服务外包统计办法", ZH),
        ("商资发[2006]556号", "关于实施千百十工程的通知", ZH),
        (PARENT.title, "Shang Zi Fa [2006] No.556", EN),
        # The label of one and the title of another.
        ("Appendix I", TITLES["Appendix II"], EN),
        ("Appendix II", TITLES["Appendix I"], EN),
        ("商资发[2006]556号附件2", TITLES["Appendix I"], EN),
        # A title that is alike, of another document.
        ("Appendix I", f"Draft {TITLES['Appendix I']}", EN),
        ("Appendix I", f"{TITLES['Appendix I']} (2010)", EN),
        ("Draft Measures for the Administration of Funds for the Development of Small Firms", EN),
        ("Measures for the Administration of Funds for the Development of Small Firms (2010)", EN),
        ("Notice on Amending the Measures for the Administration of Funds for the Development of Small Firms", EN),
        ("Measures for the Administration of Funds for the Development of Large Firms", EN),
        # A title that any circular's form has, a number of another document.
        ("Application form", EN),
        ("商资函〔2006〕112号", "关于服务外包统计工作的通知", ZH),
    ],
)
def test_what_is_not_sure_is_not_proposed(head: tuple[str, ...]) -> None:
    assert proposed(*head) is None


def test_two_documents_that_fit_leave_it_open() -> None:
    twin = omitted("twin", TITLES["Appendix II"])
    assert proposed(TITLES["Appendix II"], EN, documents=(*DOCUMENTS, twin)) is None


def test_a_document_whose_text_is_held_is_not_proposed_again() -> None:
    held = tuple(d.model_copy(update={"status": DocumentStatus.PRESENT}) for d in DOCUMENTS)
    assert proposed("商资发[2006]556号附件2", "奖励办法", ZH, documents=held) is None


def test_the_appendices_of_the_shipped_circular_are_found_by_its_chinese_number(
    shipped: tuple[Library, object],
) -> None:
    documents = shipped[0].documents()
    for number in (1, 2, 3):
        found = proposed(f"商资发〔2006〕556号文件附件{number}", "有关问题的通知", ZH, documents=documents)
        assert found == f"appendix-{number}"


TRAINING = "商务部关于做好服务外包“千百十工程”人才培训有关工作的通知"
REWARDS = "商务部关于做好服务外包“千百十工程”企业认证和市场开拓有关工作的通知"
CITIES = "商务部 信息产业部关于开展“中国服务外包基地城市”认定工作有关问题的通知"


@pytest.mark.parametrize(
    ("head", "document"),
    [
        ((TRAINING,), "appendix-1"),
        ((TRAINING.replace("有关", ""),), "appendix-1"),
        ((REWARDS.replace("“", "「").replace("”", "」"),), "appendix-2"),
        ((CITIES.replace(" ", "、"),), "appendix-3"),
        (("附件一：", TRAINING.replace("“", '"').replace("”", '"')), "appendix-1"),
        (("附件 2", REWARDS), "appendix-2"),
        (("附件三：" + CITIES,), "appendix-3"),
        (("附件一：", TRAINING.removeprefix("商务部")), "appendix-1"),
        (("商务部关于实施服务外包“千百十工程”的通知附件一", "培训机构管理规定"), "appendix-1"),
    ],
)
def test_the_appendices_of_the_shipped_circular_are_found_by_their_chinese_titles(
    head: tuple[str, ...], document: str, shipped: tuple[Library, object]
) -> None:
    """The corpus has them beside the English ones; signs and joining words are the printer's."""
    assert proposed(*head, ZH, documents=shipped[0].documents()) == document


@pytest.mark.parametrize(
    "head",
    [
        ("附件一",),
        ("附件一：", "服务外包人才培训机构管理规定"),
        ("附件一：", REWARDS),
        ("附件四：", TRAINING),
        ("附件一：", "商务部关于实施服务外包“千百十工程”的通知"),
        ("商务部关于实施服务外包“千百十工程”的通知", "商资发〔2006〕556号"),
        # Its own issuer's, another issuer's, and one on the document.
        (TRAINING.removeprefix("商务部"),),
        (TRAINING.replace("商务部", "江苏省商务厅"),),
        ("附件一：", f"江苏省商务厅转发{TRAINING}"),
        (TRAINING.replace("做好", "做好2009年"),),
        ("附件一：", TRAINING.replace("做好", "修改")),
    ],
)
def test_a_chinese_head_that_does_not_fit_is_not_taken_for_an_appendix(
    head: tuple[str, ...], shipped: tuple[Library, object]
) -> None:
    assert proposed(*head, ZH, documents=shipped[0].documents()) is None


def test_other_titles_are_for_recognising_alone(shipped: tuple[Library, object]) -> None:
    """What is stored, listed or exported of a document does not hold them."""
    document = shipped[0].document("appendix-1")
    assert document.other_titles
    assert "other_titles" not in document.model_dump()
    assert "other_titles" not in document.model_dump_json()
