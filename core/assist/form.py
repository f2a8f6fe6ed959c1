"""Lets a model propose the values of a requirement form from the note."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from core.assist.context import visible
from core.assist.json_output import checked_json
from core.assist.material import NOTE_TOKENS
from core.assist.model import NoteContext
from core.llm.chat import ChatModel, ChatRequest, Message, Purpose, Role, read_all
from core.prompts.model import Prompt, Variable, VariableKind
from core.prompts.rules import rules_for
from core.prompts.sandbox import Material
from core.text import tokens
from core.text.language import language_of

ANSWER_TOKENS = 500
_LONGEST = 600


async def proposed_values(
    prompt: Prompt, note: NoteContext, model: ChatModel, *, request_id: str = ""
) -> Mapping[str, str]:
    """Return values for those variables of the form that the note speaks to; empty where the model fails
    to answer in JSON.

    Raises:
        ModelError: the model could not be reached.
    """
    text = note.text or f"{note.before}{note.selection or note.block}{note.after}"
    language = "zh" if language_of(text) == "zh" else "en"
    request = ChatRequest(
        _messages(prompt, visible(tokens.trim(text, NOTE_TOKENS)), language),
        temperature=0.0,
        max_tokens=ANSWER_TOKENS,
        purpose=Purpose(request_id, "fill", prompt.id, prompt.version),
    )
    return values_in(await read_all(model, request), prompt)


def values_in(answer: str, prompt: Prompt) -> Mapping[str, str]:
    """Return the values that an answer holds for the prompt's variables, each a plain text."""
    text, problem = checked_json(answer, {"type": "object"})
    if problem:
        return {}
    found = json.loads(text)
    values = {variable.name: _filled_in(found.get(variable.name), variable) for variable in prompt.variables}
    return {name: value for name, value in values.items() if value}


def _filled_in(value: object, variable: Variable) -> str:
    """Return a JSON value as it stands in the form; empty for one that is no text, number, list or yes."""
    if isinstance(value, bool):
        value = "yes" if value else ""
    elif isinstance(value, list):
        value = "\n".join(f"- {entry}" for entry in value)
    elif not isinstance(value, str | int | float):
        return ""
    text = str(value).strip() if variable.kind is VariableKind.LONG else " ".join(str(value).split())
    return text[:_LONGEST]


def _messages(prompt: Prompt, text: str, language: str) -> tuple[Message, ...]:
    rules, nonce = rules_for(language), secrets.token_hex(4)
    fields = "\n".join(
        f"- {variable.name}: {variable.title.of(language)}"
        + (f" ({' / '.join(variable.choices)})" if variable.choices else "")
        for variable in prompt.variables
    )
    system = f"{rules.fill}\n\n{rules.material.format(nonce=nonce)}"
    order = f"{prompt.title.of(language)}\n\n{fields}"
    fenced = Material.of(text, rules.names["note"], nonce).fenced()
    return (Message(Role.SYSTEM, system), Message(Role.USER, f"{order}\n\n{fenced}"))
