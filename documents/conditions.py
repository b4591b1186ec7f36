"""The conditions a document states for its programmes, prepared as data beside its text.

``conditions.toml`` holds the roles people ask in, the choices they have, the conditions, and the programmes that name
their conditions in order. A condition is asked about, or it is *open*: the text names requirements without listing
them. Each names its evidence as a verbatim snippet, which is found in the paragraphs when the file is read; one that
stands nowhere, or in several paragraphs, is an error, so the file cannot drift away from the text.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from documents.errors import DeskError
from documents.knowledge import Evidence
from documents.library import Library
from documents.models import Frozen, Paragraph, edition_id
from documents.text import for_search

FILE = "conditions.toml"
"""The name of the file in a document's folder."""

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]
"""Of two characters at least: a channel may keep single letters for itself."""
_Text = Annotated[str, Field(min_length=1)]


class ConditionsError(DeskError, ValueError):
    """A file of conditions is malformed or does not stand in the text."""


class Words(Frozen):
    """The same in both languages."""

    en: _Text
    zh: _Text

    def of(self, language: str) -> str:
        """In this language; English where it is none of the two."""
        return self.zh if language == "zh" else self.en


class Effect(StrEnum):
    """What a choice means for its condition."""

    MEETS = "meets"
    FAILS = "fails"
    NOT_STATED = "not_stated"
    """The text neither includes nor excludes it."""
    UNSURE = "unsure"
    """The asker does not know."""


class Option(Frozen):
    """One choice of a condition; ``note`` says what the text says of it, or leaves unsaid."""

    id: Id
    words: Words
    effect: Effect
    note: Words | None = None


class Condition(Frozen):
    """One condition of a programme.

    ``advantage`` marks what the text favours without requiring it. An open condition has no question and no options;
    ``governed_by`` is the id of the document it is left to, where the text names one, and ``ask`` a question to put
    to that document.
    """

    id: Id
    name: Words
    evidence: Evidence
    question: Words | None = None
    options: tuple[Option, ...] = ()
    advantage: bool = False
    governed_by: str | None = None
    ask: Words | None = None

    @property
    def open(self) -> bool:
        """Whether the text names it without stating it."""
        return self.question is None


class Programme(Frozen):
    """What the document provides, for whom, and on which conditions.

    ``set_aside`` names conditions whose words no longer stand in the edition in force, which ``newer_edition`` says is
    not the one the conditions were prepared from.
    """

    id: Id
    document: str
    name: Words
    roles: tuple[str, ...]
    gives: tuple[Evidence, ...]
    decides: Evidence | None = None
    conditions: tuple[Condition, ...]
    set_aside: tuple[Words, ...] = ()
    newer_edition: bool = False

    @cached_property
    def asked(self) -> tuple[Condition, ...]:
        """The conditions that are asked about, in order."""
        return tuple(condition for condition in self.conditions if not condition.open)


class Role(Frozen):
    """Somebody who asks: a graduate, an enterprise."""

    id: Id
    name: Words


class Programmes(Frozen):
    """Every programme of a library in the order of the menu, and the roles there are programmes for."""

    roles: tuple[Role, ...] = ()
    programmes: tuple[Programme, ...] = ()

    def of_role(self, role: str | None) -> tuple[Programme, ...]:
        """The programmes for this role; all of them for ``None``."""
        return tuple(p for p in self.programmes if role is None or role in p.roles)

    @cached_property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that change whenever anything here does."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


class _ConditionEntry(Frozen):
    name: Words
    stated: _Text
    question: Words | None = None
    choices: dict[Id, Effect] = Field(default_factory=dict)
    notes: dict[Id, Words] = Field(default_factory=dict)
    advantage: bool = False
    governed_by: str | None = None
    ask: Words | None = None


