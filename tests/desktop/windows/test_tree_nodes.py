"""The order of the tree, and changes to it one note at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.windows.tree_nodes import Tree, natural_key

names = st.sampled_from(["a", "b", "note 2", "note 10", "中", "啊", "Z"])
paths = st.lists(names, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".md")


def shape(node):
    """Folders as pairs of name and content, notes as names."""
    return [(c.name, shape(c)) if c.is_folder else c.name for c in node.children]


def test_numbers_sort_as_numbers_and_chinese_by_sound():
    names = ["note 10", "张三", "note 2", "Apple", "啊", "banana", "北京", "李四", "2026-11-22"]
    expected = ["2026-11-22", "Apple", "banana", "note 2", "note 10", "啊", "北京", "李四", "张三"]
    assert sorted(names, key=natural_key) == expected


def test_folders_come_before_notes():
    tree = Tree(["z.md", "b/x.md", "a.md", "b/c/y.md"])
    assert shape(tree.root) == [("b", [("c", ["y"]), "x"]), "a", "z"]


@given(st.sets(paths, max_size=12))
def test_the_order_in_which_notes_come_does_not_matter(found):
    assert shape(Tree(sorted(found)).root) == shape(Tree(sorted(found, reverse=True)).root)


@given(st.sets(paths, min_size=1, max_size=12), st.data())
def test_adding_and_removing_a_note_leaves_no_trace(found, data):
    path = data.draw(st.sampled_from(sorted(found)))
    rest = found - {path}
    tree = Tree(found)
    tree.remove(tree.removal(path))
    assert shape(tree.root) == shape(Tree(rest).root)
    assert set(tree.notes) == rest
    tree.add(path)
    assert shape(tree.root) == shape(Tree(found).root)


@given(st.sets(paths, max_size=10), paths)
def test_the_place_of_an_addition_is_foretold(found, path):
    tree = Tree(found - {path})
    folder, row = tree.addition(path)
    tree.add(path)
    top = folder.children[row]
    assert path == top.path or path.startswith(top.path + "/")
    assert top.row == row


@given(st.sets(paths, max_size=12))
def test_every_node_knows_its_row(found):
    waiting = [Tree(found).root]
    while waiting:
        node = waiting.pop()
        for row, child in enumerate(node.children or ()):
            assert child.row == row
            waiting.append(child)


def test_a_note_that_is_not_there_cannot_be_removed():
    assert Tree(["a.md"]).removal("b.md") is None


def test_a_folder_and_a_note_of_one_name_live_side_by_side():
    assert shape(Tree(["a.md", "a/b.md"]).root) == [("a", ["b"]), "a"]


@pytest.mark.parametrize("name", ["", "1", "1a2", "中1文2", "½", "١"])
def test_every_name_can_be_compared_with_every_other(name):
    assert name in sorted([name, "b", "2", "中", "a2"], key=natural_key)
