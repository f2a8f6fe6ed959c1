"""What every window of ours needs before it is made: settings, the words of a language, colours and fonts."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QApplication

from core import settings as settings_file
from core.errors import SettingsDamaged
from core.paths import Places
from core.settings import Settings
from desktop.theme.theme import Theme
from desktop.theme.translation import install_translators


class Look(QObject):
    """The person's settings, in force in this application."""

    def __init__(self, application: QApplication, places: Places) -> None:
        super().__init__()
        self.application = application
        self.places = places
        self.settings, self.problem = _load_settings(places)
        language = self.settings.appearance.language
        self._translators = install_translators(application, language)
        if language != "system":
            QLocale.setDefault(QLocale(language))  # for numbers and dates, which Qt writes by itself
        self.theme = Theme(self.settings.appearance.theme, self)
        self.theme.apply(application)

    @property
    def speaks_chinese(self) -> bool:
        """Whether the interface is shown in Chinese."""
        return any("zh" in translator.language() for translator in self._translators)


def _load_settings(places: Places) -> tuple[Settings, SettingsDamaged | None]:
    try:
        return settings_file.load(places.settings_file), None
    except SettingsDamaged as error:
        return Settings(), error
