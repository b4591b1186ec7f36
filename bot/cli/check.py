"""``circular check``: drives the eligibility check from options, and from the keyboard where there is one."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import typer

from bot.cli.check_view import list_lines, list_object, outcome_lines, outcome_object, prompt_lines
from bot.cli.contract import to_json
from bot.cli.errors import UserError, report
from bot.cli.render import show
from bot.cli.session import read_settings
from bot.eligibility.check import Check
from bot.eligibility.dialogue import Dialogue, Prompt, WrongChoice, option_of
from documents.conditions import Programme, load_programmes
from documents.loading import SHIPPED, load_library
from prompts.phrases import Phrases, phrases

_WRONG_USAGE = 2


class _WrongOptions(UserError):
    """Options that do not fit, or do not suffice where nobody can be asked."""


def run_check(
    role: str | None, programme: str | None, answers: Iterable[str], language: str, *, as_json: bool, list_only: bool
) -> None:
    """Print the programmes, or the outcome of one; what no option says is asked where somebody sits at a terminal.

    Ends with status 2 and one line where options are wrong, or something is missing and nobody can be asked.
    """
    say = phrases(language)
    check = _open_check(say)
    try:
        given = _given(answers)
        start = check.begin(role, programme)
        if list_only:
            _list(check, start, say, as_json=as_json)
            return
        state = _complete(check, start, given, say, by_hand=sys.stdin.isatty() and not as_json)
    except (WrongChoice, _WrongOptions) as error:
        report(error)
        raise typer.Exit(_WRONG_USAGE) from None
    if state is None:
        show([(say("cli.chat_bye"), "dim")])
        return
    outcome = check.outcome(state)
    if as_json:
        print(to_json(outcome_object(outcome, state, say)))
    else:
        show(outcome_lines(outcome, say))


def _open_check(say: Phrases) -> Check:
    settings = read_settings()
    folder = settings.corpus or SHIPPED
    library = load_library(folder, settings.database).library
    check = Check(load_programmes(folder, library), library)
    if not check.programmes():
        raise UserError(say("check.none_prepared"))
    return check


def _given(answers: Iterable[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for answer in answers:
        condition, equals, choice = answer.partition("=")
        if not equals:
            raise _WrongOptions(f"--answer {answer!r}: write CONDITION=CHOICE; `circular check --list` names them")
        if condition in given:
            raise _WrongOptions(f"--answer: {condition} is answered twice")
        given[condition] = choice
    return given


def _list(check: Check, start: Dialogue, say: Phrases, *, as_json: bool) -> None:
    wanted = tuple(p for p in check.programmes(start.role) if start.programme in (None, p.id))
    if as_json:
        print(to_json({"programmes": list_object(wanted, say)}))
    else:
        show(list_lines(check, wanted, say))


def _complete(check: Check, state: Dialogue, given: dict[str, str], say: Phrases, *, by_hand: bool) -> Dialogue | None:
    """The state in which everything is answered; ``None`` where somebody ends it before.

    An answer that is given by an option is used once, so that one who goes back can give another.
    """
    held = False
    while True:
        if state.programme is not None and not held:
            _hold_to(_programme(check, state.programme), given)
            held = True
        prompt = check.prompt(state, say.language)
        if prompt is None:
            return state
        if prompt.subject in given:
            state = check.reply(state, given.pop(prompt.subject))
        elif not by_hand:
            raise _missing(check, state, given)
        elif (answered := _asked(check, state, prompt, say)) is not None:
            state = answered
        else:
            return None


def _programme(check: Check, programme: str) -> Programme:
    return next(entry for entry in check.programmes() if entry.id == programme)


def _hold_to(programme: Programme, given: dict[str, str]) -> None:
    """Refuse an answer that the programme has no place for, whether or not it would be asked for."""
    asked = {condition.id: condition for condition in programme.asked}
    for condition, choice in given.items():
        if condition not in asked:
            raise WrongChoice("--answer", condition, asked)
        option_of(asked[condition], choice)


def _missing(check: Check, state: Dialogue, given: dict[str, str]) -> _WrongOptions:
    if state.programme is None:
        there = ", ".join(entry.id for entry in check.programmes(state.role))
        return _WrongOptions(f"missing: --programme, one of {there}")
    answered = {condition for condition, _ in state.answers} | given.keys()
    wanted = [
        f"--answer {condition.id}={'|'.join(option.id for option in condition.options)}"
        for condition in _programme(check, state.programme).asked
        if condition.id not in answered
    ]
    return _WrongOptions(f"missing: {'; '.join(wanted)}")


def _asked(check: Check, state: Dialogue, prompt: Prompt, say: Phrases) -> Dialogue | None:
    """The state after what is typed: a number, the id of a choice, ``b``; ``None`` for ``q`` and the end of input."""
    import readline  # noqa: F401 - line editing for input()

    show(prompt_lines(prompt, say))
    while True:
        try:
            typed = input(say("check.ask_number" if prompt.can_go_back else "check.ask_first_number")).strip().lower()
        except EOFError:
            return None
        if typed == "q":
            return None
        if typed == "b":
            if prompt.can_go_back:
                return check.back(state)
            show([(say("check.no_way_back"), "red")])
        elif typed:
            try:
                return check.reply(state, _choice(prompt, typed))
            except WrongChoice:
                numbers = f"1–{len(prompt.choices)}"
                show([(say("check.wrong_choice", choice=typed, choices=numbers), "red")])


def _choice(prompt: Prompt, typed: str) -> str:
    if typed.isdecimal() and 1 <= int(typed) <= len(prompt.choices):
        return prompt.choices[int(typed) - 1].id
    return typed
