from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from core.index.embedding.turns import Turns


def _wait_until_hurrying(turns: Turns, count: int) -> None:
    with turns._changed:
        assert turns._changed.wait_for(lambda: turns._hurrying == count, 60)


def test_one_thread_at_a_time_has_the_turn():
    turns, inside, most = Turns(), [], []

    def work(hurry: bool) -> None:
        for _ in range(50):
            with turns.take(hurry=hurry):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(work, hurry) for hurry in (False, False, False, True, True, True)]:
            done.result(timeout=60)
    assert len(most) == 300
    assert max(most) == 1


def test_who_hurries_goes_before_those_who_wait_longer():
    turns, order = Turns(), []
    started = [threading.Event() for _ in range(3)]

    def wait_for_turn(number: int) -> None:
        started[number].set()
        with turns.take(hurry=number == 2):
            order.append(number)

    with ThreadPoolExecutor(3) as pool, turns.take(hurry=False):
        for number in range(3):
            pool.submit(wait_for_turn, number)
            started[number].wait(60)
        _wait_until_hurrying(turns, 1)
    assert order[0] == 2
    assert sorted(order) == [0, 1, 2]


def test_the_turn_is_given_back_when_the_work_fails():
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.take(hurry=True):
        raise ZeroDivisionError
    with turns.take(hurry=False):
        pass


def test_a_failed_wait_does_not_leave_others_waiting_behind_it(monkeypatch: pytest.MonkeyPatch):
    turns = Turns()

    def interrupted(_condition: object, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(turns._changed, "wait_for", interrupted)
        with pytest.raises(KeyboardInterrupt), turns.take(hurry=True):
            pass
    with turns.take(hurry=False):
        pass
