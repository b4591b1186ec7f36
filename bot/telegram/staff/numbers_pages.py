"""The numbers of the staff desk as messages, and what may be asked of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.telegram.callback import Language, language_of_letter
from bot.telegram.pages import Button, Page, Run, Style, block, paged
from bot.telegram.staff.limits import DIGEST_DAYS, MOST_STATS_DAYS, STATS_DAYS
from prompts.phrases import phrases

PREFIX = "sn"
Form = Literal["text", "plots", "csv"]
_LETTERS: dict[str, Form] = {"p": "plots", "c": "csv"}
_DATA = re.compile(r"sn([ez]):([pc]):([0-9]{1,4})")
_DAYS = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which numbers are asked for: of how many days, and in which form; ``text`` comes with the plots."""

    days: int
    form: Form = "text"


def wanted_of(rest: str) -> Wanted | None:
    """What stands behind /stats, such as ``7``, ``csv`` or ``csv 90``; ``None`` for anything else."""
    words = rest.lower().split()
    numbers = [int(word) for word in words if _DAYS.fullmatch(word)]
    forms = [word for word in words if not _DAYS.fullmatch(word)]
    days = numbers[0] if numbers else STATS_DAYS
    if len(numbers) > 1 or forms not in ([], ["csv"]) or not 1 <= days <= MOST_STATS_DAYS:
        return None
    return Wanted(days, "csv" if forms else "text")


def decode_numbers(data: str) -> tuple[Wanted, Language] | None:
    """What a button under the weekly report asks for; ``None`` for anything that is none."""
    match = _DATA.fullmatch(data)
    if match is None or not 1 <= int(match[3]) <= MOST_STATS_DAYS:
        return None
    return Wanted(int(match[3]), _LETTERS[match[2]]), language_of_letter(match[1])


def stats_pages(lines: Sequence[str], language: Language) -> list[Page]:
    """Lines of text as messages; an empty line parts those before it from those after it."""
    blocks = []
    apart = True
    for at, text in enumerate(lines):
        if not text:
            apart = True
            continue
        blocks.append(block(Run(text, Style.BOLD if at == 0 or apart else Style.PLAIN), tight=not apart))
        apart = False
    return paged(blocks, phrases(language).raw("telegram.page_mark"))


def digest_pages(payload: Mapping[str, Any], language: Language) -> list[Page]:
    """The weekly report as it waits in the outbox, with buttons for its pictures and its table."""
    say = phrases(language)
    *pages, last = stats_pages(str(payload["text"]).split("\n"), language)
    row = tuple(
        Button(say(f"staff_numbers.{form}"), f"{PREFIX}{language[0]}:{letter}:{DIGEST_DAYS}")
        for letter, form in _LETTERS.items()
    )
    return [*pages, Page(last.html, last.plain, (*last.buttons, row))]
