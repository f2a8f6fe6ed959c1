"""A row that shows what fits, always what is checked, and the rest in a menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.widgets.overflow_row import OverflowRow

NAMES = ("Write", "Polish", "提问", "Study", "会议", "Short video")


@pytest.fixture
def row(qtbot, theme):
    host = QWidget()  # a window of its own would not become narrower than its buttons
    qtbot.addWidget(host)
    host.resize(1000, 60)
    row = OverflowRow(host)
    row.resize(900, 40)
    host.show()
    qtbot.waitExposed(host)
    yield row


@pytest.fixture
def filled(row):
    buttons = [QPushButton(name, row) for name in NAMES]
    for button in buttons:
        button.setCheckable(True)
        button.setAutoExclusive(True)
    row.show_buttons(buttons)
    return row


def seen(row):
    return [button.text() for button in row.buttons if button.isVisible()]


def in_menu(row):
    row.menu.aboutToShow.emit()
    return [action.text() for action in row.menu.actions() if not action.isSeparator()]


def test_with_room_for_all_there_is_no_menu(filled):
    assert seen(filled) == list(NAMES)
    assert not filled.more_button.isVisible()


def test_what_does_not_fit_waits_in_the_menu_in_its_order(filled):
    filled.resize(220, 40)
    shown = seen(filled)
    assert 0 < len(shown) < len(NAMES)
    assert shown == list(NAMES[: len(shown)])
    assert filled.more_button.isVisible()
    assert in_menu(filled) == list(NAMES[len(shown) :])


def test_the_checked_one_is_in_sight_however_little_room_there_is(filled):
    filled.buttons[5].setChecked(True)
    filled.resize(220, 40)
    assert "Short video" in seen(filled)
    assert "Short video" not in in_menu(filled)


def test_choosing_in_the_menu_presses_the_button(qtbot, filled):
    filled.resize(220, 40)
    hidden = next(button for button in filled.buttons if not button.isVisible())
    entry = next(a for a in (in_menu(filled) and filled.menu.actions()) if a.text() == hidden.text())
    with qtbot.waitSignal(hidden.clicked):
        entry.trigger()


def test_more_room_brings_buttons_back(filled):
    filled.resize(220, 40)
    filled.resize(900, 40)
    assert seen(filled) == list(NAMES)


def test_other_buttons_take_the_place_of_the_first(filled, row):
    filled.show_buttons([QPushButton("One", row)])
    assert seen(filled) == ["One"]


def test_an_extra_entry_keeps_the_menu_there(qtbot, filled):
    called = []
    filled.add_extra("All …", lambda: called.append(1))
    assert filled.more_button.isVisible()
    assert in_menu(filled) == ["All …"]
    filled.menu.actions()[-1].trigger()
    assert called == [1]


def test_the_menu_opens_by_keyboard(qtbot, filled):
    filled.add_extra("All …", lambda: None)
    assert filled.more_button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert filled.more_button.accessibleName()


def test_it_never_asks_for_width(filled):
    assert filled.minimumSizeHint().width() == 0
    assert filled.sizeHint().height() >= filled.buttons[0].sizeHint().height()
