"""Dialogs open as large as they want to be, within the screen."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from desktop.widgets.room import take_room


@pytest.fixture
def dialog(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    return dialog


def test_a_dialog_has_the_size_it_wants(dialog):
    take_room(dialog, QSize(300, 200))
    dialog.show()
    assert dialog.size() == QSize(300, 200)


@pytest.mark.parametrize("wanted", [QSize(9000, 200), QSize(300, 9000), QSize(9000, 9000)])
def test_it_is_never_larger_than_the_screen_and_uses_more_than_qt_would(dialog, wanted):
    take_room(dialog, wanted)
    dialog.show()
    room = dialog.screen().availableSize()
    for side, least, most in ((dialog.width(), wanted.width(), room.width()),
                              (dialog.height(), wanted.height(), room.height())):  # fmt: skip
        assert side < most
        assert side == least or side > 0.9 * most
