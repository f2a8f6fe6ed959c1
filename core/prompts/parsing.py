"""From the text of a prompt file to a `Prompt`, or to a mistake with its line.

The file is Markdown: front matter, then the template. Lines that hold only `system:`, `user:` or
`assistant:` begin a message; without any, the whole body is the user's. They are looked for in the file, not
in what is filled in, so that no note can speak in another role.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import PromptBroken
from core.llm.chat import Role, Tier
from core.prompts import front as fronts
from core.prompts import sandbox
from core.prompts.front import Front
from core.prompts.model import (
    Case,
    Output,
    Placement,
    Prompt,
    Scope,
    Titles,
    Variable,
    VariableKind,
)
from core.text.language import language_of

GIVEN = frozenset(
    re.findall(r"\w+", "text selection block note before after title path heading passages instruction date")
)
"""What a template may use beside its own variables; see `core.prompts.rendering.Given`."""

_KEYS = frozenset(
    re.findall(
        r"\w+",
        """id version title about group language scope tier temperature length candidates output schema
        result passages variables cases""",
    )
)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ID = re.compile(r"[\w][\w .-]{0,79}")
_ROLE = re.compile(r"^(system|user|assistant):[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Turn:
    """One message's template, and the line of the body on which it begins, from 1."""

    role: Role
    source: str
    line: int


def parse(source: str, *, stem: str, language: str = "", own: bool = False, file: str = "") -> Prompt:
    """Return the prompt in a file.

    Args:
        stem: the file's name without suffix, its id where the front matter has none.
        language: the language its folder is for, where it lies in one.

    Raises:
        PromptBroken: with `line` and `reason`.
    """
    front = fronts.read(source)
    front.refuse_unknown(_KEYS)
    prompt_id = front.text("id", stem.partition("@")[0])
    if not _ID.fullmatch(prompt_id):
        raise front.fail("id", "An id has letters, digits, dots, spaces and hyphens, at most 80.")
    if not front.body:
        raise fronts.broken(front.body_line, "There is no template below the front matter.")
    variables = tuple(_variable(front, entry) for entry in front.entries("variables"))
    _check_body(front, variables)
    title = front.titles("title", prompt_id)
    return Prompt(
        id=prompt_id,
        version=int(front.number("version", 1, 1, 1_000_000)),
        title=title if title.en or title.zh else Titles(prompt_id),
        body=front.body,
        language=front.text("language", language) or language_of(front.body),
        group=front.text("group", "own" if own else ""),
        about=front.titles("about"),
        variables=variables,
        scope=front.one_of("scope", Scope, Scope.SELECTION),
        tier=front.one_of("tier", Tier, Tier.FAST),
        temperature=front.number("temperature", 0.5, 0, 2),
        max_tokens=int(front.number("length", 1024, 1, 32_000)),
        candidates=int(front.number("candidates", 1, 1, 9)),
        output=front.one_of("output", Output, Output.TEXT),
        schema=_schema(front),
        placement=front.one_of("result", Placement, Placement.INSERT),
        passages=front.switch("passages", False),
        cases=tuple(_case(front, entry) for entry in front.entries("cases")),
        own=own,
        file=file,
        body_line=front.body_line,
    )


def turns(body: str) -> list[Turn]:
    """Return the messages of a template in order, empty ones left out."""
    marks = list(_ROLE.finditer(body))
    head = body[: marks[0].start()] if marks else body
    found = [Turn(Role.USER, head.strip("\n"), 1)]
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    for mark, end in zip(marks, ends, strict=False):
        begin = mark.end() + 1
        line = body.count("\n", 0, begin) + 1
        found.append(Turn(Role(mark[1]), body[begin:end].rstrip("\n"), line))
    return [turn for turn in found if turn.source.strip()]


def _check_body(front: Front, variables: tuple[Variable, ...]) -> None:
    known = GIVEN | {variable.name for variable in variables}
    for turn in turns(front.body):
        try:
            sandbox.check(turn.source, known)
        except PromptBroken as error:
            line = front.body_line + turn.line + int(error.details["line"]) - 2
            raise fronts.broken(line, error.details["reason"]) from None


def _variable(front: Front, entry: Mapping[str, Any]) -> Variable:
    name = entry.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise front.fail("variables", "A variable needs a “name” of small letters, digits and _.")
    if name in GIVEN:
        raise front.fail("variables", f"“{name}” is the name of something that every prompt is given.")
    if unknown := set(entry) - {"name", "kind", "title", "default", "choices", "required"}:
        raise front.fail(min(unknown), f"“{min(unknown)}” means nothing in a variable.")
    choices = entry.get("choices") or []
    if not isinstance(choices, list):
        raise front.fail("choices", "“choices” must be a list.")
    kind = entry.get("kind", VariableKind.CHOICE if choices else VariableKind.TEXT)
    if kind not in list(VariableKind):  # a list, not a set: what YAML gives need not have a hash
        raise front.fail("kind", f"“kind” must be one of {', '.join(VariableKind)}.")
    return Variable(
        name=name,
        kind=VariableKind(kind),
        title=fronts.titles(front, "title", entry.get("title", name)),
        default=_form_value(entry.get("default", "")),
        choices=tuple(map(_form_value, choices)),
        required=entry.get("required") is True,
    )


def _form_value(value: object) -> str:
    """Return a value as the form keeps it: a switch is `yes` or empty."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def _case(front: Front, entry: Mapping[str, Any]) -> Case:
    known = {"name", "text", "values", "holds", "lacks", "shortest", "longest"}
    if unknown := set(entry) - known:
        raise front.fail(min(unknown), f"“{min(unknown)}” means nothing in a case.")
    try:
        return case_of(entry)
    except ValueError as error:
        raise front.fail("cases", str(error)) from error


def case_of(entry: Mapping[str, Any]) -> Case:
    """Return an evaluation case from plain values; raises `ValueError` with a sentence."""
    try:
        return Case(
            name=str(entry.get("name", "")),
            text=str(entry["text"]),
            values={str(key): _form_value(value) for key, value in dict(entry.get("values") or {}).items()},
            holds=_words(entry.get("holds")),
            lacks=_words(entry.get("lacks")),
            shortest=float(entry.get("shortest", 0)),
            longest=float(entry.get("longest", 0)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("A case needs a “text”, and lists for “holds” and “lacks”.") from error


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | None):
        raise TypeError
    return tuple(map(str, value or ()))


def _schema(front: Front) -> Mapping[str, Any] | None:
    """Return the schema, written as YAML or as JSON in a string."""
    value = front.values.get("schema")
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as error:
            raise front.fail("schema", f"“schema” is no JSON: {error}.") from None
    if value is not None and not isinstance(value, dict):
        raise front.fail("schema", "“schema” must be a JSON Schema.")
    return value
