"""A menu's handle, by mouse, by keyboard and by screen reader."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop.widgets.menu_button import MenuButton

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")  # the offscreen platform


@pytest.fixture
def button(qtbot):
    button = MenuButton()
    menu = QMenu(button)
    menu.addAction("开放日期")
    button.setMenu(menu)
    qtbot.addWidget(button)
    button.show()
    return button


def shown_by(button, deed, qtbot):
    """Return whether the deed shows the menu, and which entry is chosen; it blocks until the menu closes."""
    seen = []

    def close():
        menu = button.menu()
        seen.append((menu.isVisible(), menu.activeAction().text() if menu.activeAction() else ""))
        menu.close()

    button.menu().aboutToShow.connect(lambda: QTimer.singleShot(20, close))
    deed()
    qtbot.waitUntil(lambda: bool(seen))
    return seen[0]


def test_a_press_of_the_mouse_shows_the_menu(button, qtbot):
    shown, chosen = shown_by(button, lambda: QTest.mousePress(button, Qt.MouseButton.LeftButton), qtbot)
    assert (shown, chosen) == (True, "")


def test_the_space_bar_shows_the_menu(button, qtbot):
    button.setFocus()
    assert shown_by(button, lambda: QTest.keyClick(button, Qt.Key.Key_Space), qtbot) == (True, "开放日期")


def test_a_screen_reader_shows_the_menu(button, qtbot):
    assert shown_by(button, button.animateClick, qtbot) == (True, "开放日期")  # what Qt does for *Press*


def test_the_other_buttons_of_the_mouse_do_nothing(button, qtbot):
    with qtbot.assertNotEmitted(button.menu().aboutToShow):
        QTest.mouseClick(button, Qt.MouseButton.RightButton)


def test_without_a_menu_it_is_a_button(qtbot):
    button = MenuButton()
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
