"""Conditions come from data: what is wrong with a file is one line, and what a newer edition changes is set aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.conditions import ConditionsError, Programmes, load_programmes
from documents.library import Library
from documents.loading import load_corpus

from .made import CONDITIONS, DOCUMENT, FACTS, by_id, loaded, with_edition, with_text_of, written

Small = tuple[Programmes, Library]

WRONG = {
    "a snippet that stands nowhere": ("Every firm with ten", "Every firm with nine", "staff.stated: stands in 0"),
    "a snippet that stands twice": ('"every firm that asks"', '"s"', "condition.a-firm.stated: stands in 4"),
    "what is given stands nowhere": ("may apply for a grant\"", "must apply\"", "programme.grant.gives: stands in 0"),
    "who decides stands nowhere": ("The Office decides on grants.", "Nobody", "programme.grant.decides: stands in 0"),
    "no Chinese": (', zh = "用途"', "", "condition.purpose.name.zh: Field required"),
    "an empty text": ('zh = "用途"', 'zh = ""', "condition.purpose.name.zh: String should have at least 1"),
    "a field nobody knows": ("advantage = true", "advantages = true", "condition.north.advantages: Extra inputs"),
    "an effect nobody knows": ('other = "not_stated"', 'other = "perhaps"', "condition.purpose.choices.other: Input"),
    "an id of one letter": ("[role.person]", "[role.p]", "role.p.[key]: String should match"),
    "a choice without words": ('machines = "meets"', 'tools = "meets"', "purpose.choices: there is no choice 'tools'"),
    "a note to no choice": ("notes.other", "notes.yes", "condition.purpose.notes: there is no choice 'yes'"),
    "a programme for nobody": ('for = ["firm"]', "for = []", "programme.1.for: Tuple should have at least 1"),
    "an unknown role": ('for = ["firm"]', 'for = ["form"]', "programme.grant.for: there is no role 'form'"),
    "an unknown condition": ('["staff", ', '["stuff", ', "programme.grant.conditions: there is no condition 'stuff'"),
    "a condition that is used nowhere": ('["staff", ', "[", "condition.staff: is used nowhere"),
    "a condition twice": ('"north", "further"]', '"north", "north", "further"]', "names a condition twice"),
    "a role that is used nowhere": ('"firm", "person"]', '"firm"]', "role.person: is used nowhere"),
    "a choice that is used nowhere": (", unsure = \"unsure\" }", " }", "choice.unsure: is used nowhere"),
    "an unknown document": ('"grants-annex"', '"annex-9"', "there is no document 'annex-9'"),
    "a question with one choice": ('machines = "meets", ', "", "condition.purpose: a question needs two"),
    "a pointer that is asked about": ("advantage = true", 'governed_by = "grants-annex"', "goes with an open"),
    "choices of an open condition": ('governed_by = "grants-annex"', 'choices = { yes = "meets" }', "with a question"),
    "a question to no document": ('governed_by = "grants-annex"\n', "", "ask goes with governed_by"),
    "no programme": ("[[programme]]", "[[programmes]]", "programme: Field required"),
    "no TOML": ("[role.firm]", "[role.firm", "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_in_one_line_that_names_file_and_entry(
    corpus: Path, old: str, new: str, told: str
) -> None:
    assert old in CONDITIONS
    with pytest.raises(ConditionsError) as caught:
        loaded(written(corpus, CONDITIONS.replace(old, new)))
    line = str(caught.value)
    assert line.startswith("grants/conditions.toml: ")
    assert told in line
    assert "\n" not in line


def test_bytes_that_are_no_text_are_one_line(corpus: Path) -> None:
    with pytest.raises(ConditionsError, match=r"grants/conditions\.toml: cannot be read: "):
        loaded(written(corpus, b"\xff"))


def test_a_programme_s_id_is_taken_once_in_a_library(corpus: Path) -> None:
    written(corpus)
    written(
        corpus, name="others", facts='id = "others"\ntitle = "Others"\n[[named]]\nid = "grants-annex-2"\ntitle = "x"\n'
    )
    other = (
        (corpus / "others" / "conditions.toml").read_text(encoding="utf-8").replace("grants-annex", "grants-annex-2")
    )
    (corpus / "others" / "conditions.toml").write_text(other, encoding="utf-8")
    with pytest.raises(ConditionsError, match=r"others/conditions\.toml: programme\.grant: this id is taken"):
        loaded(corpus)


def test_programmes_stand_in_the_order_of_the_menu_and_of_their_documents(small: Small) -> None:
    assert [programme.id for programme in small[0].programmes] == ["grant", "advice"]
    assert [programme.id for programme in small[0].of_role("person")] == ["advice"]
    assert [role.id for role in small[0].roles] == ["firm", "person"]


def test_a_corpus_without_conditions_has_no_programmes(corpus: Path) -> None:
    written(corpus)
    (corpus / DOCUMENT / "conditions.toml").unlink()
    assert loaded(corpus)[0] == Programmes()


def test_a_new_condition_needs_no_code(corpus: Path) -> None:
    more = """
