"""The search field with the keyboard: what Down and Enter do, however fast they come."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.widgets.hit_list import Hit

LAUNCH = Hit("Launch plan.md", 0, "Launch plan")
OUTSIDE = Hit("Outside.md", 3, "Outside", "a remark")
PRICE = Hit("价格.md", 2, "价格", "每月十元")


@pytest.fixture
def asked(pane):
    asked = []
    pane.search_requested.connect(asked.append)
    return asked


@pytest.fixture
def opened(pane):
    opened = []
    pane.open_requested.connect(lambda path, line: opened.append((path, line)))
    return opened


def press(widget, *keys):
    for key in keys:
        QTest.keyClick(widget, key)


def test_enter_opens_the_best_hit_at_once(pane, asked, opened):
    pane.field.setText("launch")
    pane.search_requested.connect(lambda _words: pane.show_hits([LAUNCH, OUTSIDE], more_coming=True))
    press(pane.field, Qt.Key.Key_Return)
    assert asked == ["launch"]
    assert opened == [("Launch plan.md", 0)]


def test_enter_waits_for_the_hits_of_these_words(pane, asked, opened):
    pane.show_hits([OUTSIDE])
    pane.field.setText("价格")
    press(pane.field, Qt.Key.Key_Return)
    assert opened == []
    pane.show_hits([], more_coming=True)
    pane.show_hits([PRICE])
    assert opened == [("价格.md", 2)]


def test_enter_before_other_words_is_forgotten(pane, opened):
    pane.field.setText("价格")
    press(pane.field, Qt.Key.Key_Return)
    pane.field.setText("launch")
    pane.show_hits([PRICE])
    assert opened == []


def test_enter_that_finds_nothing_opens_nothing_later(pane, opened):
    pane.field.setText("zanzibar")
    press(pane.field, Qt.Key.Key_Return)
    pane.show_hits([])
    pane.show_hits([PRICE])
    assert opened == []


def test_down_and_enter_open_the_first_hit_though_more_arrive_between(pane, opened):
    pane.show_hits([LAUNCH], more_coming=True)
    pane.field.setText("launch")
    pane.show_hits([LAUNCH], more_coming=True)
    press(pane.field, Qt.Key.Key_Down)
    pane.show_hits([LAUNCH], more_coming=True)
    pane.show_hits([OUTSIDE, LAUNCH])
    press(pane.hits, Qt.Key.Key_Return)
    assert opened == [("Launch plan.md", 0)]


def test_a_current_hit_that_is_gone_gives_way_to_the_first(pane, opened):
    pane.show_hits([LAUNCH, OUTSIDE])
    pane.hits.go_to(1)
    pane.show_hits([LAUNCH, PRICE])
    press(pane.hits, Qt.Key.Key_Return)
    assert opened == [("Launch plan.md", 0)]


def test_nothing_is_current_before_somebody_goes_there(pane):
    pane.show_hits([LAUNCH])
    pane.show_hits([LAUNCH, OUTSIDE])
    assert not pane.hits.currentIndex().isValid()


def test_down_without_words_goes_to_the_tree(pane, qtbot):
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    pane.field.setFocus()
    press(pane.field, Qt.Key.Key_Down)
    assert pane.tree.hasFocus()
    pane.hide()


def test_escape_clears_the_words(pane, asked, qtbot):
    pane.field.setText("launch")
    press(pane.field, Qt.Key.Key_Escape)
    assert pane.field.text() == ""
    qtbot.waitUntil(lambda: asked == [""])
