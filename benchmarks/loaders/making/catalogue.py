"""The made documents: for each a policy, what is put into it, what makes it, and how it looks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.loaders.making import (
    fonts,
    pages,
    plain,
    printing,
    scanning,
    tables,
    web,
    with_fpdf,
    with_reportlab,
    word,
)
from benchmarks.loaders.making.looks import Look
from benchmarks.loaders.making.sources import (
    ARTICLE,
    ARTICLE_ZH,
    BARE,
    BRACKET,
    CHAPTER,
    CHAPTER_ZH,
    DECIMAL,
    ITEM_ZH,
    LIST_ZH,
    NUMBER,
    ROMAN,
    SECTION,
    Entry,
    Laid,
    Numbering,
    entries,
    expected,
    with_notes,
    with_rows,
)  # fmt: skip
from benchmarks.loaders.truth import Kind, Truth, save

_HERE = Path(__file__).parent
_TIMES, _HELVETICA = ("Times-Roman", "Times-Bold"), ("Helvetica", "Helvetica-Bold")
_SONG = "STSong-Light"

Make = Callable[[Path, Sequence[Entry], Path], list[Laid]]
"""Writes a document to a path; the folder is for what is needed on the way."""


class Made(NamedTuple):
    """A document to be made. ``notes`` is where its footnotes stand (see ``sources.expected``)."""

    file: str
    maker: str
    sort: str
    language: str
    entries: Callable[[], list[Entry]]
    make: Make
    notes: str = "page"


def _reportlab(look: Look, *, across: bool = False, face: tuple[str, bool] | None = None) -> Make:
    """By reportlab; ``face`` is a Noto family to be embedded, and whether headings are in its bold."""

    def make(path: Path, found: Sequence[Entry], folder: Path) -> list[Laid]:
        own = look
        if face:
            text = _all_text(found)
            names = [f"{path.stem}-{weight}" for weight in ("regular", "bold")]
            for name, bold in zip(names, (False, True), strict=True):
                with_reportlab.register(name, fonts.made(folder / f"{name}.ttf", text, family=face[0], bold=bold))
            own = look._replace(font=names[0], bold=names[1 if face[1] else 0])
        elif look.chinese:
            with_reportlab.register(_SONG)
        return with_reportlab.lay_out(path, found, own, title_across=across)

    return make


def _fpdf(look: Look, *, columns: bool = False, hang: bool = False, face: tuple[str, bool] | None = None) -> Make:
    """By fpdf2; ``face`` as above."""

    def make(path: Path, found: Sequence[Entry], folder: Path) -> list[Laid]:
        own = look
        if face:
            text = _all_text(found)
            files = [str(fonts.made(folder / f"{w}.ttf", text, family=face[0], bold=w == "b")) for w in ("r", "b")]
            own = look._replace(font=files[0], bold=files[1 if face[1] else 0])
        if columns:
            with_fpdf.lay_out_in_columns(path, found, own)
        else:
            with_fpdf.lay_out(path, found, own, hang=hang)
        return pages.laid(path, found)

    return make


def _all_text(found: Sequence[Entry]) -> str:
    return "".join(entry.text + entry.note for entry in found)


def _office(look: word.WordLook) -> Make:
    def make(path: Path, found: Sequence[Entry], folder: Path) -> list[Laid]:
        word.write(folder / f"{path.stem}.docx", found, look)
        printing.by_office(path, folder / f"{path.stem}.docx")
        return pages.laid(path, found)

    return make


def _browser(look: web.Printed, address: str, *, margins: bool, family: str = "") -> Make:
    """By a browser; ``family`` is a Noto family that comes with the page."""

    def make(path: Path, found: Sequence[Entry], folder: Path) -> list[Laid]:
        font = fonts.made(folder / "web.ttf", _all_text(found), family=family).read_bytes() if family else b""
        printing.by_browser(path, web.for_print(found, look, font), address, margins=margins)
        return pages.laid(path, found)

    return make


def _scan(inner: Make, *, grey: bool) -> Make:
    def make(path: Path, found: Sequence[Entry], folder: Path) -> list[Laid]:
        laid = inner(folder / path.name, found, folder)
        scanning.scanned(path, folder / path.name, grey=grey)
        return laid

    return make


def _word(look: word.WordLook) -> Make:
    def make(path: Path, found: Sequence[Entry], _: Path) -> list[Laid]:
        word.write(path, found, look)
        page, laid = 1, []
        for entry in found:
            page += bool(look.broken_before) and entry.text.startswith(look.broken_before)
            laid.append(Laid(entry, page if look.broken_before else None))
        return laid

    return make


def _page(write: Callable[[Sequence[Entry]], str], encoding: str = "utf-8") -> Make:
    def make(path: Path, found: Sequence[Entry], _: Path) -> list[Laid]:
        path.write_bytes(write(found).encode(encoding))
        return [Laid(entry) for entry in found]

    return make


def _text(look: plain.TextLook) -> Make:
    def make(path: Path, found: Sequence[Entry], _: Path) -> list[Laid]:
        plain.write(path, found, look)
        return [Laid(entry) for entry in found]

    return make


def _policy(name: str, numbering: Numbering, *, heads: int = 2, upto: int | None = None) -> Callable[[], list[Entry]]:
    return lambda: entries(name, numbering, heads=heads, upto=upto)


def _en(*headings: str, items: Sequence[str] = ()) -> Numbering:
    return Numbering("en", headings, tuple(items))


def _zh(*headings: str, items: Sequence[str] = ()) -> Numbering:
    return Numbering("zh", headings, tuple(items))


def _traditional() -> list[Entry]:
    blocks = (_HERE / "traditional.txt").read_text(encoding="utf-8").split("\n\n")
    texts = [block.strip() for block in blocks if block.strip()]
    middle = [Entry(text, Kind.BODY, text.partition(" ")[0]) for text in texts[2:-2]]
    ends = [Entry(texts[-2], Kind.ISSUER), Entry(texts[-1], Kind.DATE)]
    return [Entry(texts[0], Kind.TITLE), Entry(texts[1], Kind.NUMBER), *middle, *ends]


def _tabled(source: Callable[[], list[Entry]], after: str, rows: tables.Rows) -> Callable[[], list[Entry]]:
    return lambda: with_rows(source(), after, rows)


def _noted(source: Callable[[], list[Entry]], notes: dict[str, str]) -> Callable[[], list[Entry]]:
    return lambda: with_notes(source(), notes)


_AROUND_EN = web.Around(
    "Port Lemaine City Government",
    ("Home", "Residents", "Business", "Transport", "News", "Contact us"),
    ("Home", "Transport", "Taxis"),
    ("Road works on Quay Street until May", "New timetable for night buses", "Parking permits go online",
     "Council meeting of 4 March: agenda", "Call for volunteers at the harbour festival"),
    "Latest news",
    ("Print this page", "Share"),
    ("© 2024 Port Lemaine City Government. All rights reserved.", "Disclaimer"),
)  # fmt: skip
_AROUND_ZH = web.Around(
    "青岳省商务厅",
    ("首页", "机构概况", "政务公开", "办事服务", "互动交流", "专题专栏"),
    ("首页", "政务公开", "政策文件"),
    ("全省商务工作会议召开", "第十二届农产品博览会开幕", "关于开展消费季活动的公告", "2024年上半年外贸运行情况", "图解：家政服务新政策"),
    "热点信息",
    ("打印本页", "关闭窗口"),
    ("主办单位：青岳省商务厅", "版权所有 青岳省商务厅 备案序号：青ICP备05001234号", "网站标识码：6300000012"),
)  # fmt: skip
_AROUND_ZH_NEW = _AROUND_ZH._replace(
    site="霁川市残疾人联合会",
    menu=("首页", "信息公开", "康复服务", "教育就业", "维权", "联系我们"),
    trail=("首页", "信息公开", "通知公告"),
    aside=("残疾人证办理流程", "辅助器具适配目录公布", "第三十四次全国助残日活动", "无障碍改造申请入口", "志愿者招募"),
    foot=("主办单位：霁川市残疾人联合会", "版权所有 霁川市残疾人联合会"),
)

_PDF_EN = (
    Made("en-articles-ragged.pdf", "reportlab", "PDF, one column", "en",
         _policy("p47", _en(CHAPTER, items=[ARTICLE])),
         _reportlab(Look(*_TIMES, size=11, header=lambda p, n: "Official Gazette of the Kingdom of Aldmere",
                         footer=lambda p, n: f"Page {p} of {n}"))),
    Made("en-sections-hyphens.pdf", "reportlab", "PDF, one column, footnotes", "en",
         _noted(_policy("p48", _en(SECTION)), {
             "harbour pilot": "The term covers trainees only where this Order says so expressly.",
             "2,000 gross tonnage": "Measured under the International Convention on Tonnage Measurement of Ships, 1969.",
             "380 crowns": "Raised every second year by the index of consumer prices, rounded to the next five crowns.",
             "Pilots' Association and the Shipowners' Council": "See also the agreement of 3 May 2021 between both."}),
         _reportlab(Look(*_TIMES, size=11, leading=1.25, justify=True, hyphens=True, indent=1.5, gap=0,
                         footer=lambda p, n: f"- {p} -"))),
    Made("en-two-columns.pdf", "reportlab", "PDF, two columns", "en",
         _policy("p38", _en(ARTICLE)),
         _reportlab(Look(*_TIMES, size=10, leading=1.2, justify=True, hyphens=True, gap=0.4, columns=2, margin=60,
                         header=lambda p, n: "Provincial Council of Ardelia", footer=lambda p, n: str(p)),
                    across=True)),
    Made("en-two-columns-ragged.pdf", "fpdf2", "PDF, two columns", "en",
         _policy("p65", _en(SECTION)),
         _fpdf(Look("Helvetica", "Helvetica-Bold", size=9.5, leading=1.25, gap=0.7, columns=2, margin=56,
                    title_size=1.4, footer=lambda p, n: f"Page {p}"), columns=True)),
    Made("en-table-ruled.pdf", "fpdf2", "PDF, tables", "en",
         _tabled(_policy("p21", _en(NUMBER, items=[DECIMAL])), "4.2", tables.fees()),
         _fpdf(Look("Times", "Times-Bold", size=11, leading=1.3, justify=True, widths=(8, 46, 26, 20),
                    header=lambda p, n: "NSA/G/2025/14", footer=lambda p, n: f"{p} / {n}"))),
    Made("en-table-unruled.pdf", "reportlab", "PDF, tables", "en",
         _tabled(_policy("p36", _en(BRACKET)), "The service charge", tables.fees(24, first=9)),
         _reportlab(Look(*_HELVETICA, size=10, leading=1.4, spread=0.12, ruled=False, widths=(36, 225, 110, 80),
                         footer=lambda p, n: f"{p}"))),
    Made("en-numbered-hanging.pdf", "fpdf2", "PDF, one column", "en",
         _policy("p37", _en(SECTION, items=[DECIMAL])),
         _fpdf(Look("Helvetica", "Helvetica-Bold", size=10.5, leading=1.35, gap=0.5, title_size=1.3,
                    heading_size=1.15, header=lambda p, n: "MOH/HR/2022/31",
                    footer=lambda p, n: f"Page {p} of {n}"), hang=True)),
    Made("en-office.pdf", "LibreOffice", "PDF, one column, footnotes", "en",
         _tabled(_noted(_policy("p23", _en(ROMAN)), {
             "Harrowmere University": "Including the colleges at Ashby and Longmoor.",
             "monthly means of the household": "Income after taxes, less rent and insurance.",
             "15 working days": "Days on which the Office is open; see the calendar of the University.",
             "Rules of 9 May 2017": "UC/2017/12, last amended on 4 February 2021."}),
             "A student may receive a hardship grant at most", tables.fees(9, first=3)),
         _office(word.WordLook(language="en-US", justify=True, hyphens=True, size=11, gap=5,
                               header="University Council – Rules", footer="Page {page} of {pages}"))),
    Made("en-office-columns.pdf", "LibreOffice", "PDF, two columns", "en",
         _policy("p46", _en(NUMBER, items=[DECIMAL])),
         _office(word.WordLook(font="Liberation Sans", language="en-US", hyphens=True, justify=True, size=9.5, gap=4,
                               columns=2, footer="{page}"))),
    Made("en-browser.pdf", "Chromium", "PDF, one column", "en",
         _tabled(_policy("p66", _en(BARE)), "Course fees", tables.fees(12, first=14)),
         _browser(web.Printed("en", "Liberation Serif"), "http://veterans.example/circulars/va-2024-37.html",
                  margins=True)),
    Made("en-browser-columns.pdf", "Chromium", "PDF, two columns", "en",
         _policy("p57", _en(ROMAN), heads=3),
         _browser(web.Printed("en", "Liberation Sans", size=9, columns=2, justify=True),
                  "http://exchange.example/ltx.html", margins=False)),
)  # fmt: skip
_PDF_ZH = (
    Made("zh-cid-ragged.pdf", "reportlab", "PDF, one column", "zh",
         _policy("p12", _zh(CHAPTER_ZH, items=[ARTICLE_ZH])),
         _reportlab(Look(_SONG, _SONG, size=12, leading=1.7, chinese=True, title_size=1.5,
                         footer=lambda p, n: f"第{p}页 共{n}页"))),
    Made("zh-cid-justified.pdf", "reportlab", "PDF, one column", "zh",
         _policy("p54", _zh(LIST_ZH, items=[ITEM_ZH])),
         _reportlab(Look(_SONG, _SONG, size=14, leading=1.8, indent=2, gap=0, justify=True, chinese=True,
                         title_size=1.4, footer=lambda p, n: f"— {p} —"))),
    Made("zh-cid-two-columns.pdf", "reportlab", "PDF, two columns", "zh",
         _policy("p44", _zh(CHAPTER_ZH, items=[ARTICLE_ZH])),
         _reportlab(Look(_SONG, _SONG, size=10.5, leading=1.5, gap=0.3, chinese=True, columns=2, margin=62,
                         header=lambda p, n: "霁州市人民政府公报　2025年第6期", footer=lambda p, n: f"· {p} ·"),
                    across=True)),
    Made("zh-truetype.pdf", "fpdf2", "PDF, one column", "zh",
         _policy("p13", _zh(items=[ARTICLE_ZH])),
         _fpdf(Look("", "", size=12, leading=1.6, indent=2, gap=0, justify=True, chinese=True, title_size=1.5,
                    footer=lambda p, n: f"- {p} -"), face=(fonts.SERIF, True))),
    Made("zh-truetype-columns.pdf", "fpdf2", "PDF, two columns", "zh",
         _policy("p43", _zh(CHAPTER_ZH, items=[ARTICLE_ZH])),
         _fpdf(Look("", "", size=9.5, leading=1.5, gap=0.3, chinese=True, columns=2, margin=60, title_size=1.4,
                    indent=2, footer=lambda p, n: f"第 {p} 页"), columns=True, face=(fonts.SANS, True))),
    Made("zh-table-ruled.pdf", "reportlab", "PDF, tables", "zh",
         _tabled(_policy("p14", _zh(LIST_ZH, items=[ITEM_ZH])), "（一）就业技能培训", tables.rates()),
         _reportlab(Look("", "", size=11, leading=1.6, indent=2, gap=0, chinese=True, title_size=1.5,
                         widths=(36, 130, 115, 80, 90), footer=lambda p, n: f"{p}/{n}"), face=(fonts.SERIF, True))),
    Made("zh-table-unruled.pdf", "reportlab", "PDF, tables", "zh",
         _tabled(_policy("p18", _zh(LIST_ZH, items=[NUMBER])), "1.年度补助标准", tables.rates(20, first=7)),
         _reportlab(Look("", "", size=10.5, leading=1.6, gap=0.5, chinese=True, title_size=1.5, ruled=False,
                         heading_size=1.1, spread=0.5, widths=(36, 130, 115, 80, 90),
                         footer=lambda p, n: f"第 {p} 页 / 共 {n} 页"), face=(fonts.SANS, True))),
    Made("zh-office.pdf", "LibreOffice", "PDF, one column, footnotes", "zh",
         _tabled(_noted(_policy("p41", _zh(LIST_ZH)), {
             "劳动合同的进城务工人员": "包括与劳务派遣单位签订劳动合同的人员。",
             "城市最低生活保障标准": "以市民政局公布的当年标准为准。",
             "2021年印发的": "青工发〔2021〕9号。"}), "生活救助", tables.rates(8, first=11)),
         _office(word.WordLook(language="zh-CN", size=12, indent=2, gap=2, justify=True,
                               heading_font="Noto Sans CJK SC", footer="— {page} —"))),
    Made("zh-browser.pdf", "Chromium", "PDF, one column", "zh",
         _tabled(_policy("p62", _zh(LIST_ZH), upto=20), "入库申请应当提", tables.rates(8)),
         _browser(web.Printed("zh-CN", "Noto Sans CJK SC", size=12, justify=True, indent=2, letter_space=0.3),
                  "http://jrb.example/tz/2024-21.html", margins=True)),
    Made("zh-browser-columns.pdf", "Chromium", "PDF, two columns", "zh",
         _policy("p63", _zh(CHAPTER_ZH)),
         _browser(web.Printed("zh-CN", "Page Sans", size=9.5, columns=2, indent=2), "http://lx.example/bf.html",
                  margins=False, family=fonts.SANS)),
)  # fmt: skip
_SCANS = (
    Made("en-scanned.pdf", "reportlab, drawn", "PDF, scanned", "en",
         _policy("p67", _en(ARTICLE), upto=26),
         _scan(_reportlab(Look(*_TIMES, size=11, leading=1.35, justify=True, footer=lambda p, n: f"- {p} -")),
               grey=True)),
    Made("zh-scanned.pdf", "fpdf2, drawn", "PDF, scanned", "zh",
         _policy("p17", _zh(ITEM_ZH), upto=24),
         _scan(_fpdf(Look("", "", size=13, leading=1.6, indent=2, gap=0, chinese=True, title_size=1.4,
                          footer=lambda p, n: f"- {p} -"), face=(fonts.SERIF, True)), grey=False)),
)  # fmt: skip
_OTHERS = (
    Made("en-word.docx", "python-docx", "Word", "en",
         _tabled(_noted(_policy("p58", _en(NUMBER, items=[DECIMAL])), {
             "Tarvonia": "Including the free port of Selmouth.",
             "Circular 2016/08": "Published in the Customs Gazette of 4 July 2016."}), "2.2", tables.fees(10, first=6)),
         _word(word.WordLook(size=11, header="Customs Service", footer="Page {page} of {pages}", levels=(
             word.Level(r"\d+\.(?!\d)", "decimal", "%1."), word.Level(r"\d+\.\d+", "decimal", "%1.%2")))),
         "end"),
    Made("zh-word-numbered.docx", "python-docx", "Word", "zh",
         _policy("p34", _zh(CHAPTER_ZH, items=[ARTICLE_ZH])),
         _word(word.WordLook(language="zh-CN", size=12, indent=2, footer="— {page} —", levels=(
             word.Level("第[一二三四五六七八九十]+章", "chineseCounting", "第%1章"),
             word.Level("第[一二三四五六七八九十]+条", "chineseCounting", "第%2条", restarts=False))))),
    Made("zh-word-pages.docx", "python-docx", "Word", "zh",
         _tabled(_policy("p51", _zh(LIST_ZH, items=[NUMBER])), "6.补助金额", tables.rates(12, first=4)),
         _word(word.WordLook(language="zh-CN", size=12, indent=2, broken_before=("二、", "四、")))),
    Made("en-page.html", "by hand", "web page", "en",
         _tabled(_noted(_policy("p56", _en(BARE), heads=3), {"licensed fleet": "As counted on 31 December 2023."}),
                 "Owner-drivers", tables.fees(8)),
         _page(lambda found: web.modern(found, _AROUND_EN, "en")), "end"),
    Made("zh-page-old.html", "by hand", "web page", "zh",
         _policy("p53", _zh(ITEM_ZH)),
         _page(lambda found: web.old(found, _AROUND_ZH, "gb2312"), "gb18030")),
    Made("zh-page-new.html", "by hand", "web page", "zh",
         _tabled(_policy("p64", _zh(ITEM_ZH)), "计入安排人数", tables.rates(7, first=12)),
         _page(lambda found: web.modern(found, _AROUND_ZH_NEW, "zh-CN"))),
    Made("zh-gb18030.txt", "by hand", "plain text", "zh",
         _policy("p52", _zh(CHAPTER_ZH, items=[ARTICLE_ZH])),
         _text(plain.TextLook("gb18030", margin=76, indent="　　", blank=False, end="\r\n"))),
    Made("zh-big5.txt", "by hand", "plain text", "zh", _traditional, _text(plain.TextLook("big5", margin=60))),
    Made("zh-utf16.txt", "by hand", "plain text", "zh",
         _policy("p61", _zh(ARTICLE_ZH)),
         _text(plain.TextLook("utf-16-le", indent="　　", blank=False, end="\r\n", mark=b"\xff\xfe"))),
    Made("en-utf8.txt", "by hand", "plain text", "en",
         _policy("p27", _en(BARE, items=[NUMBER])), _text(plain.TextLook("utf-8", margin=72, hyphens=True))),
    Made("en-cp1252.txt", "by hand", "plain text", "en",
         _policy("p45", _en(r"(Part [A-Z])")), _text(plain.TextLook("cp1252", end="\r\n"))),
)  # fmt: skip

ALL: tuple[Made, ...] = (*_PDF_EN, *_PDF_ZH, *_SCANS, *_OTHERS)


def make(made: Made, folder: Path) -> Truth:
    """Write a document and what it says to a folder."""
    found = made.entries()
    path = folder / made.file
    with tempfile.TemporaryDirectory() as name:
        laid = made.make(path, found, Path(name))
    truth = Truth(made.file, made.maker, made.sort, made.language, expected(laid, notes=made.notes))
    save(truth, folder)
    return truth
