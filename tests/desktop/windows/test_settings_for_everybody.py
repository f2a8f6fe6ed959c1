"""The settings in Chinese, in the dark, in a small window, and without a mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from core.paths import places as places_below
from core.settings import ProviderSettings, Settings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.windows.settings_dialog import Around, SettingsDialog
from desktop.windows.settings_keys import NO_KEYS

PAGES = ("vaultsPage", "modelsPage", "indexPage", "ghostPage", "keysPage", "appearancePage", "privacyPage",
         "costPage", "diagnosticsPage", "aboutPage")  # fmt: skip
SETTINGS = Settings(
    vaults=("/home/ada/" + "很深的文件夹/" * 12 + "库",),
    providers=(ProviderSettings("A provider with a rather long name", "https://api.example.com/v1"),),
)


class NoKeys:
    """A keyring with nothing in it."""

    def get(self, _base_url):
        return ""

    def set(self, _base_url, _key):
        return False


@pytest.fixture
def make(qtbot, theme, tasks, tmp_path):
    def make(settings=SETTINGS):
        around = Around(
            places_below(tmp_path), NO_KEYS, has_tray=True, cost_today=lambda: 0.5, report=lambda: lambda: "r"
        )
        dialog = SettingsDialog(settings, EngineBridge(), tasks, theme, around=around, keys=NoKeys)
        qtbot.addWidget(dialog, before_close_func=lambda dialog: dialog.reject())
        with qtbot.waitExposed(dialog):
            dialog.show()
        return dialog

    return make


@pytest.fixture
def dialog(make):
    return make()


def page_of(dialog, name):
    dialog.pages.show_page(name)
    QApplication.processEvents()
    return next(
        area for area in dialog.findChildren(QScrollArea) if area.isVisible() and area.widget()
    ).widget()


def is_chinese(text):
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def own_words(page):
    """Yield what a page says of itself: titles, hints, buttons; no values."""
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.property("title")):
            yield widget.text()


def test_every_page_has_a_name_in_the_list(dialog):
    names = dialog.pages.names
    titles = [names.item(row).text() for row in range(names.count())]
    assert len(titles) == len(set(titles)) == len(PAGES)
    assert all(titles)


@pytest.mark.parametrize("name", PAGES)
def test_in_chinese_every_page_speaks_chinese(chinese, make, name):
    dialog = make()
    page = page_of(dialog, name)
    english = [text for text in own_words(page) if text.strip() and not is_chinese(text)]
    assert [text for text in english if not text.startswith("Pilotfish")] == []
    names = dialog.pages.names
    assert all(is_chinese(names.item(row).text()) for row in range(names.count()))


@pytest.mark.parametrize("name", PAGES)
def test_in_a_small_window_no_page_is_cut_at_its_side(dialog, name):
    dialog.resize(620, 420)
    page = page_of(dialog, name)
    beyond = [
        widget.objectName() or type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.mapTo(page, widget.rect().topLeft()).x() < 0
    ]
    assert beyond == []
    foot = dialog.findChild(QPushButton, "saveButton")
    assert dialog.rect().contains(foot.geometry())


@pytest.mark.parametrize("name", PAGES)
def test_the_ground_of_every_page_follows_the_theme(dialog, theme, name):
    page_of(dialog, name)
    light = dialog.grab().toImage().pixelColor(3, 3)
    theme.set_preference("dark")
    QApplication.processEvents()
    image = dialog.grab().toImage()
    assert image.pixelColor(3, 3) == theme.colour("window")
    assert image.pixelColor(3, 3) != light


def spoken(widget):
    return widget.accessibleName() or getattr(widget, "text", str)()


@pytest.mark.parametrize("name", PAGES)
def test_everything_on_a_page_that_takes_the_focus_has_a_name(dialog, name):
    page = page_of(dialog, name)
    inner = (QKeySequenceEdit, QAbstractSpinBox, QComboBox)
    nameless = [
        widget.objectName() or type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parentWidget(), inner)
        and not spoken(widget)
    ]
    assert nameless == []


@pytest.mark.parametrize("name", PAGES)
def test_tab_gets_in_and_out_of_every_page(dialog, name):
    page_of(dialog, name)
    dialog.pages.names.setFocus()
    seen = set()
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget().objectName())
        if {"saveButton", "settingsPages"} <= seen:
            break
    assert {"saveButton", "settingsPages"} <= seen
    assert dialog.draft == SETTINGS


def test_a_page_is_found_by_a_chinese_word(chinese, make):
    dialog = make()
    dialog.pages.search.setText("隐私")
    assert dialog.pages.current_name == "privacyPage"


def test_a_very_long_path_is_shortened_and_spoken_whole(dialog):
    page = page_of(dialog, "vaultsPage")
    row = next(row for row in page.findChildren(QWidget, "vaultRow") if row.isVisible())
    forget = row.findChild(QPushButton, "forgetVaultButton")
    assert forget.accessibleName().endswith(SETTINGS.vaults[0])
    assert row.width() <= page.width()
    assert row.rect().contains(forget.geometry())


def test_the_list_of_pages_is_walked_by_keyboard_to_the_end(dialog):
    names = dialog.pages.names
    names.setFocus()
    QTest.keyClick(names, Qt.Key.Key_Home)
    walked = [dialog.pages.current_name]
    for _ in PAGES[1:]:
        QTest.keyClick(names, Qt.Key.Key_Down)
        walked.append(dialog.pages.current_name)
    assert tuple(walked) == PAGES
