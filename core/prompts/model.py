"""Values of the prompt library; they cross process borders and hold no template engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.llm.chat import Tier


@dataclass(frozen=True, slots=True)
class Titles:
    """One short text in both languages of the interface."""

    en: str
    zh: str = ""

    def of(self, language: str) -> str:
        """Return the text for `zh` or `en` (or a locale such as `zh_CN`); the other one where it is empty."""
        return (self.zh or self.en) if language.startswith("zh") else (self.en or self.zh)


class VariableKind(StrEnum):
    """What the requirement form shows for a variable."""

    TEXT = "text"
    LONG = "long"
    """Several lines."""
    CHOICE = "choice"
    NUMBER = "number"
    SWITCH = "switch"
    """Its value is `yes` or empty."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One field of the requirement form."""

    name: str
    kind: VariableKind
    title: Titles
    default: str = ""
    choices: tuple[str, ...] = ()
    """What `CHOICE` offers; the person may also type something else."""
    required: bool = False


class Scope(StrEnum):
    """What a prompt works on."""

    SELECTION = "selection"
    """The selected text, else the block under the caret."""
    BLOCK = "block"
    NOTE = "note"
    VAULT = "vault"
    """The note as far as there is one, and passages of the vault."""


class Output(StrEnum):
    """What shape the result has."""

    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    JSON = "json"


class Placement(StrEnum):
    """Where the result goes unless the person says otherwise."""

    INSERT = "insert"
    """At the caret."""
    REPLACE = "replace"
    """In place of what was worked on."""
    APPEND = "append"
    """At the end of the note."""
    NEW_NOTE = "new_note"


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a prompt's evaluation set: a text, the form, and what the result must and must not hold."""

    name: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    holds: tuple[str, ...] = ()
    """Words of which each must stand in the result, whatever their case and width."""
    lacks: tuple[str, ...] = ()
    shortest: float = 0.0
    """Length of the result as a share of the text's, at least..."""
    longest: float = 0.0
    """...and at most; 0 for no limit."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template with everything that is known about it."""

    id: str
    version: int
    title: Titles
    body: str
    """The template's source; see `core.prompts.rendering`."""
    language: str = ""
    """`en` or `zh`: the language its body is written in; empty where nobody said."""
    group: str = ""
    """Heading under which a menu shows it: `edit`, `shape`, `create`, `understand`, `extract`, ..."""
    about: Titles = Titles("")
    """One sentence for a tooltip."""
    variables: tuple[Variable, ...] = ()
    scope: Scope = Scope.SELECTION
    tier: Tier = Tier.FAST
    temperature: float = 0.5
    max_tokens: int = 1024
    candidates: int = 1
    output: Output = Output.TEXT
    schema: Mapping[str, Any] | None = None
    """JSON Schema of the result where `output` is `JSON`."""
    placement: Placement = Placement.INSERT
    passages: bool = False
    """Whether passages of the vault go along."""
    cases: tuple[Case, ...] = ()
    own: bool = False
    """Whether it is the person's, from the vault's `.pilotfish/prompts`."""
    file: str = ""
    """The file it was read from: absolute for a shipped one, relative to the vault for the person's own."""
    body_line: int = 1
    """The line of the file on which the body begins."""

    def values(self, kept: Mapping[str, str]) -> dict[str, str]:
        """Return what the form begins with: what was given last, else what the variables propose."""
        given = {one.name: one.default for one in self.variables}
        return given | {name: value for name, value in kept.items() if name in given and value}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a prompt or scene file cannot be used, and where."""

    file: str
    """Relative to the vault."""
    line: int
    text: str
    """One plain English sentence."""


@dataclass(frozen=True, slots=True)
class PromptList:
    """The library in one language: one prompt an id, by group and title; own ones replace shipped ones."""

    prompts: tuple[Prompt, ...]
    problems: tuple[Problem, ...] = ()


class GhostBehaviour(StrEnum):
    """How readily ghost text comes in a scene."""

    OFF = "off"
    CALM = "calm"
    """Words and sentences, after a longer pause."""
    NORMAL = "normal"
    EAGER = "eager"
    """Whole paragraphs too."""


class Retrieval(StrEnum):
    """How far a scene looks."""

    NONE = "none"
    NOTE = "note"
    FOLDER = "folder"
    """The open note's folder."""
    VAULT = "vault"


@dataclass(frozen=True, slots=True)
class Scene:
    """A named set: prompts on the bar, tier, temperature, retrieval, ghost text; switched with one click."""

    id: str
    title: Titles
    prompts: tuple[str, ...] = ()
    """Ids, in the order of the bar."""
    about: Titles = Titles("")
    icon: str = ""
    """Name of an icon in `resources/icons`."""
    tier: Tier | None = None
    """None: as the prompt says."""
    temperature: float | None = None
    retrieval: Retrieval = Retrieval.VAULT
    ghost: GhostBehaviour = GhostBehaviour.NORMAL
    place: int = 100
    """Order on the bar, and from 1 to 9 the key Ctrl+1..9."""
    own: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True)
class SceneList:
    """All scenes in the order of the bar; own ones replace shipped ones of the same id."""

    scenes: tuple[Scene, ...]
    problems: tuple[Problem, ...] = ()
