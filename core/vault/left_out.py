"""The notes that the person's rules leave out: they are indexed by nobody and sent to no model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from core.errors import NoteLeftOut
from core.vault.ignore import load_ignore


class LeftOut:
    """Answers by path, as the rules are at that moment; reads a small file each time.

    Args:
        patterns: those of the settings, beside the vault's own.
    """

    def __init__(self, vault: Path, patterns: Callable[[], Sequence[str]]) -> None:
        self._vault = vault
        self._patterns = patterns

    def __contains__(self, path: object) -> bool:
        """Tell whether a note is left out; a text without a file is not."""
        if not isinstance(path, str) or not path:
            return False
        return load_ignore(self._vault, self._patterns()).skips_anywhere(path)

    def check(self, path: str) -> None:
        """Let a note pass that may be sent.

        Raises:
            NoteLeftOut: it may not.
        """
        if path in self:
            message = f"{path!r} is left out by your rules, so nothing of it is sent to a model."
            raise NoteLeftOut(message, path=path)
