"""The window in Chinese: every word of its own is translated, and every state of it is told in Chinese."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QWidget

from core.errors import NoteMissing, VaultMissing
from core.index.model import Hold, IndexProgress
from core.vault.model import SkipKind, Skipped, WatchTrouble
from desktop.editor.note_page import NotePage
from desktop.theme.translation import install_translators
from desktop.widgets.message_bar import MessageBar
from desktop.windows.announcer import Announcer
from desktop.windows.index_details import IndexDetailsPopup
from desktop.windows.main_window import MainWindow
from desktop.windows.notices import Notices
from desktop.windows.skip_words import word_skip, word_trouble
from desktop.windows.status_bar import StatusBar
from desktop.windows.tier_choice import TierChoice
from desktop.windows.vault_pane import VaultPane
from tests.desktop.fake_link import index_details, model_state

HAN = re.compile(r"[\u4e00-\u9fff]")
KEYS = re.compile(r"\((?:Ctrl|Alt|Shift|F\d)[^)]*\)")
NAMES = {"Pilotfish", "Markdown"}


@pytest.fixture(autouse=True)
def chinese(qapp):
    """The interface in Chinese for one test."""
    installed = install_translators(qapp, "zh_CN")
    assert installed
    yield
    for translator in installed:
        QCoreApplication.removeTranslator(translator)


@pytest.fixture
def window(theme, qapp):
    window = MainWindow(theme, VaultPane(theme), NotePage(theme))
    yield window
    window.close()
    window.deleteLater()


def is_chinese(text):
    return bool(HAN.search(text))


def test_every_action_of_the_menu(window):
    words = [action.text() for action in window.header.menu_button.menu().actions() if action.text()]
    assert len(words) > 10
    assert [text for text in words if not is_chinese(text)] == []


def test_every_name_for_the_ear_and_every_tooltip(window):
    spoken = [widget.accessibleName() for widget in window.findChildren(QWidget)]
    tips = [button.toolTip() for button in window.findChildren(QAbstractButton)]
    texts = [text for text in (*spoken, *tips) if re.search(r"[A-Za-z]{3}", KEYS.sub("", text))]
    assert [text for text in texts if not is_chinese(text) and text not in NAMES] == []


def test_the_field_says_what_it_looks_for(window):
    assert is_chinese(window.vault_pane.field.placeholderText())


@pytest.mark.parametrize("say", ["no_vault", "empty_vault", "no_note"])
def test_every_notice(window, theme, say):
    page = window.page
    notices = Notices(page, theme, choose_folder=str, try_welcome=str, new_note=str)
    getattr(notices, say)()
    buttons = [button.text() for button in page.empty.findChildren(QAbstractButton) if not button.isHidden()]
    assert [text for text in (page.empty.title, page.empty.text, *buttons) if not is_chinese(text)] == []


def test_a_folder_that_cannot_be_used(window, theme):
    notices = Notices(window.page, theme, choose_folder=str, try_welcome=str, new_note=str)
    notices.unusable(Path("/v"), VaultMissing("gone", path="/v"))
    assert is_chinese(window.page.empty.title)
    assert is_chinese(window.page.empty.text)


@pytest.mark.parametrize(
    "tell",
    [
        lambda announcer: announcer.failed(NoteMissing("gone", path="a.md")),
        lambda announcer: announcer.unexpected("OSError"),
        lambda announcer: announcer.offer_to_create("a.md", str),
    ],
)
def test_everything_announced(qtbot, theme, tell):
    bar = MessageBar()
    qtbot.addWidget(bar)
    tell(Announcer(bar))
    buttons = [button.text() for button in bar.findChildren(QAbstractButton) if not button.isHidden()]
    assert [text for text in (bar.text, *buttons) if not is_chinese(text)] == []


@pytest.mark.parametrize(
    "progress",
    [
        IndexProgress(3, 10, 0, 40),
        IndexProgress(10, 10, 7, 40),
        IndexProgress(10, 10, 0, 40, preparing="x"),
        IndexProgress(10, 10, 40, 40, idle=True),
        IndexProgress(10, 10, 5, 40, problem="x"),
        IndexProgress(10, 10, 5, 40, hold=Hold.PAUSED),
        IndexProgress(10, 10, 5, 40, hold=Hold.BATTERY),
    ],
)
def test_every_state_of_the_index(qtbot, theme, progress):
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_progress(progress)
    assert is_chinese(bar.index.text())
    assert not re.search(r"[A-Za-z]{3}", bar.index.accessibleName())


@pytest.mark.parametrize(
    "state", [model_state(), model_state(demonstration=True), model_state(model="", place="")]
)
def test_every_state_of_the_model(qtbot, theme, state):
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_model(state)
    bar.show_cost(0.5)
    assert is_chinese(bar.model.text())
    assert is_chinese(bar.cost.text())


@pytest.mark.parametrize("kind", [kind for kind in SkipKind if kind is not SkipKind.PROBLEM])
def test_every_reason_to_leave_a_file_out(kind):
    assert is_chinese(word_skip(Skipped("a", "in the core's words", kind)))


@pytest.mark.parametrize("trouble", [kind for kind in WatchTrouble if kind is not WatchTrouble.NONE])
def test_every_reason_why_changes_come_late(trouble):
    assert is_chinese(word_trouble(trouble))


def test_the_details_of_the_index(qtbot, theme):
    popup = IndexDetailsPopup("状态", theme)
    qtbot.addWidget(popup)
    left_out = Skipped("old.org", "x", SkipKind.ORG)
    popup.show_details(
        index_details(skipped=(left_out,), conflicts=("a.md",), hold=Hold.BATTERY, sent_to="api.example.org")
    )
    names = [button.text() for button in popup.findChildren(QAbstractButton)]
    assert names
    assert [text for text in (*names, popup.accessibleName()) if not is_chinese(text)] == []


def test_a_tiers_row(qtbot, theme):
    row = TierChoice(theme, "fast", "更快")
    qtbot.addWidget(row)
    assert is_chinese(row.provider_box.accessibleName().replace("更快", ""))
    assert is_chinese(row.model_box.accessibleName().replace("更快", ""))
