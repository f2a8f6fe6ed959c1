"""A row opened by a screen reader; `tests/e2e/test_screen_reader.py` does it over the real bus."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QStringListModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView

from desktop.widgets.hit_list import Hit, HitList
from desktop.widgets.reader_clicks import ReaderClicks


@pytest.fixture(autouse=True)
def screen_reader(qapp):
    """Somebody listens."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def view(qtbot):
    view = QListView()
    view.setModel(QStringListModel(["one", "二", "three"], view))
    qtbot.addWidget(view)
    ReaderClicks(view)
    view.show()
    view.setCurrentIndex(view.model().index(0, 0))
    return view


def act(view, row):
    """Do to a row what Qt does for a screen reader: select it, and leave the current one where it was."""
    index = view.model().index(row, 0)
    view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_a_row_that_a_reader_selects_is_clicked_and_current(view, qtbot):
    with qtbot.waitSignal(view.clicked) as clicked:
        act(view, 1)
    assert clicked.args[0].data() == "二"
    assert view.currentIndex().row() == 1


def test_the_row_that_is_current_already_is_clicked_where_a_reader_unselects_it(view, qtbot):
    with qtbot.waitSignal(view.clicked) as clicked:
        view.selectionModel().select(view.currentIndex(), QItemSelectionModel.SelectionFlag.Deselect)
    assert clicked.args[0].data() == "one"
    assert view.selectionModel().isSelected(view.currentIndex())


def test_a_row_that_is_selected_after_the_one_before_was_unselected_is_the_one_that_is_clicked(view, qtbot):
    clicked = []
    view.clicked.connect(lambda index: clicked.append(index.data()))
    view.clearSelection()  # as the interface of a tree does it
    act(view, 2)
    qtbot.waitUntil(lambda: bool(clicked))
    qtbot.wait(20)
    assert clicked == ["three"]


def test_the_keyboard_selects_without_opening(view, qtbot):
    with qtbot.assertNotEmitted(view.clicked, wait=50):
        QTest.keyClick(view, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 2


def test_a_row_that_goes_away_meanwhile_is_not_opened(view, qtbot):
    with qtbot.assertNotEmitted(view.clicked, wait=50):
        act(view, 2)
        view.model().removeRow(2)


def test_with_nobody_listening_a_selection_opens_nothing(view, qtbot):
    QAccessible.setActive(False)
    with qtbot.assertNotEmitted(view.clicked, wait=50):
        act(view, 1)


def test_a_hit_is_opened_by_a_reader(theme, qtbot):
    hits = HitList(theme)
    qtbot.addWidget(hits)
    hits.show_hits([Hit("a.md", 0, "A"), Hit("启动.md", 3, "启动")])
    hits.show()
    with qtbot.waitSignal(hits.opened) as opened:
        act(hits, 1)
    assert opened.args == ["启动.md", 3]
