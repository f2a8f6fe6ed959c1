"""Widgets are drawn by what they say they are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.dressing import dialog_button, icon_button, show_as

RED = "#c80000"
SHEET = f'QLabel[problem="true"] {{ background: {RED}; }}'


@pytest.fixture
def label(qtbot):
    label = QLabel("words")
    qtbot.addWidget(label)
    label.setStyleSheet(SHEET)
    label.ensurePolished()
    return label


def ground(label):
    return label.grab().toImage().pixelColor(1, 1).name()


def test_a_property_that_is_set_is_seen_and_one_taken_back_as_well(label):
    plain = ground(label)
    show_as(label, "problem", True)
    assert ground(label) == RED != plain
    show_as(label, "problem", False)
    assert ground(label) == plain


@pytest.mark.parametrize("value", [True, False])
def test_what_it_is_already_is_not_drawn_again(label, monkeypatch, value):
    if value:
        show_as(label, "problem", value)
    monkeypatch.setattr(label, "style", lambda: pytest.fail("drawn again"))
    show_as(label, "problem", value)


def test_an_icon_says_in_words_what_it_does(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    button = icon_button("copyButton", "复制 Copy", parent, size=20)
    assert (button.objectName(), button.accessibleName(), button.toolTip()) == (
        "copyButton",
        *["复制 Copy"] * 2,
    )
    assert button.property("flat") is True
    assert (button.iconSize().width(), button.parent()) == (20, parent)


def test_enter_presses_a_button_of_a_dialog_only_where_it_has_the_focus(qtbot):
    dialog, done = QDialog(), []
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    field, button = QLineEdit(dialog), dialog_button("doIt", "做吧", dialog, lambda: done.append(True))
    column.addWidget(field)
    column.addWidget(button)
    dialog.show()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (done, button.objectName(), button.text()) == ([], "doIt", "做吧")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [True]
