"""Plain text and Markdown: every paragraph equal to its source and in order, however its lines were broken."""

from __future__ import annotations

import contextlib
import textwrap
import time
from pathlib import Path

import pytest

from documents.blocks import Block, Style
from documents.errors import ReadingError
from documents.readers import text
from documents.readers.text import TextReader

CHINESE = (
    "关于做好农民专业合作社滴灌设施补贴工作的通知",
    "岚农水〔2024〕37号",
    "为提高农业用水效率，引导农民专业合作社（以下简称合作社）建设滴灌设施，省农业农村厅、省财政厅决定实施滴灌设施补贴，现就有关事项通知如下。",
    "一、补贴对象和条件",
    "（一）申报主体。在本省登记满2年、成员不少于15户且成员中农民比例不低于80%的合作社可以申报，家庭农场和农业企业不列入本补贴范围。",
    "（二）地块要求。申报地块应当集中连片，平原地区不少于100亩，丘陵山区不少于40亩，土地流转合同剩余期限自申报之日起不少于5年。",
    "岚州省农业农村厅",
    "2024年3月1日",
)
ENGLISH = (
    "Apprenticeship Start Grant: National Guidance",
    "NSA/G/2025/14",
    "1. Purpose and scope",
    "1.1 The Apprenticeship Start Grant is a one-off contribution paid to small employers who "
    "take on a person new to the "
    "workforce under a registered apprenticeship agreement. It is meant to offset the cost of "
    "induction, supervision and "
    "basic equipment during the first year, and is not a wage subsidy.",
    "1.2 This guidance applies to agreements registered from 1 March 2025 to 28 February 2027 inclusive; it covers all "
    "sectors of the private economy and registered charities.",
    "a) Arrears that are being paid off under a written instalment plan are not held against "
    "the employer, who has to show "
    "the plan.",
    "National Skills Authority",
    "1 March 2025",
)


def blocks(tmp_path: Path, content: str, name: str = "a.txt") -> list[Block]:
    path = tmp_path / name
    path.write_bytes(content.encode())
    return list(TextReader().read(path).blocks)


def texts(tmp_path: Path, content: str, name: str = "a.txt") -> list[str]:
    return [block.text for block in blocks(tmp_path, content, name)]


def broken(source: str, at: int) -> str:
    """A Chinese text broken after every so many characters."""
    return "\n".join(source[i : i + at] for i in range(0, len(source), at))


