"""The settings without a mouse, and in a window as small as it goes: all is reached and nothing cut."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from shiboken6 import isValid

from core.engine.model import LocalEndpoint
from core.paths import places
from core.session.model import Ledger
from core.settings import ProviderSettings, Settings
from core.vault.discovery import FoundVault
from desktop.bridge.engine_bridge import EngineBridge
from desktop.shortcuts import WindowKeys
from desktop.windows.settings_dialog import Around, SettingsDialog
from tests.desktop.widgets.tab_walk import pressed, walked

LONG = "hf.co/bartowski/DeepSeek-R1-Distill-Qwen-32B-GGUF:Q4_K_M"
FULL = Settings(
    vaults=("/笔记/主库", "/home/" + "很长的文件夹名称" * 12),
    providers=(ProviderSettings("Ollama", "http://127.0.0.1:11434/v1"), ProviderSettings("B", "https://b.example/v1")),
)  # fmt: skip


@pytest.fixture
def dialog(qtbot, theme, link, tasks, tmp_path):
    bridge = EngineBridge(link)
    link.endpoints = [LocalEndpoint("LM Studio", "http://127.0.0.1:1234/v1", (LONG, LONG, LONG))]
    keys = WindowKeys({"Ctrl+O": "Open a folder"}, {})
    around = Around(
        *(places(tmp_path), keys), has_tray=True, cost_today=lambda: 0.25, report=lambda: lambda: "# 版本"
    )
    link.assist.ledger = lambda: link.future(Ledger(0.0, 0.0, 0.0))
    dialog = SettingsDialog(FULL, bridge, tasks, theme, around=around)
    qtbot.addWidget(dialog, before_close_func=lambda dialog: dialog.reject())
    dialog.vaults_page.show_found([FoundVault(Path("/别的库"), "Obsidian")])
    with qtbot.waitActive(dialog):
        dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.models_page.findChildren(QPushButton, "useButton")))
    yield dialog
    dialog.reject()
    bridge.close()


def rows(dialog):
    for row in range(dialog.pages.names.count()):
        dialog.pages.names.setCurrentRow(row)
        yield dialog.pages._pages[row]


def place(page, widget):
    """Where a widget begins on its page: rows that differ by a few pixels are one."""
    at = widget.mapTo(page, QPoint())
    return (at.y() + widget.height() // 2) // 12, at.x()


def test_tab_goes_down_every_page(qtbot, dialog):
    for page in rows(dialog):
        qtbot.waitUntil(page.isVisible)
        QApplication.sendPostedEvents()
        area = page.parentWidget().parentWidget()
        reached = pressed(dialog, area)
        inside = [widget for widget in reached if page.isAncestorOf(widget)]
        assert reached[1 : len(inside) + 1] == inside, "what is not on the page lies between"
        spots = [place(page, widget) for widget in inside]
        assert spots == sorted(spots), [widget.objectName() for widget in inside]


def test_the_collector_leaves_pages_alone_that_tab_has_been_led_through(dialog):
    gc.collect()
    assert all(isValid(page) for page in dialog.pages._pages)
    dialog.pages.show_page("aboutPage")
    assert dialog.about_page.isVisible()


@pytest.mark.parametrize(("page", "first"), [("keysPage", "quick_askKey"), ("vaultsPage", "openVaultButton")])
def test_enter_in_the_search_leads_to_the_top_of_the_page(qtbot, dialog, page, first):
    dialog.pages.show_page(page)
    qtbot.waitUntil(lambda: dialog.findChild(QWidget, first).isVisible())
    dialog.pages.search.setFocus()
    QTest.keyClick(dialog.pages.search, Qt.Key.Key_Return)
    focus = dialog.focusWidget()
    assert first in (focus.objectName(), focus.parentWidget().objectName())  # a key's field is within


def test_after_the_page_come_the_buttons_below_it(dialog):
    dialog.pages.show_page("vaultsPage")
    names = walked(dialog, begin="settingsPages")
    assert names[-3:] == ["cancelButton", "saveButton", "settingsSearch"]
    assert names[1:7] == ["openVaultButton", "forgetVaultButton"] * 2 + [
        "chooseFolderButton",
        "openVaultButton",
    ]


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_no_page_can_be_made_too_narrow_to_be_read(request, qtbot, language):
    request.getfixturevalue(language)
    dialog = request.getfixturevalue("dialog")
    dialog.resize(1, 1)
    assert dialog.width() <= 752, "it fits into a window of 800 x 600"
    for page in rows(dialog):
        qtbot.waitUntil(page.isVisible)
        area = page.parentWidget().parentWidget()
        assert isinstance(area, QScrollArea)
        assert page.width() <= area.viewport().width(), dialog.pages.current_name


def test_a_page_that_grows_takes_the_window_along(qtbot, dialog):
    dialog.pages.show_page("vaultsPage")
    dialog.resize(1, 1)
    before = dialog.width()
    dialog.vaults_page.layout().addWidget(QLabel("字" * 60))
    qtbot.waitUntil(lambda: dialog.width() > before)
