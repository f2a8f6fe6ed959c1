"""The fence, tried from inside: each attempt runs in a child that has entered it."""

import multiprocessing
import os
import sys

import pytest

from core.documents import sandbox

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has only the audit hook")


def _attempt(connection, name, folder):
    sandbox.enter()
    try:
        connection.send(("did", _ATTEMPTS[name](folder)))
    except BaseException as error:  # noqa: BLE001
        connection.send(("refused", type(error).__name__))


def _connect(_folder):
    import socket

    socket.create_connection(("127.0.0.1", 9), timeout=1)


def _raw_socket(_folder):
    """Past Python, as a library in C would."""
    import ctypes

    number = ctypes.CDLL(None, use_errno=True).socket(2, 1, 0)
    if number < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return number


def _raw_fork(_folder):
    import ctypes

    child = ctypes.CDLL(None, use_errno=True).fork()
    if child == 0:
        os._exit(0)
    if child < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return child


def _run(_folder):
    import subprocess

    return subprocess.run(["/bin/true"], check=False).returncode


def _write(folder):
    (folder / "new.txt").write_text("x")


def _raw_write(folder):
    """Past Python's audit hook: the kernel refuses a file to grow."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    number = library.open(str(folder / "raw.txt").encode(), os.O_WRONLY | os.O_CREAT, 0o600)
    if library.write(number, b"x", 1) != 1:
        raise OSError(ctypes.get_errno(), "refused")


def _delete(folder):
    (folder / "old.txt").unlink()


def _remember(_folder):
    return len(bytearray(3 * 1024**3))


def _thread(_folder):
    import threading

    done = []
    thread = threading.Thread(target=done.append, args=(1,))
    thread.start()
    thread.join()
    return done


def _read(folder):
    return (folder / "old.txt").read_text()


_ATTEMPTS = {
    "connect": _connect,
    "raw socket": _raw_socket,
    "raw fork": _raw_fork,
    "run": _run,
    "write": _write,
    "raw write": _raw_write,
    "delete": _delete,
    "remember": _remember,
    "thread": _thread,
    "read": _read,
}


@pytest.fixture
def attempt(tmp_path):
    (tmp_path / "old.txt").write_text("old")

    def attempt(name):
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_attempt, args=(theirs, name, tmp_path))
        process.start()
        theirs.close()
        outcome = ours.recv()
        process.join(60)
        return outcome

    return attempt


@pytest.mark.parametrize("name", ["connect", "run", "write", "delete"])
def test_python_code_is_refused(attempt, tmp_path, name):
    assert attempt(name)[0] == "refused"
    assert (tmp_path / "old.txt").exists()
    assert not (tmp_path / "new.txt").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")
@pytest.mark.parametrize("name", ["raw socket", "raw fork"])
def test_code_that_goes_past_python_is_refused_by_the_kernel(attempt, name):
    assert attempt(name)[0] == "refused"


def test_no_file_can_grow_even_past_python(attempt, tmp_path):
    assert attempt("raw write")[0] == "refused"
    assert not (tmp_path / "raw.txt").exists() or (tmp_path / "raw.txt").stat().st_size == 0


def test_memory_is_bounded(attempt):
    assert attempt("remember") == ("refused", "MemoryError")


def test_what_a_converter_needs_is_allowed(attempt):
    assert attempt("thread") == ("did", [1])
    assert attempt("read") == ("did", "old")
