"""The texts of the notes that were written last, as they were last seen: what a new text is compared with."""

from __future__ import annotations

from collections import OrderedDict

MOST_NOTES = 200
MOST_CHARACTERS = 4_000_000
"""Some 8 MiB in memory at most; a person works in a handful of notes of some thousand characters."""


class KnownTexts:
    """Keeps the latest texts; the ones not looked at for longest go first. Not thread-safe."""

    def __init__(self, *, most_notes: int = MOST_NOTES, most_characters: int = MOST_CHARACTERS) -> None:
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._most_notes = most_notes
        self._most_characters = most_characters
        self._characters = 0

    def __contains__(self, path: str) -> bool:
        return path in self._texts

    def __len__(self) -> int:
        return len(self._texts)

    def get(self, path: str) -> str | None:
        """Return the text of a note as it was last kept; None where that is not known."""
        if path in self._texts:
            self._texts.move_to_end(path)
        return self._texts.get(path)

    def keep(self, path: str, text: str) -> None:
        """Remember a note's text; one that is larger than all room is not kept."""
        self.forget(path)
        if len(text) > self._most_characters:
            return
        self._texts[path] = text
        self._characters += len(text)
        while len(self._texts) > self._most_notes or self._characters > self._most_characters:
            self.forget(next(iter(self._texts)))

    def forget(self, path: str) -> None:
        """Drop what is known of a note."""
        self._characters -= len(self._texts.pop(path, ""))
