"""The report of a crash: in full, before the window, by keyboard and to a screen reader, in nobody's way."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from shiboken6 import isValid

from desktop.windows.crash_window import CrashWindow
from desktop.windows.main_window import MainWindow

REPORT = "# Crash\n\nFatal Python error: 段错误\n" + "  File x, line 1\n" * 80


@pytest.fixture
def crash(qtbot, theme):
    window = CrashWindow(REPORT, theme)
    yield window
    if isValid(window):  # Qt deletes it when it is closed
        window.close()


def crash_windows():
    """Return those in sight."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, CrashWindow) and one.isVisible()]


def test_it_has_been_painted_when_the_start_goes_on(crash):
    painted = []
    crash.painted.connect(lambda: painted.append(1))
    crash.show_at_once()
    assert painted == [1]
    assert crash.isVisible()


def test_a_screen_that_never_paints_holds_no_start_up(crash, monkeypatch):
    monkeypatch.setattr(CrashWindow, "show", lambda _self: None)
    monkeypatch.setattr("desktop.windows.crash_window.PATIENCE_MS", 1)
    crash.show_at_once()  # returns
    assert not crash.isVisible()


def test_the_report_is_there_in_full_and_cannot_be_changed(crash):
    assert crash.view.text.toPlainText() == REPORT
    assert crash.view.text.isReadOnly()


def test_it_says_that_the_notes_are_whole_and_drafts_kept(crash):
    words = " ".join(label.text() for label in crash.findChildren(QLabel))
    assert "ended unexpectedly" in words
    assert "Your notes are whole" in words
    assert "kept as a draft" in words


def test_a_screen_reader_is_told_what_happened_and_what_each_part_is(crash):
    assert "ended unexpectedly" in crash.accessibleName()
    assert "Your notes are whole" in crash.accessibleDescription()
    assert crash.view.text.accessibleName() == "Report"


def test_enter_goes_on_at_once(crash, qtbot):
    crash.show_at_once()
    assert crash.focusWidget() is crash.continue_button
    QTest.keyClick(crash.continue_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not crash_windows())


def test_every_part_is_reached_by_tab(crash):
    crash.show_at_once()
    reached = set()
    for _ in range(6):
        QTest.keyClick(crash.focusWidget(), Qt.Key.Key_Tab)
        reached.add(crash.focusWidget().objectName())
    assert reached >= {"reportText", "copyReportButton", "saveReportButton", "continueButton"}


def test_copying_takes_what_is_shown(crash):
    crash.view.copy_button.click()
    assert QGuiApplication.clipboard().text() == REPORT
    assert crash.view.result.text() == "Copied."


def test_saving_writes_what_is_shown(crash, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "报告.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    crash.show()
    with qtbot.waitSignal(crash.view.saved):
        crash.view.save_button.click()
    assert file.read_text(encoding="utf-8") == REPORT


class Below(MainWindow):
    """Something with the signals and the handle of the main window, and nothing in it."""

    def __init__(self) -> None:
        super(MainWindow, self).__init__()
        self.hides_on_close = self.has_company = False
        self._was_painted = False


@pytest.fixture
def below(qtbot):
    window = Below()
    yield window
    window.close()


def test_it_lies_over_the_window_that_comes_and_goes_with_it(crash, below, qtbot):
    crash.show_at_once()
    crash.stay_above(below)
    with qtbot.waitSignal(below.painted):
        below.show()
    handle: QWindow = crash.windowHandle()
    qtbot.waitUntil(lambda: handle.transientParent() is below.windowHandle())
    below.close()
    assert crash_windows() == []


def test_one_that_was_closed_before_the_window_came_stays_away(crash, below, qtbot):
    crash.show_at_once()
    crash.stay_above(below)
    crash.close()
    with qtbot.waitSignal(below.painted):
        below.show()
    assert crash_windows() == []


def test_closing_it_does_not_end_the_program(crash, qapp):
    ended = []
    qapp.lastWindowClosed.connect(ended.append)
    QTimer.singleShot(0, crash, crash.close)
    crash.show_at_once()
    assert ended == []


def test_it_is_no_larger_than_a_small_screen(crash):
    room = crash.screen().availableSize()
    assert crash.width() < room.width()
    assert crash.height() < room.height()
