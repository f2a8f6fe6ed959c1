"""Everything has its place before the next paint."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.settle import settle_layout


def nested(qtbot):
    """A label two layouts deep in a scroll area, with another below it."""
    area, content, card = QScrollArea(), QWidget(), QWidget()
    qtbot.addWidget(area)
    column, row = QVBoxLayout(content), QHBoxLayout()
    inner = QVBoxLayout(card)
    text, below = QLabel("text"), QLabel("below")
    row.addWidget(text)
    inner.addLayout(row)
    inner.addWidget(below)
    column.addWidget(card)
    column.addStretch()
    area.setWidgetResizable(True)
    area.setWidget(content)
    area.resize(300, 300)
    area.show()
    qtbot.waitExposed(area)
    return area, content, text, below


def test_what_stands_below_has_moved_before_any_event_is_handled(qtbot):
    _area, _content, text, below = nested(qtbot)
    text.setFixedHeight(150)
    settle_layout(text)
    assert below.y() >= text.geometry().bottom()
    assert below.parentWidget().rect().contains(below.geometry())


def test_the_scroll_area_knows_the_new_height_at_once(qtbot):
    area, content, text, _below = nested(qtbot)
    text.setFixedHeight(900)
    settle_layout(text)
    assert content.height() >= 900
    assert area.verticalScrollBar().maximum() >= 900 - area.viewport().height()


def test_a_widget_without_a_parent_is_left_alone(qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)
    settle_layout(label)
    assert label.text() == "x"
