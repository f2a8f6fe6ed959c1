"""The interface's language: our own words and Qt's."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop.theme.resources import resource

log = logging.getLogger(__name__)


def install_translators(app: QCoreApplication, language: str) -> list[QTranslator]:
    """Show the interface in `en`, `zh_CN` or the `system`'s language; English where we have none.

    Returns the translators, which Qt drops when nobody holds them.
    """
    locale = QLocale() if language == "system" else QLocale(language)
    if locale.language() == QLocale.Language.English:
        return []
    if locale.script() == QLocale.Script.SimplifiedHanScript:
        locale = QLocale("zh_CN")  # Singapore's and Malaysia's find no file of their own
    sources = (
        ("pilotfish", str(resource("i18n"))),
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    )
    installed = []
    for name, folder in sources:
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)
            installed.append(translator)
    if not installed:
        log.info("no translation for %s", locale.name())
    return installed
