"""The tree as Qt and the person see it."""

import random

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from desktop.windows.tree_nodes import Tree
from desktop.windows.vault_model import VaultModel
from desktop.windows.vault_tree import VaultTree

NOTES = ["Welcome.md", "欢迎.md", "Projects/Launch plan.md", "Projects/Pricing.md", "日记/二〇二六/11-22.md"]


@pytest.fixture
def tree(qtbot, theme):
    tree = VaultTree(theme)
    qtbot.addWidget(tree)
    tree.resize(240, 500)
    tree.show_tree(Tree(NOTES))
    return tree


def names(model, parent=None):
    index = QModelIndex() if parent is None else parent
    return [model.index(row, 0, index).data() for row in range(model.rowCount(index))]


def test_the_model_keeps_qts_rules_through_random_changes(theme, qapp):
    model = VaultModel(theme)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(Tree(NOTES))
    rng, there = random.Random(7), set(NOTES)
    pool = [
        f"{folder}{name}.md" for folder in ("", "a/", "a/b/", "c/") for name in ("x", "y 2", "y 10", "中")
    ]
    for _ in range(300):
        path = rng.choice(pool)
        if path in there:
            model.remove(path)
        else:
            model.add(path)
        there ^= {path}
        assert set(model.notes) == there
    del tester


def test_folders_come_first(tree):
    assert names(tree.model()) == ["Projects", "日记", "Welcome", "欢迎"]


def test_a_note_that_comes_stands_in_its_place(tree):
    tree.add("Projects/New.md")
    index = tree.model().index_of("Projects")
    assert names(tree.model(), index) == ["Launch plan", "New", "Pricing"]


def test_the_last_note_of_a_folder_takes_it_along(tree):
    tree.remove("日记/二〇二六/11-22.md")
    assert names(tree.model()) == ["Projects", "Welcome", "欢迎"]


def test_coming_twice_is_coming_once(tree):
    tree.add("Welcome.md")
    assert names(tree.model()).count("Welcome") == 1


def test_a_click_opens_a_note(tree, qtbot):
    with qtbot.waitExposed(tree):
        tree.show()
    place = tree.visualRect(tree.model().index_of("欢迎.md")).center()
    with qtbot.waitSignal(tree.opened) as signal:
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == ["欢迎.md"]


def test_a_click_unfolds_a_folder_and_opens_nothing(tree, qtbot):
    with qtbot.waitExposed(tree):
        tree.show()
    place = tree.visualRect(tree.model().index_of("Projects")).center()
    with qtbot.assertNotEmitted(tree.opened):
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tree.open_folders() == ["Projects"]


def test_enter_opens_the_current_note(tree, qtbot):
    with qtbot.waitExposed(tree):
        tree.show()
    tree.show_current("Projects/Pricing.md")
    with qtbot.waitSignal(tree.opened) as signal:
        QTest.keyClick(tree, Qt.Key.Key_Return)
    assert signal.args == ["Projects/Pricing.md"]


def test_showing_a_note_unfolds_its_folders(tree):
    tree.show_current("日记/二〇二六/11-22.md")
    assert tree.current_path() == "日记/二〇二六/11-22.md"
    assert tree.open_folders() == ["日记", "日记/二〇二六"]


def test_a_new_scan_keeps_folders_open_and_the_row_current(tree):
    tree.show_current("Projects/Pricing.md")
    tree.show_tree(Tree([*NOTES, "Zebra.md"]))
    assert tree.open_folders() == ["Projects"]
    assert tree.current_path() == "Projects/Pricing.md"


def test_a_new_note_belongs_into_the_folder_at_hand(tree, qtbot):
    tree.show_current("Projects/Pricing.md")
    with qtbot.waitSignal(tree.note_requested) as signal:
        tree.new_action.trigger()
    assert signal.args == ["Projects"]


@pytest.mark.parametrize(("path", "wanted"), [("Welcome.md", ["Welcome.md"]), ("Projects", None)])
def test_notes_are_renamed_and_thrown_away_but_folders_are_not(tree, path, wanted):
    asked = []
    tree.rename_requested.connect(asked.append)
    tree.trash_requested.connect(asked.append)
    tree.show_current(path)
    tree.rename_action.trigger()
    tree.trash_action.trigger()
    assert asked == (wanted * 2 if wanted else [])


def test_a_long_name_has_its_whole_path_in_the_tooltip(tree):
    name = "很长的名字" * 30
    tree.add(f"{name}.md")
    tip = tree.model().index_of(f"{name}.md").data(Qt.ItemDataRole.ToolTipRole)
    assert name in tip


def test_ten_thousand_notes_are_shown_without_touching_each_row(theme, qtbot, monkeypatch):
    tree = VaultTree(theme)
    qtbot.addWidget(tree)
    tree.show_tree(Tree(f"folder {n % 100}/note {n}.md" for n in range(10_000)))
    asked = []
    data = VaultModel.data
    monkeypatch.setattr(VaultModel, "data", lambda *args: asked.append(1) or data(*args))
    with qtbot.waitExposed(tree):
        tree.show()
    tree.expand(tree.model().index_of("folder 7"))
    tree.add("folder 7/one more.md")
    assert tree.model().rowCount(tree.model().index_of("folder 7")) == 101
    assert len(asked) < 5000
