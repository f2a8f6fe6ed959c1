"""Long work in short slices on the window's own thread."""

import pytest

from desktop.editor import slices
from desktop.editor.slices import Slices


@pytest.fixture
def work(qapp):
    work = Slices()
    yield work
    work.stop()


def counting(steps, done):
    """Count up to so many steps; what it did last says that it was ended."""
    try:
        for number in range(steps):
            done.append(number)
            yield
        done.append("all")
    finally:
        done.append("end")


def test_work_is_done_to_its_end(work, qtbot):
    done = []
    work.begin(counting(3, done))
    assert (done, work.is_active) == ([], True)
    qtbot.waitUntil(lambda: not work.is_active)
    assert done == [0, 1, 2, "all", "end"]


def test_a_slice_that_is_full_leaves_the_rest_for_the_next(work, qtbot, monkeypatch):
    monkeypatch.setattr(slices, "SLICE_S", 0.0)  # no step fits: time has always passed
    done = []
    work.begin(counting(3, done))
    work._go_on()
    work._go_on()
    assert done == []
    monkeypatch.setattr(slices, "SLICE_S", 10.0)
    work._go_on()
    assert done == [0, 1, 2, "all", "end"]


def test_new_work_takes_the_place_of_the_old(work, qtbot):
    old, new = [], []
    work.begin(counting(1_000_000, old))
    qtbot.waitUntil(lambda: bool(old))
    work.begin(counting(2, new))
    assert old[-1] == "end"
    qtbot.waitUntil(lambda: not work.is_active)
    assert new == [0, 1, "all", "end"]


def test_work_that_is_stopped_is_closed(work, qtbot):
    done = []
    work.begin(counting(1_000_000, done))
    qtbot.waitUntil(lambda: bool(done))
    work.stop()
    assert done[-1] == "end"
    assert not work.is_active
    work.stop()


def test_work_may_stop_itself_and_begin_other_work(work, qtbot):
    done = []

    def first():
        done.append("first")
        work.begin(counting(1, done))
        yield

    work.begin(first())
    qtbot.waitUntil(lambda: not work.is_active)
    assert done == ["first", 0, "all", "end"]