class _ProgrammeEntry(Frozen):
    id: Id
    menu: int
    roles: tuple[Id, ...] = Field(alias="for", min_length=1)
    name: Words
    gives: tuple[_Text, ...] = Field(min_length=1)
    decides: _Text | None = None
    conditions: tuple[Id, ...] = Field(min_length=1)


class _File(Frozen):
    role: dict[Id, Words]
    choice: dict[Id, Words]
    condition: dict[Id, _ConditionEntry]
    programme: tuple[_ProgrammeEntry, ...]


class _Reader:
    """Makes programmes of one file; every error names the file and the entry."""

    def __init__(self, where: str, document: str, paragraphs: Sequence[Paragraph], known: Iterable[str]) -> None:
        self._where, self._document, self._known = where, document, frozenset(known)
        self._texts = [(paragraph.number, paragraph.text) for paragraph in paragraphs]

    def read(self, fields: Mapping[str, Any]) -> Programmes:
        """The programmes of the file, sorted by ``menu``."""
        try:
            file = _File.model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            raise self._error(".".join(map(str, first["loc"])), first["msg"]) from None
        conditions = {key: self._condition(key, entry, file.choice) for key, entry in file.condition.items()}
        entries = sorted(file.programme, key=lambda entry: entry.menu)
        read = Programmes(
            roles=tuple(Role(id=key, name=name) for key, name in file.role.items()),
            programmes=tuple(self._programme(entry, file.role, conditions) for entry in entries),
        )
        self._all_used(file)
        return read

    def _error(self, entry: str, why: str) -> ConditionsError:
        return ConditionsError(f"{self._where}: {entry}: {why}")

    def _find(self, snippet: str, entry: str) -> Evidence:
        numbers = [number for number, text in self._texts if snippet in text]
        if len(numbers) != 1:
            raise self._error(entry, f"stands in {len(numbers)} paragraphs instead of one: {snippet[:60]!r}")
        return Evidence(document=self._document, paragraph=numbers[0], snippet=snippet)

    def _listed(self, wanted: Sequence[str], there: Iterable[str], entry: str, kind: str) -> None:
        """Each of ``wanted`` once, and each of them there."""
        held = set(there)
        for name in wanted:
            if name not in held:
                raise self._error(entry, f"there is no {kind} {name!r}")
        if len(set(wanted)) != len(wanted):
            raise self._error(entry, f"names a {kind} twice")

    def _all_used(self, file: _File) -> None:
        # Looked at last: what nothing refers to may be what a reference means that is told above as misspelt.
        used = {
            "role": {role for entry in file.programme for role in entry.roles},
            "choice": {choice for entry in file.condition.values() for choice in entry.choices},
            "condition": {condition for entry in file.programme for condition in entry.conditions},
        }
        for kind, names in used.items():
            for name in getattr(file, kind):
                if name not in names:
                    raise self._error(f"{kind}.{name}", "is used nowhere")

    def _condition(self, key: str, entry: _ConditionEntry, choices: Mapping[str, Words]) -> Condition:
        where = f"condition.{key}"
        if entry.question is None and (entry.choices or entry.advantage):
            raise self._error(where, "choices and an advantage go with a question")
        if entry.question is not None and len(entry.choices) < 2:
            raise self._error(where, "a question needs two choices or more")
        if entry.question is not None and entry.governed_by:
            raise self._error(where, "governed_by goes with an open condition, one without a question")
        if entry.ask is not None and not entry.governed_by:
            raise self._error(where, "ask goes with governed_by")
        self._listed(tuple(entry.choices), choices, f"{where}.choices", "choice")
        self._listed(tuple(entry.notes), entry.choices, f"{where}.notes", "choice")
        if entry.governed_by:
            self._listed((entry.governed_by,), self._known, f"{where}.governed_by", "document")
        return Condition(
            id=key,
            name=entry.name,
            evidence=self._find(entry.stated, f"{where}.stated"),
            question=entry.question,
            options=tuple(
                Option(id=choice, words=choices[choice], effect=effect, note=entry.notes.get(choice))
                for choice, effect in entry.choices.items()
            ),
            advantage=entry.advantage,
            governed_by=entry.governed_by,
            ask=entry.ask,
        )

    def _programme(
        self, entry: _ProgrammeEntry, roles: Mapping[str, Words], conditions: Mapping[str, Condition]
    ) -> Programme:
        where = f"programme.{entry.id}"
        self._listed(entry.roles, roles, f"{where}.for", "role")
        self._listed(entry.conditions, conditions, f"{where}.conditions", "condition")
        return Programme(
            id=entry.id,
            document=self._document,
            name=entry.name,
            roles=entry.roles,
            gives=tuple(self._find(snippet, f"{where}.gives") for snippet in entry.gives),
            decides=self._find(entry.decides, f"{where}.decides") if entry.decides else None,
            conditions=tuple(conditions[key] for key in entry.conditions),
        )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConditionsError(f"{path.parent.name}/{path.name}: cannot be read: {error}") from None


