"""The words that stand where a note would be: no vault, a folder that cannot be used, nothing in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon

from desktop.editor.note_page import NotePage
from desktop.error_text import word
from desktop.theme.theme import Theme
from desktop.widgets.message_bar import Choice


class Notices(QObject):
    """Fills the empty page of the note pane."""

    def __init__(
        self,
        page: NotePage,
        theme: Theme,
        *,
        choose_folder: Callable[[], None],
        try_welcome: Callable[[], None],
        new_note: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._theme = theme
        self._choose_folder = choose_folder
        self._try_welcome = try_welcome
        self._new_note = new_note
        self._again: Callable[[], None] = self.no_vault
        theme.changed.connect(self._say_again)

    def no_vault(self) -> None:
        """Offer a folder, or the welcome vault."""
        self._again = self.no_vault
        self._say(
            self._theme.icon("pilotfish"),
            self.tr("Choose the folder your notes are in"),
            self.tr(
                "Pilotfish works on plain Markdown files. It reads them here, on this machine, and writes "
                "nothing into the folder unless you do."
            ),
            Choice(self.tr("Open a folder"), self._choose_folder, is_primary=True),
            Choice(self.tr("Try the welcome vault"), self._try_welcome),
        )

    def unusable(self, vault: Path, error: Exception) -> None:
        """Say why a folder cannot be used."""
        self._again = lambda: self.unusable(vault, error)
        worded = word(error)
        self._say(
            self._theme.icon("warning", role="warn"),
            worded.text,
            worded.hint,
            Choice(self.tr("Open a folder"), self._choose_folder, is_primary=True),
            Choice(self.tr("Try the welcome vault"), self._try_welcome),
        )

    def empty_vault(self) -> None:
        """Offer to begin."""
        self._again = self.empty_vault
        self._say(
            self._theme.icon("note", role="quiet"),
            self.tr("There are no notes here yet"),
            self.tr("Write the first one, or open another folder."),
            Choice(self.tr("New note"), self._new_note, is_primary=True),
            Choice(self.tr("Open a folder"), self._choose_folder),
        )

    def no_note_open(self, count: int) -> None:
        """Say how to go on in a vault of so many notes; what is said already stays as it is."""
        wanted = self.no_note if count else self.empty_vault
        if self._again != wanted or not self._page.empty.isVisible():
            wanted()

    def _say(self, icon: QIcon, title: str, text: str, *choices: Choice) -> None:
        self._page.empty.say(icon, title, text, *choices)
        self._page.show_editor(False)
        self._page.empty.offer()

    def _say_again(self) -> None:
        """Tint the icon anew, if it is in sight."""
        if self._page.empty.isVisible():
            self._again()

    def no_note(self) -> None:
        """Say how to come by a note."""
        self._again = self.no_note
        self._say(
            self._theme.icon("note", role="quiet"),
            self.tr("No note is open"),
            self.tr("Choose one on the left, or press Ctrl+P and type a few words of it."),
        )