@pytest.mark.parametrize("source", [CHINESE, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("between", ["\n\n", "\n", "\n　\t\n\n", "\n　　"])
def test_a_paragraph_a_line(tmp_path: Path, source: tuple[str, ...], between: str, end: str) -> None:
    assert texts(tmp_path, between.join(source).replace("\n", end)) == list(source)


@pytest.mark.parametrize("columns", [60, 72, 80])
def test_english_broken_at_a_margin(tmp_path: Path, columns: int) -> None:
    filled = [textwrap.fill(paragraph, columns) for paragraph in ENGLISH]
    assert texts(tmp_path, "\n\n".join(filled)) == list(ENGLISH)
    indented = [textwrap.fill(paragraph, columns, initial_indent="    ") for paragraph in ENGLISH]
    assert texts(tmp_path, "\n".join(indented)) == list(ENGLISH)


@pytest.mark.parametrize("characters", [28, 36])
def test_chinese_broken_at_a_margin(tmp_path: Path, characters: int) -> None:
    filled = [broken(paragraph, characters) for paragraph in CHINESE]
    assert texts(tmp_path, "\n\n".join(filled)) == list(CHINESE)
    indented = [broken("　　" + paragraph, characters) for paragraph in CHINESE]
    assert texts(tmp_path, "\n".join(indented)) == list(CHINESE)


def test_chinese_broken_after_a_number_of_characters(tmp_path: Path) -> None:
    """Lines with many digits are narrower than others of as many characters."""
    source = (
        "按照2024年1月1日至2024年12月31日新增的100至1200个岗位数量计算，每个岗位补贴1200元至1800元不等；" * 2,
        "企业应当在本市依法登记注册并且具有独立法人资格，财务管理制度健全，近三年内没有因为违反法律法规受到行政处罚。"
        * 2,
    )
    assert texts(tmp_path, "\n\n".join(broken(paragraph, 32) for paragraph in source)) == list(source)


def test_hanging_items_and_what_only_looks_like_a_number(tmp_path: Path) -> None:
    content = (
        "1. The grant is paid to employers who take on a person in accordance with\n"
        "   5. the schedule of the guidance, and not to others who merely intend to\n"
        "   do so later.\n"
        "2. A second item.\n"
        "- a point that is long enough to be broken, as the margin of this text is\n"
        "  close\n"
    )
    assert texts(tmp_path, content) == [
        "1. The grant is paid to employers who take on a person in accordance with 5. the schedule "
        "of the guidance, and "
        "not to others who merely intend to do so later.",
        "2. A second item.",
        "- a point that is long enough to be broken, as the margin of this text is close",
    ]


def test_parted_words_are_mended_and_compounds_keep_their_hyphen(tmp_path: Path) -> None:
    content = (
        "The long-term payment of these regulations is granted in accord with re-\n"
        "gulations on conversion, and a self-\n"
        "employed farmer may apply for it under the conditions of a long-\n"
        "term lease, or for the reim-\n"
        "bursement of what was spent.\n"
    )
    assert texts(tmp_path, content) == [
        "The long-term payment of these regulations is granted in accord with regulations on "
        "conversion, and a self-employed "
        "farmer may apply for it under the conditions of a long-term lease, or for the reimbursement of what was spent."
    ]


@pytest.mark.parametrize(
    "number",
    [
        "No. 5 of 2014",
        "No. 5 [2014]",
        "Shang Zi Fa [2006] No.556",
        "商资函〔2006〕111号",
        "Order of the Ministry No. 5",
        "5 May 2014",
        "(2014年5月5日)",
    ],
)
def test_a_number_under_a_long_title_is_a_line_of_its_own(tmp_path: Path, number: str) -> None:
    title = "Rules of the Export Office on the Inspection Fees of Bonded Warehouses"
    content = f"{title}\n{number}\n\nArticle 1. The fee is 80 dollars.\n"
    assert texts(tmp_path, content)[:2] == [title, number]
    content = (
        f"{title}\nand Other Warehouses under the Supervision of the Customs of the Province\n{number}\n\n1. A fee.\n"
    )
    assert texts(tmp_path, content)[1] == number


@pytest.mark.parametrize(
    "end",
    [
        "No. 5 and pay the fee.",
        "No. 5 of 2014.",
        "1 July 2009.",
        "No. 5 of 2014\nor the one after it.",
        "1 July 2009\nor the day after it.",
    ],
)
def test_a_number_or_a_date_within_a_sentence_stays_in_it(tmp_path: Path, end: str) -> None:
    content = f"The applicant shall hand in the form of the office in accordance with\n{end}\n\nA fee is due.\n"
    assert texts(tmp_path, content)[0] == " ".join(content.partition("\n\n")[0].split())


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    first = "This line is broken at a margin of seventy columns, and the sentence in it"
    content = f"One.\n\n{first}\n\x0cgoes on over the page.\n\nTwo.\n\x0c\nThree.\n\x0c"
    assert blocks(tmp_path, content) == [
        Block("One.", 1),
        Block(f"{first} goes on over the page.", 1),
        Block("Two.", 2),
        Block("Three.", 3),
    ]


def test_only_what_nobody_sees_is_taken_out(tmp_path: Path) -> None:
    content = "\ufeff  ①ﬁ\u200bve\u00ad  hundred\u00a0\t m²\x07 ｆｕｌｌ　　width cafe\u0301 \u202e\n\n\u200b\n"
    assert texts(tmp_path, content) == ["①ﬁve hundred m² ｆｕｌｌ　width cafe\u0301"]


def test_signs_of_markdown_are_text_in_plain_text(tmp_path: Path) -> None:
    content = "A fee of 5 * 3 * 2 and the name a_b_c.\n\n# 1 is the first.\n\n| not a table"
    assert texts(tmp_path, content) == ["A fee of 5 * 3 * 2 and the name a_b_c.", "# 1 is the first.", "| not a table"]


MARKDOWN = """---
title: facts, not text
---
# 关于*补贴*的通知 #

<!-- a comment
over lines -->
Under a line
============

The **grant** is _paid_ to ***small*** employers, see [the guidance](http://x.invalid/a_(b)) and `code *x*`,
snake_case_name, 5 * 3 * 2, \\*star\\*, &amp; ![picture](x.png)<br>.

- first point
- [x] second point
  goes on
1. one
2) two

> quoted text

| Region | Rate | Note |
|:-------|:----:|-----:|
| North  |      | a\\|b |
| South  | 50%  |      |

```python
kept = **as it is**
```
***
Second
---
text[^1]

[^1]: The note.
[link]: http://x.invalid
"""


@pytest.mark.parametrize("name", ["a.md", "a.MARKDOWN", "a.txt"])
def test_markdown(tmp_path: Path, name: str) -> None:
    heading, row = Style.HEADING, Style.TABLE_ROW
    assert blocks(tmp_path, MARKDOWN, name) == [
        Block("关于补贴的通知", None, heading, 1),
        Block("Under a line", None, heading, 1),
        Block(
            "The grant is paid to small employers, see the guidance and code *x*, snake_case_name, 5 * 3 * 2, *star*, "
            "& picture ."
        ),
        Block("first point"),
        Block("second point goes on"),
        Block("1. one"),
        Block("2) two"),
        Block("quoted text"),
        Block("Region | Rate | Note", None, row),
        Block("North | | a|b", None, row),
        Block("South | 50%", None, row),
        Block("kept = **as it is**"),
        Block("Second", None, heading, 2),
        Block("text[1]"),
        Block("[1] The note."),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "*" * 50_000,
        "[" * 50_000,
        "`" * 50_001 + "a",
        "_a" * 25_000,
        "**a " * 12_000,
        "![" * 20_000 + "](",
        "[a](" * 10_000,
        "<" * 50_000,
        "\\" * 50_000,
        "|" * 50_000 + "\n|-|\n",
        "> " * 20_000,
        "# " * 20_000,
        "- " * 20_000,
        "a" * 500_000,
        "中" * 200_000,
        " " * 500_000 + "x",
        "<!--" * 20_000,
        "---\n" + "a: b\n" * 10_000,
        "x\n" * 20_000,
        "a-\n" * 10_000,
    ],
)
def test_nothing_takes_long(tmp_path: Path, content: str) -> None:
    for name in ("a.md", "a.txt"):
        began = time.process_time()
        with contextlib.suppress(ReadingError):  # some of them hold no text
            blocks(tmp_path, content, name)
        assert time.process_time() - began < 5


def test_a_text_that_is_too_large_and_one_of_blanks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadingError, match="holds no text"):
        blocks(tmp_path, " \n\n　")
    monkeypatch.setattr(text, "LARGEST_TEXT", 10)
    with pytest.raises(ReadingError, match="larger than"):
        blocks(tmp_path, "x" * 11)


