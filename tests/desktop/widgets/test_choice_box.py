"""A combo box whose arrow is ours."""

import pytest
from PySide6.QtCore import Qt

from desktop.widgets.choice_box import ChoiceBox


@pytest.fixture
def box(qtbot, theme):
    box = ChoiceBox(theme, "themeBox", "Theme")
    qtbot.addWidget(box)
    box.addItems(["Light", "Dark"])
    box.resize(160, 30)
    return box


def colours(widget, left, right):
    image = widget.grab().toImage()
    span = range(max(left, 0), min(right, image.width()))
    return {image.pixelColor(x, y).name() for x in span for y in range(4, image.height() - 4)}


def test_the_arrow_is_painted_at_the_end(box, theme):
    assert theme.colour("quiet").name() in colours(box, 136, 156)
    assert theme.colour("quiet").name() not in colours(box, 100, 132)


def test_the_arrow_follows_the_theme(box, theme):
    light = colours(box, 136, 156)
    theme.set_preference("dark")
    assert colours(box, 136, 156) != light


def test_a_box_has_both_names(box):
    assert (box.objectName(), box.accessibleName()) == ("themeBox", "Theme")


def test_a_choice_is_made_by_keyboard(box, qtbot):
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "Dark"
