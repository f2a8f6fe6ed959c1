"""One window a person and base folder."""

import json
import os
import stat
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from desktop import single_instance
from desktop.single_instance import LARGEST, SingleInstance

RUNTIME_FOLDER = single_instance._runtime_folder


@pytest.fixture(autouse=True)
def runtime_folder(tmp_path, monkeypatch):
    """A runtime folder of the test's own."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(single_instance, "_runtime_folder", lambda: folder)
    return folder


def test_the_runtime_folder_is_the_sessions_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert RUNTIME_FOLDER() == tmp_path


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of this kind")
def test_without_a_session_it_is_a_folder_that_nobody_else_may_enter(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    folder = RUNTIME_FOLDER()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    with pytest.raises(PermissionError):
        RUNTIME_FOLDER()


@pytest.fixture
def make(qapp, tmp_path):
    made = []

    def instance(base="base"):
        made.append(SingleInstance(tmp_path / base))
        return made[-1]

    yield instance
    for instance in made:
        instance.release()


@pytest.fixture
def first(make):
    first = make()
    assert first.claim()
    assert first.listen()
    return first


def raw(first, data, qtbot):
    """Send bytes to the first instance and return what it answers."""
    socket = QLocalSocket()
    socket.connectToServer(first._address)
    assert socket.waitForConnected(1000)
    socket.write(data)
    answer = bytearray()
    socket.readyRead.connect(lambda: answer.extend(socket.readAll().data()))
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    answer += socket.readAll().data()
    return bytes(answer)


def test_the_second_start_is_not_the_first(first, make):
    assert not make().claim()


def test_another_base_folder_is_another_program(first, make):
    assert make("other").claim()


def test_a_released_place_is_free(first, make):
    first.release()
    assert make().claim()


@pytest.mark.parametrize("vault", ["", "/home/人/笔记 vault"])
def test_a_message_brings_the_vault_along(first, qtbot, vault):
    line = json.dumps({"version": 1, "command": "show", "vault": vault}).encode() + b"\n"
    with qtbot.waitSignal(first.raise_requested) as signal:
        assert raw(first, line, qtbot) == b"ok\n"
    assert signal.args == [vault]


GARBAGE = [
    b"\n",
    b"hello\n",
    b"\xff\xfe\x00\n",
    b"[1, 2]\n",
    b'{"version": 2, "command": "show", "vault": ""}\n',
    b'{"version": 1, "command": "delete", "vault": ""}\n',
    b'{"version": 1, "command": "show", "vault": 7}\n',
    b'{"version": 1, "command": "show"}\n',
]


@pytest.mark.parametrize("data", GARBAGE)
def test_garbage_is_refused_and_the_ear_stays_open(first, qtbot, data, caplog):
    with qtbot.assertNotEmitted(first.raise_requested):
        assert raw(first, data, qtbot) == b"bad\n"
    assert "dropped" in caplog.text
    assert raw(first, b'{"version": 1, "command": "show", "vault": ""}\n', qtbot) == b"ok\n"


def test_an_endless_message_is_cut_off(first, qtbot):
    with qtbot.assertNotEmitted(first.raise_requested):
        assert raw(first, b"x" * (LARGEST + 10), qtbot) == b""


def test_a_silent_visitor_is_sent_away(first, qtbot, monkeypatch):
    monkeypatch.setattr(single_instance, "IDLE_MS", 50)
    assert raw(first, b"no line end", qtbot) == b""


def test_nobody_there_is_no_answer(make):
    assert not make().hand_over("x")


def test_the_socket_of_a_crashed_run_does_not_stand_in_the_way(first, make, runtime_folder):
    left = next(path for path in runtime_folder.iterdir() if path.suffix != ".lock")
    first.release()
    left.touch()
    second = make()
    assert second.claim()
    assert second.listen()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of this kind")
def test_only_the_owner_may_speak(first):
    mode = stat.S_IMODE(Path(first._address).stat().st_mode)
    assert mode & 0o077 == 0
