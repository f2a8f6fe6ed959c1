"""What has the keyboard is framed, or what it stands in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.focus_frame import FocusFrame


@pytest.fixture
def show(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)

    def shown(*widgets):
        for widget in widgets:
            column.addWidget(widget)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    return shown


def framed():
    """A frame that takes the field's focus for its own, as the composer's does."""
    frame = QFrame()
    field = QLineEdit(frame)
    frame.setFocusProxy(field)
    return frame, field, FocusFrame(field, frame)


def test_a_widget_is_framed_while_it_has_the_keys(show):
    field, other = QLineEdit(), QLineEdit()
    FocusFrame(field)
    show(other, field)
    field.setFocus()
    assert field.property("focused") is True
    other.setFocus()
    assert field.property("focused") is False


def test_the_frame_around_a_field_is_drawn_for_it(show):
    (frame, field, focus), other, drawn = framed(), QLineEdit(), []
    focus.changed.connect(lambda: drawn.append(frame.property("focused")))
    show(other, frame)
    other.setFocus()
    drawn.clear()
    field.setFocus()
    other.setFocus()
    assert drawn == [True, False]
    assert not field.property("focused")


def test_keys_reach_the_widget_all_the_same(show, qtbot):
    _, field, _ = kept = framed()
    show(kept[0])
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    assert field.text() == "abc"


def test_what_goes_while_it_has_the_keys_goes_in_peace(show, qtbot):
    frame = QFrame()
    frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    FocusFrame(frame)
    around, field, _ = framed()
    show(frame, around)
    for widget, focused in ((frame, frame), (around, field)):
        focused.setFocus()
        with qtbot.waitSignal(widget.destroyed):
            widget.deleteLater()
