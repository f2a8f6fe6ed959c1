"""The person's own dictionary: a text file, one word per line. Belongs on a thread of `TaskRunner`."""

from __future__ import annotations

from pathlib import Path

from core.files import write_atomically
from core.text.spelling import Speller
from desktop.theme.resources import resource

NAME = "dictionary.txt"


def load_speller(folder: Path | None) -> Speller:
    """Return the dictionary with the words that it lacks and those that the person added."""
    common = resource("words/en.txt").read_text(encoding="utf-8").split()
    return Speller([*common, *(read_words(folder) if folder is not None else ())])


def read_words(folder: Path) -> list[str]:
    """Return the words that were added; none where the file cannot be read."""
    try:
        text = (folder / NAME).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [word for line in text.splitlines() if (word := line.strip().casefold())]


def add_word(folder: Path, word: str) -> None:
    """Add a word to the file.

    Raises:
        OSError: it could not be written; the file is what it was.
    """
    words = sorted({*read_words(folder), word.casefold()})
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / NAME, "".join(f"{known}\n" for known in words).encode("utf-8"))
