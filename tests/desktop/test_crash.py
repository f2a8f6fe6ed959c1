"""What happens to errors that nobody expected."""

import faulthandler
import logging
import os
import signal
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QtMsgType, qWarning

from desktop.crash import CrashGuard, QuitSignals, watch_for_crashes


@pytest.fixture
def faults():
    """Faulthandler as pytest had it, afterwards."""
    yield
    faulthandler.enable(sys.__stderr__)


def test_a_crash_leaves_its_traces_for_the_next_start(tmp_path):
    code = (
        "import ctypes, pathlib, sys\n"
        "from desktop.crash import watch_for_crashes\n"
        "kept = watch_for_crashes(pathlib.Path(sys.argv[1]))\n"
        "ctypes.string_at(0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, capture_output=True)
    assert "Segmentation fault" in (tmp_path / "crash.log").read_text()


def test_the_traces_are_told_once(tmp_path, faults):
    (tmp_path / "crash.log").write_text("Fatal Python error: Segmentation fault")
    file, left = watch_for_crashes(tmp_path)
    assert "Segmentation fault" in left
    assert (tmp_path / "crash.last.log").exists()
    file.close()
    file, left = watch_for_crashes(tmp_path)
    assert left == ""
    file.close()


def test_a_folder_that_cannot_be_written_is_no_reason_not_to_start(tmp_path, faults):
    place = tmp_path / "file"
    place.write_text("in the way")
    file, left = watch_for_crashes(place / "state")
    assert file is None
    assert left == ""


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
