"""Work on threads, words back on the GUI thread."""

import threading

import pytest

from core.concurrency import Cancelled
from desktop.bridge.tasks import TaskRunner


@pytest.fixture
def runner(qapp):
    runner = TaskRunner(name="test-tasks")
    yield runner
    runner.shutdown()


def never(error):
    raise AssertionError(f"not expected: {error!r}")


def test_a_result_comes_back_on_the_gui_thread(runner, qtbot):
    seen = []
    runner.submit(
        lambda _token: threading.current_thread().name,
        done=lambda name: seen.append((name, threading.current_thread())),
        failed=never,
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].startswith("test-tasks")
    assert seen[0][1] is threading.main_thread()


def test_an_error_is_handed_to_failed_and_nothing_to_done(runner, qtbot):
    errors = []

    def work(_token):
        raise ValueError("spoilt")

    runner.submit(work, done=never, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "spoilt"


def test_a_cancelled_task_calls_nothing_back_however_late_it_ends(runner, qapp):
    gate = threading.Event()
    token = runner.submit(lambda _token: gate.wait(60), done=never, failed=never)
    token.cancel()
    gate.set()
    assert runner.settle()


def test_a_task_that_is_cancelled_while_it_waits_is_not_begun(runner, qapp):
    gate, begun = threading.Event(), []
    runner.submit(lambda _token: gate.wait(60), done=lambda _r: None, failed=never)
    runner.submit(begun.append, done=never, failed=never).cancel()
    gate.set()
    assert runner.settle()
    assert begun == []


def test_work_that_notices_its_token_ends_quietly(runner, qapp):
    gate = threading.Event()

    def work(token):
        gate.wait(60)
        token.raise_if_cancelled()
        raise AssertionError("went on")

    token = runner.submit(work, done=never, failed=never)
    token.cancel()
    gate.set()
    assert runner.settle()


def test_work_that_says_it_was_cancelled_is_no_failure(runner, qapp):
    def work(_token):
        raise Cancelled

    runner.submit(work, done=never, failed=never)
    assert runner.settle()


def test_one_thread_keeps_the_order(runner, qapp):
    order = []
    for number in range(20):
        runner.submit(lambda _token, n=number: n, done=order.append, failed=never)
    assert runner.settle()
    assert order == list(range(20))


def test_settling_waits_for_work_and_delivers_its_results(runner, qapp):
    seen = []
    runner.submit(lambda _token: "saved", done=seen.append, failed=never)
    assert runner.settle()
    assert seen == ["saved"]


def test_settling_gives_up_on_work_that_hangs(runner, qapp):
    gate = threading.Event()
    runner.submit(lambda _token: gate.wait(60), done=lambda _r: None, failed=never)
    assert not runner.settle(timeout_s=0.05)
    gate.set()
    assert runner.settle()


def test_a_shut_down_runner_calls_nothing_back(qapp):
    runner = TaskRunner()
    gate = threading.Event()
    runner.submit(lambda _token: gate.wait(60), done=never, failed=never)
    gate.set()
    assert runner.shutdown()
    qapp.processEvents()


def test_whoever_waits_is_let_go_on_the_gui_thread_and_by_no_other(runner, qtbot):
    threads, told = [], []

    class Waiter:
        def hear(self, result):
            told.append(result)

        def __del__(self):
            threads.append(threading.current_thread())

    for number in range(200):
        runner.submit(lambda _token, number=number: number, done=Waiter().hear, failed=never)
    qtbot.waitUntil(lambda: len(told) == len(threads) == 200)
    assert told == list(range(200))
    assert set(threads) == {threading.main_thread()}
