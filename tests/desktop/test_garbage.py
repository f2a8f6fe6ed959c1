"""The collector of garbage: on the GUI thread, by the clock, given back at the end."""

import gc
import weakref

import pytest

from desktop.garbage import COLLECT_EVERY_MS, Garbage, give_back


@pytest.fixture
def garbage(qapp):
    gc.enable()
    made = Garbage()
    yield made
    made.stop()
    assert gc.isenabled()
    gc.disable()


class Ring:
    """An object that only the collector frees."""

    def __init__(self):
        self.me = self


def test_python_collects_nothing_by_itself_between_start_and_stop(garbage):
    garbage.start()
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()


def test_a_collector_that_was_off_before_stays_off(qapp):
    gc.disable()
    made = Garbage()
    made.start()
    made.stop()
    assert not gc.isenabled()


def test_the_clock_frees_young_rings(garbage):
    garbage.start()
    gone = weakref.ref(Ring())
    assert gone() is not None
    garbage._clock.timeout.emit()
    assert gone() is None


def test_what_the_start_has_built_is_not_looked_at_again(garbage):
    before = gc.get_freeze_count()
    garbage.start()
    assert gc.get_freeze_count() > before
    assert garbage._clock.interval() == COLLECT_EVERY_MS


def test_what_a_window_leaves_is_freed_however_old_it_is(garbage):
    garbage.start()
    old = Ring()
    gone = weakref.ref(old)
    for _ in range(3):
        gc.collect()  # into the oldest generation, at which the clock does not look
    del old
    garbage._clock.timeout.emit()
    assert gone() is not None
    give_back()
    assert gone() is None
