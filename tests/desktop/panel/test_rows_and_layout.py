"""Rows that wrap and elide, labels that shorten, and the layout that flows."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.panel.flow_layout import FlowLayout
from desktop.panel.text_row import TextRow
from desktop.widgets.elided_label import ElidedLabel


@pytest.fixture
def row(qtbot, theme):
    row = TextRow(theme)
    qtbot.addWidget(row)
    row.resize(200, 20)
    row.show()
    qtbot.waitExposed(row)
    return row


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=300), st.integers(1, 4), st.integers(40, 400))
def test_a_row_never_has_more_lines_than_it_may_and_begins_as_its_words_do(row, text, most, width):
    row.show_text(text, max_lines=most)
    lines = row._lines(width)
    assert 1 <= len(lines) <= most
    assert "".join(lines[:-1]) == row.words[: len("".join(lines[:-1]))]


def test_more_lines_make_a_higher_row(row):
    heights = []
    for most in (1, 2, 3):
        row.show_text("word " * 60, max_lines=most)
        heights.append(row.height())
    assert heights == sorted(set(heights))
    row.show_text("word", quiet="Place")
    assert row.height() > heights[0]


def test_a_wider_row_is_lower(row):
    row.show_text("word " * 30, max_lines=8)
    narrow = row.height()
    row.resize(600, narrow)
    assert row.height() < narrow


def test_what_does_not_fit_ends_in_an_ellipsis(row):
    row.show_text("很长的一句话" * 40, max_lines=2)
    assert row._lines(150)[-1].endswith("…")


def test_a_place_keeps_its_page_where_it_is_too_long(row):
    row.show_text("[1] a-very-long-name-of-a-document-from-the-archive.pdf, p. 12", aside="not found there")
    (line,) = row._lines(150)
    assert "…" in line
    assert line.startswith("[1]")
    assert line.endswith("p. 12")


def test_a_row_is_pressed_by_mouse_and_keyboard(row, qtbot):
    row.show_text("x")
    for press in (
        lambda: qtbot.mouseClick(row, Qt.MouseButton.LeftButton),
        lambda: qtbot.keyClick(row, Qt.Key.Key_Space),
    ):
        with qtbot.waitSignal(row.clicked):
            press()


def test_a_row_paints_its_words_in_the_themes_text_colour(row, theme):
    row.show_text("████████")
    row.show_icon("check", role="ok")
    image = row.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert theme.colour("text").name() in seen


def test_the_focused_row_shows_a_ring(row, qtbot, theme):
    row.show_text("x")
    row.activateWindow()
    row.setFocus()
    qtbot.waitUntil(row.hasFocus)
    image = row.grab().toImage()
    edge = {QColor(image.pixelColor(x, 0)).name() for x in range(20, image.width() - 20)}
    row.clearFocus()
    blank = row.grab().toImage()
    assert edge != {QColor(blank.pixelColor(x, 0)).name() for x in range(20, blank.width() - 20)}


def test_a_label_shortens_its_text_and_keeps_it_whole_elsewhere(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    label.setText("a very long name of something <b>")
    assert "…" in label.text()
    assert label.whole_text() == label.accessibleName() == "a very long name of something <b>"
    assert "<b>" not in label.toolTip()
    label.resize(600, 20)
    assert label.text() == label.whole_text()
    assert label.minimumSizeHint().width() == 0


@pytest.fixture
def flow(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)

    def build(widths, **options):
        layout = FlowLayout(gap=10, **options)
        for width in widths:
            child = QLabel(holder)
            child.setFixedSize(width, 20)
            child.show()
            layout.addWidget(child)
        return layout, [layout.itemAt(at).widget() for at in range(layout.count())]

    build.holder = holder
    return build


def test_widgets_stand_beside_one_another_and_go_on_below(flow):
    layout, children = flow([40, 40, 40])
    layout.setGeometry(QRect(0, 0, 100, 100))
    assert [(child.x(), child.y()) for child in children] == [(0, 0), (50, 0), (0, 30)]
    assert layout.heightForWidth(100) == 50
    assert layout.heightForWidth(500) == 20


def test_a_spread_line_fills_the_width(flow):
    layout, children = flow([40, 40], spread=True)
    layout.setGeometry(QRect(0, 0, 200, 100))
    assert [child.x() for child in children] == [0, 160]
    layout.setGeometry(QRect(0, 0, 60, 100))
    assert [child.x() for child in children] == [0, 0]


def test_hidden_widgets_take_no_room(flow):
    layout, children = flow([40, 40, 40])
    children[0].hide()
    layout.setGeometry(QRect(0, 0, 100, 100))
    assert [(child.x(), child.y()) for child in children[1:]] == [(0, 0), (50, 0)]
    for child in children:
        child.hide()
    assert layout.heightForWidth(100) == 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(10, 150), max_size=8), st.integers(20, 400))
def test_no_two_widgets_ever_overlap_and_the_height_is_as_promised(flow, widths, width):
    layout, children = flow(widths)
    height = layout.heightForWidth(width)
    layout.setGeometry(QRect(0, 0, width, height))
    places = [child.geometry() for child in children]
    assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[i + 1 :])
    assert max((place.bottom() + 1 for place in places), default=0) == height


def test_items_are_taken_from_the_layout_as_qt_expects(flow):
    layout, children = flow([10, 20])
    assert layout.count() == 2
    assert layout.takeAt(0).widget() is children[0]
    assert (layout.count(), layout.itemAt(5), layout.takeAt(5)) == (1, None, None)


def test_a_button_too_wide_for_the_line_is_narrowed(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(holder)
    wide = QPushButton("x" * 200, holder)
    layout.addWidget(wide)
    wide.show()
    layout.setGeometry(QRect(0, 0, 120, 100))
    assert wide.width() <= 120
