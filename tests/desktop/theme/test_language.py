"""Which language the interface speaks."""

import shutil

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from desktop.theme import translation
from desktop.theme.translation import install_translators


@pytest.fixture
def speak(qapp):
    """Install a language for one test."""
    installed = []

    def speak(language):
        found = install_translators(qapp, language)
        installed.extend(found)
        return found

    yield speak
    for translator in installed:
        qapp.removeTranslator(translator)


@pytest.fixture
def system(monkeypatch):
    """Let the desktop speak another language for one test."""
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


def said(text="Settings …", context="MainWindow"):
    return QCoreApplication.translate(context, text)


def test_chinese_is_spoken_by_ours_and_by_qt(speak):
    assert said() == "Settings …"
    assert speak("zh_CN")
    assert said() != "Settings …"
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said())
    assert QCoreApplication.translate("QPlatformTheme", "&Yes") != "&Yes"


@pytest.mark.parametrize("language", ["en", "en_GB", "en_US"])
def test_english_needs_a_file_for_what_is_one_alone(speak, language):
    speak(language)
    assert said() == "Settings …"
    notes = [QCoreApplication.translate("StatusBar", "Up to date: %n notes", "", n) for n in (0, 1, 2)]
    assert notes == ["Up to date: 0 notes", "Up to date: 1 note", "Up to date: 2 notes"]


@pytest.mark.parametrize("locale", ["zh_CN", "zh_SG", "zh_Hans_MY", "zh"])
def test_the_language_of_the_system_is_followed(speak, system, locale):
    system(locale)
    assert speak("system")
    assert said() != "Settings …"


def test_an_english_system_is_english(speak, system):
    system("en_AU")
    speak("system")
    assert said() == "Settings …"


@pytest.mark.parametrize("language", ["xx", "", "tlh", "fr_FR"])
def test_a_language_we_do_not_speak_leaves_our_words_in_english(speak, language):
    speak(language)
    assert said() == "Settings …"
    assert QCoreApplication.translate("StatusBar", "Up to date: %n notes", "", 1) == "Up to date: 1 note"


def test_a_language_is_chosen_over_that_of_the_system(speak, system):
    system("zh_CN")
    speak("en")
    assert said() == "Settings …"


def test_without_our_file_qt_alone_speaks_and_nothing_breaks(speak, monkeypatch, tmp_path):
    monkeypatch.setattr(translation, "resource", lambda _name: tmp_path)
    speak("zh_CN")
    assert said() == "Settings …"


def test_without_any_file_it_is_logged(speak, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(translation, "resource", lambda _name: tmp_path)
    monkeypatch.setattr(translation.QLibraryInfo, "path", lambda _kind: str(tmp_path))
    with caplog.at_level("INFO"):
        assert speak("zh_CN") == []
    assert "no pilotfish words for zh_CN" in caplog.text


def test_a_damaged_file_is_no_failure(speak, monkeypatch, tmp_path):
    (tmp_path / "pilotfish_zh_CN.qm").write_bytes(b"\x3c\xb8\x64\x18 damaged")
    monkeypatch.setattr(translation, "resource", lambda _name: tmp_path)
    speak("zh_CN")
    assert said() == "Settings …"


def test_both_are_held_by_the_application(speak, qapp):
    """Qt drops a translator that nobody owns, and the interface falls back to English."""
    assert [translator.parent() for translator in speak("zh_CN")] == [QApplication.instance()] * 2


def test_words_stay_when_their_file_is_replaced_under_the_window(speak, monkeypatch, tmp_path):
    """A file that Qt has mapped ends the process at the next word when it is written anew."""
    file = tmp_path / "pilotfish_zh_CN.qm"
    shutil.copyfile(translation.resource("i18n") / file.name, file)
    monkeypatch.setattr(translation, "resource", lambda _name: tmp_path)
    speak("zh_CN")
    chinese = said()
    file.write_bytes(b"")
    assert said() == chinese
    assert said("Cancel", "QPlatformTheme") == QCoreApplication.translate("QPlatformTheme", "Cancel")


def test_a_file_that_is_gone_between_two_looks_is_none(speak, monkeypatch):
    def gone(_path):
        raise FileNotFoundError

    monkeypatch.setattr(translation.Path, "read_bytes", gone)
    assert speak("zh_CN") == []
    assert said() == "Settings …"
