"""A prompt with its values filled in: the messages a model is sent."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import PromptBroken, UsageError
from core.llm.chat import Message, Role
from core.prompts import sandbox
from core.prompts.model import Output, Prompt, VariableKind
from core.prompts.parsing import turns
from core.prompts.rules import rules_for
from core.prompts.sandbox import Material

_PLACES_INSTRUCTION = re.compile(r"\{[{%][^}]*\binstruction\b")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Given:
    """What a template is given of the note and the vault; long texts are fenced, short ones are one line."""

    text: str = ""
    """What the prompt works on, as its scope says."""
    selection: str = ""
    block: str = ""
    note: str = ""
    """The whole note as far as it fits."""
    before: str = ""
    after: str = ""
    passages: str = ""
    """Passages of the vault, numbered."""
    title: str = ""
    path: str = ""
    heading: str = ""
    instruction: str = ""
    """The person's own words."""
    today: date | None = None


def render(
    prompt: Prompt, given: Given, values: Mapping[str, str], *, language: str = "", nonce: str = ""
) -> tuple[Message, ...]:
    """Return the messages in order: one system message first, which says what is material and what is not.

    Args:
        language: `zh` or `en`, for the rules; empty: the prompt's own.
        nonce: the code on the lines round material; empty: a fresh one.

    Raises:
        UsageError: a required value is missing.
        PromptBroken: the template meets something it cannot show; the line is the file's.
    """
    nonce = nonce or secrets.token_hex(4)
    rules = rules_for(language or prompt.language)
    filled = {**_given(given, rules.names, nonce), **_form(prompt, values)}
    written = [(turn.role, _rendered(prompt, turn.source, turn.line, filled)) for turn in turns(prompt.body)]
    written = [(role, text) for role, text in written if text]
    system = [text for role, text in written if role is Role.SYSTEM]
    system += [rules.output[prompt.output], rules.material.format(nonce=nonce)]
    if prompt.output is Output.JSON and prompt.schema:
        system.append(rules.schema.format(schema=json.dumps(prompt.schema, ensure_ascii=False)))
    rest = [Message(role, text) for role, text in written if role is not Role.SYSTEM]
    return (
        Message(Role.SYSTEM, "\n\n".join(system)),
        *_with_instruction(rest, given.instruction, prompt, rules.wish),
    )


def missing(prompt: Prompt, values: Mapping[str, str]) -> list[str]:
    """Return the names of required variables that have no value."""
    return [v.name for v in prompt.variables if v.required and not values.get(v.name, v.default).strip()]


def _given(given: Given, names: Mapping[str, str], nonce: str) -> dict[str, object]:
    material = {name: Material.of(getattr(given, name), title, nonce) for name, title in names.items()}
    lines = {name: " ".join(getattr(given, name).split())[:200] for name in ("title", "path", "heading")}
    day = given.today or date.today()
    return {**material, **lines, "instruction": given.instruction.strip(), "date": day.isoformat()}


def _form(prompt: Prompt, values: Mapping[str, str]) -> dict[str, object]:
    if lacking := missing(prompt, values):
        raise UsageError(f"The prompt “{prompt.id}” needs a value for {', '.join(lacking)}.")
    known = {variable.name for variable in prompt.variables}
    if unknown := sorted(set(values) - known):
        raise UsageError(f"The prompt “{prompt.id}” has no variable {', '.join(unknown)}.")
    filled: dict[str, object] = {}
    for variable in prompt.variables:
        value = values.get(variable.name, variable.default).strip()
        is_on = value.lower() not in ("", "no", "false", "0", "否")
        filled[variable.name] = is_on if variable.kind is VariableKind.SWITCH else value
    return filled


def _rendered(prompt: Prompt, source: str, line: int, filled: Mapping[str, object]) -> str:
    try:
        return _BLANK_LINES.sub("\n\n", sandbox.render(source, filled)).strip()
    except PromptBroken as error:
        at = prompt.body_line + line + int(error.details["line"]) - 2
        reason = error.details["reason"]
        raise PromptBroken(
            f"{prompt.file}, line {at}: {reason}", file=prompt.file, line=str(at), reason=reason
        ) from error


def _with_instruction(
    messages: Sequence[Message], instruction: str, prompt: Prompt, wish: str
) -> tuple[Message, ...]:
    """Add the person's own words to the last message of a template that does not place them itself."""
    words = instruction.strip()
    if not words or _PLACES_INSTRUCTION.search(prompt.body) or not messages:
        return tuple(messages)
    last = messages[-1]
    return (*messages[:-1], Message(last.role, f"{last.content}\n\n{wish.format(text=words)}"))