[condition.tools]
name = { en = "Tools", zh = "工具" }
stated = "machines, tools"
question = { en = "Is it for tools?", zh = "是否用于工具？" }
choices = { yes = "meets", no = "fails" }
"""
    text = CONDITIONS.replace('"north", "further"]', '"north", "further", "tools"]')
    data, _ = loaded(written(corpus, text.replace("\n[[programme]]", f"{more}\n[[programme]]", 1)))
    assert [condition.id for condition in by_id(data, "grant").asked] == ["staff", "purpose", "north", "tools"]


def test_the_digest_changes_with_the_data_and_with_nothing_else(small: Small, corpus: Path) -> None:
    data, _ = small
    again, _ = loaded(written(corpus / "same"))
    changed, _ = loaded(written(corpus / "other", CONDITIONS.replace("The list is open.", "It is open.")))
    assert again.digest == data.digest != changed.digest
    assert len(data.digest) == 16


def newer(folder: Path, *changes: tuple[str, str]) -> Programmes:
    library, _ = load_corpus(written(folder))
    return load_programmes(folder, with_edition(library, DOCUMENT, *changes))


def test_in_a_newer_edition_that_says_the_same_everything_stands(corpus: Path, small: Small) -> None:
    held = newer(corpus)
    assert [p.model_copy(update={"newer_edition": False}) for p in held.programmes] == list(small[0].programmes)
    assert all(programme.newer_edition for programme in held.programmes)
    assert held.digest != small[0].digest


def test_a_condition_whose_words_a_newer_edition_changes_is_set_aside(corpus: Path) -> None:
    grant = by_id(newer(corpus, ("ten or more", "twelve or more")), "grant")
    assert [condition.id for condition in grant.conditions] == ["purpose", "north", "further"]
    assert [name.en for name in grant.set_aside] == ["Ten or more employees"]
    assert grant.decides is not None


def test_words_that_are_only_spelt_another_way_still_stand(corpus: Path) -> None:
    grant = by_id(newer(corpus, ("with ten or more", "with  ten or\u3000more")), "grant")
    assert grant.set_aside == ()


def test_who_decides_goes_with_its_words(corpus: Path) -> None:
    assert by_id(newer(corpus, ("The Office decides", "The Bureau decides")), "grant").decides is None


def test_a_programme_that_a_newer_edition_no_longer_provides_is_gone_with_its_role(corpus: Path) -> None:
    held = newer(corpus, ("It assists every firm that asks with advice.", ""))
    assert [programme.id for programme in held.programmes] == ["grant"]
    assert [role.id for role in held.roles] == ["firm"]


def test_errors_of_the_file_are_told_by_the_edition_it_was_prepared_from(corpus: Path) -> None:
    """A snippet of the new edition alone is as wrong as one that stands nowhere."""
    library, _ = load_corpus(
        written(corpus, CONDITIONS.replace('firm with ten or more employees"', 'firm of the land"'))
    )
    with pytest.raises(ConditionsError, match=r"condition\.staff\.stated: stands in 0"):
        load_programmes(corpus, with_edition(library, DOCUMENT, ("with ten or more employees", "of the land")))


def test_an_appendix_that_is_added_changes_no_condition(corpus: Path, small: Small) -> None:
    library, _ = load_corpus(written(corpus))
    assert load_programmes(corpus, with_text_of(library, "grants-annex")) == small[0]


def test_the_facts_of_the_made_document_are_read(small: Small) -> None:
    assert 'id = "grants"' in FACTS
    assert {programme.document for programme in small[0].programmes} == {DOCUMENT}
