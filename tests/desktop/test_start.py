"""The program as a process: window, second start, a request to quit."""

import os
import subprocess
import sys
import time

import pytest

from core.paths import places


@pytest.fixture
def vault_with_note(vault):
    (vault / "Welcome.md").write_text("# Welcome\n")
    return vault


@pytest.fixture
def start(tmp_path):
    """Start the real program offscreen; it is ended with the test."""
    running = []
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PILOTFISH_TIME_TO_WINDOW": "1",
        "XDG_RUNTIME_DIR": str(runtime),
    }

    def run(*arguments):
        command = [
            sys.executable,
            "-m",
            "desktop",
            "--base-dir",
            str(tmp_path / "base"),
            *map(str, arguments),
        ]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
        running.append(process)
        return process

    yield run
    for process in running:
        if process.poll() is None:
            process.kill()
        process.communicate()


def painted(process):
    """Wait for the program's word that its window has been painted."""
    return next((line for line in process.stderr if line.startswith("window_ms=")), "")


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
def test_a_window_opens_and_ends_when_asked_to(start, vault_with_note, tmp_path):
    first = start(vault_with_note)
    assert int(painted(first).split("=")[1]) > 0
    first.terminate()
    assert first.wait(60) == 0
    log = places(tmp_path / "base").log_file.read_text()
    assert "first window after" in log
    assert "ERROR" not in log


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
def test_after_a_crash_the_report_is_told_and_the_window_waits_for_nobody(start, vault_with_note, tmp_path):
    where = places(tmp_path / "base")
    where.state.mkdir(parents=True)
    (where.state / "crash.log").write_text("Fatal Python error: Segmentation fault\n")
    first = start(vault_with_note)
    assert "crash-report.txt" in next(line for line in first.stderr if line.startswith("pilotfish:"))
    assert painted(first)
    assert start(vault_with_note).wait(60) == 0  # a second start raises the first one's window
    first.terminate()
    assert first.wait(60) == 0
    assert "Segmentation fault" in (where.state / "crash-report.txt").read_text()
    assert (where.state / "crash.log").read_text() == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM")
def test_a_second_start_hands_its_vault_over(start, vault_with_note, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "README.md").write_text("# Other\n")
    settings = places(tmp_path / "base").settings_file
    first = start(vault_with_note)
    assert painted(first)
    wait_until(lambda: settings.exists() and vault_with_note.name in settings.read_text())
    second = start(other)
    assert second.wait(60) == 0
    wait_until(lambda: str(other) in settings.read_text())
    assert first.poll() is None
    first.terminate()
    assert first.wait(60) == 0
