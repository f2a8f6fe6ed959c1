"""The tray icon: state, menu, and a desktop without a tray."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from core.index.model import Hold, IndexProgress
from desktop.tray.tray import Tray

IDLE = IndexProgress(12, 12, 30, 30, idle=True)


@pytest.fixture
def tray(theme):
    tray = Tray(theme, is_available=lambda: True)
    yield tray
    tray.close()
    tray.deleteLater()


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (IDLE, "Up to date: 12 notes"),
        (IndexProgress(3, 12, 0, 30), "Reading your notes"),
        (IndexProgress(12, 12, 10, 30), "Reading your notes"),
        (IndexProgress(12, 12, 0, 30, idle=True, problem="no model"), "Search works by words only"),
    ],
)
def test_the_state_is_said_in_menu_and_tooltip(tray, progress, words):
    tray.show_progress(progress)
    assert tray.state_action.text() == words
    assert words in tray.icon.toolTip()


def test_the_state_is_seen_on_the_icon_but_only_where_there_is_something_to_see(tray):
    def picture():
        return tray.icon.icon().pixmap(32, 32).toImage()

    tray.show_progress(IDLE)
    plain = picture()
    tray.show_progress(IndexProgress(3, 12, 0, 30))
    assert picture() != plain
    tray.show_progress(IDLE)
    assert picture() == plain


@pytest.mark.parametrize(
    ("action", "signal"),
    [
        ("ask_action", "quick_ask_requested"),
        ("window_action", "window_requested"),
        ("quit_action", "quit_requested"),
    ],
)
def test_every_entry_asks_for_its_thing(tray, qtbot, action, signal):
    with qtbot.waitSignal(getattr(tray, signal)):
        getattr(tray, action).trigger()


def test_a_pause_is_asked_for(tray, qtbot):
    tray.show_progress(IDLE)
    with qtbot.waitSignal(tray.pause_requested) as signal:
        tray.pause_action.trigger()
    assert signal.args == [True]


def test_a_pause_is_shown_whoever_made_it(tray, qtbot):
    with qtbot.assertNotEmitted(tray.pause_requested):
        tray.show_progress(replace(IDLE, idle=False, hold=Hold.PAUSED))
        assert tray.state_action.text() == "Indexing is paused"
        assert tray.pause_action.isChecked()
        tray.show_progress(IDLE)
    assert tray.state_action.text() == "Up to date: 12 notes"
    assert not tray.pause_action.isChecked()


@pytest.mark.parametrize(
    ("reason", "count"),
    [
        (QSystemTrayIcon.ActivationReason.Trigger, 1),
        (QSystemTrayIcon.ActivationReason.DoubleClick, 1),
        (QSystemTrayIcon.ActivationReason.Context, 0),
    ],
)
def test_a_click_opens_the_window(tray, reason, count):
    heard = []
    tray.window_requested.connect(lambda: heard.append(1))
    tray.icon.activated.emit(reason)
    assert len(heard) == count


def test_a_desktop_without_a_tray_shows_nothing(theme):
    tray = Tray(theme, is_available=lambda: False)
    assert not tray.show()
    assert not tray.icon.isVisible()
    tray.close()
