"""What a measurement of a promise is given, and what it says."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.bench.vaults import REAL, WELCOME

T = TypeVar("T")
NOTES = REAL if REAL.is_dir() else WELCOME
DOCUMENTS = REAL.with_name("documents")


@dataclass(frozen=True)
class Finding:
    """How often a promise was broken in so many cases, and how often it may be."""

    figure: int
    cases: int
    goal: int = 0

    @property
    def kept(self) -> bool:
        """Whether the promise was put to the test and held."""
        return self.cases > 0 and self.figure <= self.goal

    def in_words(self, name: str) -> str:
        """Return the line of the table for a person."""
        verdict = "kept" if self.kept else "BROKEN"
        return f"{name:>40}  {verdict:6}  broken {self.figure} times in {self.cases} cases"

    def as_json(self) -> dict[str, bool | int]:
        """Return the entry of `dev.py trust --json`."""
        return {"kept": self.kept, "goal": self.goal, "figure": self.figure, "cases": self.cases}


@dataclass(frozen=True)
class Trial:
    """An empty folder to work in, chance, and how much of the work is wanted."""

    folder: Path
    chance: random.Random
    share: float = 1.0

    def times(self, usual: int) -> range:
        """Return the rounds to go where a whole run has `usual` of them; never none."""
        return range(max(1, round(usual * self.share)))

    def some(self, things: list[T]) -> list[T]:
        """Return all of them, or as many as are wanted."""
        return things if self.share >= 1 else self.chance.sample(things, len(self.times(len(things))))


Promise = Callable[[Trial], Finding]
"""Measures the promise that it is named after."""


def bytes_below(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> int:
    """Count the files that came, went or changed."""
    return sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())
