"""One line of words, however long and whatever is in it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.widgets.elided_label import ElidedLabel


@pytest.fixture
def label(qtbot, theme):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(120, 20)
    with qtbot.waitExposed(label):
        label.show()
    return label


def tip(label):
    document = QTextDocument()
    document.setHtml(label.toolTip())
    return document.toPlainText()


def test_what_fits_is_shown_as_it_is(label):
    label.setText("短")
    assert label.text() == "短"


def test_more_room_shows_more_and_less_shows_less(label):
    label.setText("/home/ada/一个很深的文件夹/notes/journal/2026-11-22.md")
    lengths = []
    for width in (60, 160, 900):
        label.resize(width, 20)
        lengths.append(len(label.text()))
    assert lengths[0] < lengths[1] < lengths[2]
    assert label.text() == label.whole_text()


def test_beginning_and_end_stay_in_sight(label):
    label.setText("/home/ada/" + "very-deep/" * 20 + "note.md")
    label.resize(200, 20)
    assert label.text().startswith("/home")
    assert label.text().endswith("note.md")
    assert "…" in label.text()


@pytest.mark.parametrize("text", ["one\ntwo\nthree", "一\r\n二", "a\u2028b\u2029c", "\n\n"])
def test_words_of_many_lines_take_one(label, text):
    label.setText("one")
    height = label.sizeHint().height()
    label.resize(400, 20)
    label.setText(text)
    assert label.sizeHint().height() == height
    assert label.minimumSizeHint().height() == height
    assert label.text().splitlines() in ([], [label.text()])
    assert label.whole_text() == text


@given(st.text(alphabet="ab 三\n<>&👍\u202e", max_size=60), st.integers(0, 300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_words_are_wider_than_the_label_or_lost(label, text, width):
    label.resize(width, 20)
    label.setText(text)
    shown = label.fontMetrics().horizontalAdvance(label.text())
    # Qt shortens by fractions of a pixel and measures in whole ones.
    assert shown <= max(width, label.fontMetrics().horizontalAdvance("…")) + 1
    assert label.whole_text() == label.accessibleName() == text


@pytest.mark.parametrize("text", ["<b>x</b>", "<img src='http://x.y/z'>", "R&D", "&File"])
def test_tags_and_ampersands_are_letters(label, text):
    label.resize(400, 20)
    label.setText(text)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == text
    assert tip(label) == text


def test_taking_the_words_back_takes_the_tooltip_too(label):
    label.setText("words")
    label.setText("")
    assert (label.text(), label.toolTip(), label.accessibleName()) == ("", "", "")


def test_it_gives_way_to_a_button_beside_it(qtbot, theme):
    host = QWidget()
    qtbot.addWidget(host)
    label, button = ElidedLabel(host), QPushButton("A button", host)
    row = QHBoxLayout(host)
    row.addWidget(label, 1)
    row.addWidget(button)
    label.setText("很长 " * 200)
    host.resize(220, 40)
    with qtbot.waitExposed(host):
        host.show()
    assert button.width() >= button.sizeHint().width()
    assert host.width() <= 220
    assert label.width() > 0
