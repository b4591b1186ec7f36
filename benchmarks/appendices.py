"""The omitted appendices of the circular, supplied: twelve invented ones, each added in its place and asked about."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from benchmarks.desks import staying
from benchmarks.shared import ROOT
from bot.desk import Desk
from bot.evaluation.gold import read_gold
from bot.evaluation.report import render_text
from bot.evaluation.result import Evaluation, summarise
from bot.evaluation.run import evaluate, sources_of
from documents.intake import Facts

APPENDICES = ROOT / "tests" / "gold" / "appendices"


def folders(part: str) -> list[Path]:
    """The appendices of a part, ``dev`` (learned from) or ``report`` (never)."""
    return sorted(path.parent for path in (APPENDICES / part).glob("*/document.txt"))


def as_corpus(source: Path, folder: Path) -> None:
    """An appendix as a document of a corpus of its own, under its own id."""
    told = json.loads((source / "meta.json").read_text(encoding="utf-8"))
    target = folder / source.name
    target.mkdir()
    shutil.copy(source / "document.txt", target)
    facts = {"id": source.name, "kind": "other", **{n: told[n] for n in ("title", "number", "issuer", "language")}}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()]
    (target / "document.toml").write_text("\n".join([*lines, f"issued_on = {told['issued_on']}", ""]), encoding="utf-8")


def desk_with(home: Path, source: Path) -> Desk:
    """A desk on the circular with an appendix in its place."""
    told = json.loads((source / "meta.json").read_text(encoding="utf-8"))
    return staying(home, [(source / "document.txt", Facts(), told["as"])])


def _asked(source: Path) -> Evaluation:
    """The questions on one appendix, asked of the circular with it."""
    with tempfile.TemporaryDirectory() as home:
        desk = desk_with(Path(home), source)
        try:
            return evaluate(desk, read_gold(source / "questions.jsonl"), sources_of(desk.library))
        finally:
            desk.close()


def main() -> None:
    for part in ("dev", "report"):
        outcomes = [outcome for source in folders(part) for outcome in _asked(source).outcomes]
        print(f"{part}: {len(folders(part))} appendices")
        print(render_text(summarise(outcomes, name=f"appendices, {part}", by=("asks_document", "lang"))))


if __name__ == "__main__":
    main()
