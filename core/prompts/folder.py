"""Reading the files of a folder of prompts or scenes, each again only when it changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from core.errors import PromptBroken
from core.prompts.model import Problem

log = logging.getLogger(__name__)

T = TypeVar("T")

MOST_FILES = 500
MOST_BYTES = 200_000

Stamp = tuple[int, int]
Read = Callable[[str, Path], T]
"""Makes a value of a file's text; raises `PromptBroken`."""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """What a folder holds: values in the order of file names, and what could not be read."""

    values: tuple[T, ...]
    problems: tuple[Problem, ...]


class Folder(Generic[T]):
    """The Markdown or TOML files below one folder, which need not exist.

    Args:
        shown_from: problems name files relative to this folder.
    """

    def __init__(self, folder: Path, read: Read[T], *, shown_from: Path, suffix: str = ".md") -> None:
        self.path = folder
        self._read = read
        self._shown_from = shown_from
        self._suffix = suffix
        self._known: dict[Path, tuple[Stamp, T | Problem]] = {}

    def load(self) -> Loaded[T]:
        """Return what the folder holds at this moment."""
        fresh: dict[Path, tuple[Stamp, T | Problem]] = {}
        for file, stamp in self.stamps():
            known = self._known.get(file)
            fresh[file] = known if known and known[0] == stamp else (stamp, self._value(file))
        self._known = fresh
        values = [value for _, value in fresh.values()]
        return Loaded(
            tuple(value for value in values if not isinstance(value, Problem)),
            tuple(value for value in values if isinstance(value, Problem)),
        )

    def stamps(self) -> list[tuple[Path, Stamp]]:
        """Return the files with what tells a changed one, by name; cheap enough to be asked often."""
        try:
            files = sorted(self.path.rglob(f"*{self._suffix}"))[:MOST_FILES]
        except OSError as error:  # a folder went away while we looked
            log.info("%s could not be listed: %s", self.path, error.strerror)
            return []
        return [(file, stamp) for file in files if (stamp := _stamp(file)) is not None]

    def _value(self, file: Path) -> T | Problem:
        shown = file.relative_to(self._shown_from).as_posix()
        try:
            if file.stat().st_size > MOST_BYTES:
                return Problem(shown, 1, f"The file is larger than {MOST_BYTES} bytes.")
            return self._read(file.read_text(encoding="utf-8-sig"), file)
        except PromptBroken as error:
            return Problem(shown, int(error.details["line"]), error.details["reason"])
        except UnicodeDecodeError:
            return Problem(shown, 1, "The file is not UTF-8 text.")
        except OSError as error:
            return Problem(shown, 1, f"The file may not be read: {error.strerror}.")


def _stamp(file: Path) -> Stamp | None:
    """Return what tells a changed file; None for one that is gone or a link to nowhere."""
    try:
        status = file.stat()
    except OSError as error:
        log.info("%s could not be looked at: %s", file.name, error.strerror)
        return None
    return status.st_mtime_ns, status.st_size
