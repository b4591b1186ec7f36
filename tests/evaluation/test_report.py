"""The report in its forms: what it must tell, and that nothing foreign in it is obeyed."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

from bot.evaluation.baseline import baseline_of, compare
from bot.evaluation.errors import EvaluationError
from bot.evaluation.plots import plots
from bot.evaluation.prediction import CitedPassage
from bot.evaluation.report import render_html, render_markdown, render_text, write_json, write_report
from bot.evaluation.result import Evaluation
from bot.evaluation.run import evaluate

from .rows import EVIDENCE, OTHER, SOURCES, ScriptedDesk, answer, evaluation, gold, said

HOSTILE = "<script>alert('x')</script> & \"quoted\" <img src=x onerror=alert(1)> [a](http://b.c) | \u202egnorw\x1b[31m"
PNG = b"\x89PNG\r\n\x1a\n"


class _Page(HTMLParser):
    """Takes a page apart: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _asked() -> Evaluation:
    questions = [
        gold(id="q1", question="How much?", evidence=[[EVIDENCE]], facts=[["300 yuan"]], persona="staff"),
        gold(id="q2", question="在哪里申请？", lang="zh", evidence=[[EVIDENCE]], history=("多少钱？",)),
        gold(id="q3", question="Hello", expect="conversation"),
    ]
    desk = ScriptedDesk({"How much?": answer(), "在哪里申请？": answer(cites=(OTHER,)), "Hello": answer(cites=())})
    return evaluate(desk, questions, SOURCES, name="three questions")


def _hostile() -> Evaluation:
    cited = CitedPassage(quote=HOSTILE, text=HOSTILE, document=HOSTILE, title=HOSTILE, paragraph=1)
    question = gold(id=HOSTILE, question=HOSTILE, history=(HOSTILE,), persona=HOSTILE, must_not=["alert"])
    missing = gold(id="two", facts=[[HOSTILE]], evidence=[[HOSTILE]])
    return evaluation(
        [question, missing],
        [
            said(id=HOSTILE, status=f"\x1b{HOSTILE}", answer=HOSTILE, citations=(cited,)),
            said(id="two", answer=HOSTILE),
        ],
        name=HOSTILE,
    )


def test_the_text_tells_totals_groups_confusion_and_the_worst() -> None:
    text = render_text(_asked(), worst=1)
    assert text.startswith("1 of 3 questions passed (33.3%)\nthree questions · 3 questions · 2 en · 1 zh · ")
    assert re.search(r"^Passed +33\.3% +6–79% +1 of 3 answers", text, re.MULTILINE)
    assert re.search(r"^Median time +[\d.]+ ms +3 answers", text, re.MULTILINE)
    assert re.search(r"^answered +2 +50\.0%", text, re.MULTILINE)
    assert re.search(r"^zh +1 +0\.0%", text, re.MULTILINE)
    assert re.search(r"^conversation +1 +0$", text, re.MULTILINE)
    assert "the 1 worst answers\n- q3 [en, conversation] Hello\n    status answered instead of conversation" in text
    assert "worst" not in render_text(_asked())


def _sure() -> Evaluation:
    """Sure at 92 and 98 per cent, right once; and one answer that does not tell how sure it is."""
    predictions = [
        said(id="a", share=0.92),
        said(id="b", share=0.98, status="off_topic"),
        said(id="c", share=0.25),
        said(id="d"),
    ]
    return evaluation([gold(id=name) for name in "abcd"], predictions)


def test_the_text_tells_how_sure_the_desk_was_and_how_often_right() -> None:
    # Distances of 45, 45 and 75 points; squared distances of 0.0064, 0.9604 and 0.5625.
    line = "Expected calibration error 55.0%, Brier score 0.510, over 3 answers that tell the share of their status\n"
    text = render_text(_sure())
    assert f"\n\n{line}share of the status  n  mean share  fair status      95%\n" in text
    assert re.search(r"^20–30% +1 +25\.0% +100\.0% +21–100%\n90–100% +2 +95\.0% +50\.0% +9–91%$", text, re.MULTILINE)
    assert "calibration" not in render_text(_asked())


