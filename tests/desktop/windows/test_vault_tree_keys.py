"""The tree with the keyboard, its menu, and what the current row means for what can be lost."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop.windows.tree_nodes import Tree
from desktop.windows.vault_tree import VaultTree

NOTES = ["Welcome.md", "欢迎.md", "Projects/Launch plan.md", "Projects/Pricing.md", "日记/二〇二六/11-22.md"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing")  # a menu, offscreen


@pytest.fixture
def tree(qtbot, theme):
    tree = VaultTree(theme)
    qtbot.addWidget(tree, before_close_func=lambda tree: tree.hide())
    tree.resize(240, 500)
    tree.show_tree(Tree(NOTES))
    with qtbot.waitActive(tree):
        tree.show()
    tree.setFocus()
    qtbot.waitUntil(tree.hasFocus)
    return tree


@pytest.fixture
def asked(tree):
    """Everything the tree asked for."""
    asked = []
    for name in ("opened", "note_requested", "rename_requested", "trash_requested"):
        getattr(tree, name).connect(lambda path, name=name: asked.append((name, path)))
    return asked


def press(tree, *keys):
    for key in keys:
        QTest.keyClick(tree, key)


def path_of(tree):
    return tree.current_path()


def test_arrows_walk_through_what_is_in_sight(tree):
    tree.show_current("Welcome.md")
    seen = []
    for _ in range(3):
        seen.append(path_of(tree))
        press(tree, Qt.Key.Key_Up)
    assert seen == ["Welcome.md", "日记", "Projects"]


def test_right_unfolds_left_folds_and_goes_up(tree):
    tree.show_current("Projects")
    press(tree, Qt.Key.Key_Right)
    assert tree.open_folders() == ["Projects"]
    press(tree, Qt.Key.Key_Down)
    assert path_of(tree) == "Projects/Launch plan.md"
    press(tree, Qt.Key.Key_Left)
    assert path_of(tree) == "Projects"
    press(tree, Qt.Key.Key_Left)
    assert tree.open_folders() == []


def test_arrows_alone_open_nothing(tree, asked):
    tree.show_current("Welcome.md")
    press(tree, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End)
    assert asked == []


def test_enter_opens_a_note_and_leaves_folders_to_the_arrows(tree, asked):
    tree.show_current("Projects")
    press(tree, Qt.Key.Key_Return)
    assert asked == []
    tree.show_current("欢迎.md")
    press(tree, Qt.Key.Key_Return)
    assert asked == [("opened", "欢迎.md")]


def test_the_keys_of_the_menu_work_without_it(tree, asked):
    tree.show_current("Projects/Pricing.md")
    press(tree, Qt.Key.Key_F2, Qt.Key.Key_Delete)
    QTest.keyClick(tree, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked == [
        ("rename_requested", "Projects/Pricing.md"),
        ("trash_requested", "Projects/Pricing.md"),
        ("note_requested", "Projects"),
    ]


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Delete])
def test_folders_are_neither_renamed_nor_thrown_away(tree, asked, key):
    tree.show_current("Projects")
    press(tree, key)
    assert asked == []


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Return])
def test_with_no_row_current_no_note_is_touched(tree, asked, key):
    tree.show_current("")
    press(tree, key)
    assert asked == []


@pytest.mark.parametrize("shown", ["not in the tree.md", ""])
def test_a_row_that_is_no_longer_marked_is_not_thrown_away(tree, asked, shown):
    """A note that the tree does not list is opened: the row of the one before must not stay behind."""
    tree.show_current("Welcome.md")
    tree.show_current(shown)
    assert tree.selectedIndexes() == []
    assert path_of(tree) == ""
    press(tree, Qt.Key.Key_Delete)
    assert asked == []


def test_a_new_note_goes_into_the_vault_where_nothing_is_current(tree, asked):
    tree.show_current("")
    tree.new_action.trigger()
    tree.show_current("日记")
    tree.new_action.trigger()
    tree.show_current("日记/二〇二六/11-22.md")
    tree.new_action.trigger()
    assert asked == [("note_requested", ""), ("note_requested", "日记"), ("note_requested", "日记/二〇二六")]


def test_a_folder_that_is_gone_after_a_scan_is_forgotten(tree):
    tree.show_current("日记/二〇二六/11-22.md")
    tree.show_tree(Tree(NOTES[:-1]))
    assert tree.open_folders() == []
    assert path_of(tree) == ""


def test_folders_asked_for_that_are_not_there_harm_nobody(tree):
    tree.open_these(["gone", "日记/gone", "日记", "Projects"])
    assert tree.open_folders() == ["Projects", "日记"]


def test_a_folder_below_a_folded_one_is_not_in_sight(tree):
    tree.open_these(["日记/二〇二六"])
    assert tree.open_folders() == []


def test_the_current_note_stays_current_while_others_come_and_go(tree):
    tree.show_current("Projects/Pricing.md")
    tree.add("Projects/A first one.md")
    tree.remove("Projects/Launch plan.md")
    tree.add("A folder/new.md")
    assert path_of(tree) == "Projects/Pricing.md"
    assert tree.open_folders() == ["Projects"]


def test_a_tree_without_notes_takes_every_key(tree, asked):
    tree.show_tree(Tree())
    press(tree, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_A)
    assert asked == []


# The menu


def menu_at(tree, path):
    """Ask for the menu at a row, or below all rows."""
    index = tree.model().index_of(path)
    place = tree.visualRect(index).center() if path else QPoint(20, tree.viewport().height() - 5)
    tree.customContextMenuRequested.emit(place)
    menu = tree.findChildren(QMenu)[-1]
    words = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    return words


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("Welcome.md", ["New note", "Rename …", "Move to trash"]),
        ("Projects", ["New note"]),
        ("", ["New note"]),
    ],
)
def test_the_menu_offers_what_can_be_done_there(tree, path, words):
    assert menu_at(tree, path) == words


def test_the_menu_belongs_to_the_row_under_the_mouse(tree, asked):
    tree.show_current("欢迎.md")
    menu_at(tree, "Welcome.md")
    tree.trash_action.trigger()
    assert asked == [("trash_requested", "Welcome.md")]


def test_a_menu_beside_all_rows_is_about_the_vault(tree, asked):
    tree.show_current("Projects/Pricing.md")
    menu_at(tree, "")
    tree.new_action.trigger()
    assert asked == [("note_requested", "")]


# What is seen


def colours(tree, path):
    """The colours across the row of a note, from its left edge to the right one."""
    row = tree.visualRect(tree.model().index_of(path))
    image = tree.viewport().grab().toImage()
    middle = row.center().y()
    return {image.pixelColor(x, middle).name() for x in (2, 8, tree.viewport().width() - 4)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_current_row_has_one_ground_from_edge_to_edge(tree, theme, scheme):
    theme.set_preference(scheme)
    tree.show_current("Projects/Pricing.md")
    assert colours(tree, "Projects/Pricing.md") == {theme.colour("selection").name()}
    assert theme.colour("selection").name() not in colours(tree, "Welcome.md")


@pytest.mark.parametrize("name", ["很长的名字" * 40, "a" * 240, "🧑‍🚀" * 30, "תוכנית עבודה " * 12])
def test_a_long_name_makes_no_bar_to_scroll_sideways(tree, name):
    tree.add(f"{name}.md")
    tree.show_current(f"{name}.md")
    assert not tree.horizontalScrollBar().isVisible()
    assert tree.visualRect(tree.currentIndex()).right() <= tree.viewport().width()
    assert path_of(tree) == f"{name}.md"


def test_rows_grow_with_the_font(tree):
    before = tree.visualRect(tree.model().index_of("Welcome.md")).height()
    font = QFont(tree.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    tree.setFont(font)
    tree.show_tree(Tree(NOTES))
    assert tree.visualRect(tree.model().index_of("Welcome.md")).height() > before


def grounds(tree, index):
    """The colours behind a row: left of its name, and at its end."""
    row, shown = tree.visualRect(index), tree.viewport().grab().toImage()
    spots = (3, tree.viewport().width() - 4)
    return [shown.pixelColor(x, row.center().y()).name() for x in spots]


def test_a_chosen_row_is_of_one_colour_under_the_pointer_too(tree, theme, qtbot):
    tree.show_current("Welcome.md")
    chosen = tree.currentIndex()
    other = tree.indexAbove(chosen)
    plain = grounds(tree, other)
    QTest.mouseMove(tree.viewport(), tree.visualRect(other).center())
    qtbot.waitUntil(lambda: grounds(tree, other) != plain)
    QTest.mouseMove(tree.viewport(), tree.visualRect(chosen).center())
    qtbot.waitUntil(lambda: grounds(tree, other) == plain)
    assert grounds(tree, chosen) == [theme.colour("selection").name()] * 2
