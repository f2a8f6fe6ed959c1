"""Cancelling, and holding back what comes too often."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.concurrency import STEP_BEHIND, Cancelled, CancelToken, Debounce, step_behind


def test_a_new_token_is_not_cancelled():
    token = CancelToken()
    token.raise_if_cancelled()
    assert not token.cancelled


def test_cancelled_work_stops_at_its_next_look():
    token = CancelToken()
    token.cancel()
    assert token.cancelled
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


def test_what_was_registered_runs_once():
    token, calls = CancelToken(), []
    token.on_cancel(lambda: calls.append("closed"))
    token.cancel()
    token.cancel()
    assert calls == ["closed"]


def test_what_is_registered_too_late_runs_at_once():
    token, calls = CancelToken(), []
    token.cancel()
    token.on_cancel(lambda: calls.append("closed"))
    assert calls == ["closed"]


def test_what_was_taken_back_does_not_run():
    token, calls = CancelToken(), []
    forget = token.on_cancel(lambda: calls.append("gone"))
    token.on_cancel(lambda: calls.append("stays"))
    forget()
    forget()
    token.cancel()
    forget()
    assert calls == ["stays"]


def test_one_failure_does_not_keep_the_others_from_stopping(caplog):
    token, calls = CancelToken(), []

    def fail():
        raise OSError("already closed")

    token.on_cancel(fail)
    token.on_cancel(lambda: calls.append("closed"))
    token.cancel()
    assert calls == ["closed"]
    assert "already closed" in caplog.text


def test_a_callback_may_look_at_and_register_with_its_own_token():
    token, calls = CancelToken(), []
    token.on_cancel(lambda: token.on_cancel(lambda: calls.append(token.cancelled)))
    token.cancel()
    assert calls == [True]


def test_of_many_threads_that_cancel_one_runs_the_callbacks():
    token, calls = CancelToken(), []
    token.on_cancel(lambda: calls.append(1))
    barrier = threading.Barrier(8)

    def cancel():
        barrier.wait()
        token.cancel()

    threads = [threading.Thread(target=cancel) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == [1]


def test_nothing_pending_means_nothing_due():
    debounce = Debounce(quiet=0.3, cap=2)
    assert debounce.next_due() is None
    assert debounce.take(1e9) == []


def test_a_key_is_due_after_it_has_been_quiet():
    debounce = Debounce(quiet=0.3, cap=2)
    debounce.touch("a", 10.0)
    debounce.touch("a", 10.2)
    assert debounce.next_due() == pytest.approx(10.5)
    assert debounce.take(10.4) == []
    assert debounce.take(10.5) == ["a"]
    assert debounce.next_due() is None


def test_a_key_that_is_never_quiet_is_due_at_the_cap():
    debounce = Debounce(quiet=0.3, cap=1.0)
    for tick in range(10):
        debounce.touch("a", tick * 0.2)
    assert debounce.next_due() == pytest.approx(1.0)


def test_a_key_taken_starts_anew():
    debounce = Debounce(quiet=0.3, cap=1.0)
    debounce.touch("a", 0)
    debounce.take(1)
    debounce.touch("a", 5)
    assert debounce.next_due() == pytest.approx(5.3)


def test_a_complete_change_is_held_back_only_briefly():
    debounce = Debounce(quiet=0.3, cap=2, brief=0.1, calm=1)
    assert debounce.touch("a", 10.0) == pytest.approx(10.3)
    assert debounce.touch("a", 10.05, is_complete=True) == pytest.approx(10.15)
    assert debounce.take(10.2) == ["a"]


def test_what_goes_on_after_it_was_complete_is_held_back_again():
    debounce = Debounce(quiet=0.3, cap=2, brief=0.1, calm=1)
    debounce.touch("a", 10.0, is_complete=True)
    assert debounce.touch("a", 10.05) == pytest.approx(10.35)


def test_complete_changes_one_upon_another_are_handed_out_no_more_often():
    debounce, handed_out = Debounce(quiet=0.3, cap=2, brief=0.1, calm=1), []
    for tick in range(100):  # a save every 150 ms, for 15 s
        now = tick * 0.15
        handed_out += [now] * len(debounce.take(now))
        debounce.touch("a", now, is_complete=True)
    assert handed_out[0] < 0.2
    assert len(handed_out) <= 1 + 15 / 2 + 1


def test_after_a_calm_moment_a_complete_change_is_brief_again():
    debounce = Debounce(quiet=0.3, cap=2, brief=0.1, calm=1)
    debounce.touch("a", 0.0, is_complete=True)
    debounce.take(0.1)
    assert debounce.touch("b", 1.0, is_complete=True) == pytest.approx(1.3)
    assert debounce.touch("c", 1.2, is_complete=True) == pytest.approx(1.3)


def test_without_a_brief_time_every_change_is_held_back_alike():
    assert Debounce(quiet=0.3, cap=2).touch("a", 0.0, is_complete=True) == pytest.approx(0.3)


def test_keys_wait_for_themselves_alone_and_come_in_order():
    debounce = Debounce(quiet=0.3, cap=2)
    for key, now in [("b", 0.0), ("a", 0.1), ("c", 0.9)]:
        debounce.touch(key, now)
    assert debounce.take(0.5) == ["b", "a"]
    assert debounce.take(2.0) == ["c"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 20)), max_size=40))
def test_every_touch_is_answered_within_the_cap_and_none_before_its_quiet(touches):
    debounce, now = Debounce(quiet=3, cap=10), 0
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for key, pause in touches:
        for _ in range(pause):
            now += 1
            for taken in debounce.take(now):
                assert now >= min(last[taken] + 3, first[taken] + 10)
                assert now - first[taken] <= 10
                del first[taken]
        debounce.touch(key, now)
        first.setdefault(key, now)
        last[key] = now
    assert set(debounce.take(now + 10)) == set(first)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere priorities of threads cannot be read")
def test_a_thread_that_steps_behind_does_so_alone_with_those_it_begins():
    def priority():
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def step():
        step_behind()
        with ThreadPoolExecutor(1) as inner:
            return priority(), inner.submit(priority).result()

    before = priority()
    with ThreadPoolExecutor(1) as pool:
        behind = min(before + STEP_BEHIND, 19)
        assert pool.submit(step).result() == (behind, behind)
    assert priority() == before