def _held_to(programme: Programme, paragraphs: Iterable[Paragraph]) -> Programme | None:
    """What still stands in a newer edition; ``None`` where it no longer provides this, or states nothing of it.

    As with the rest of what is prepared, words stand where they are in the paragraph that has their number.
    """
    texts = {paragraph.number: for_search(paragraph.text) for paragraph in paragraphs}

    def stands(evidence: Evidence) -> bool:
        return for_search(evidence.snippet) in texts.get(evidence.paragraph, "")

    gives = tuple(filter(stands, programme.gives))
    conditions = tuple(condition for condition in programme.conditions if stands(condition.evidence))
    if not gives or not conditions:
        return None
    return programme.model_copy(
        update={
            "gives": gives,
            "decides": programme.decides if programme.decides and stands(programme.decides) else None,
            "conditions": conditions,
            "set_aside": tuple(c.name for c in programme.conditions if not stands(c.evidence)),
            "newer_edition": True,
        }
    )


def _load(path: Path, library: Library) -> Programmes:
    facts = _toml(path.with_name("document.toml"))
    document, edition = str(facts.get("id", "")), int(facts.get("edition", 1))
    replaced = library.document(document).edition != edition
    prepared_from = library.paragraphs(edition_id(document, edition) if replaced else document)
    known = (held.id for held in library.documents())
    read = _Reader(f"{path.parent.name}/{FILE}", document, prepared_from, known).read(_toml(path))
    if not replaced:
        return read
    in_force = library.paragraphs(document)
    held = (_held_to(programme, in_force) for programme in read.programmes)
    return read.model_copy(update={"programmes": tuple(programme for programme in held if programme is not None)})


def load_programmes(folder: Path, library: Library) -> Programmes:
    """The programmes of every document folder below ``folder``, held to the editions that are in force.

    ``library`` is the corpus of this folder, with whatever was added to it. A folder without conditions adds none. Of
    a role that several files name, the first name counts. Raises ``ConditionsError``, one line that names file and
    entry, and ``UnknownDocument`` where the library is not that of the folder.
    """
    roles: dict[str, Role] = {}
    programmes: dict[str, Programme] = {}
    for path in sorted(folder.glob(f"*/{FILE}")):
        read = _load(path, library)
        for role in read.roles:
            roles.setdefault(role.id, role)
        for programme in read.programmes:
            if programme.id in programmes:
                raise ConditionsError(f"{path.parent.name}/{FILE}: programme.{programme.id}: this id is taken")
            programmes[programme.id] = programme
    wanted = {role for programme in programmes.values() for role in programme.roles}
    return Programmes(
        roles=tuple(role for role in roles.values() if role.id in wanted), programmes=tuple(programmes.values())
    )


__all__ = [
    "Condition",
    "ConditionsError",
    "Effect",
    "Option",
    "Programme",
    "Programmes",
    "Role",
    "Words",
    "load_programmes",
]
