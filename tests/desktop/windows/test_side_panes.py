"""Folding, narrow windows, remembering."""

import pytest
from PySide6.QtWidgets import QWidget

from desktop.windows.side_panes import NARROW, SidePanes, make_splitter
from desktop.windows.window_state import WindowState


@pytest.fixture
def holder(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    return holder


@pytest.fixture
def panes(holder, qtbot):
    left, centre, right = QWidget(), QWidget(), QWidget()
    left.setMinimumWidth(160)
    right.setMinimumWidth(320)
    splitter = make_splitter(left, centre, right, holder)
    splitter.resize(1280, 700)
    panes = SidePanes(splitter, holder)
    panes.splitter = splitter
    with qtbot.waitExposed(holder):
        holder.resize(1280, 700)
        holder.show()
    return panes


def test_both_panes_are_in_sight_and_the_note_has_half(panes, tmp_path):
    panes.restore(WindowState(tmp_path / "w.ini"))
    sizes = panes.splitter.sizes()
    assert sizes[0] == 240
    assert sizes[2] == 380
    assert sizes[1] >= 1280 / 2


def test_a_pane_folds_away_and_comes_back_as_wide_as_before(panes, tmp_path):
    panes.restore(WindowState(tmp_path / "w.ini"))
    panes.toggle("right")
    assert not panes.is_shown("right")
    panes.toggle("right")
    assert panes.splitter.sizes()[2] == 380


def test_a_fold_is_remembered(panes, tmp_path):
    state = WindowState(tmp_path / "w.ini")
    panes.restore(state)
    panes.toggle("left")
    panes.remember(state)
    panes.toggle("left")
    panes.restore(state)
    assert not panes.is_shown("left")
    assert panes.is_shown("right")


def test_a_narrow_window_shows_one_side_at_most(panes, tmp_path):
    panes.restore(WindowState(tmp_path / "w.ini"))
    panes.splitter.resize(NARROW - 100, 600)
    assert panes.is_shown("right")
    assert not panes.is_shown("left")
    panes.toggle("left")
    assert panes.is_shown("left")
    assert not panes.is_shown("right")


@pytest.mark.parametrize("width", [NARROW, 1000, 1080, 1280, 1440, 2560])
def test_the_note_keeps_half_of_every_window(panes, tmp_path, width):
    panes.restore(WindowState(tmp_path / "w.ini"))
    panes.splitter.resize(width, 600)
    assert panes.splitter.sizes()[1] >= width / 2 - 4
    assert 320 <= panes.splitter.sizes()[2] <= 480


def test_a_window_made_wide_again_shows_what_was_wanted(panes, tmp_path):
    panes.restore(WindowState(tmp_path / "w.ini"))
    panes.splitter.resize(NARROW - 100, 600)
    panes.splitter.resize(1280, 600)
    assert panes.is_shown("left")
    assert panes.is_shown("right")


def test_a_fold_in_a_narrow_window_says_nothing_about_the_other_pane(panes, tmp_path):
    state = WindowState(tmp_path / "w.ini")
    panes.restore(state)
    panes.splitter.resize(NARROW - 100, 600)
    panes.remember(state)
    assert state.pane("left", 240) == (240, False)
