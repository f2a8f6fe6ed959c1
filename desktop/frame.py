"""The first part of a start: the window as it is painted first, empty, and what it needs for that.

Kept light on purpose: nothing in here knows notes, models or the engine. `app` brings those after the paint.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from core import settings as settings_file
from core.errors import SettingsDamaged
from core.paths import Places
from core.settings import Settings
from desktop.editor.note_page import NotePage
from desktop.theme.theme import Theme
from desktop.theme.translation import install_translators
from desktop.windows.main_window import MainWindow
from desktop.windows.vault_pane import VaultPane
from desktop.windows.window_state import WindowState

APP_ID = "org.example.Pilotfish"
"""One name everywhere: the .desktop file, the metainfo, the window, the portal."""


class Frame(QObject):
    """Settings, look and window."""

    def __init__(self, app: QApplication, places: Places) -> None:
        super().__init__()
        self.application = app
        self.places = places
        self.settings, self.settings_problem = _load_settings(places)
        self._translators = install_translators(app, self.settings.appearance.language)
        self.state = WindowState(places.state / "window.ini")
        self.theme = Theme(self.settings.appearance.theme, self)
        self.theme.apply(app)
        self.page = NotePage(self.theme)
        self.pane = VaultPane(self.theme)
        self.window = MainWindow(self.theme, self.pane, self.page)
        self.window.restore(self.state)

    @property
    def speaks_chinese(self) -> bool:
        """Whether the interface is shown in Chinese."""
        return any("zh" in translator.language() for translator in self._translators)

    def show(self, *, expects_note: bool) -> None:
        """Show the window, with an empty page or with room for words where no note is going to be opened."""
        self.page.show_editor(expects_note)
        self.window.show()


def _load_settings(places: Places) -> tuple[Settings, SettingsDamaged | None]:
    try:
        return settings_file.load(places.settings_file), None
    except SettingsDamaged as error:
        return Settings(), error
