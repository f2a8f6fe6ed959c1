"""What happens to errors that nobody expected."""

import logging
import os
import signal
import sys
import threading

import pytest
from PySide6.QtCore import QtMsgType, qWarning

from desktop.crash import CrashGuard, QuitSignals


@pytest.fixture
def guard(qapp):
    saved = []
    guard = CrashGuard(lambda: saved.append(1))
    guard.saved = saved
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    guard.install()
    yield guard
    guard.remove()
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def fail():
    raise ValueError("the words of a note")


def raised():
    try:
        fail()
    except ValueError:
        return sys.exc_info()
    raise AssertionError


def test_an_error_is_logged_without_the_words_of_a_note(guard, caplog):
    sys.excepthook(*raised())
    assert "ValueError" in caplog.text
    assert "test_crash.py" in caplog.text
    assert "words of a note" not in caplog.text


def test_an_error_saves_drafts_and_is_told_once_a_kind(guard, qtbot):
    kinds = []
    guard.happened.connect(kinds.append)
    for _ in range(3):
        sys.excepthook(*raised())
    assert kinds == ["ValueError in test_crash.fail"]
    assert len(guard.saved) == 3


def test_an_error_on_another_thread_is_told(guard, qtbot):
    with qtbot.waitSignal(guard.happened) as signal:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    assert signal.args == ["ValueError in test_crash.fail"]


def test_drafts_that_cannot_be_saved_do_no_further_harm(qapp, caplog):
    guard = CrashGuard(fail)
    guard._on_error(*raised())
    assert "drafts could not be saved" in caplog.text


def test_an_interruption_is_no_error(guard, caplog):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert caplog.text == ""


@pytest.mark.qt_no_exception_capture
def test_qts_own_warnings_go_to_the_log(guard, caplog):
    with caplog.at_level(logging.DEBUG):
        qWarning("something of Qt's")
        qWarning("This plugin does not support anything")
    assert "something of Qt's" in caplog.text
    assert "does not support" not in caplog.text
    assert QtMsgType.QtWarningMsg.name not in caplog.text


@pytest.mark.skipif(os.name == "nt", reason="Windows ends programs in another way")
def test_a_request_to_quit_becomes_a_signal(qapp, qtbot):
    before = signal.getsignal(signal.SIGTERM)
    signals = QuitSignals()
    with qtbot.waitSignal(signals.received):
        os.kill(os.getpid(), signal.SIGTERM)
    signals.close()
    assert signal.getsignal(signal.SIGTERM) is before
