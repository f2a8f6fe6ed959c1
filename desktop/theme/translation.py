"""The interface's language: our own words and Qt's."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop.theme.resources import resource

log = logging.getLogger(__name__)


def install_translators(app: QCoreApplication, language: str) -> list[QTranslator]:
    """Show the interface in `en`, `zh_CN` or the `system`'s language; English where we have none.

    English has a file of its own, for singulars. Returns the translators; Qt drops those that nobody holds.
    """
    locale = QLocale() if language == "system" else QLocale(language)
    if locale.script() == QLocale.Script.SimplifiedHanScript:
        locale = QLocale("zh_CN")  # Singapore's and Malaysia's find no file of their own
    ours, theirs = str(resource("i18n")), QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = (
        _installed(app, locale, "pilotfish", ours) or _installed(app, QLocale("en"), "pilotfish", ours),
        _installed(app, locale, "qtbase", theirs),
    )
    return [translator for translator in found if translator is not None]


def _installed(app: QCoreApplication, locale: QLocale, name: str, folder: str) -> QTranslator | None:
    translator = _Words(app)
    if not translator.read(locale, name, folder):
        log.info("no %s words for %s", name, locale.name())
        return None
    app.installTranslator(translator)
    return translator


class _Words(QTranslator):
    """Words in memory: Qt maps a file that it loads, and crashes where an update writes it anew."""

    _data = b""

    def read(self, locale: QLocale, name: str, folder: str) -> bool:
        """Take the file that Qt would load; False where there is none that it can read."""
        finder = QTranslator()
        if not finder.load(locale, name, "_", folder):
            return False
        try:
            self._data = Path(finder.filePath()).read_bytes()  # kept: Qt makes no copy
        except OSError:
            return False
        return self.load(self._data)


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802
    """Mark a text for translation: `pyside6-lupdate` knows this name; PySide's own is typed as `object`."""
    return text
