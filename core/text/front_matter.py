"""Reading the YAML at the top of a note, whatever it holds.

Scalars follow YAML 1.2's core schema, as in Obsidian: `12:30` and `2024-01-31` stay text and `no` is a word.
A document that would grow when its aliases are followed, or that nests without end, is refused before any
value is built, so a hostile note costs no more than its own length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import yaml
from yaml.reader import ReaderError

MAX_CHARS = 200_000
MAX_DEPTH = 30
MAX_ALIASES = 20  # a merge bomb of n aliases holds at most 3 ** (n / 3) values

_BLOCK = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LOOKS_LIKE_PROPERTIES = re.compile(r"(?:\s*#.*\n|\s*\n)*[\"']?[^\W\d][^\n:]{0,80}:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The properties of a note, and how many lines they take, delimiters included."""

    values: Mapping[str, Any] = field(default_factory=dict)
    line_count: int = 0
    error: str = ""
    """Why it could not be read; its lines are then ordinary text."""


def read(text: str) -> FrontMatter:
    """Return the front matter that `text` begins with; an empty value where it has none.

    Broken YAML gives `error` and its lines. Two rules with prose between them are no front matter.
    """
    match = _BLOCK.match(text) if text.startswith("---") else None
    if match is None:
        return FrontMatter()
    source, line_count = match["yaml"], match[0].rstrip("\n").count("\n") + 1
    try:
        values = _load(source)
    except _UNREADABLE as error:
        if not _LOOKS_LIKE_PROPERTIES.match(source):
            return FrontMatter()
        return FrontMatter(line_count=line_count, error=_sentence(error))
    if values is None and not source.strip():
        return FrontMatter(line_count=line_count)
    return FrontMatter(values, line_count) if isinstance(values, dict) else FrontMatter()


def strings(value: object) -> tuple[str, ...]:
    """Return the entries of a list property; text is split at commas, as Obsidian and Logseq do."""
    if isinstance(value, str):
        return tuple(part.strip() for part in re.split("[,，]", value) if part.strip())
    if isinstance(value, list):
        return tuple(str(part).strip() for part in value if isinstance(part, str | int | float))
    return (str(value),) if isinstance(value, int | float) and not isinstance(value, bool) else ()


class _TooMuch(yaml.YAMLError):
    """The document is larger or deeper than any note's properties."""


# What PyYAML is known to raise for text that is no YAML, or YAML with values that its tags cannot mean.
_UNREADABLE = (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader with the scalars of YAML 1.2 instead of 1.1."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]  # the stubs know none


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("tag:yaml.org,2002:int", r"[-+]?(?:0|[1-9][0-9]{0,17})$", list("-+0123456789")),
    ("tag:yaml.org,2002:float", r"[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?$", list("-+0123456789")),
    ("tag:yaml.org,2002:merge", r"<<$", ["<"]),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), _first)


def _load(source: str) -> object:
    if len(source) > MAX_CHARS:
        raise _TooMuch(f"The front matter is longer than {MAX_CHARS} characters.")
    _refuse_bombs(source)
    return _plain(yaml.load(source, Loader=_Loader))


def _refuse_bombs(source: str) -> None:
    """Look at the events only, which is linear in time and memory, before anything is built."""
    depth = aliases = 0
    for event in yaml.parse(source, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > MAX_DEPTH or aliases > MAX_ALIASES:
            raise _TooMuch("The front matter nests too deeply or refers to itself too often.")


def _plain(value: object, depth: int = 0) -> object:
    """Return the value made of dict, list, str, int, float, bool and None only."""
    if depth > MAX_DEPTH:
        raise _TooMuch("The front matter refers to itself.")
    if isinstance(value, dict):
        return {str(key): _plain(entry, depth + 1) for key, entry in value.items()}
    if isinstance(value, set):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [_plain(entry, depth + 1) for entry in value]
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _sentence(error: Exception) -> str:
    if isinstance(error, UnicodeError | ReaderError):
        return "It holds a character that is not allowed there."
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    if mark is None or problem is None:
        return str(error) if isinstance(error, _TooMuch) else "A value does not fit its type."
    return f"Line {mark.line + 2}: {problem}."  # the line of `---` comes before the first of YAML
