"""Drafts of official answers and those in force, as staff see them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from bot.answering.answer import Language
from bot.staff.curated import Basis, Kept
from bot.telegram.limits import BUTTONS_A_ROW
from bot.telegram.pages import Block, Button, Page, Run, Style, block, page, parts, shorten
from bot.telegram.render import in_rows
from bot.telegram.staff.draft import Draft
from bot.telegram.staff.limits import (
    ANSWERS_A_PAGE,
    BASIS_SHOWN,
    DRAFT_QUOTE_UNITS,
    DRAFT_TEXT_UNITS,
    EXPIRY_MONTHS,
    WORDING_UNITS,
    WORDINGS_SHOWN,
)
from bot.telegram.staff.official_data import Do, OfficialClick, encode_official
from prompts.phrases import LANGUAGES, Phrases, phrases


def draft_page(draft: Draft, language: Language) -> Page:
    """The draft as it stands, what may be done with it, and how it is changed."""
    say = phrases(language)
    title = say("official.edits", answer=draft.edits) if draft.edits is not None else say("official.draft")
    until = say("official.expires", date=draft.expires_on.isoformat()) if draft.expires_on else say("official.lasts")
    blocks = [
        block(Run(title, Style.BOLD), f" · {say(f'staff.status_{draft.status.value}')} · {until}"),
        *_questions(draft.question, [each.text for each in draft.wordings], say),
        *_texts(draft.texts, say, lacking=True),
        *_basis(draft.basis, say),
        block(Run(say("official.how_to_change"), Style.ITALIC)),
    ]
    expiries = [
        Button(say("official.months", months=months), encode_official(OfficialClick(Do.EXPIRES, months)))
        for months in EXPIRY_MONTHS
    ]
    never = Button(say("official.never"), encode_official(OfficialClick(Do.EXPIRES, 0)))
    foot = tuple(
        Button(say(f"official.do_{do.value}"), encode_official(OfficialClick(do))) for do in (Do.APPROVE, Do.CANCEL)
    )
    return page(blocks, ((*expiries, never), foot))


def official_page(kept: Kept, language: Language, zone: tzinfo, approver: str) -> Page:
    """What was confirmed, as it stands."""
    say, curated = phrases(language), kept.curated
    approved = datetime.fromtimestamp(curated.approved_at, zone).date()
    until = (
        say("official.expires", date=curated.expires_on.isoformat()) if curated.expires_on else say("official.lasts")
    )
    aside = shorten(", ".join(curated.aside), WORDING_UNITS)
    kind = say("official.answer" if curated.texts else "official.correction", answer=kept.id)
    blocks = [
        block(
            Run(f"{kind} · {say(f'official.standing_{kept.standing.value}')}", Style.BOLD),
            f" · {say(f'staff.status_{curated.status.value}')}{f' · {until}' if curated.texts else ''}",
        ),
        block(say("official.approved", date=approved.isoformat(), who=approver), tight=True),
        *([block(say("official.aside", paragraphs=aside))] if aside else []),
        *_questions(curated.question, [each.text for each in curated.wordings], say),
        *_texts(curated.texts, say, lacking=False),
        *_basis(curated.basis, say),
    ]
    row = [
        Button(say(f"official.do_{do.value}"), encode_official(OfficialClick(do, kept.id)))
        for do in (Do.EDIT, Do.WITHDRAW)
        if do is Do.EDIT or kept.standing.value != "withdrawn"
    ]
    back = Button(say("official.do_list"), encode_official(OfficialClick(Do.LIST, 0)))
    return page(blocks, (tuple(row), (back,)))


def list_page(answers: Sequence[Kept], at: int, language: Language) -> Page:
    """A page, from 0, of what was confirmed; a button shows each."""
    say = phrases(language)
    pages = max(1, -(-len(answers) // ANSWERS_A_PAGE))
    at = min(at, pages - 1)
    shown = answers[at * ANSWERS_A_PAGE : (at + 1) * ANSWERS_A_PAGE]
    blocks = [block(Run(say("official.list", count=len(answers)), Style.BOLD))]
    for kept in shown:
        until = kept.curated.expires_on.isoformat() if kept.curated.expires_on else "–"
        details = f"{say(f'official.standing_{kept.standing.value}')} · {until}"
        blocks.append(block(f"{kept.id}. {shorten(kept.curated.question, WORDING_UNITS)} ({details})", tight=True))
    chosen = [Button(str(kept.id), encode_official(OfficialClick(Do.SHOW, kept.id))) for kept in shown]
    turns = [
        Button(say(f"telegram.{key}", page=to + 1, pages=pages), encode_official(OfficialClick(Do.LIST, to)))
        for key, to in (("page_before", at - 1), ("page_after", at + 1))
        if 0 <= to < pages
    ]
    return page(blocks, (*in_rows(chosen, BUTTONS_A_ROW), *([tuple(turns)] if turns else [])))


def _questions(question: str, wordings: Sequence[str], say: Phrases) -> Iterable[Block]:
    yield block(Run(say("casework.question"), Style.BOLD))
    yield block(shorten(question, WORDING_UNITS), tight=True)
    for each in wordings[:WORDINGS_SHOWN]:
        yield block(f"• {shorten(each, WORDING_UNITS)}", tight=True)
    if len(wordings) > WORDINGS_SHOWN:
        yield block(f"… {len(wordings) - WORDINGS_SHOWN}", tight=True)


def _texts(texts: dict[Language, str], say: Phrases, *, lacking: bool) -> Iterable[Block]:
    for language in LANGUAGES:
        name = phrases(language)("telegram.own_name")
        text = texts.get("zh" if language == "zh" else "en")
        if text is not None:
            yield block(Run(name, Style.BOLD))
            yield _cut(text, DRAFT_TEXT_UNITS)
        elif lacking:
            yield block(Run(name, Style.BOLD), f" – {say('official.lacking')}")


def _basis(basis: Sequence[Basis], say: Phrases) -> Iterable[Block]:
    if not basis:
        yield block(say("official.no_paragraphs"))
    for each in basis[:BASIS_SHOWN]:
        yield block(Run(say("telegram.paragraph", number=each.paragraph), Style.BOLD), f" · {each.document}")
        if each.quote:
            yield _cut(each.quote, DRAFT_QUOTE_UNITS)
    if len(basis) > BASIS_SHOWN:
        rest = ", ".join(f"¶ {each.paragraph}" for each in basis[BASIS_SHOWN:])
        yield block(shorten(rest, WORDING_UNITS), tight=True)


def _cut(text: str, most: int) -> Block:
    whole = block(text, quote=True, tight=True)
    pieces = parts(whole, most)
    beginning = pieces[0]
    if len(pieces) == 1:
        return whole
    return Block((*beginning.runs, Run(" …")), quote=True, tight=True)
