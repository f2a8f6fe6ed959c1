"""What the window says above the note of its own accord: failures, and what to do about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from PySide6.QtCore import QObject

from core.errors import PilotfishError
from desktop.error_text import word
from desktop.widgets.message_bar import Choice, MessageBar


class Announcer(QObject):
    """Words messages and shows them in the bar above the note, each with a way to close it."""

    def __init__(self, bar: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar

    def failed(self, error: Exception) -> None:
        """Say what went wrong and what to do."""
        self.say(word(error).in_full, is_problem=isinstance(error, PilotfishError))

    def unexpected(self, kind: str) -> None:
        """Say that something went wrong that nobody expected; the notes are safe, the window goes on."""
        text = self.tr(
            "Something went wrong ({kind}). Your text is kept. If the window misbehaves, start it again."
        )
        self.say(text.format(kind=kind), is_problem=True)

    def offer_to_create(self, path: str, create: Callable[[str], None]) -> None:
        """Say that a link leads to no note, and offer to write it."""

        def write() -> None:
            self._bar.rest()
            create(path)

        text = self.tr("There is no note “{name}” yet.").format(name=PurePosixPath(path).stem)
        self.say(text, Choice(self.tr("Write it"), write, is_primary=True))

    def say(self, text: str, *choices: Choice, is_problem: bool = False) -> None:
        """Show a message with these choices and a way to close it."""
        close = Choice(self.tr("Close"), self._bar.rest)
        self._bar.say(text, *choices, close, is_problem=is_problem)