_BEFORE = "第四条 申请人应当同时具备下列条件：（一）具有本市户籍满三年；（二）家庭经济确有困难的；"
_CONDITIONS = (
    f"{_BEFORE}（三）就读戏曲表演专业的。",
    "第五条 城市家庭经济困难学生的认定，由学校根据民政部门提供的信息会同所在街道办事处组织实施，每学年进行一次并公示。",
    "第六条 公办学校按照价格主管部门批准的标准免收学费，所需资金由省级财政和学校所在地财政按照比例共同承担。",
    "第七条 民办学校学生参照公办学校的标准执行，高出公办学校标准的部分可以继续向学生收取，但应当事先书面告知。",
)


def _lines_of(paragraph: str, first: int, indent: str) -> list[str]:
    """A paragraph in lines of 22 characters, the first of them of so many."""
    rest = paragraph[first:]
    return [indent + paragraph[:first], *(rest[at : at + 22] for at in range(0, len(rest), 22))]


@pytest.mark.parametrize(("indent", "between"), [("　　", "\n"), ("    ", "\n"), ("", "\n\n")])
def test_a_number_at_the_edge_begins_nothing_where_paragraphs_show_where_they_begin(
    tmp_path: Path, indent: str, between: str
) -> None:
    """Where paragraphs are set in or parted by blank lines, a line that is neither goes on whatever it begins with."""
    first = 22 - 2 * bool(indent)
    paragraphs = [_lines_of(condition, first, indent) for condition in _CONDITIONS]
    paragraphs[0] = [*_lines_of(_BEFORE, len(_BEFORE) - 22, indent), _CONDITIONS[0].removeprefix(_BEFORE)]
    assert paragraphs[0][-1].startswith("（三）")
    content = between.join("\n".join(lines) for lines in paragraphs)
    assert texts(tmp_path, content) == list(_CONDITIONS)


def test_the_next_paragraph_begins_where_it_is_set_in_though_the_line_before_was_full(tmp_path: Path) -> None:
    paragraphs = [
        *ENGLISH[3:6],
        "Applications are received at the counter of the Office until the end of the month in which they are made.",
        "Annex I: Declaration of damage; Annex II: Map of the whole flooded",
        "Provincial Council of Ardelia",
    ]
    lines = [line for paragraph in paragraphs for line in textwrap.wrap(paragraph, 70, initial_indent="    ")]
    assert texts(tmp_path, "\n".join(lines)) == paragraphs


def test_a_number_divided_before_its_point_is_one(tmp_path: Path) -> None:
    before = "上市公司将募集资金投入本市项目超过二亿元的，按超出部分的0"
    after = ".5%给予奖励，最高不超过三百万元，由市财政局安排资金。"
    assert texts(tmp_path, f"{before}\n{after}") == [before + after]
