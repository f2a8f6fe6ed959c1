"""The side panes under any order of folds, widths, restarts and sizes of the window."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from desktop.windows.side_panes import LEAST, LEFT_WIDTH, NARROW, RIGHT_WIDTH, SidePanes, make_splitter
from desktop.windows.window_state import WindowState

HEIGHT = 600


class Window:
    """Three panes in a splitter, as the main window has them."""

    def __init__(self, width=1280):
        self.holder = QWidget()
        left, self.note, right = QWidget(), QWidget(), QWidget()
        left.setMinimumWidth(LEAST["left"])
        right.setMinimumWidth(LEAST["right"])
        self.splitter = make_splitter(left, self.note, right, self.holder)
        self.panes = SidePanes(self.splitter, self.holder)
        self.holder.show()
        self.widen(width)

    def widen(self, width):
        self.holder.resize(width, HEIGHT)
        self.splitter.resize(width, HEIGHT)

    def drag(self, handle, place):
        """Drag the line right of pane `handle` - 1 as the mouse does."""
        self.splitter.moveSplitter(place, handle)

    @property
    def shown(self):
        return {name for name in ("left", "right") if self.panes.is_shown(name)}

    @property
    def sizes(self):
        return self.splitter.sizes()

    def close(self):
        self.holder.close()
        self.holder.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(qapp):
    window = Window()
    yield window
    window.close()


steps = st.lists(
    st.one_of(
        st.tuples(st.just("toggle"), st.sampled_from(["left", "right"])),
        st.tuples(st.just("widen"), st.sampled_from([640, 800, NARROW - 1, NARROW, 1280, 2560])),
        st.tuples(st.just("drag"), st.sampled_from([(1, 200), (1, 330), (2, 700), (2, 900)])),
    ),
    max_size=8,
)


def take(window, step):
    kind, value = step
    if kind == "toggle":
        window.panes.toggle(value)
    elif kind == "widen":
        window.widen(value)
    else:
        window.drag(*value)


@given(steps)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_whatever_is_done_the_note_has_room_and_the_panes_add_up(qapp, taken):
    window = Window()
    try:
        for step in taken:
            take(window, step)
            width = window.splitter.width()
            assert sum(window.sizes) <= width
            assert window.sizes[1] > 0
            if width < NARROW:
                assert len(window.shown) <= 1
            for name, size in (("left", window.sizes[0]), ("right", window.sizes[2])):
                assert (size >= LEAST[name]) == (name in window.shown)
    finally:
        window.close()


@given(steps)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_a_restart_shows_what_was_there_and_forgets_no_width(qapp, tmp_path_factory, taken):
    first, again = Window(), Window()
    try:
        for step in taken:
            take(first, step)
        first.widen(1280)
        file = tmp_path_factory.mktemp("state") / "w.ini"
        state = WindowState(file)
        first.panes.remember(state)
        state.write()
        again.panes.restore(WindowState(file))
        assert again.shown == first.shown
        kept = [state.pane(name, 0) for name in LEAST]
        again.panes.remember(state)
        assert [state.pane(name, 0) for name in LEAST] == kept
    finally:
        first.close()
        again.close()


def test_a_width_that_was_dragged_survives_a_fold(window):
    window.panes.toggle("right")
    window.drag(1, 330)
    dragged = window.sizes[0]
    window.panes.toggle("left")
    window.panes.toggle("left")
    assert window.sizes[0] == dragged != LEFT_WIDTH


def test_no_pane_is_dragged_out_of_sight(window):
    window.drag(1, 0)
    window.drag(2, 1279)
    assert window.sizes[0] >= LEAST["left"]
    assert window.sizes[2] >= LEAST["right"]


def test_a_window_made_small_for_a_while_loses_no_widths(window, tmp_path):
    window.panes.restore(WindowState(tmp_path / "w.ini"))
    for width in (640, 900, 1000, 640, 1280):
        window.widen(width)
    assert (window.sizes[0], window.sizes[2]) == (LEFT_WIDTH, RIGHT_WIDTH)


def test_in_a_narrow_window_each_pane_takes_the_place_of_the_other(window):
    window.widen(800)
    seen = []
    for name in ("left", "right", "left", "left"):
        window.panes.toggle(name)
        seen.append(window.shown)
    assert seen == [{"left"}, {"right"}, {"left"}, set()]


def test_a_pane_shown_in_a_narrow_window_is_there_in_a_wide_one_too(window):
    window.panes.toggle("left")
    window.widen(800)
    window.panes.show("left")
    window.widen(1280)
    assert window.shown == {"left", "right"}


def test_showing_what_is_shown_changes_nothing(window):
    before = window.sizes
    window.panes.show("left")
    window.panes.show("right")
    assert window.sizes == before


def test_every_fold_is_told(window):
    told = []
    window.panes.changed.connect(lambda: told.append(window.shown))
    window.panes.toggle("left")
    window.panes.toggle("right")
    assert told == [{"right"}, set()]


@pytest.mark.parametrize(("left", "right"), [(0, -3), (5000, 5000), (1, 1)])
def test_widths_that_cannot_be_are_not_taken(window, tmp_path, left, right):
    state = WindowState(tmp_path / "w.ini")
    state.set_pane("left", left, folded=False)
    state.set_pane("right", right, folded=False)
    window.panes.restore(state)
    assert window.sizes[0] >= LEAST["left"]
    assert window.sizes[2] >= LEAST["right"]
    assert window.sizes[1] > 200
