"""Where the companion stands on a screen, and what is remembered of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMargins, QRect

from desktop.companion.docking import (
    NARROWEST,
    SNAP,
    USUAL,
    WIDEST,
    Dock,
    DockMemory,
    Side,
    docked,
    side_near,
)
from desktop.windows.window_state import WindowState

SCREEN = QRect(0, 24, 1440, 876)
FRAME = QMargins(1, 20, 1, 3)


@pytest.fixture
def memory(tmp_path):
    return DockMemory(WindowState(tmp_path / "window.ini"))


@pytest.mark.parametrize("side", Side)
def test_it_fills_its_edge_of_what_the_screen_has_to_give(side):
    place = docked(SCREEN, Dock(side, 400), FRAME)
    whole = place.marginsAdded(FRAME)
    assert (whole.top(), whole.height(), place.width()) == (24, 876, 400)
    assert whole.left() == 0 if side is Side.LEFT else whole.right() == 1439


@given(
    st.integers(-4000, 4000),
    st.integers(200, 4000),
    st.integers(0, 9000),
    st.sampled_from(Side),
    st.integers(0, 40),
)
def test_on_any_screen_it_lies_within_it_and_is_never_wider_than_the_panel(left, width, wanted, side, border):
    screen, frame = QRect(left, 0, width, 800), QMargins(border, border, border, border)
    place = docked(screen, Dock(side, wanted), frame)
    assert screen.contains(place.marginsAdded(frame))
    assert place.width() <= WIDEST
    assert place.width() >= min(NARROWEST, width - 2 * border)
    assert side_near(place.marginsAdded(frame), screen) is not None


def test_a_window_left_near_an_edge_is_meant_for_it():
    assert side_near(QRect(SNAP, 100, 400, 600), SCREEN) is Side.LEFT
    assert side_near(QRect(1440 - 400 - SNAP + 1, 100, 400, 600), SCREEN) is Side.RIGHT
    assert side_near(QRect(500, 100, 400, 600), SCREEN) is None


def test_of_two_near_edges_the_nearer_one_counts():
    narrow = QRect(0, 0, 420, 800)
    assert side_near(QRect(15, 0, 400, 800), narrow) is Side.RIGHT
    assert side_near(QRect(5, 0, 400, 800), narrow) is Side.LEFT


def test_each_screen_has_an_edge_and_a_width_of_its_own(memory):
    memory.set_dock("HDMI-1", Dock(Side.LEFT, 420))
    memory.set_dock("屏幕 2", Dock(Side.RIGHT, 350))
    assert memory.dock("HDMI-1") == Dock(Side.LEFT, 420)
    assert memory.dock("屏幕 2") == Dock(Side.RIGHT, 350)
    assert memory.screen == "屏幕 2"
    assert memory.dock("another") == Dock(Side.RIGHT, USUAL)


def test_it_is_pinned_and_closed_until_somebody_says_otherwise(memory):
    assert (memory.is_pinned, memory.is_open, memory.screen) == (True, False, "")
    assert not memory.was_used
    memory.is_pinned, memory.is_open = False, True
    assert memory.was_used
    assert (memory.is_pinned, memory.is_open) == (False, True)
    assert memory.dock("any") == Dock()


def test_it_is_remembered_from_one_start_to_the_next(tmp_path):
    state = WindowState(tmp_path / "window.ini")
    memory = DockMemory(state)
    memory.is_open = True
    memory.set_dock("HDMI-1", Dock(Side.LEFT, 420))
    state.write()
    again = DockMemory(WindowState(tmp_path / "window.ini"))
    assert (again.is_open, again.dock("HDMI-1")) == (True, Dock(Side.LEFT, 420))


@pytest.mark.parametrize(
    "values",
    [
        {"screens": "left"},
        {"screens": {"A": "left"}},
        {"screens": {"A": {"side": "top", "width": "wide"}}},
        {"screens": {"A": {"side": None, "width": 5}}},
        {"screen": 3, "open": "yes", "pinned": 0},
    ],
)
def test_damaged_values_are_as_good_as_none(tmp_path, values):
    state = WindowState(tmp_path / "window.ini")
    state.keep("companion", values)
    memory = DockMemory(state)
    assert memory.dock("A") == Dock()
    assert (memory.is_open, memory.is_pinned, memory.screen) == (False, True, "")
