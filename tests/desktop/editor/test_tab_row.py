"""The row of open notes: order, the passing one, what was closed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.editor.tab_row import MOST_CLOSED, TabRow, titles

names = st.sampled_from(["a.md", "b.md", "三.md", "项目/a.md", "d.md"])


@pytest.fixture
def row():
    row = TabRow()
    row.restore(["a", "b", "c"])
    return row


def test_a_note_that_is_looked_at_makes_room_for_the_next(row):
    for path in ("b", "x", "y"):
        row.show(path)
    assert row.paths == ["a", "b", "y", "c"]
    assert (row.current, row.passing) == ("y", "y")


def test_a_note_that_is_kept_stays(row):
    row.show("x")
    row.keep("x")
    row.show("y")
    assert row.paths == ["a", "b", "c", "x", "y"]


def test_going_to_a_kept_note_leaves_the_passing_one_where_it_is(row):
    row.show("x")
    row.show("a")
    row.show("y")
    assert row.paths == ["a", "b", "c", "y"]


@pytest.mark.parametrize(
    ("current", "closed", "following"), [("b", "b", "c"), ("c", "c", "b"), ("a", "b", "a")]
)
def test_closing_shows_the_neighbour_of_the_one_in_sight(row, current, closed, following):
    row.show(current)
    assert row.close(closed) == following


def test_the_last_one_closed_leaves_nothing():
    row = TabRow()
    row.show("a")
    assert row.close("a") == ""
    assert (row.paths, row.current, row.passing) == ([], "", "")


def test_what_was_closed_comes_back_latest_first(row):
    row.close("b")
    row.close("c")
    row.close("c")
    assert (row.reopen(), row.reopen(), row.reopen()) == ("c", "b", "")
    assert row.paths == ["a", "b", "c"]


def test_what_is_open_again_is_not_brought_back(row):
    row.close("a")
    row.show("a")
    assert row.reopen() == ""


def test_only_so_many_closed_notes_are_remembered():
    row = TabRow()
    for number in range(MOST_CLOSED + 5):
        row.keep(str(number))
        row.close(str(number))
    assert sum(bool(row.reopen()) for _ in range(MOST_CLOSED + 5)) == MOST_CLOSED


def test_a_note_that_is_dragged_is_kept(row):
    row.show("x")
    row.move(3, 0)
    assert (row.paths, row.passing) == (["x", "a", "b", "c"], "")


def test_a_note_that_is_renamed_keeps_its_place(row):
    row.show("b")
    row.rename("b", "新")
    assert (row.paths, row.current) == (["a", "新", "c"], "新")


@pytest.mark.parametrize(("step", "there"), [(1, "c"), (-1, "a"), (2, "a")])
def test_the_neighbours_go_round(row, step, there):
    row.show("b")
    assert row.neighbour(step) == there


@pytest.mark.parametrize(("step", "there"), [(1, "a"), (-1, "c")])
def test_with_none_in_sight_the_neighbours_are_the_ends(row, step, there):
    row.show("")
    assert row.neighbour(step) == there
    assert TabRow().neighbour(step) == ""


def test_two_of_one_name_are_told_apart_by_their_folders():
    paths = ["a/计划.md", "b/c/计划.md", "计划.md", "a/other.md"]
    assert titles(paths) == ["计划 · a", "计划 · b/c", "计划", "other"]


@given(st.lists(names, unique=True))
def test_every_note_has_a_title(paths):
    assert len(titles(paths)) == len(set(titles(paths))) == len(paths)


class AnyOrder(RuleBasedStateMachine):
    """Whatever is done in whatever order, the row stays a row."""

    def __init__(self):
        super().__init__()
        self.row = TabRow()

    @rule(path=names)
    def show(self, path):
        self.row.show(path)
        assert self.row.current == path

    @rule(path=names)
    def keep(self, path):
        self.row.keep(path)
        assert path in self.row.paths

    @rule(path=names)
    def close(self, path):
        following = self.row.close(path)
        assert path not in self.row.paths
        assert following in (*self.row.paths, "")

    @rule(path=names)
    def forget(self, path):
        self.row.forget(path)
        assert path not in self.row.paths

    @rule(data=st.data())
    def move(self, data):
        if self.row.paths:
            place = st.integers(0, len(self.row.paths) - 1)
            before = set(self.row.paths)
            self.row.move(data.draw(place), data.draw(place))
            assert set(self.row.paths) == before

    @rule()
    def reopen(self):
        before = self.row.paths
        path = self.row.reopen()
        assert path not in before
        assert set(self.row.paths) == {*before, path} - {""}

    @invariant()
    def each_note_stands_there_once(self):
        assert len(self.row.paths) == len(set(self.row.paths))
        assert self.row.current in (*self.row.paths, "")
        assert self.row.passing in (*self.row.paths, "")


TestAnyOrder = AnyOrder.TestCase
