"""Ending in order to begin anew."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from desktop import launch, restart


@pytest.fixture
def application(qapp):
    yield qapp
    qapp.setProperty("pilotfishRestart", None)


def test_nobody_wants_it_until_somebody_says_so(application):
    assert not restart.is_wanted(application)
    restart.want(QCoreApplication.instance())
    assert restart.is_wanted(application)


@pytest.mark.parametrize(("base", "rest"), [(None, []), (Path("/tmp/基"), ["--base-dir", "/tmp/基"])])
def test_it_begins_as_it_was_begun(monkeypatch, base, rest):
    assert restart.command(base) == [sys.executable, "-m", "desktop", *rest]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert restart.command(base) == [sys.executable, *rest]


def test_the_new_program_outlives_the_old_one(tmp_path):
    mark = tmp_path / "mark"
    words = [sys.executable, "-c", f"open({str(mark)!r}, 'w').write('here')"]
    started = []
    real = subprocess.Popen

    def watched(*arguments, **options):
        started.append(real(*arguments, **options))
        return started[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "Popen", watched)
        assert restart.begin_anew(words) == 0
    assert started[0].wait(30) == 0
    assert mark.read_text() == "here"


def test_a_program_that_is_gone_is_no_crash(tmp_path):
    assert restart.begin_anew([str(tmp_path / "gone")]) == 1


def test_only_a_run_that_ended_for_it_is_followed_by_another(monkeypatch):
    begun = []
    monkeypatch.setattr(restart, "begin_anew", lambda words: begun.append(words) or 0)
    monkeypatch.setattr(launch, "_has_display", lambda: True)
    monkeypatch.setattr(launch.handover, "deliver", lambda *_: False)
    for status in (0, restart.RESTART):
        monkeypatch.setattr(launch, "_be_first", lambda *_, status=status: status)
        assert launch.launch(["--base-dir", "/tmp/pilotfish-test"]) == 0
    assert begun == [[sys.executable, "-m", "desktop", "--base-dir", "/tmp/pilotfish-test"]]
