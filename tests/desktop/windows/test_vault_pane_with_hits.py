"""The left pane between field, hits, tree and related notes: keys in odd orders, schemes, little room."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.widgets.hit_list import Hit
from desktop.windows.vault_pane import RELATED_ROWS

PLAN = Hit("项目/计划.md", 0, "计划", "项目")
PRICE = Hit("价格.md", 4, "价格 › 每月", "每月十元")
LONG = Hit("a.md", 1, "很长的标题" * 40, "and a very long line of words " * 20)


@pytest.fixture
def shown(pane, qtbot):
    with qtbot.waitActive(pane):
        pane.show()
    yield pane
    pane.hide()


@pytest.fixture
def opened(pane):
    opened = []
    pane.open_requested.connect(lambda path, line: opened.append((path, line)))
    return opened


@pytest.fixture
def asked(pane):
    asked = []
    pane.search_requested.connect(asked.append)
    return asked


def press(widget, *keys):
    for key in keys:
        QTest.keyClick(widget, key)


def rest(pane, qtbot, asked, words):
    """The field has come to rest on these words."""
    qtbot.waitUntil(lambda: bool(asked) and asked[-1] == words)


def test_typing_fast_asks_once_and_for_the_last_words(shown, asked, qtbot):
    QTest.keyClicks(shown.field, "launch")
    shown.field.insert(" 发布 ")
    rest(shown, qtbot, asked, "launch 发布")
    assert asked == ["launch 发布"]


def test_words_typed_and_taken_back_ask_for_the_tree(shown, asked, qtbot):
    QTest.keyClicks(shown.field, "ab")
    press(shown.field, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    rest(shown, qtbot, asked, "")
    assert asked == [""]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_either_enter_opens_the_best(pane, opened, key):
    pane.show_hits([PRICE, PLAN])
    press(pane.field, key)
    assert opened == [("价格.md", 4)]


def test_enter_on_an_empty_field_goes_to_the_tree_and_opens_nothing(shown, opened):
    press(shown.field, Qt.Key.Key_Return)
    assert shown.focusWidget() is shown.tree
    assert opened == []


def test_down_goes_to_the_first_hit_and_on_to_the_next(shown, opened):
    shown.show_hits([PLAN, PRICE])
    press(shown.field, Qt.Key.Key_Down)
    assert shown.focusWidget() is shown.hits
    press(shown.hits, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert opened == [("价格.md", 4)]


def test_down_while_it_still_looks_goes_there_when_there_is_something(shown):
    shown.show_hits([], more_coming=True)
    press(shown.field, Qt.Key.Key_Down)
    assert shown.focusWidget() is not shown.hits
    shown.show_hits([PLAN])
    assert shown.focusWidget() is shown.hits
    assert shown.hits.currentIndex().row() == 0


def test_the_last_of_two_keys_counts_while_it_still_looks(shown, opened):
    shown.show_hits([], more_coming=True)
    press(shown.field, Qt.Key.Key_Down, Qt.Key.Key_Return)
    shown.show_hits([PLAN])
    assert opened == [("项目/计划.md", 0)]


def test_going_back_to_the_tree_forgets_what_was_awaited(shown, opened):
    shown.show_hits([], more_coming=True)
    press(shown.field, Qt.Key.Key_Return)
    shown.show_tree()
    shown.show_hits([PLAN])
    assert opened == []


def test_a_hit_opens_with_one_click(shown, opened):
    shown.show_hits([PLAN, PRICE])
    row = shown.hits.visualRect(shown.hits.model().index(1, 0))
    QTest.mouseClick(shown.hits.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert opened == [("价格.md", 4)]


def test_a_click_below_all_hits_opens_nothing(shown, opened):
    shown.show_hits([PLAN])
    below = shown.hits.viewport().rect().bottomLeft()
    QTest.mouseClick(shown.hits.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert opened == []


def test_searching_selects_what_stands_in_the_field(shown):
    shown.field.setText("计划")
    shown.find_action.trigger()
    assert shown.field.selectedText() == "计划"
    assert shown.focusWidget() is shown.field


def test_a_hit_says_where_it_is_to_eye_ear_and_mouse(pane):
    pane.show_hits([PRICE, PLAN])
    index = pane.hits.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "价格 › 每月. 每月十元"
    assert "价格.md:4" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "项目/计划.md" in pane.hits.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("width", [160, 260, 600])
def test_long_hits_stay_within_any_width(shown, width):
    shown.resize(width, 500)
    shown.show_hits([LONG, PLAN])
    assert not shown.hits.horizontalScrollBar().isVisible()
    assert shown.hits.visualRect(shown.hits.model().index(0, 0)).right() <= shown.hits.viewport().width()
    assert shown.width() == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hits_are_written_in_the_colours_of_the_scheme(shown, theme, scheme, qapp):
    theme.set_preference(scheme)
    shown.show_hits([PRICE])
    qapp.processEvents()
    row = shown.hits.visualRect(shown.hits.model().index(0, 0))
    image = shown.hits.viewport().grab(row).toImage()
    ground = image.pixelColor(image.width() - 2, 1).lightness()
    inks = {image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())}
    furthest = max(inks, key=lambda ink: abs(ink - ground))
    assert (furthest > ground) == (scheme == "dark")
    assert abs(furthest - ground) > 60


# Related notes


def test_related_notes_take_the_room_of_their_rows_and_no_more(shown):
    shown.show_related([PLAN])
    one = shown.related.height()
    shown.show_related([PLAN, PRICE])
    assert shown.related.height() > one
    shown.show_related([PLAN] * 50)
    most = shown.related.height()
    shown.show_related([PLAN] * RELATED_ROWS)
    assert shown.related.height() == most
    assert len(shown.related.hits) == RELATED_ROWS


def test_related_notes_are_there_beside_tree_and_hits(shown):
    shown.show_related([PRICE])
    assert shown.related.isVisible()
    shown.show_hits([PLAN])
    assert shown.related.isVisible()
    assert shown.hits.isVisible()


def test_a_related_note_opens_at_its_line(shown, opened):
    shown.show_related([PLAN, PRICE])
    shown.related.go_to(1)
    press(shown.related, Qt.Key.Key_Return)
    assert opened == [("价格.md", 4)]


def test_a_section_stands_between_the_tree_and_what_is_related(shown, qapp):
    section = QLabel("Documents")
    shown.add_section(section)
    shown.show_related([PLAN])
    qapp.processEvents()
    assert shown.tree.mapTo(shown, shown.tree.rect().bottomLeft()).y() <= section.y() + 1
    assert section.y() < shown.related_title.y()


def test_every_list_has_a_name_of_its_own_for_the_ear(pane):
    names = [widget.accessibleName() for widget in (pane.field, pane.tree, pane.hits, pane.related)]
    assert all(names)
    assert len(set(names)) == len(names)
