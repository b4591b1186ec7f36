"""Which files a person means who names files, folders and patterns."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from documents.errors import DeskError
from documents.readers.detect import ENDINGS


class FilesError(DeskError):
    """A folder or pattern names no file that can be read; the message says which."""


class Files(NamedTuple):
    """The files that were named, each once and in order, and what of folders was left aside.

    ``outside`` are links that lead out of their folder, ``unread`` files of kinds there is no reader for.
    """

    named: tuple[Path, ...]
    outside: tuple[Path, ...] = ()
    unread: tuple[Path, ...] = ()


def files_in(paths: Iterable[Path]) -> Files:
    """The files that paths name: a file is itself, a folder all files below it of a kind there is a reader for, and a
    pattern with ``*`` or ``?`` whatever matches. Hidden files of folders are left out. A link is followed where it is
    named itself, and in a folder where it stays in it.

    Raises ``FilesError`` where a folder or pattern names none.
    """
    named: dict[Path, None] = {}
    outside: dict[Path, None] = {}
    unread: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found = _below(path)
            outside |= dict.fromkeys(found.outside)
            unread |= dict.fromkeys(found.unread)
        elif any(sign in str(path) for sign in "*?[") and not path.exists():
            found = Files(_matching(path))
        else:
            found = Files((path,))
        named |= dict.fromkeys(found.named)
    left = (tuple(each for each in group if each not in named) for group in (outside, unread))
    return Files(tuple(named), *left)


def _below(folder: Path) -> Files:
    seen = (f for f in sorted(folder.rglob("*")) if not any(p.startswith(".") for p in f.relative_to(folder).parts))
    root = folder.resolve()
    named: list[Path] = []
    outside: list[Path] = []
    unread: list[Path] = []
    for path in seen:
        if path.is_symlink() and _leads_out(path, root):
            outside.append(path)
        elif path.is_file():
            (named if path.suffix.lower() in ENDINGS else unread).append(path)
    if not named:
        links = f"; links that lead out of it are not followed ({len(outside)})" if outside else ""
        raise FilesError(f"{folder}: no file below it that can be read ({', '.join(sorted(ENDINGS))}){links}")
    return Files(tuple(named), tuple(outside), tuple(unread))


def _leads_out(link: Path, root: Path) -> bool:
    try:
        return not link.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # it leads around in a circle
        return True


def _matching(pattern: Path) -> tuple[Path, ...]:
    base = Path(pattern.anchor) if pattern.is_absolute() else Path()
    relative = str(pattern.relative_to(pattern.anchor)) if pattern.is_absolute() else str(pattern)
    named = tuple(sorted(f for f in base.glob(relative) if f.is_file()))
    if not named:
        raise FilesError(f"{pattern}: no file matches")
    return named
