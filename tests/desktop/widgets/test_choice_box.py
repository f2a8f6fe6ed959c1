"""A combo box whose arrow is ours, and pages under pills."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.pages import Pages


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


@pytest.fixture
def pages(qtbot):
    pages = Pages()
    qtbot.addWidget(pages)
    pages.add(QLabel("one"), "onePage", "One")
    pages.add(QLabel("two"), "twoPage", "Two")
    pages.resize(300, 200)
    pages.show()
    qtbot.waitExposed(pages)
    return pages


def shown(pages):
    return [label.text() for label in pages.findChildren(QLabel) if label.isVisible()]


def test_the_first_page_is_shown_at_first(pages):
    assert shown(pages) == ["one"]


def test_a_pill_shows_its_page_and_only_one_pill_is_down(pages, qtbot):
    one, two = (pages.findChild(object, name) for name in ("onePage", "twoPage"))
    qtbot.mouseClick(two, Qt.MouseButton.LeftButton)
    assert shown(pages) == ["two"]
    assert (one.isChecked(), two.isChecked()) == (False, True)
    qtbot.mouseClick(two, Qt.MouseButton.LeftButton)  # pressed again it stays
    assert shown(pages) == ["two"]


def test_a_page_higher_than_the_window_scrolls(qtbot):
    pages = Pages()
    qtbot.addWidget(pages)
    tall = QLabel("\n".join("x" * 100))
    pages.add(tall, "tall", "Tall")
    pages.resize(200, 150)
    pages.show()
    qtbot.waitExposed(pages)
    assert pages.minimumSizeHint().height() < 300
    assert tall.height() > pages.height()
