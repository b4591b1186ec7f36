"""Web pages give the text of their document: every paragraph equal to its source, in order, nothing around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.blocks import Block, Style
from documents.proposal import propose
from documents.readers.html import HtmlReader

CHINESE = (
    "霁州市专利质押贷款贴息实施细则",
    "霁知规〔2025〕11号",
    "第一章 总则",
    "第一条 为降低中小企业融资成本，引导金融机构扩大专利质押贷款规模，制定本细则。",
    "（一）出质的专利应当已经授权满六个月，剩余有效期限不少于三年；",
    "二〇二五年三月一日",
)
ENGLISH = (
    "Regulations on the Organic Farm Conversion Payment",
    "Ministry Order No. 118/2023",
    "Chapter 1 General provisions",
    'Article 1. These Regulations lay down the conditions for the payment to farmers (hereinafter "the payment").',
    "2.1 Seventy per cent of the expenditure is borne by the national budget – thirty by the regional councils.",
    "1 March 2025",
)


def blocks(tmp_path: Path, body: str, head: str = "") -> list[Block]:
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>", "utf-8")
    return list(HtmlReader().read(path).blocks)


def texts(tmp_path: Path, body: str) -> list[str]:
    return [block.text for block in blocks(tmp_path, body)]


@pytest.mark.parametrize("source", [CHINESE, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize(
    "form",
    [
        "<p>{}</p>\n",
        "<p>{}\n",
        "<div><span>{}</span></div>",
        "{}<br><br>\n",
        "&nbsp;&nbsp;&nbsp;&nbsp;{}<br>\n",
        "　　{}<br/>",
        "<table><tr><td><p>{}</p></td></tr></table>",
        "<div><div>{}</div><!-- comment --></div>",
    ],
)
def test_every_paragraph_in_order(tmp_path: Path, source: tuple[str, ...], form: str) -> None:
    assert texts(tmp_path, "".join(form.format(text) for text in source)) == list(source)


@pytest.mark.parametrize("source", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_a_document_in_one_cell_of_a_table_that_lays_out(tmp_path: Path, source: tuple[str, ...]) -> None:
    cell = "<br><br>".join(source)
    assert texts(tmp_path, f"<table><tr><td>menu</td></tr><tr><td>{cell}</td></tr></table>") == ["menu", *source]


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", ""),
        ("utf-8-sig", "gb2312"),
        ("gb18030", "gb2312"),
        ("gb18030", "GBK"),
        ("gb18030", ""),
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("gb18030", "iso-8859-1"),
        ("utf-16", "utf-16"),
        ("gb18030", "zip"),
    ],
)
def test_encodings_said_wrongly_said_and_not_said(tmp_path: Path, encoding: str, charset: str) -> None:
    path = tmp_path / "page.htm"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    page = f"<html><head>{meta}</head><body>{''.join(f'<p>{text}' for text in CHINESE)}</body></html>"
    path.write_bytes(page.encode(encoding))
    assert [block.text for block in HtmlReader().read(path).blocks] == list(CHINESE)


def test_traditional_chinese_in_big5(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes("<html><body><p>申請補助的企業應當在本市登記，並且沒有欠稅。</p></body></html>".encode("big5"))
    assert HtmlReader().read(path).blocks == (Block("申請補助的企業應當在本市登記，並且沒有欠稅。"),)


def test_headings_have_their_level_and_break_into_no_parts(tmp_path: Path) -> None:
    body = "<h1>关于做好<br>补贴工作的通知</h1><h3>1. Purpose\n and <em>scope</em></h3><p>text"
    assert blocks(tmp_path, body) == [
        Block("关于做好补贴工作的通知", None, Style.HEADING, 1),
        Block("1. Purpose and scope", None, Style.HEADING, 3),
        Block("text"),
    ]


def test_numbers_of_lists(tmp_path: Path) -> None:
    body = (
        "<ol><li>one<li><p>two</p><p>more of two</p><ol type=a><li>sub<li value=4>sub four</ol></ol>"
        "<ol start=9 type=I><li>nine</ol><ol reversed><li>last<li>first</ol><ul><li>point</ul>"
        "<ol><li>（一）已有编号</li></ol>"
    )
    expected = ["1. one", "2. two", "more of two", "a. sub", "d. sub four", "IX. nine", "2. last", "1. first", "point"]
    assert texts(tmp_path, body) == [*expected, "（一）已有编号"]


def test_rows_of_tables(tmp_path: Path) -> None:
    body = (
        "<p>before</p><table><caption>表1</caption><thead><tr><th>地区<th>标准<br>（元）<th></thead>"
        "<tr><td rowspan=2><p>平原</p><td>800<td>60<tr><td>450<td>90</table><p>after</p>"
    )
    row = Style.TABLE_ROW
    assert [(block.text, block.style) for block in blocks(tmp_path, body)] == [
        ("before", Style.BODY),
        ("表1", Style.BODY),
        ("地区 | 标准（元）", row),
        ("平原 | 800 | 60", row),
        ("平原 | 450 | 90", row),
        ("after", Style.BODY),
    ]


def test_a_table_of_data_within_a_table_that_lays_out(tmp_path: Path) -> None:
    body = "<table><tr><td>left</td><td>text<table><tr><td>a<td>b</table>more</td></tr></table>"
    assert [(block.text, block.style) for block in blocks(tmp_path, body)] == [
        ("left", Style.BODY),
        ("text", Style.BODY),
        ("a | b", Style.TABLE_ROW),
        ("more", Style.BODY),
    ]


def test_tables_that_lay_a_page_out_in_columns(tmp_path: Path) -> None:
    assert texts(tmp_path, "<table><tr><td>left<td><table><tr><td>one</table>two</table>") == ["left", "one", "two"]
    paragraphs = [f"{n}. {'The payment is granted to farmers. ' * 10}".strip() for n in range(1, 5)]
    cell = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    assert texts(tmp_path, f"<table><tr><td>left<td>{cell}</table>") == ["left", *paragraphs]


def test_nothing_around_the_document_and_nothing_hidden(tmp_path: Path) -> None:
    body = """
    <header>MASTHEAD</header><nav><a href=/>MENU</a></nav><aside>RELATED</aside>
    <script>SCRIPT("<p>x</p>")</script><style>STYLE{}</style><noscript>NOSCRIPT</noscript><template>TEMPLATE</template>
    <form><input value=INPUT><label>SEARCH</label><select><option>OPTION</select>
    <button>BUTTON</button></form>
    <div hidden>HIDDEN</div><div style="color:red; display : none">NONE</div><span aria-hidden=true>ARIA</span>
    <div role=navigation>ROLE</div><!-- COMMENT --><iframe src=x>FRAME</iframe><textarea>AREA</textarea>
    <p>Kept <del>DELETED</del><ins>inserted</ins> &amp; &#x4e2d;&lt;b&gt; text of the document, which is long.</p>
    <footer>FOOTER</footer>
    """
    expected = ["Kept inserted & 中<b> text of the document, which is long."]
    assert texts(tmp_path, body) == expected


def test_lines_of_links_and_furniture_are_dropped_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><body><div>[<a href=/>Home</a>] [<a href=/d>Databases</a>]</div>"
        "<div>当前位置：<a href=/>首页</a> &gt; <a href=/z>政策</a> &gt; 正文</div>"
        "<h1><a href=/self>Title of the Circular</a></h1>"
        "<p>根据《<a href=1>中华人民共和国专利法</a>》《<a href=2>中华人民共和国商标法</a>》，制定本细则。</p>"
        "<p>附件：<a href=a.doc>申请表</a></p><p><a href=b.doc>Annex 2: List of standards</a></p>"
        "<ul><li><a href=1>News</a><li><a href=2>Contact</a><li><a href=3>About us</a></ul>"
        "<div>【<a href=#>打印本页</a>】 【<a href=#>关闭窗口</a>】</div>"
        "<div><a href=c>Copyright Policy</a> | <a href=d>Disclaimers</a></div><div>版权所有：某某市人民政府</div>",
        "utf-8",
    )
    reading = HtmlReader().read(path)
    assert [block.text for block in reading.blocks] == [
        "Title of the Circular",
        "根据《中华人民共和国专利法》《中华人民共和国商标法》，制定本细则。",
        "附件：申请表",
        "Annex 2: List of standards",
    ]
    assert reading.warnings == ("8 lines of links and page furniture left out",)


def test_a_page_that_is_one_form_is_kept(tmp_path: Path) -> None:
    assert (
        texts(tmp_path, "<form id=aspnetForm><p>第一段。</p><header><h2>Second</h2></header></form>")[0] == "第一段。"
    )


def test_the_head_of_an_article_is_part_of_it_and_main_is_all(tmp_path: Path) -> None:
    body = (
        "<div>around</div><main><article><header><h1>Title</h1></header><p>A text that is long enough.</p>"
        "<footer><p>1 March 2025</p></footer></article></main><div>below</div>"
    )
    assert texts(tmp_path, body) == ["Title", "A text that is long enough.", "1 March 2025"]


def test_preformatted_text(tmp_path: Path) -> None:
    body = (
        "<pre>The Apprenticeship Start Grant is a one-off contribution paid to small\n"
        "employers who take on a person new to the workforce under an agree-\n"
        "ment.\n\nSecond paragraph.</pre>"
    )
    assert texts(tmp_path, body) == [
        "The Apprenticeship Start Grant is a one-off contribution paid to small employers who take "
        "on a person new to the "
        "workforce under an agreement.",
        "Second paragraph.",
    ]


def test_marks_of_notes_do_not_run_into_numbers(tmp_path: Path) -> None:
    body = "<p>at most 50%<sup><a href='#n1'>1</a></sup> of 100 m<sup>2</sup></p>"
    assert texts(tmp_path, body) == ["at most 50%[1] of 100 m²"]


def test_text_beside_blocks_is_not_lost_or_said_twice(tmp_path: Path) -> None:
    body = "a<div>b<p>c</p>d<div>e <b>f</b></div></div>g<blockquote>h<ul><li>i<p>j</p></ul></blockquote>"
    assert texts(tmp_path, body) == ["a", "b", "c", "d", "e f", "g", "h", "i", "j"]


def test_local_pages_of_any_flavour(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<base href="http://nowhere.invalid/"/><title>T</title><link rel="stylesheet" href="x.css"/></head>'
        '<body><p><o:p>Word\'s</o:p> own</p><img src="http://nowhere.invalid/a.png" alt="ALT"/></body></html>',
        "utf-8",
    )
    assert HtmlReader().read(path).blocks == (Block("Word's own"),)


@pytest.mark.parametrize(
    "prologue",
    [
        "<!DOCTYPE html>",
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html [ ]>',
        "<!doctype html [<!ENTITY gap 'a]>b'>]>",
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "[x].dtd" [\n'
        "<!ENTITY who \"the 'office'\">\n<!-- it's ]> none -->\n<?go on?> %more;\n<!ELEMENT p (#PCDATA)>\n] >\n",
        "<!-- saved -->\n<!DOCTYPE html SYSTEM 'about:legacy-compat' [<!ENTITY a \"b\">]>",
        f"<?xml version='1.0'?>{'<!-- long -->' * 99}",
    ],
)
@pytest.mark.filterwarnings("error")
def test_nothing_of_what_stands_before_a_page_is_text_or_a_warning(tmp_path: Path, prologue: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"{prologue}<html><head><title>T</title></head><body><p>first</p><p>2 [3]> 1</p></body></html>")
    assert [block.text for block in HtmlReader().read(path).blocks] == ["first", "2 [3]> 1"]


@pytest.mark.filterwarnings("error")
def test_declarations_that_do_not_end_take_no_text_with_them(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<!DOCTYPE html [ <html><body><p>first</p><p>2 [3]> 1</p></body></html>")
    assert [block.text for block in HtmlReader().read(path).blocks] == ["first", "2 [3]> 1"]


@pytest.mark.filterwarnings("error")
def test_a_page_that_is_but_an_address_is_read_without_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("http://example.org/page.html")
    assert HtmlReader().read(path).blocks == (Block("http://example.org/page.html"),)


_OLD_PAGE = """
<table><tr><td>{site}</td></tr><tr><td><a href=/>首页</a> | <a href=/1>政务公开</a></td></tr></table>
<table><tr><td><table><tr><td>热点信息</td></tr>
<tr><td>·<a href=/n0>全省商务工作会议召开</a></td></tr><tr><td>·<a href=/n1>第十二届博览会开幕</a></td></tr>
<tr><td>·<a href=/n2>消费季活动公告</a></td></tr></table></td>
<td><table><tr><td><font size=5>{title}</font></td></tr>
<tr><td>　　{body}<br>　　{more}<br>　　省商务厅<br>　　2024年6月12日</td></tr></table></td></tr></table>
"""
_TITLE = "关于推进家政服务企业提质扩容的通知"
_BODY = "各市（州）商务局：为规范家政服务业发展，现就有关事项通知如下。"
_MORE = "到2026年底，全省员工制家政服务企业达到300家以上，从业人员培训率达到90%以上。"


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{_TITLE}－青岳省商务厅</title>",
        f"<title>青岳省商务厅_{_TITLE}</title>",
        f"<title>青岳省商务厅</title><meta name=ArticleTitle content='{_TITLE}'>",
        f"<title>Ministry</title><meta property='og:title' content='{_TITLE}'>",
    ],
)
def test_the_title_is_what_the_page_calls_itself_and_names_above_it_are_none(tmp_path: Path, head: str) -> None:
    page = _OLD_PAGE.format(site="青岳省商务厅", title=_TITLE, body=_BODY, more=_MORE)
    found = blocks(tmp_path, page, head)
    assert [block.text for block in found] == [_TITLE, _BODY, _MORE, "省商务厅", "2024年6月12日"]
    assert found[0].style is Style.TITLE


def test_text_above_the_title_stays(tmp_path: Path) -> None:
    head = f"<title>{_TITLE}</title>"
    body = f"<p>索引号 0000-2024-00012</p><p>本文件自印发之日起施行。</p><h1>{_TITLE}</h1><p>{_BODY}</p>"
    assert texts_with(tmp_path, head, body) == ["索引号 0000-2024-00012", "本文件自印发之日起施行。", _TITLE, _BODY]


def test_who_signed_stays_though_the_page_is_called_after_it(tmp_path: Path) -> None:
    """Only what stands above the text can be its title."""
    body = f"<h1>{_TITLE}</h1><p>{_BODY}{_MORE}</p><p>青岳省商务厅</p>"
    found = texts_with(tmp_path, f"<title>{_TITLE} - 青岳省商务厅</title>", body)
    assert found == [_TITLE, _BODY + _MORE, "青岳省商务厅"]


def test_the_heading_of_a_menu_goes_with_it(tmp_path: Path) -> None:
    links = "".join(f"<li><a href=/{n}>News of the week {letter}</a></li>" for n, letter in enumerate("abcd"))
    body = f"<h1>Rules</h1><p>The rules apply from today.</p><h2>Latest news</h2><ul>{links}</ul>"
    assert texts_with(tmp_path, "", body) == ["Rules", "The rules apply from today."]


def texts_with(tmp_path: Path, head: str, body: str) -> list[str]:
    return [block.text for block in blocks(tmp_path, body, head)]


def test_raised_figures_stay_raised(tmp_path: Path) -> None:
    body = "<p>About 10<sup>6</sup> litres from 40 m<sup>2</sup>, on the 1<sup>st</sup> of May.</p>"
    assert texts(tmp_path, body) == ["About 10⁶ litres from 40 m², on the 1st of May."]


@pytest.mark.parametrize(
    "above", ["某网站 您的位置：首页 &gt; 政策", "Portal You are here: Home › Rules", "青岳省商务之窗"]
)
def test_the_topmost_heading_is_the_title_whatever_stands_above_it(tmp_path: Path, above: str) -> None:
    """A page that calls itself by another name, and whose trail or name of site is no link."""
    body = (
        f"<div>{above}</div><h1>{_TITLE}</h1><p>青商〔2024〕25号</p><p>{_BODY}</p><p>省商务厅</p><p>2024年6月12日</p>"
    )
    said = propose(blocks(tmp_path, body, "<title>通知 - 某网站</title>"))
    assert (said.title, said.number) == (_TITLE, "青商〔2024〕25号")


@pytest.mark.parametrize("heading", ["第一章 总则", "青岳省商务厅"])
def test_a_topmost_heading_that_is_a_part_or_an_office_is_no_title(tmp_path: Path, heading: str) -> None:
    found = blocks(tmp_path, f"<p>{_TITLE}</p><h1>{heading}</h1><p>{_BODY}</p>", "")
    assert found[1].style is Style.HEADING
    assert propose(found).title == _TITLE


def test_a_place_in_the_text_is_no_trail(tmp_path: Path) -> None:
    body = "<h1>Rules</h1><p>所在位置：距离首页市场>5公里的企业</p><p>The rules apply.</p>"
    assert texts(tmp_path, body)[1] == "所在位置：距离首页市场>5公里的企业"


def test_a_trail_behind_the_name_of_the_site_goes_though_no_step_of_it_is_a_link(tmp_path: Path) -> None:
    body = f"<div>某网站 您现在的位置：首页 &gt; 政策</div><p>{_TITLE}</p><p>{_BODY}</p>"
    assert texts(tmp_path, body) == [_TITLE, _BODY]
