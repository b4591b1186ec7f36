"""Draws the picture of the README from real answers, as a page that a browser photographs.

    python docs/images/draw.py && chromium --headless --no-sandbox --hide-scrollbars --window-size=1040,960 \\
        --screenshot=docs/images/ask.png docs/images/ask.html
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from bot.answering.answer import Question
from bot.cli.render import answer_lines, hanging
from bot.desk import open_desk
from bot.settings import Settings

QUESTIONS = ("By when should exports be quadrupled?", "认证奖励怎么申请？", "What interest rate applies to the loan?")
_WIDTH = 100
_PAGE = (
    "<meta charset='utf-8'><body style='background:{background};color:{foreground};margin:24px'>"
    "<pre style=\"font:15px/1.45 'DejaVu Sans Mono','Noto Sans Mono CJK SC',monospace\">{code}</pre></body>"
)


def main() -> None:
    """Write ``ask.html`` beside this file."""
    console = Console(record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True)
    desk = open_desk(Settings())
    for question in QUESTIONS:
        console.print(Text(f'$ circular ask "{question}"', style="bold"))
        for text, style in answer_lines(desk.ask(Question(text=question))):
            console.print(hanging(text, style))
        console.print()
    desk.close()
    page = console.export_html(theme=MONOKAI, inline_styles=True, code_format=_PAGE)
    Path(__file__).with_name("ask.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
