"""The eligibility check in the terminal, and the JSON that machines may rely on (``docs/check.md``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.answering.wording import place
from bot.cli.render import Line
from bot.eligibility.outcome import Verdict
from bot.eligibility.wording import tell

if TYPE_CHECKING:
    from bot.answering.answer import Citation, PointerTo
    from bot.eligibility.check import Check
    from bot.eligibility.dialogue import Dialogue, Prompt
    from bot.eligibility.outcome import Finding, Outcome
    from documents.conditions import Condition, Programme
    from prompts.phrases import Phrases

_STYLE = {
    Verdict.MEETS: "bold green",
    Verdict.FAILS: "bold red",
    Verdict.NOT_STATED: "bold yellow",
    Verdict.UNSURE: "bold yellow",
    Verdict.NOT_ASKED: "dim",
}


def _quote_lines(citation: Citation, say: Phrases) -> list[Line]:
    return [
        ("    " + say("answer.quote", quote=citation.quote), "italic"),
        ("    " + place(citation, say), "dim"),
    ]


def prompt_lines(prompt: Prompt, say: Phrases) -> list[Line]:
    """A question with its numbered choices, and where the document states what is asked."""
    counted = [(say("check.progress", number=prompt.number, total=prompt.total), "dim")] if prompt.total else []
    lines: list[Line] = [("", ""), *counted, (prompt.text, "bold")]
    lines += [(f"  {number}  {choice.text}", "") for number, choice in enumerate(prompt.choices, 1)]
    if prompt.citation is not None:
        lines += _quote_lines(prompt.citation, say)
    return lines


def outcome_lines(outcome: Outcome, say: Phrases) -> list[Line]:
    """The sum first, then every condition with its paragraph, and what is provided."""
    told = tell(outcome, say)
    lines: list[Line] = [("", ""), (told.title, "bold")]
    lines += [(line, _STYLE[told.verdict]) for line in told.summary]
    for finding in told.findings:
        lines += [("", ""), (finding.line, _STYLE[finding.verdict])]
        lines += [(f"    {note}", "") for note in finding.notes]
        lines += _quote_lines(finding.citation, say)
    for quotes in told.quotes:
        lines += [("", ""), (quotes.heading, "bold")]
        for citation in quotes.citations:
            lines += _quote_lines(citation, say)
    lines.append(("", ""))
    return lines + [(line, "dim") for line in told.closing]


def list_lines(check: Check, programmes: tuple[Programme, ...], say: Phrases) -> list[Line]:
    """The programmes with the ids that ``--programme`` and ``--answer`` take."""
    names = {role.id: f"{role.name.of(say.language)} ({role.id})" for role in check.roles}
    lines: list[Line] = []
    for programme in programmes:
        for_whom = say("check.separator").join(names[role] for role in programme.roles)
        lines += [
            (f"{programme.id}  {programme.name.of(say.language)}", "bold"),
            ("    " + say("check.list_roles", roles=for_whom), "dim"),
        ]
        for condition in programme.conditions:
            choices = ", ".join(option.id for option in condition.options) or say("check.list_open")
            lines += [
                (f"    {condition.id}  {condition.name.of(say.language)} (¶{condition.evidence.paragraph})", ""),
                (f"        {choices}", "dim"),
            ]
    return lines


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "document": citation.document,
        "title": citation.title,
        "paragraph": citation.paragraph,
        "label": citation.label,
        "section": " > ".join(citation.section) or None,
        "page": citation.page,
        "quote": citation.quote,
        "text": citation.text,
    }


def _pointer(pointer: PointerTo) -> dict[str, Any]:
    return pointer.model_dump(mode="json")


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "id": finding.condition,
        "name": finding.name.of(language),
        "verdict": finding.verdict.value,
        "advantage": finding.advantage,
        "open": finding.open,
        "choice": finding.choice,
        "note": finding.note.of(language) if finding.note else None,
        "governed_by": _pointer(finding.governed_by) if finding.governed_by else None,
        "ask": finding.ask.of(language) if finding.ask else None,
        "citation": _citation(finding.citation),
    }


def outcome_object(outcome: Outcome, state: Dialogue, say: Phrases) -> dict[str, Any]:
    """What ``check --json`` prints."""
    told = tell(outcome, say)
    return {
        "programme": outcome.programme,
        "name": told.title,
        "document": outcome.document,
        "role": state.role,
        "language": say.language,
        "answers": dict(state.answers),
        "verdict": outcome.verdict.value,
        "summary": " ".join(told.summary),
        "conditions": [_finding(finding, say.language) for finding in outcome.findings],
        "gives": [_citation(citation) for citation in outcome.gives],
        "decides": _citation(outcome.decides) if outcome.decides else None,
        "newer_edition": outcome.newer_edition,
        "set_aside": [name.of(say.language) for name in outcome.set_aside],
        "closing": list(told.closing),
        "version": state.version,
    }


def _condition(condition: Condition, language: str) -> dict[str, Any]:
    return {
        "id": condition.id,
        "name": condition.name.of(language),
        "question": condition.question.of(language) if condition.question else None,
        "choices": [
            {"id": option.id, "text": option.words.of(language), "effect": option.effect.value}
            for option in condition.options
        ],
        "advantage": condition.advantage,
        "open": condition.open,
        "governed_by": condition.governed_by,
        "paragraph": condition.evidence.paragraph,
        "stated": condition.evidence.snippet,
    }


def list_object(programmes: tuple[Programme, ...], say: Phrases) -> list[dict[str, Any]]:
    """What ``check --list --json`` prints."""
    return [
        {
            "id": programme.id,
            "name": programme.name.of(say.language),
            "document": programme.document,
            "roles": list(programme.roles),
            "conditions": [_condition(condition, say.language) for condition in programme.conditions],
        }
        for programme in programmes
    ]
