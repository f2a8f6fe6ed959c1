"""One window a person and base folder."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from desktop import handover, single_instance
from desktop.handover import LARGEST, Message, deliver
from desktop.single_instance import SingleInstance


@pytest.fixture(autouse=True)
def runtime_folder(tmp_path, monkeypatch):
    """A runtime folder of the test's own."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(handover, "runtime_folder", lambda: folder)
    return folder


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
    socket.connectToServer(first.address)
    assert socket.waitForConnected(60_000)
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
    assert not deliver(make().address, Message("show", "x"))


def test_quick_ask_is_heard_as_such(first, qtbot):
    with qtbot.assertNotEmitted(first.raise_requested), qtbot.waitSignal(first.quick_ask_requested):
        assert raw(first, Message("quick-ask").encode(), qtbot) == b"ok\n"


def test_the_token_for_the_focus_is_passed_on_to_qt(first, qtbot, monkeypatch):
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    raw(first, Message("show", token="from the desktop").encode(), qtbot)
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "from the desktop"


def test_what_the_client_sends_the_server_takes(first, qtbot):
    """Both ends at once: the client blocks, so it runs on a thread."""
    sent = []
    client = threading.Thread(target=lambda: sent.append(deliver(first.address, Message("show", "/笔记"))))
    with qtbot.waitSignal(first.raise_requested) as signal:
        client.start()
    client.join(60)
    assert (signal.args, sent) == (["/笔记"], [True])


def test_the_socket_of_a_crashed_run_does_not_stand_in_the_way(first, make, runtime_folder):
    left = next(path for path in runtime_folder.iterdir() if path.suffix != ".lock")
    first.release()
    left.touch()
    second = make()
    assert second.claim()
    assert second.listen()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of this kind")
def test_only_the_owner_may_speak(first):
    mode = stat.S_IMODE(Path(first.address).stat().st_mode)
    assert mode & 0o077 == 0
