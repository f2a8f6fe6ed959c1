"""The first part of a start: the window as it is painted first, empty, and what it needs for that.

Kept light on purpose: nothing in here knows notes, models or the engine. `app` brings those after the paint.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.editor.note_page import NotePage
from desktop.look import Look
from desktop.windows.main_window import MainWindow
from desktop.windows.vault_pane import VaultPane
from desktop.windows.window_state import WindowState

APP_ID = "org.example.Pilotfish"
"""One name everywhere: the .desktop file, the metainfo, the window, the portal."""


class Frame(QObject):
    """Settings, look and window."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        look.setParent(self)
        self.application, self.places = look.application, look.places
        self.settings, self.theme = look.settings, look.theme
        self.state = WindowState(look.places.state / "window.ini")
        self.page = NotePage(self.theme)
        self.pane = VaultPane(self.theme)
        self.window = MainWindow(self.theme, self.pane, self.page)
        self.window.restore(self.state)

    def show(self, *, expects_note: bool) -> None:
        """Show the window, with an empty page or with room for words where no note is going to be opened."""
        self.page.show_editor(expects_note)
        self.window.show()
