"""Writes an evaluation down: as text for a terminal, as Markdown, as HTML, as JSON."""

from __future__ import annotations

from pathlib import Path

from bot.evaluation.baseline import Comparison
from bot.evaluation.errors import EvaluationError
from bot.evaluation.html_report import render_html
from bot.evaluation.markdown_report import render_markdown
from bot.evaluation.plots import plots
from bot.evaluation.result import Evaluation
from bot.evaluation.text_report import render_comparison, render_text

__all__ = [
    "check_report_path",
    "render_comparison",
    "render_html",
    "render_markdown",
    "render_text",
    "write_json",
    "write_report",
]

_HTML = (".html", ".htm")
_MARKDOWN = (".md", ".markdown")


def write_report(evaluation: Evaluation, path: Path, comparison: Comparison | None = None) -> tuple[Path, ...]:
    """Write the report in the form the file's ending names, and return every file written, the report first.

    HTML is one file; Markdown puts its plots beside it as PNG. Missing folders are made. Raises
    ``EvaluationError`` for another ending, or where the files cannot be written.
    """
    check_report_path(path)
    if path.suffix.lower() in _HTML:
        return _write({path: render_html(evaluation, comparison).encode("utf-8")})
    pictures = {f"{path.stem}-{plot.slug}.png": plot for plot in plots(evaluation)}
    text = render_markdown(evaluation, pictures, comparison)
    files = {path: text.encode("utf-8")}
    files |= {path.with_name(name): plot.render("png") for name, plot in pictures.items()}
    return _write(files)


def check_report_path(path: Path) -> None:
    """Raise ``EvaluationError`` for an ending no report has, before a run is spent on it."""
    if path.suffix.lower() not in (*_HTML, *_MARKDOWN):
        raise EvaluationError(f"{path}: a report ends in {' or '.join((*_HTML[:1], *_MARKDOWN[:1]))}")


def write_json(evaluation: Evaluation, path: Path) -> None:
    """Write everything the evaluation holds as one JSON object; raises ``EvaluationError`` where that fails."""
    _write({path: (evaluation.model_dump_json(indent=1) + "\n").encode("utf-8")})


def _write(files: dict[Path, bytes]) -> tuple[Path, ...]:
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise EvaluationError(f"{path}: cannot be written: {error.strerror or error}") from error
    return tuple(files)
