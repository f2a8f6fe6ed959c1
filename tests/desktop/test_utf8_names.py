"""Names of files are UTF-8 in a real process, whatever the locale says."""

import json
import os
import subprocess
import sys

import pytest

from desktop import __main__ as entry
from desktop import utf8_names

SHOWN = """
import json, os, sys
from desktop import utf8_names
if not utf8_names.are_certain():
    utf8_names.begin_again()
print(json.dumps([sys.getfilesystemencoding(), sys.stdout.encoding, sys.argv[1:], sorted(os.listdir("."))]))
"""
SEVEN_BITS = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A locale that every machine has and of whose names UTF-8 is none."""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's names are Unicode")


@on_linux
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_program_under_another_locale_begins_again_and_takes_names_for_utf_8(tmp_path, encoding):
    (tmp_path / "笔记.md").touch()
    (tmp_path / "café.md").touch()
    old = os.fsencode(tmp_path) + b"/" + "旧.md".encode("gb18030")
    os.close(os.open(old, os.O_CREAT))
    words = ["笔记.md", "什么时候？".encode(encoding), old]
    environment = {**os.environ, **SEVEN_BITS, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("PYTHONIOENCODING", None)
    done = subprocess.run(
        [sys.executable, "-c", SHOWN, *words], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    names, streams, given, there = json.loads(done.stdout)
    assert (names, streams) == ("utf-8", "ascii")
    assert {"笔记.md", "café.md"} < set(there)
    assert given[0] == "笔记.md"
    assert os.fsencode(given[1]) == "什么时候？".encode(encoding)  # seven bits say nothing of the terminal
    assert os.fsencode(given[2]) == old


@pytest.fixture
def executed(monkeypatch):
    """What the program is replaced by."""
    calls = []
    monkeypatch.setattr(os, "execve", lambda *call: calls.append(call))
    return calls


def test_words_are_read_as_the_terminal_wrote_them(executed, monkeypatch, tmp_path):
    there = str(tmp_path)
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "desktop", "ask", there, "什么时候？"])
    monkeypatch.setenv("PYTHONIOENCODING", "gb18030")
    utf8_names.begin_again()
    ((program, words, environment),) = executed
    assert program == sys.executable
    assert words == [b"python", b"-m", b"desktop", b"ask", os.fsencode(there), "什么时候？".encode()]
    assert (environment["PYTHONUTF8"], environment["PYTHONIOENCODING"]) == ("1", "gb18030")


@pytest.mark.parametrize(("encoding", "times"), [("gb18030", 1), ("iso8859-1", 1), ("utf-8", 0)])
def test_the_program_begins_again_where_names_are_something_else(executed, monkeypatch, encoding, times):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: encoding)
    monkeypatch.setattr(sys, "argv", ["pilotfish", "quick-ask"])
    monkeypatch.setattr(entry, "_reaches_running", lambda _options: True)
    assert entry.main() == 0
    assert len(executed) == times


@pytest.mark.parametrize(("where", "value"), [("platform", "win32"), ("frozen", True)])
def test_where_that_would_change_nothing_it_goes_on(monkeypatch, where, value):
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "mbcs")
    monkeypatch.setattr(sys, where, value, raising=False)
    assert utf8_names.are_certain()
