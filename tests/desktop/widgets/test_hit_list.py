"""A list of hits: walked by keys, kept in place while it changes, painted whatever the words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest

from desktop.widgets.hit_list import Hit, HitList

A, B, C = Hit("a.md", 0, "A", "甲"), Hit("b.md", 3, "B"), Hit("c.md", 9, "C", "丙")
ODD = [
    Hit("a.md", 1, "很长的标题" * 60, "很长的内容" * 200),
    Hit("b.md", 2, "<b>bold</b> & more", "<img src='http://x.y/z'>"),
    Hit("c.md", 3, "مرحبا بالعالم", "שלום עולם"),
    Hit("d.md", 4, "👩‍👩‍👧‍👦🎉", "one\ntwo\nthree"),
    Hit("e.md", 5, "", ""),
    Hit("f.md", 6, "\u200b\ufeff", "\u202eevil"),
]


@pytest.fixture
def hits(qtbot, theme):
    hits = HitList(theme)
    hits.told = []
    hits.opened.connect(lambda path, line: hits.told.append((path, line)))
    qtbot.addWidget(hits)
    hits.resize(260, 300)
    with qtbot.waitExposed(hits):
        hits.show()
    return hits


def current(hits):
    index = hits.currentIndex()
    return hits.hits[index.row()] if index.isValid() else None


# Opening


def test_arrows_walk_and_enter_opens_where_one_is(hits):
    hits.show_hits([A, B, C])
    hits.go_to(0)
    QTest.keyClick(hits, Qt.Key.Key_Down)
    QTest.keyClick(hits, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert hits.told == [("b.md", 3)]


def test_the_arrows_stop_at_either_end(hits):
    hits.show_hits([A, B])
    hits.go_to(0)
    QTest.keyClick(hits, Qt.Key.Key_Up)
    assert current(hits) is A
    QTest.keyClick(hits, Qt.Key.Key_End)
    QTest.keyClick(hits, Qt.Key.Key_Down)
    assert current(hits) is B


def test_the_best_is_the_first_whichever_is_current(hits):
    hits.show_hits([A, B, C])
    hits.go_to(2)
    hits.open_best()
    assert hits.told == [("a.md", 0)]


def test_in_an_empty_list_nothing_can_be_opened(hits):
    hits.show_hits([])
    hits.open_best()
    QTest.keyClick(hits, Qt.Key.Key_Space)
    assert hits.told == []


def test_going_to_a_row_that_is_not_there_makes_none_current(hits):
    hits.show_hits([A])
    hits.go_to(7)
    QTest.keyClick(hits, Qt.Key.Key_Return)
    assert hits.told == []


def test_a_double_click_opens_the_place_it_shows(hits):
    hits.show_hits([A, B])
    place = hits.visualRect(hits.model().index(1, 0)).center()
    QTest.mouseClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert set(hits.told) == {("b.md", 3)}


def test_the_right_button_opens_nothing(hits):
    hits.show_hits([A])
    place = hits.visualRect(hits.model().index(0, 0)).center()
    QTest.mouseClick(hits.viewport(), Qt.MouseButton.RightButton, pos=place)
    assert hits.told == []


# While it changes


def test_the_current_hit_stays_current_where_it_moves_to(hits):
    hits.show_hits([A, B, C])
    hits.go_to(1)
    hits.show_hits([C, A, B])
    assert current(hits) is B


def test_where_it_is_gone_the_first_is_current(hits):
    hits.show_hits([A, B])
    hits.go_to(1)
    hits.show_hits([C, A])
    assert current(hits) is C


def test_nothing_is_made_current_that_was_not(hits):
    hits.show_hits([A])
    hits.show_hits([B, C])
    assert current(hits) is None


def test_a_list_that_was_empty_for_a_moment_begins_anew(hits):
    hits.show_hits([A])
    hits.go_to(0)
    hits.show_hits([])
    hits.show_hits([A, B])
    assert current(hits) is None
    assert list(hits.hits) == [A, B]


hit_lists = st.lists(st.sampled_from([A, B, C]), unique=True)


@given(st.lists(st.tuples(hit_lists, st.integers(0, 2)), max_size=8))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_the_current_hit_is_one_that_is_shown(hits, changes):
    for shown, row in changes:
        before = current(hits)
        hits.show_hits(shown)
        if before in shown:
            assert current(hits) is before
        elif before is not None and shown:
            assert current(hits) is shown[0]
        hits.go_to(row)
        assert current(hits) == (shown[row] if row < len(shown) else None)


def test_the_list_it_was_given_may_change_afterwards(hits):
    given_hits = [A, B]
    hits.show_hits(given_hits)
    given_hits.clear()
    assert list(hits.hits) == [A, B]
    assert hits.model().rowCount() == 2


# Words and paint


def test_a_place_is_in_the_tooltip_as_text(hits):
    hits.show_hits([Hit("<b>x</b>/笔记.md", 7, "t"), Hit("whole.md", 0, "t")])
    document = QTextDocument()
    document.setHtml(hits.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert document.toPlainText() == "<b>x</b>/笔记.md:7"
    assert "whole.md:" not in hits.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_screen_readers_hear_title_and_detail(hits):
    hits.show_hits([A, B])
    texts = [hits.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert texts == ["A. 甲", "B"]


@pytest.mark.parametrize("width", [20, 90, 260])
def test_odd_words_are_painted_in_any_width_without_a_wider_list(hits, width):
    hits.resize(width, 300)
    hits.show_hits(ODD)
    assert not hits.grab().isNull()
    assert hits.horizontalScrollBar().maximum() == 0
    assert hits.sizeHintForRow(3) == hits.sizeHintForRow(0)


def test_the_quiet_line_is_in_the_quiet_colour_of_the_theme(hits, theme):
    hits.show_hits([Hit("a.md", 0, "I", "MMMMMMMMMM")])
    for preference in ("light", "dark"):
        theme.set_preference(preference)
        row = hits.visualRect(hits.model().index(0, 0))
        image = hits.grab().toImage()
        lower = range(row.center().y() + 2, row.bottom())
        seen = {image.pixelColor(x, y).name() for y in lower for x in range(10, 80)}
        assert theme.colour("quiet").name() in seen


def test_a_thousand_hits_scroll_by_the_pixel(hits):
    hits.show_hits([Hit(f"{n}.md", n, f"Note {n}") for n in range(1000)])
    hits.go_to(999)
    assert hits.verticalScrollBar().value() > 1000
    assert hits.visualRect(hits.currentIndex()).bottom() <= hits.viewport().height()
