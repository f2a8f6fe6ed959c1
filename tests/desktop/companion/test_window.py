"""The companion's window: it docks, it stays on top, it gives the panel back."""

import pytest
from PySide6.QtCore import QMargins, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from desktop.companion import window as window_module
from desktop.companion.docking import NARROWEST, WIDEST, Dock, DockMemory, Side, docked
from desktop.companion.window import Companion
from desktop.windows.window_state import WindowState


@pytest.fixture
def memory(tmp_path):
    return DockMemory(WindowState(tmp_path / "window.ini"))


def screen():
    """The screen, asked for anew: its wrapper does not outlive the widgets that asked for theirs."""
    return QGuiApplication.primaryScreen()


@pytest.fixture
def companion(qtbot, theme, memory, monkeypatch):
    monkeypatch.setattr(window_module, "REST_MS", 20)
    companion = Companion(theme, memory)
    qtbot.addWidget(companion, before_close_func=lambda window: window.hide())
    return companion


@pytest.fixture
def shown(companion, qtbot):
    companion.come_up(screen())
    qtbot.waitExposed(companion)
    return companion


def is_docked(companion, side):
    area, frame = companion.screen().availableGeometry(), companion.windowHandle().frameMargins()
    return companion.geometry() == docked(area, Dock(side, companion.width()), frame)


def test_it_comes_up_at_the_right_edge_and_as_high_as_the_screen(shown, qtbot):
    qtbot.waitUntil(lambda: is_docked(shown, Side.RIGHT))


def test_it_comes_up_where_it_was_last(companion, memory, qtbot):
    memory.set_dock(screen().name(), Dock(Side.LEFT, 420))
    companion.come_up(screen())
    qtbot.waitExposed(companion)
    qtbot.waitUntil(lambda: is_docked(companion, Side.LEFT))
    assert companion.width() == 420


def test_a_screen_that_is_gone_is_made_up_for_by_the_usual_one(companion, memory, qtbot):
    memory.set_dock("a screen at the office", Dock(Side.LEFT, 420))
    companion.come_up(screen())
    qtbot.waitExposed(companion)
    qtbot.waitUntil(lambda: is_docked(companion, Side.RIGHT))


def test_the_button_takes_it_to_the_other_edge_and_that_is_remembered(shown, memory, qtbot):
    qtbot.mouseClick(shown.head.side_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_docked(shown, Side.LEFT))
    assert memory.dock(screen().name()).side is Side.LEFT
    assert shown.head.side_button.accessibleName() == "To the right edge"


def test_left_near_the_other_edge_it_docks_there(shown, memory, qtbot):
    area = screen().availableGeometry()
    shown.move(area.topLeft() + QPoint(30, 60))
    qtbot.waitUntil(lambda: is_docked(shown, Side.LEFT))
    assert memory.dock(screen().name()).side is Side.LEFT


def test_made_wider_it_stays_at_its_edge_and_the_width_is_remembered(shown, memory, qtbot):
    shown.resize(440, shown.height())
    qtbot.waitUntil(lambda: memory.dock(screen().name()).width == 440)
    qtbot.waitUntil(lambda: is_docked(shown, Side.RIGHT))


def test_a_desktop_that_places_windows_itself_is_not_argued_with(shown, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(shown, "setGeometry", asked.append)
    shown.move(shown.pos() + QPoint(-20, 0))
    qtbot.waitUntil(lambda: len(asked) == 1)
    shown._come_to_rest()
    shown._come_to_rest()
    assert len(asked) == 1


def test_the_room_of_a_frame_is_taken_from_the_window(shown, qtbot, monkeypatch):
    frame = QMargins(2, 20, 2, 4)
    monkeypatch.setattr(shown, "_frame_margins", lambda: frame)
    shown._look_for_frame()
    assert shown.geometry().marginsAdded(frame).height() == screen().availableGeometry().height()


def test_it_keeps_looking_for_a_frame_only_for_a_while(shown, qtbot, monkeypatch):
    looks = []
    monkeypatch.setattr(shown, "_frame_margins", lambda: looks.append(1) or QMargins())
    monkeypatch.setattr(shown._frame, "start", shown._look_for_frame)
    shown._look_for_frame()
    assert 0 < len(looks) <= window_module.FRAME_LOOKS


def test_it_stays_on_top_until_it_is_unpinned_and_never_leaves_the_screen_for_it(shown, memory, qtbot):
    on_top = Qt.WindowType.WindowStaysOnTopHint
    assert shown.windowFlags() & on_top
    qtbot.mouseClick(shown.head.pin_button, Qt.MouseButton.LeftButton)
    assert shown.isVisible()
    assert not shown.windowFlags() & on_top
    assert not shown.windowHandle().flags() & on_top
    assert not memory.is_pinned
    qtbot.mouseClick(shown.head.pin_button, Qt.MouseButton.LeftButton)
    assert shown.windowHandle().flags() & on_top


def test_unpinned_once_it_comes_up_unpinned(qtbot, theme, memory):
    memory.is_pinned = False
    companion = Companion(theme, memory)
    qtbot.addWidget(companion)
    assert not companion.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert not companion.head.pin_button.isChecked()


def test_it_holds_a_panel_and_gives_it_back(shown, qtbot):
    panel = QLabel("panel")
    qtbot.addWidget(panel)
    shown.hold(panel)
    assert panel.window() is shown
    assert panel.isVisible()
    assert shown.release() is panel
    assert panel.parent() is None
    assert not shown.isVisible()
    assert shown.release() is None


def test_closing_asks_and_does_nothing_by_itself(shown, qtbot):
    with qtbot.waitSignal(shown.closed):
        assert not shown.close()
    assert shown.isVisible()


def test_minimised_it_comes_up_again(shown, qtbot):
    shown.showMinimized()
    shown.come_up(screen())
    assert not shown.isMinimized()


def test_it_is_as_narrow_and_as_wide_as_the_panel_needs(companion):
    assert (companion.minimumWidth(), companion.maximumWidth()) == (NARROWEST, WIDEST)


def test_it_does_not_keep_the_program_alive_by_itself(companion):
    assert not companion.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert isinstance(companion, QWidget)
