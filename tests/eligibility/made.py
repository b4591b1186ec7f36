"""A small document with conditions of every kind, and ways to change one thing of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.eligibility.check import Check
from bot.eligibility.dialogue import Dialogue
from documents.conditions import Programme, Programmes, load_programmes
from documents.library import HeldText, Library
from documents.loading import load_corpus
from documents.models import DocumentStatus, Paragraph

DOCUMENT = "grants"
FACTS = """
id = "grants"
title = "Measures for Grants"

[[named]]
id = "grants-annex"
kind = "appendix"
label = "Annex 1"
title = "Table of Rates"
"""
TEXT = """Measures for Grants

Every firm with ten or more employees may apply for a grant towards machines, tools, etc. Firms in the north come first.

The rates and further requirements are laid down in Annex 1 to these Measures.

The Office decides on grants. It assists every firm that asks with advice.
"""
CONDITIONS = """
[role.firm]
en = "A firm"
zh = "企业"

[role.person]
en = "A person"
zh = "个人"

[choice.yes]
en = "Yes"
zh = "是"

[choice.no]
en = "No"
zh = "否"

[choice.unsure]
en = "Not sure"
zh = "不确定"

[choice.machines]
en = "Machines"
zh = "机器"

[choice.other]
en = "Something else"
zh = "其他"

[condition.staff]
name = { en = "Ten or more employees", zh = "十名以上员工" }
stated = "Every firm with ten or more employees"
question = { en = "Has the firm ten or more employees?", zh = "员工是否在十名以上？" }
choices = { yes = "meets", no = "fails", unsure = "unsure" }

[condition.purpose]
name = { en = "Purpose", zh = "用途" }
stated = "a grant towards machines, tools, etc."
question = { en = "What is it for?", zh = "用于什么？" }
choices = { machines = "meets", other = "not_stated" }
notes.other = { en = "The list is open.", zh = "列举未穷尽。" }

[condition.north]
name = { en = "In the north", zh = "位于北方" }
stated = "Firms in the north come first"
question = { en = "Is the firm in the north?", zh = "企业是否在北方？" }
advantage = true
choices = { yes = "meets", no = "fails" }

[condition.further]
name = { en = "Further requirements", zh = "其他要求" }
stated = "further requirements are laid down in Annex 1"
governed_by = "grants-annex"
ask = { en = "What are the further requirements?", zh = "其他要求是什么？" }

[condition.a-firm]
name = { en = "A firm", zh = "企业" }
stated = "every firm that asks"
question = { en = "Is it a firm?", zh = "是否为企业？" }
choices = { yes = "meets", no = "fails" }

[[programme]]
id = "advice"
menu = 2
for = ["firm", "person"]
name = { en = "Advice", zh = "咨询" }
gives = ["It assists every firm that asks with advice."]
conditions = ["a-firm"]

[[programme]]
id = "grant"
menu = 1
for = ["firm"]
name = { en = "Grant", zh = "补助" }
gives = ["may apply for a grant"]
decides = "The Office decides on grants."
conditions = ["staff", "purpose", "north", "further"]
"""


def written(folder: Path, conditions: str | bytes = CONDITIONS, *, name: str = DOCUMENT, facts: str = FACTS) -> Path:
    """A corpus with the small document, or one like it, below ``folder``."""
    document = folder / name
    document.mkdir(parents=True)
    (document / "document.toml").write_text(facts, encoding="utf-8")
    (document / "document.txt").write_text(TEXT, encoding="utf-8")
    content = conditions.encode() if isinstance(conditions, str) else conditions
    (document / "conditions.toml").write_bytes(content)
    return folder


def loaded(folder: Path) -> tuple[Programmes, Library]:
    """The programmes of a corpus with its library."""
    library, _ = load_corpus(folder)
    return load_programmes(folder, library), library


def with_edition(library: Library, document_id: str, *changes: tuple[str, str]) -> Library:
    """The library with a second edition in force, in which words are changed."""
    document = library.document(document_id).model_copy(update={"edition": 2})

    def changed(paragraph: Paragraph) -> Paragraph:
        text = paragraph.text
        for old, new in changes:
            text = text.replace(old, new)
        return paragraph.model_copy(update={"text": text})

    paragraphs = [changed(paragraph) for paragraph in library.paragraphs(document_id)]
    assert changes == () or paragraphs != list(library.paragraphs(document_id)), "something is changed"
    return library.joined([HeldText(document, lambda: paragraphs)])


def with_text_of(library: Library, omitted: str) -> Library:
    """The library with a text for an omitted document."""
    document = library.document(omitted).model_copy(update={"status": DocumentStatus.PRESENT})
    return library.joined([HeldText(document, lambda: [Paragraph(document=omitted, number=1, text="Its text.")])])


def by_id(data: Programmes, programme: str) -> Programme:
    """The programme of this id."""
    return next(entry for entry in data.programmes if entry.id == programme)


def answered(check: Check, programme: str, *choices: str) -> Dialogue:
    """The state after these choices, one after the other."""
    state = check.begin(programme=programme)
    for choice in choices:
        state = check.reply(state, choice)
    return state


def walks(check: Check, state: Dialogue) -> Iterator[Dialogue]:
    """Every state in which a dialogue can end from here."""
    prompt = check.prompt(state, "en")
    if prompt is None:
        yield state
        return
    for choice in prompt.choices:
        yield from walks(check, check.reply(state, choice.id))