def test_markdown_tells_it_too() -> None:
    text = render_markdown(_sure())
    told = text.split("## How sure the desk was, and how often right\n\n")[1].split("\n\n##")[0].splitlines()
    assert told[0].startswith("Expected calibration error 55.0%, Brier score 0.510, over 3 answers")
    assert told[-2:] == ["| 20–30% | 1 | 25.0% | 100.0% | 21–100% |", "| 90–100% | 2 | 95.0% | 50.0% | 9–91% |"]
    assert "How sure" not in render_markdown(_asked())


def test_how_sure_the_desk_was_is_drawn_on_the_page() -> None:
    (plot,) = (plot for plot in plots(_sure()) if plot.slug == "calibration")
    figure = Figure()
    plot.draw(figure)
    (axes,) = figure.axes
    diagonal, *_ = axes.lines
    assert list(diagonal.get_xdata()) == list(diagonal.get_ydata()) == [0, 100]
    points = [[float(container[0].get_xdata()[0]), float(container[0].get_ydata()[0])] for container in axes.containers]
    assert points == [[pytest.approx(25), pytest.approx(100)], [pytest.approx(95), pytest.approx(50)]]
    whiskers = [container[2][0].get_segments()[0][:, 1].tolist() for container in axes.containers]
    assert whiskers == [pytest.approx([20.65, 100], abs=0.01), pytest.approx([9.45, 90.55], abs=0.01)]
    assert [text.get_text() for text in axes.texts] == ["1", "2"]
    assert plot.render("png").startswith(PNG)
    page = _Page(render_html(_sure()))
    assert "Share of the status against fair status" in [values["alt"] for tag, values in page.tags if tag == "img"]
    assert "Brier score 0.510, over 3 answers" in page.text


def test_tables_of_the_text_stay_in_line_with_chinese_names() -> None:
    found = evaluation([gold(id="a", persona="企业"), gold(id="b", persona="staff")], [])
    text = render_text(found)
    chinese = next(line for line in text.splitlines() if line.startswith("企业 "))
    english = next(line for line in text.splitlines() if line.startswith("staff "))
    # A Chinese character takes two columns of a terminal, so its row is two characters shorter.
    assert chinese.index("0.0%") + 2 == english.index("0.0%")


def test_nothing_in_the_text_is_obeyed_by_a_terminal() -> None:
    text = render_text(_hostile(), worst=9)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[U+202E]gnorw[U+001B][31m" in text


def test_the_page_tells_every_failure_with_what_was_expected_got_why_and_cited() -> None:
    page = _Page(render_html(_asked()))
    assert "2 of 3 answers failed" in page.text
    for told in (
        "多少钱？",
        "在哪里申请？",
        "expected answered",
        "got answered",
        "cites 0 of 1 required passages: Each applicant receives 300 yuan.",
        "Circular, ¶1",
        OTHER,
        "status answered instead of conversation",
        "three questions · 3 questions · 2 en · 1 zh",
        "6–79%",
        "1 of 3 answers",
    ):
        assert told in page.text
    assert "How much?" not in page.text


def test_the_page_holds_its_plots_and_fetches_nothing() -> None:
    page = _Page(render_html(_asked()))
    pictures = [attributes for tag, attributes in page.tags if tag == "img"]
    assert [picture["alt"] for picture in pictures] == [
        "Passed, fair status and all evidence by language",
        "Passed, fair status and all evidence by expected status",
        "Status expected against status given",
        "Time to an answer",
    ]
    for picture in pictures:
        source = picture["src"]
        assert source is not None
        head, _, data = source.partition(",")
        assert head == "data:image/svg+xml;base64"
        assert ElementTree.fromstring(base64.b64decode(data)).tag.endswith("svg")
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "iframe"})
    assert all("href" not in attributes for _, attributes in page.tags)


