"""What a later start says, byte by byte, and what it costs to say it."""

import json
import os
import socket
import stat
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import handover
from desktop.handover import Message, activation_token, address_of, decode, deliver, deliver_patiently

on_unix = pytest.mark.skipif(os.name == "nt", reason="Windows has pipes, and no modes of this kind")


@given(st.sampled_from(sorted(handover.COMMANDS)), st.text(), st.text(max_size=50))
def test_what_is_encoded_is_decoded(command, vault, token):
    line = Message(command, vault, token).encode()
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    found = decode(line)
    assert (found.command, found.vault, found.token) == (command, vault, token)


@given(st.text(max_size=50))
def test_what_is_said_is_json(text):
    assert json.loads(Message("show", text, text).encode())["vault"] == text


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data):
    found = decode(data)
    assert found is None or found.command in handover.COMMANDS


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["version", "x"]), inner),
    )
)
def test_no_json_breaks_the_reader(value):
    assert decode(json.dumps(value).encode()) is None


def test_a_message_nested_without_end_is_refused():
    assert decode(b"[" * 30_000) is None


def test_the_token_of_an_older_start_is_empty():
    assert decode(b'{"version": 1, "command": "quick-ask", "vault": ""}').token == ""


@pytest.mark.parametrize(
    ("environment", "token"),
    [
        ({}, ""),
        ({"XDG_ACTIVATION_TOKEN": "a", "DESKTOP_STARTUP_ID": "b"}, "a"),
        ({"DESKTOP_STARTUP_ID": "b"}, "b"),
    ],
)
def test_the_desktop_gives_a_token(monkeypatch, environment, token):
    for name in ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert activation_token() == token


@on_unix
def test_the_runtime_folder_is_the_sessions_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert handover.runtime_folder() == str(tmp_path)


@on_unix
def test_without_a_session_it_is_a_folder_that_nobody_else_may_enter(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    folder = Path(handover.runtime_folder())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    with pytest.raises(PermissionError):
        handover.runtime_folder()


def test_every_base_folder_has_an_address_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    addresses = {address_of(None), address_of(tmp_path / "a"), address_of(tmp_path / "笔记")}
    assert len(addresses) == 3
    assert address_of(tmp_path / "a") in addresses
    assert all(len(address.encode()) < 108 + len(str(tmp_path)) for address in addresses)


class Ear:
    """A server that answers every visitor with these bytes: one who lost patience comes again."""

    def __init__(self, path, answer):
        self.heard = b""
        self._path, self._answer, self._is_closing = str(path), answer, False
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(self._path)
        self._server.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self):
        while not self._is_closing:
            connection, _ = self._server.accept()
            with connection, suppress(ConnectionError):
                said = b""
                while not said.endswith(b"\n") and (more := connection.recv(4096)):
                    said += more
                self.heard = said or self.heard
                connection.sendall(self._answer)
                connection.recv(1)  # until the visitor goes

    def close(self):
        self._is_closing = True
        with socket.socket(socket.AF_UNIX) as last, suppress(OSError):
            last.connect(self._path)
        self._thread.join(60)
        self._server.close()


@pytest.fixture
def ear(tmp_path):
    made = []

    def make(answer=b"ok\n", at=tmp_path / "s"):
        made.append(Ear(at, answer))
        return made[-1]

    yield make
    for one in made:
        one.close()


@on_unix
@pytest.mark.parametrize(("answer", "delivered"), [(b"ok\n", True), (b"bad\n", False), (b"", False)])
def test_only_an_accepted_message_is_delivered(ear, tmp_path, monkeypatch, answer, delivered):
    there = ear(answer)
    monkeypatch.setattr(handover, "_REPLY_S", 60 if answer else 0.2)
    assert deliver(str(tmp_path / "s"), Message("quick-ask")) is delivered
    there.close()
    assert decode(there.heard).command == "quick-ask"


def test_nobody_there_is_no_delivery(tmp_path):
    assert not deliver(str(tmp_path / "s"), Message("show"))


@on_unix
def test_a_socket_whose_program_has_gone_is_no_delivery(tmp_path):
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(tmp_path / "s"))
    left.close()
    assert not deliver(str(tmp_path / "s"), Message("show"))


@on_unix
def test_a_program_that_is_only_starting_is_waited_for(ear, tmp_path, monkeypatch):
    monkeypatch.setattr(handover, "_STARTING_S", 60)
    later = threading.Timer(0.2, ear)
    later.start()
    assert deliver_patiently(str(tmp_path / "s"), Message("show", "/v"))
    later.join()


def test_the_wait_has_an_end(tmp_path, monkeypatch):
    monkeypatch.setattr(handover, "_STARTING_S", 0.1)
    assert not deliver_patiently(str(tmp_path / "s"), Message("show"))


@on_unix
def test_quick_ask_costs_an_interpreter_and_a_socket(ear, tmp_path):
    """What a person waits for after pressing the key: nothing that the interpreter has not loaded anyway."""
    folder = tmp_path / "run"
    folder.mkdir()
    there = ear(at=Path(address_below(folder, tmp_path / "base")))
    code = (
        "import sys\nbefore = set(sys.modules)\nfrom desktop.__main__ import main\n"
        "status = main(['quick-ask', '--base-dir', sys.argv[1]])\n"
        "print(status, sorted(set(sys.modules) - before))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "base")]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(folder)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=environment)
    ours = ["_blake2", "_socket", "desktop", "desktop.__main__", "desktop.handover"]
    assert done.stdout == f"0 {ours}\n"
    assert decode(there.heard).command == "quick-ask"


@on_unix
def test_a_base_folder_is_the_same_however_it_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert (
        address_of("a") == address_of("~/a") == address_of(Path("b/../a")) == address_of(str(tmp_path / "a"))
    )


def address_below(folder, base):
    """Return the address of a base folder, with this folder for the sockets."""
    return str(folder / Path(address_of(base)).name)
