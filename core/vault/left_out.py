"""The notes that the person's rules leave out: they are indexed by nobody and sent to no model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from core.errors import NoteError, NoteLeftOut, NoteMissing
from core.settings import IndexSettings
from core.text.tags import TagRule, tag_rule
from core.vault import notes
from core.vault.ignore import load_ignore
from core.vault.model import FileStamp


class LeftOut:
    """Answers as the rules and the notes are at that moment; reads a small file each time.

    A note is read only where tags are left out, and then once for each version of its file.

    Args:
        rules: those of the settings, beside the vault's own.
    """

    def __init__(self, vault: Path, rules: Callable[[], IndexSettings]) -> None:
        self._vault = vault
        self._rules = rules

    def __contains__(self, path: object) -> bool:
        """Tell whether a note is left out; a text without a file is not."""
        return isinstance(path, str) and bool(path) and bool(self.among([path]))

    def among(self, paths: Iterable[str]) -> set[str]:
        """Return those of the notes that are left out."""
        rules = self._rules()
        ignore, tags = load_ignore(self._vault, rules.exclude), tag_rule(rules.exclude_tags)
        return {path for path in paths if ignore.skips_anywhere(path) or self._is_tagged(path, tags, rules)}

    def holds(self, path: str, text: str) -> bool:
        """Tell whether a note is left out by its path, by its file, or by its text, saved or not."""
        return self.is_tagged(text) or path in self

    def is_tagged(self, text: str) -> bool:
        """Tell whether the note of this text carries a tag that is left out."""
        return tag_rule(self._rules().exclude_tags).holds(text)

    def check(self, path: str, text: str = "") -> None:
        """Let a note pass that may be sent.

        Args:
            text: what of it stands in the editor, saved or not.

        Raises:
            NoteLeftOut: it may not.
        """
        if self.holds(path, text):
            message = f"{path!r} is left out by your rules, so nothing of it is sent to a model."
            raise NoteLeftOut(message, path=path)

    def _is_tagged(self, path: str, tags: TagRule, rules: IndexSettings) -> bool:
        """Tell whether a note's file carries such a tag; one that cannot be looked into is not let pass."""
        if not tags:
            return False
        try:
            return _carries(self._vault, path, notes.stamp(self._vault, path), tags, rules.max_note_bytes)
        except NoteMissing:
            return False
        except NoteError:
            return True


@lru_cache(maxsize=1024)
def _carries(vault: Path, path: str, _stamp: FileStamp, tags: TagRule, max_bytes: int) -> bool:
    return tags.holds(notes.read(vault, path, max_bytes=max_bytes).text)