def test_without_timings_there_is_no_latency_plot() -> None:
    page = _Page(render_html(evaluation([gold()], [said()])))
    assert "Time to an answer" not in page.text
    assert "None of 1 answers failed" in page.text


def test_hostile_text_on_the_page_is_text() -> None:
    passed_before = evaluation([_hostile().outcomes[0].gold], [said(id=HOSTILE)])
    page = render_html(_hostile(), compare(_hostile(), baseline_of(passed_before)))
    assert "0 questions better and 1 worse" in page
    taken = _Page(page)
    assert "script" not in {tag for tag, _ in taken.tags}
    assert all(not name.startswith("on") for _, attributes in taken.tags for name in attributes)
    assert all(
        str(values.get("src", "data:")).startswith("data:image/svg+xml;base64,")
        for t, values in taken.tags
        if t == "img"
    )
    # Everywhere a stranger's text is shown: name, group, change, failure, answer, reasons, citation.
    assert taken.text.count("<script>alert('x')</script>") >= 14
    assert "\u202e" not in page
    assert "\x1b" not in page
    for _, values in taken.tags:
        if "src" in values:
            ElementTree.fromstring(base64.b64decode(str(values["src"]).partition(",")[2]))


def test_hostile_text_in_markdown_is_text() -> None:
    text = render_markdown(_hostile())
    assert "<" not in text
    assert not re.search(r"(?<!\\)\]\(http", text)
    assert "http://" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert rows
    by_persona = text.split("## By persona")[1].split("##")[0].strip().splitlines()
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in by_persona} == {14}


def test_the_page_shows_what_changed_against_a_baseline() -> None:
    before = evaluation([gold(question="Old and new?")], [said(status="off_topic")])
    now = evaluation([gold(question="Old and new?")], [said()])
    page = _Page(render_html(now, compare(now, baseline_of(before))))
    assert "1 questions better and 0 worse than the baseline" in page.text
    assert "Passed 0.0% (0 of 1) then, 100.0% (1 of 1) now" in page.text
    assert "off_topic → answered" in page.text


def test_html_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "report.HTML"
    assert write_report(_asked(), path) == (path,)
    assert list(path.parent.iterdir()) == [path]
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_markdown_has_its_plots_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "result.md"
    written = write_report(_asked(), path)
    assert written[0] == path
    text = path.read_text(encoding="utf-8")
    assert "# 1 of 3 questions passed (33.3%)" in text
    assert "> earlier: 多少钱？" in text
    assert "- cites Circular, ¶1: Applications are filed" in text
    named = re.findall(r"!\[[^]]+\]\(([^)]+)\)", text)
    assert [file.name for file in written[1:]] == named
    assert len(named) == 4
    for name in named:
        assert (tmp_path / name).read_bytes().startswith(PNG)


def test_another_ending_and_an_unwritable_place_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"report\.pdf: a report ends in \.html or \.md"):
        write_report(_asked(), tmp_path / "report.pdf")
    (tmp_path / "file").write_text("")
    with pytest.raises(EvaluationError, match="cannot be written"):
        write_report(evaluation([gold()], []), tmp_path / "file" / "report.html")


def test_json_holds_everything(tmp_path: Path) -> None:
    path = tmp_path / "evaluation.json"
    found = _asked()
    write_json(found, path)
    loaded = json.loads(path.read_text(encoding="utf-8"))
    assert loaded["total"]["passed"] == {"hit": 1, "of": 3}
    assert loaded["outcomes"][0]["gold"]["persona"] == "staff"
    assert Evaluation.model_validate(loaded) == found


def test_matplotlib_is_loaded_only_to_draw() -> None:
    program = "import sys, bot.evaluation.report, bot.evaluation.run; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
