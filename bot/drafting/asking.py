"""Puts a sentence as the question it answers: in the words of the document, or by the topic alone."""

from __future__ import annotations

import re

from bot.drafting.cues import Cue, Language, shipped_cues
from bot.drafting.topics import in_sentence, named_in
from prompts.phrases import phrases

_EDGES = " \t\n\u3000，,。；;：:.!！、"


def asked_of(sentence: str, found: re.Match[str], cue: Cue, language: Language, lower: frozenset[str]) -> str | None:
    """The sentence as a question for its value, where the grammar of it allows; ``found`` is a match in it."""
    if cue.form == "about" or "value" not in found.re.groupindex:
        return None
    start, end = found.span("value")
    if language == "zh" or cue.form == "in place":
        return _in_place(sentence, start, end, cue.word, language)
    return _inverted(sentence, start, end, cue.word, lower)


def _clause(sentence: str, start: int, end: int, language: Language) -> tuple[str, str]:
    """What stands before and after a value in its clause; with the clause before it where that alone is too short."""
    cues, numbers = shipped_cues().of(language), shipped_cues().numbers
    shortest = numbers.shortest_clause_zh if language == "zh" else numbers.shortest_clause_en
    cuts = [match.end() for match in cues.clause.finditer(sentence, 0, start)]
    after = cues.clause.search(sentence, end)
    rest = sentence[end : after.start() if after else len(sentence)]
    left = cuts.pop() if cuts else 0
    own = cues.opening.sub("", sentence[left:start].lstrip(_EDGES))
    if left and (len(own) + len(rest) < shortest or cues.leans.search(own)):
        left = cuts.pop() if cuts else 0
        own = cues.opening.sub("", sentence[left:start].lstrip(_EDGES))
    return own, rest.rstrip(_EDGES)


def _in_place(sentence: str, start: int, end: int, word: str, language: Language) -> str | None:
    numbers = shipped_cues().numbers
    before, after = _clause(sentence, start, end, language)
    longest, shortest = (
        (numbers.longest_clause_zh, numbers.shortest_clause_zh)
        if language == "zh"
        else (numbers.longest_clause_en, numbers.shortest_clause_en)
    )
    if not shortest <= len(before) + len(after) <= longest or _unbalanced(before + after):
        return None
    said = phrases(language)
    asked = said("drafting.in_place", before=before, word=said(f"drafting.word_{word}"), after=after)
    return asked[0].upper() + asked[1:]


def _inverted(sentence: str, start: int, end: int, word: str, lower: frozenset[str]) -> str | None:
    """ "Applications shall be filed by 1 May" as "When shall applications be filed?"."""
    english, numbers = shipped_cues().english, shipped_cues().numbers
    before, after = _clause(sentence, start, end, "en")
    words = before.split()
    at = next((n for n, each in enumerate(words) if each.lower() in english.inverts), None)
    # A number before the value is part of a condition or of a table; a question would be about that as well.
    if not at or words[0].lower() in english.no_subject or _unbalanced(before) or any(c.isdigit() for c in before):
        return None
    modal, verb = words[at].lower(), words[at + 1 :]
    bare_value = modal in english.bare and not verb
    if not bare_value and (not verb or len(verb) > numbers.longest_verb or verb[-1].lower() in english.dangling):
        return None
    if "not" in verb or any(each.lower() in english.inverts for each in verb):
        return None
    subject = " ".join([in_sentence(words[0], lower), *words[1:at]])
    said = phrases("en")
    rest = _rest(after)
    told = {"subject": subject, "verb": f" {' '.join(verb)}" if verb else "", "rest": f" {rest}" if rest else ""}
    asked = said("drafting.inverted", word=said(f"drafting.word_{word}"), modal=modal, **told)
    return asked[0].upper() + asked[1:] if len(asked) <= numbers.longest_clause_en else None


def _rest(after: str) -> str:
    """What stands after the value, where it belongs to the question: short, and without another value."""
    words = after.split()
    going_on = bool(words) and words[0].lower() in shipped_cues().english.goes_on
    return after.strip() if going_on and len(words) <= shipped_cues().numbers.longest_rest and "," not in after else ""


def _unbalanced(text: str) -> bool:
    return any(text.count(opened) != text.count(closed) for opened, closed in ("()", "（）", "《》", "“”", "[]"))


def about(kind: str, topic: str, language: Language) -> tuple[str, str]:
    """Two questions of this kind that name nothing but the topic; ``kind`` is what is asked, or a cell's own name."""
    said = phrases(language)
    one, two = (said(f"drafting.about_{kind}_{number}", topic=topic) for number in (1, 2))
    return one[0].upper() + one[1:], two[0].upper() + two[1:]


def about_in_other(kind: str, topic: str, language: Language) -> tuple[str, ...]:
    """The same in the language that is not the document's, where the topic can be named in it; else none."""
    other: Language = "en" if language == "zh" else "zh"
    named = named_in(topic, other)
    return about(kind, named, other) if named else ()


def within(topic: str, question: str, language: Language) -> str:
    """A question in the words of the document, with what it is about before it."""
    return phrases(language)("drafting.within", topic=topic, question=question[0].lower() + question[1:])


def handed_over(sentence: str, language: Language, lower: frozenset[str]) -> str | None:
    """The matter that a sentence hands to another document, as a question for the matter itself."""
    cues = shipped_cues().of(language)
    found = cues.handed.search(sentence)
    if found is None or _unbalanced(found.group("matter")):
        return _rules_on(sentence, language, lower)
    modal = found.groupdict().get("modal") or phrases(language)("drafting.is")
    matter = cues.opening.sub("", found.group("matter"))
    return phrases(language)("drafting.handed", matter=in_sentence(matter, lower), modal=modal)


def _rules_on(sentence: str, language: Language, lower: frozenset[str]) -> str | None:
    """ "The rates will be announced separately" as a question for the rates."""
    found = shipped_cues().of(language).to_be_made.search(sentence)
    matter = found.groupdict().get("value") if found else None
    return phrases(language)("drafting.rules_on", matter=in_sentence(matter.strip(), lower)) if matter else None


def in_which_manner(sentence: str, named: str, lower: frozenset[str]) -> str | None:
    """ "Loans are granted in accordance with the Measures" as "How are loans granted?"; English alone."""
    handing = shipped_cues().en.hands_over.search(sentence)
    end = sentence.find(named) + len(named)
    return _inverted(sentence, handing.start(), end, "manner", lower) if handing and handing.end() < end else None


def for_document(sentence: str, named: str, language: Language, lower: frozenset[str]) -> str | None:
    """The same sentence as a question for the document it names, ``named`` being its words for it."""
    start = sentence.find(named) if named else -1
    if start < 0:
        return None
    if language == "zh":
        return _in_place(sentence, start, start + len(named), "document", language)
    before = sentence[:start].removesuffix("the ").rstrip()
    if not before.endswith(" in"):
        return None
    return _inverted(sentence, len(before) - 2, start + len(named), "document", lower)
