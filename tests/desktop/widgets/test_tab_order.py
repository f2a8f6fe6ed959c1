"""Tab goes the way of the eye, whatever was made first."""

import pytest
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets.clearing import clear_layout
from desktop.widgets.tab_order import tab_as_read
from tests.desktop.widgets.tab_walk import walked


def button(name, parent):
    button = QPushButton(name, parent)
    button.setObjectName(name)
    return button


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def reached(qtbot, window, *, begin):
    """What Tab comes to once all that was added is in sight."""
    qtbot.waitUntil(lambda: all(one.isVisible() for one in window.findChildren(QWidget, begin)))
    return walked(window, begin=begin)


def test_tab_goes_from_the_top_down_through_what_was_made_the_other_way_round(qtbot, window):
    column = QVBoxLayout(window)
    made = [button(name, window) for name in ("last", "middle", "first")]
    for widget in reversed(made):
        column.addWidget(widget)
    tab_as_read(window)
    assert reached(qtbot, window, begin="first") == ["first", "middle", "last"]


def test_rows_and_forms_within_a_page_are_gone_through_as_well(qtbot, window):
    column, form, row = QVBoxLayout(window), QFormLayout(), QHBoxLayout()
    row.addWidget(button("right", window))
    row.insertWidget(0, button("left", window))
    group = QWidget(window)
    number, key = QSpinBox(group), QKeySequenceEdit(group)
    number.setObjectName("number")
    key.setObjectName("key")
    inner = QFormLayout(group)
    inner.addRow(QLabel("Key"), key)
    inner.addRow(QLabel("Number"), number)
    form.addRow("Group", group)
    column.addLayout(form)
    column.addLayout(row)
    tab_as_read(window)
    assert reached(qtbot, window, begin="key") == ["key", "number", "left", "right"]


def test_what_is_added_later_takes_its_place_between_what_stands_round_the_page(qtbot, window):
    column = QVBoxLayout(window)
    above = button("above", window)
    column.addWidget(above)
    page, rows = QWidget(window), QVBoxLayout()
    column.addWidget(page)
    inside = QVBoxLayout(page)
    inside.addLayout(rows)
    inside.addWidget(button("end of page", page))
    column.addWidget(button("below", window))
    for names in (["one", "two"], ["three"]):
        clear_layout(rows)
        for name in names:
            rows.addWidget(button(name, page))
        tab_as_read(page, after=above)
    assert reached(qtbot, window, begin="above") == ["above", "three", "end of page", "below"]


def test_a_page_out_of_sight_is_ordered_for_the_time_when_it_is_shown(qtbot, window):
    stack = QStackedWidget(window)
    QVBoxLayout(window).addWidget(stack)
    for number in range(2):
        page = QWidget(stack)
        below = button(f"below {number}", page)
        column = QVBoxLayout(page)
        column.addWidget(button(f"above {number}", page))
        column.addWidget(below)
        stack.addWidget(page)
    tab_as_read(window)
    stack.setCurrentIndex(1)
    assert reached(qtbot, window, begin="above 1") == ["above 1", "below 1"]


def test_a_page_with_nothing_on_it_changes_nothing(qtbot, window):
    tab_as_read(window)
    column = QVBoxLayout(window)
    column.addWidget(button("above", window))
    page = QWidget(window)
    column.addWidget(page)
    column.addWidget(button("below", window))
    QVBoxLayout(page).addWidget(QLabel("words", page))
    tab_as_read(page)
    assert reached(qtbot, window, begin="above") == ["above", "below"]
