"""Whatever the width and the names: the row never loses a button and never overflows."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.widgets.overflow_row import OverflowRow

GAP = 6
NAMES = st.lists(st.text(alphabet="Wi三&👍 ", min_size=1, max_size=12), min_size=1, max_size=7)


@pytest.fixture
def row(qtbot, theme):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1400, 60)
    row = OverflowRow(host, gap=GAP)
    row.resize(900, 40)
    with qtbot.waitExposed(host):
        host.show()
    yield row


def fill(row, names, checked=None):
    buttons = [QPushButton(name, row) for name in names]
    for place, button in enumerate(buttons):
        button.setCheckable(True)
        button.setChecked(place == checked)
    row.show_buttons(buttons)
    return buttons


def seen(row):
    return [place for place, button in enumerate(row.buttons) if button.isVisible()]


def entries(row):
    row.menu.aboutToShow.emit()
    return [action for action in row.menu.actions() if not action.isSeparator()]


@given(NAMES, st.integers(20, 1200), st.data())
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_button_is_in_sight_or_in_the_menu_and_what_is_in_sight_fits(row, names, width, data):
    checked = data.draw(st.none() | st.integers(0, len(names) - 1))
    buttons = fill(row, names, checked)
    row.resize(width, 40)
    shown = seen(row)
    others = [place for place in shown if place != checked]
    assert others == [place for place in range(len(names)) if place != checked][: len(others)]
    assert checked is None or checked in shown
    assert len(shown) + len(entries(row)) == len(names)
    assert row.more_button.isVisible() == (len(shown) < len(names))
    taken = sum(buttons[place].sizeHint().width() for place in shown) + GAP * max(len(shown) - 1, 0)
    more = row.more_button.sizeHint().width() + GAP if row.more_button.isVisible() else 0
    assert taken + more <= width or not others


@given(st.lists(st.integers(20, 1200), min_size=1, max_size=6))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_in_sight_depends_on_the_width_alone(row, widths):
    names = ["Write", "润色", "Ask", "Short video", "会议"]
    fill(row, names)
    row.resize(widths[-1], 40)
    at_once = seen(row)
    for width in widths:
        row.resize(width, 40)
    assert seen(row) == at_once


def test_just_enough_room_needs_no_menu_and_one_pixel_less_does(row):
    buttons = fill(row, ["Write", "润色", "Ask"])
    whole = sum(button.sizeHint().width() for button in buttons) + 2 * GAP
    row.resize(whole, 40)
    assert seen(row) == [0, 1, 2]
    assert not row.more_button.isVisible()
    row.resize(whole - 1, 40)
    assert row.more_button.isVisible()
    assert len(seen(row)) < 3


def test_a_button_that_is_checked_from_the_menu_comes_into_sight(row):
    buttons = fill(row, ["Write", "Polish", "Ask", "Study", "Meeting"], checked=0)
    row.resize(150, 40)
    last = next(action for action in entries(row) if action.text() == "Meeting")
    last.trigger()
    buttons[0].setChecked(False)
    row.fit()
    assert buttons[4].isVisible()
    assert "Meeting" not in [action.text() for action in entries(row)]


def test_the_menu_shows_what_is_checked(row):
    fill(row, ["Write", "Polish", "Ask"])
    row.resize(60, 40)
    assert [action.isCheckable() for action in entries(row)] == [True] * len(entries(row))
    assert not any(action.isChecked() for action in entries(row))


def test_extras_stay_at_the_end_however_often_the_menu_opens(row):
    called = []
    row.add_extra("管理 …", lambda: called.append("manage"))
    row.add_extra("New …", lambda: called.append("new"))
    fill(row, ["Write", "Polish", "Ask"])
    row.resize(60, 40)
    for _ in range(3):
        texts = [action.text() for action in entries(row)]
        assert texts[-2:] == ["管理 …", "New …"]
    for action in entries(row)[-2:]:
        action.trigger()
    assert called == ["manage", "new"]


def test_other_buttons_do_not_bring_back_the_old_ones(row, qtbot):
    fill(row, ["Old one", "Old two"])
    fill(row, ["New"])
    row.resize(60, 40)
    row.resize(900, 40)
    assert [button.text() for button in row.buttons if button.isVisible()] == ["New"]
    qtbot.waitUntil(lambda: len(row.findChildren(QPushButton)) == 1)


def test_a_row_without_buttons_is_no_failure(row):
    row.show_buttons([])
    row.resize(10, 40)
    assert not row.more_button.isVisible()
    assert row.sizeHint().height() > 0


def test_a_very_long_name_does_not_push_the_menu_out_of_the_row(row):
    fill(row, ["很长的名字" * 20, "Ask"])
    row.resize(200, 40)
    assert seen(row) == []
    assert row.more_button.geometry().right() <= row.width()
    assert [action.text() for action in entries(row)] == ["很长的名字" * 20, "Ask"]


def test_the_buttons_are_walked_by_tab_in_their_order(row):
    buttons = fill(row, ["Write", "Polish", "Ask"])
    buttons[0].setFocus()
    for button in buttons[1:]:
        QTest.keyClick(row.window().focusWidget(), Qt.Key.Key_Tab)
        assert button.hasFocus()
