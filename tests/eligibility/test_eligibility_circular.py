"""What is prepared for the circular stands in it word for word, is true to it, and is there in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest

from documents.conditions import Condition, Effect, Programmes, Words
from documents.library import Library
from documents.loading import SHIPPED

from .made import by_id

Shipped = tuple[Programmes, Library]
CIRCULAR = "circular-2006-556"
FILE = SHIPPED / CIRCULAR / "conditions.toml"
HAN = re.compile(r"[\u3400-\u9fff]")

WHO_FOR = {
    "graduate-training": ("graduate",),
    "job-seeking": ("graduate",),
    "certification-reward": ("enterprise",),
    "enterprise-loan": ("enterprise",),
    "credit-insurance": ("enterprise",),
    "market-funds": ("enterprise",),
    "enterprise-training": ("enterprise",),
    "business-platform": ("enterprise",),
    "base-city": ("city",),
    "base-city-loan": ("city",),
    "interest-subsidy": ("city", "zone"),
}
LEFT_TO = {
    "graduate-training": ["appendix-1"],
    "certification-reward": ["appendix-2"],
    "enterprise-loan": [None],
    "market-funds": ["sme-market-fund-measures"],
    "enterprise-training": ["appendix-1"],
    "base-city": ["appendix-3"],
}


def condition(data: Programmes, programme: str, name: str) -> Condition:
    return next(c for c in by_id(data, programme).conditions if c.id == name)


def with_effect(data: Programmes, programme: str, name: str, effect: Effect) -> set[str]:
    return {option.id for option in condition(data, programme, name).options if option.effect is effect}


def words(data: Programmes) -> Iterator[tuple[str, Words]]:
    for role in data.roles:
        yield f"role {role.id}", role.name
    for programme in data.programmes:
        yield f"programme {programme.id}", programme.name
        for entry in programme.conditions:
            yield f"name of {entry.id}", entry.name
            for kind, said in (("question", entry.question), ("ask", entry.ask)):
                if said is not None:
                    yield f"{kind} of {entry.id}", said
            for option in entry.options:
                yield f"choice {option.id}", option.words
                if option.note is not None:
                    yield f"note {entry.id}.{option.id}", option.note


def test_every_programme_is_there_for_whom_it_is(shipped: Shipped) -> None:
    assert {p.id: p.roles for p in shipped[0].programmes} == WHO_FOR
    assert [role.id for role in shipped[0].roles] == ["graduate", "enterprise", "city", "zone"]


def test_every_snippet_of_the_file_stands_word_for_word_in_exactly_one_paragraph(shipped: Shipped) -> None:
    """Read from the file itself, apart from the loader, against the text."""
    _, library = shipped
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    snippets = [entry["stated"] for entry in raw["condition"].values()]
    for programme in raw["programme"]:
        snippets += [*programme["gives"], *([programme["decides"]] if "decides" in programme else [])]
    assert len(snippets) > 30
    texts = [paragraph.text for paragraph in library.paragraphs(CIRCULAR)]
    assert {s: n for s in snippets if (n := sum(s in text for text in texts)) != 1} == {}


def test_evidence_names_the_paragraph_the_snippet_stands_in(shipped: Shipped) -> None:
    data, library = shipped
    for programme in data.programmes:
        decides = [programme.decides] if programme.decides else []
        for evidence in [*programme.gives, *decides, *(c.evidence for c in programme.conditions)]:
            assert evidence.snippet in library.paragraph(evidence.document, evidence.paragraph).text


def test_everything_is_there_in_both_languages(shipped: Shipped) -> None:
    there = list(words(shipped[0]))
    assert len(there) > 150
    assert [where for where, said in there if HAN.search(said.en)] == []
    # A name such as CMMI may be the whole of a Chinese text, but a word may not.
    assert [where for where, said in there if not HAN.search(said.zh)] == []


def test_every_question_can_be_answered_by_not_sure(shipped: Shipped) -> None:
    for programme in shipped[0].programmes:
        for entry in programme.asked:
            assert [o.id for o in entry.options if o.effect is Effect.UNSURE] == ["unsure"], entry.id


def test_what_the_text_leaves_open_is_left_where_the_text_leaves_it(shipped: Shipped) -> None:
    open_ones = {p.id: [c.governed_by for c in p.conditions if c.open] for p in shipped[0].programmes}
    assert {key: left for key, left in open_ones.items() if left} == LEFT_TO


@pytest.mark.parametrize("programme", [p for p, who in WHO_FOR.items() if who == ("enterprise",)])
def test_help_for_service_outsourcing_enterprises_goes_by_the_definition(shipped: Shipped, programme: str) -> None:
    """Long and medium term contracts; ITO or BPO, of which the examples are open. The platform is for others too."""
    if programme == "business-platform":
        return
    assert [c.id for c in by_id(shipped[0], programme).conditions[:2]] == ["contracts", "services"]
    assert with_effect(shipped[0], programme, "contracts", Effect.FAILS) == {"no"}
    assert with_effect(shipped[0], programme, "services", Effect.MEETS) == {"ito", "bpo"}
    assert with_effect(shipped[0], programme, "services", Effect.NOT_STATED) == {"other-service"}


def test_junior_college_graduates_are_included(shipped: Shipped) -> None:
    for programme, name in (("graduate-training", "college"), ("job-seeking", "college-job-seeker")):
        assert "junior-college" in with_effect(shipped[0], programme, name, Effect.MEETS)
        assert "junior college" in condition(shipped[0], programme, name).evidence.snippet.replace("(junior)", "junior")


def test_nobody_is_excluded_from_training_for_not_being_a_major_trainee(shipped: Shipped) -> None:
    named = {"new-graduate", "graduating-student", "newcomer"}
    assert with_effect(shipped[0], "graduate-training", "trainee", Effect.MEETS) == named
    assert with_effect(shipped[0], "graduate-training", "trainee", Effect.FAILS) == set()
    assert with_effect(shipped[0], "graduate-training", "college", Effect.FAILS) == set()


def test_the_reward_needs_one_of_the_six_authentications(shipped: Shipped) -> None:
    six = {
        "cmmi": "CMMI",
        "cmm": "CMM",
        "pcmm": "PCMM",
        "iso27001": "ISO27001",
        "iso20000": "ISO20000",
        "sas70": "SAS70",
    }
    assert with_effect(shipped[0], "certification-reward", "certificate", Effect.MEETS) == set(six)
    snippet = condition(shipped[0], "certification-reward", "certificate").evidence.snippet
    assert all(short in snippet for short in six.values())
    assert snippet.count("(") == len(six)


def test_the_purposes_of_an_enterprise_s_loan_are_open_and_those_of_a_city_s_are_not(shipped: Shipped) -> None:
    assert condition(shipped[0], "enterprise-loan", "loan-purpose").evidence.snippet.endswith("etc.")
    assert with_effect(shipped[0], "enterprise-loan", "loan-purpose", Effect.NOT_STATED) == {"other-purpose"}
    assert "etc" not in condition(shipped[0], "base-city-loan", "city-loan-purpose").evidence.snippet
    assert with_effect(shipped[0], "base-city-loan", "city-loan-purpose", Effect.FAILS) == {"other-purpose"}


def test_only_the_priority_of_a_region_is_an_advantage(shipped: Shipped) -> None:
    found = {(p.id, c.id) for p in shipped[0].programmes for c in p.conditions if c.advantage}
    assert found == {("base-city", "region")}


def test_only_where_the_text_says_who_decides_it_is_named(shipped: Shipped) -> None:
    deciders = {p.id: p.decides.snippet for p in shipped[0].programmes if p.decides}
    assert list(deciders) == ["base-city"]
    assert "Ministry of Information Industry will select" in deciders["base-city"]
