"""The settings in force before there is a window: language, and what follows it."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from core.settings import Settings
from desktop.look import Look


@pytest.fixture
def look(qapp, places):
    """Make the look of a file of settings; afterwards everything speaks as before."""
    before, made = QLocale(), []

    def look(written):
        places.settings_file.parent.mkdir(parents=True, exist_ok=True)
        places.settings_file.write_text(written, encoding="utf-8")
        made.append(Look(qapp, places))
        return made[-1]

    yield look
    for one in made:
        for translator in one._translators:
            qapp.removeTranslator(translator)
    QLocale.setDefault(before)
    qapp.setStyleSheet("")


@pytest.mark.parametrize(
    ("chosen", "language", "words", "is_chinese"),
    [
        ("zh_CN", QLocale.Language.Chinese, "设置…", True),
        ("en", QLocale.Language.English, "Settings …", False),
    ],
)
def test_a_language_that_was_chosen_holds_for_words_numbers_and_formulas(
    look, chosen, language, words, is_chinese
):
    QLocale.setDefault(QLocale("de_DE"))
    made = look(f'[appearance]\nlanguage = "{chosen}"\n')
    assert QCoreApplication.translate("MainWindow", "Settings …") == words
    assert QLocale().language() == language
    assert made.speaks_chinese is is_chinese


def test_the_language_of_the_system_is_left_as_it_is(look):
    QLocale.setDefault(QLocale("de_AT"))
    look('[appearance]\nlanguage = "system"\n')
    assert QLocale().name() == "de_AT"


def test_damaged_settings_are_told_and_the_defaults_hold(look):
    made = look("[appearance")
    assert made.problem is not None
    assert made.settings == Settings()
