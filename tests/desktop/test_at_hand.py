"""Quick-ask, hotkey and tray together: what follows the settings, and what never hides the window."""

from threading import current_thread, main_thread
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from core.index.model import IndexProgress
from core.settings import AtHandSettings
from desktop.at_hand import AtHand
from desktop.bridge.engine_bridge import EngineBridge
from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.tray import tray as tray_module
from desktop.windows.main_window import MainWindow


class Backend:
    """A desktop that grants every key."""

    held: ClassVar[list[str]] = []

    def __init__(self, pressed, changed):
        self.pressed, self._changed = pressed, changed

    def bind(self, combination):
        Backend.held.append(str(combination))
        self._changed(HotkeyStatus(HotkeyState.ACTIVE, "fake", str(combination)))

    def release(self):
        Backend.held.pop()


class Quick(QObject):
    """Quick-ask as far as it is called."""

    open_requested = Signal(str, int)
    settings_requested = Signal()

    def __init__(self):
        super().__init__()
        self.calls = []
        self.window = self

    def ensurePolished(self):  # noqa: N802
        self.calls.append("made")

    def toggle(self):
        self.calls.append("toggle")

    def come_up(self):
        self.calls.append("come up")

    def set_model(self, state):
        self.calls.append(state)

    def close(self):
        self.calls.append("close")


@pytest.fixture
def has_tray(monkeypatch):
    """Set to False for a desktop without one."""
    there = {"tray": True}
    real = tray_module.Tray.__init__

    def init(self, theme, parent=None):
        real(self, theme, parent, is_available=lambda: there["tray"])

    monkeypatch.setattr(tray_module.Tray, "__init__", init)
    return there


@pytest.fixture
def window(theme, qtbot):
    from desktop.editor.note_page import NotePage
    from desktop.windows.vault_pane import VaultPane

    window = MainWindow(theme, VaultPane(theme), NotePage(theme))
    yield window
    window.hides_on_close = False
    window.close()
    window.deleteLater()


@pytest.fixture
def bridge(qapp, link):
    return EngineBridge(link)


@pytest.fixture
def quick(qapp):
    return Quick()


@pytest.fixture
def at_hand(quick, window, theme, bridge, has_tray):
    Backend.held = []
    made = []

    def make(pressed, changed):
        made.append(Backend(pressed, changed))
        return made[-1]

    at_hand = AtHand(quick, window, theme, bridge, make_hotkey=make)
    at_hand.made = made
    yield at_hand
    at_hand.close()
    at_hand.deleteLater()


def ready(at_hand):
    at_hand._soon.setInterval(0)
    while at_hand._steps:
        QApplication.processEvents()


def test_nothing_is_grabbed_before_the_start_is_over(at_hand):
    at_hand.use(AtHandSettings(quick_ask="Ctrl+Alt+Space"))
    assert Backend.held == []
    ready(at_hand)
    assert Backend.held == ["Ctrl+Alt+Space"]


def test_what_is_chosen_between_the_steps_of_the_start_counts(at_hand):
    at_hand.use(AtHandSettings(quick_ask="F9"))
    at_hand._soon.setInterval(0)
    while at_hand.tray is None:
        QApplication.processEvents()
    at_hand.use(AtHandSettings(quick_ask="F8"))
    ready(at_hand)
    assert Backend.held == ["F8"]


def test_the_x_server_is_connected_to_off_the_window_s_thread_before_quick_ask_is_made(
    at_hand, quick, monkeypatch
):
    threads = []
    monkeypatch.setattr("desktop.at_hand.connect", lambda: threads.append((current_thread(), *quick.calls)))
    ready(at_hand)
    assert len(threads) == 1
    assert threads[0][0] is not main_thread()
    assert "made" not in threads[0]
    assert "made" in quick.calls


def test_without_an_x_server_everything_else_gets_ready(at_hand, quick, monkeypatch):
    monkeypatch.setattr("desktop.at_hand.connect", lambda: 1 / 0)
    ready(at_hand)
    assert "made" in quick.calls


def test_a_window_closed_between_the_steps_of_the_start_grabs_nothing(at_hand):
    at_hand.use(AtHandSettings(quick_ask="F9"))
    at_hand._soon.setInterval(0)
    while at_hand.tray is None:
        QApplication.processEvents()
    at_hand.close()
    QApplication.processEvents()
    assert Backend.held == []
    at_hand.tray = None


def test_a_press_shows_quick_ask_or_puts_it_away(at_hand, quick):
    at_hand.use(AtHandSettings(quick_ask="F9"))
    ready(at_hand)
    at_hand.made[0].pressed()
    assert "toggle" in quick.calls


def test_new_settings_bind_another_key_and_the_same_ones_none(at_hand):
    at_hand.use(AtHandSettings(quick_ask="F9"))
    ready(at_hand)
    at_hand.use(AtHandSettings(quick_ask="F9", keep_running=True))
    assert len(at_hand.made) == 1
    at_hand.use(AtHandSettings(quick_ask="F8"))
    assert Backend.held == ["F8"]


def test_quitting_lets_the_key_go(at_hand):
    at_hand.use(AtHandSettings(quick_ask="F9"))
    ready(at_hand)
    at_hand.close()
    assert Backend.held == []
    at_hand.tray = None


@pytest.mark.parametrize("case", [(True, True, True), (True, False, False), (False, True, False)])
def test_closing_hides_the_window_only_where_the_tray_leads_back(at_hand, window, has_tray, case):
    has_tray["tray"], keep, hides = case
    at_hand.use(AtHandSettings(keep_running=keep))
    ready(at_hand)
    window.show()
    closed = []
    window.closing.connect(lambda: closed.append(1))
    window.close()
    assert not window.isVisible()
    assert bool(closed) is not hides


def test_the_tray_ends_a_hidden_window_for_good(at_hand, window, qtbot):
    at_hand.use(AtHandSettings(keep_running=True))
    ready(at_hand)
    window.show()
    window.close()
    with qtbot.waitSignal(window.closing):
        at_hand.tray.quit_action.trigger()


def test_the_tray_knows_what_went_before_it(at_hand, bridge):
    bridge.progressed.emit(IndexProgress(5, 5, 9, 9, idle=True))
    ready(at_hand)
    assert "5" in at_hand.tray.state_action.text()
    bridge.progressed.emit(IndexProgress(6, 6, 9, 9, idle=True))
    assert "6" in at_hand.tray.state_action.text()


def test_a_pause_in_the_tray_pauses_the_engine(at_hand, link):
    ready(at_hand)
    at_hand.tray.pause_action.trigger()
    assert ("set_paused", True) in link.calls


def test_before_the_engine_is_there_a_pause_does_nothing(at_hand, bridge, link):
    ready(at_hand)
    bridge.detach()
    at_hand.tray.pause_action.trigger()
    assert link.calls == []


def test_the_tray_asks(at_hand, quick):
    ready(at_hand)
    at_hand.tray.ask_action.trigger()
    assert quick.calls[-1] == "come up"


def test_a_citation_brings_the_window_to_the_front_first(at_hand, quick, window, qtbot):
    with qtbot.waitSignal(at_hand.open_requested) as signal:
        quick.open_requested.emit("a.md", 3)
    assert signal.args == ["a.md", 3]
    assert window.isVisible()


def test_settings_come_up_over_the_window(at_hand, quick, window, qtbot):
    with qtbot.waitSignal(at_hand.settings_requested):
        quick.settings_requested.emit()
    assert window.isVisible()
