"""A layout that is filled anew shows nothing of what was in it."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.widgets.clearing import clear_layout


def test_what_was_in_a_layout_is_gone_at_once(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    labels = [QLabel("一", window), QLabel("two", window)]
    for label in labels:
        column.addWidget(label)
    column.addStretch()
    gone = []
    for label in labels:
        label.destroyed.connect(lambda: gone.append(True))
    window.show()
    clear_layout(column)
    assert column.count() == 0
    assert not any(label.isVisible() for label in labels)
    qtbot.waitUntil(lambda: len(gone) == 2)


def test_an_empty_layout_stays_empty(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    clear_layout(column)
    assert column.count() == 0
