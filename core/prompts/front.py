"""The front matter of prompt and scene files, read strictly: each mistake is told with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from core.errors import PromptBroken
from core.prompts.model import Titles
from core.text import front_matter

E = TypeVar("E", bound=StrEnum)

_LINE_IN_ERROR = re.compile(r"Line (\d+): ")


@dataclass(frozen=True, slots=True)
class Front:
    """The properties of a file, its body, and where each is."""

    values: Mapping[str, Any]
    body: str
    body_line: int
    _lines: Sequence[str]

    def fail(self, key: str, reason: str) -> PromptBroken:
        """Return the error for what stands at `key`."""
        found = re.compile(rf"\s*(?:- +)?[\"']?{re.escape(key)}[\"']?\s*[:=]")
        line = next((n for n, text in enumerate(self._lines, start=1) if found.match(text)), 1)
        return broken(line, reason)

    def text(self, key: str, default: str = "") -> str:
        """Return a line of text."""
        value = self.values.get(key, default)
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise self.fail(key, f"“{key}” must be text.")
        return str(value).strip()

    def number(self, key: str, default: float, least: float, most: float) -> float:
        """Return a number within its limits."""
        value = self.values.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise self.fail(key, f"“{key}” must be a number from {least:g} to {most:g}.")
        return value

    def switch(self, key: str, default: bool) -> bool:
        """Return yes or no."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.fail(key, f"“{key}” must be true or false.")
        return value

    def one_of(self, key: str, kind: type[E], default: E) -> E:
        """Return one of the values of an enum."""
        value = self.values.get(key, default.value)
        try:
            return kind(value)
        except ValueError:
            allowed = ", ".join(kind)
            raise self.fail(key, f"“{key}” must be one of {allowed}.") from None

    def titles(self, key: str, default: str = "") -> Titles:
        """Return a text in both languages; a plain one stands for both."""
        return titles(self, key, self.values.get(key, default))

    def entries(self, key: str) -> list[Mapping[str, Any]]:
        """Return a list of objects."""
        value = self.values.get(key) or []
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.fail(key, f"“{key}” must be a list of entries with names.")
        return value

    def refuse_unknown(self, known: frozenset[str]) -> None:
        """Raise at the first key that means nothing: most often a slip of the pen."""
        for key in self.values:
            if key not in known:
                raise self.fail(key, f"“{key}” means nothing here; known are {', '.join(sorted(known))}.")


def read(source: str) -> Front:
    """Return the front matter and body of a file.

    Raises:
        PromptBroken: the front matter is no YAML.
    """
    found = front_matter.read(source)
    if found.error:
        match = _LINE_IN_ERROR.match(found.error)
        raise broken(int(match[1]) if match else 1, _LINE_IN_ERROR.sub("", found.error))
    lines = source.split("\n")
    body = lines[found.line_count :]
    blank = next((n for n, line in enumerate(body) if line.strip()), len(body))
    return Front(
        found.values,
        "\n".join(body[blank:]).rstrip(),
        min(found.line_count + blank + 1, len(lines)),
        lines[: found.line_count],
    )


def of_table(values: Mapping[str, Any], source: str) -> Front:
    """Return the same for a file that is nothing but values, such as TOML."""
    return Front(values, "", 1, source.split("\n"))


def titles(front: Front, key: str, value: object) -> Titles:
    """Return a title in both languages from text or from `{en: ..., zh: ...}`."""
    if isinstance(value, dict) and set(value) <= {"en", "zh"}:
        return Titles(str(value.get("en", "")), str(value.get("zh", "")))
    if isinstance(value, str | int | float):
        return Titles(str(value))
    raise front.fail(key, f"“{key}” must be text, or text for en and zh.")


def broken(line: int, reason: str) -> PromptBroken:
    """Return the error for a line of the file, which whoever opened it adds the name of."""
    return PromptBroken(f"Line {line}: {reason}", line=str(line), reason=reason)
