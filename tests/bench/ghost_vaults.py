"""The notes that the ghost text benchmark types, and which of them teach and which examine."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.complete.phrases import Phrases
from tests.bench.vaults import REAL

LONGEST = 8_000
"""Characters of a note that are typed: some notes are whole books."""
SHORTEST = 400


@dataclass(frozen=True)
class Vault:
    """The notes of one real vault, all of them in the index."""

    name: str
    notes: dict[str, str]
    phrases: Phrases

    def sample(self, count: int, *, part: int = 0, parts: int = 1) -> Iterator[tuple[str, str]]:
        """Yield up to `count` notes drawn by a fixed seed, from one of several disjoint parts."""
        names = [name for name, text in self.notes.items() if len(text) > SHORTEST]
        random.Random(5).shuffle(names)
        for name in names[part::parts][:count]:
            yield name, self.notes[name][:LONGEST]


def open_vault(name: str, root: Path = REAL) -> Vault:
    """Read a vault of the shared data and index it as the engine would."""
    folder = root / name
    notes = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8", errors="replace")
        for file in sorted(folder.rglob("*.md"))
    }
    phrases = Phrases()
    phrases.replace(notes.items())
    return Vault(name, notes, phrases)
