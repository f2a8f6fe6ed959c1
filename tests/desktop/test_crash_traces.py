"""What a run leaves when it ends in the middle, and how the next one tells it, all without Qt."""

import faulthandler
import subprocess
import sys

import pytest

from core.paths import places as places_below
from desktop.crash_traces import CrashTraces, tell


@pytest.fixture
def faults():
    """Faulthandler as pytest had it, afterwards."""
    yield
    faulthandler.enable(sys.__stderr__)


@pytest.fixture
def where(tmp_path):
    where = places_below(tmp_path / "base")
    where.state.mkdir(parents=True)
    return where


def run(code, folder):
    return subprocess.run([sys.executable, "-c", code, str(folder)], check=False, capture_output=True)


def fail():
    raise ValueError("the words of a note")


def test_a_crash_leaves_its_traces_for_the_next_start(tmp_path, faults):
    run(
        "import ctypes, pathlib, sys\n"
        "from desktop.crash_traces import CrashTraces\n"
        "kept = CrashTraces(pathlib.Path(sys.argv[1]))\n"
        "ctypes.string_at(0)\n",
        tmp_path,
    )
    traces = CrashTraces(tmp_path)
    assert "Segmentation fault" in traces.left
    assert traces.left.startswith("ended: 20")
    traces.close()


def test_an_error_that_ends_the_program_leaves_its_places_and_no_words(tmp_path, faults):
    first = CrashTraces(tmp_path)
    with pytest.raises(ValueError, match="words") as found:
        fail()
    first.failed(found.value)
    second = CrashTraces(tmp_path)
    assert "ValueError" in second.left
    assert "test_crash_traces.py" in second.left
    assert "words of a note" not in second.left
    second.close()


def test_the_traces_are_told_once(tmp_path, faults):
    (tmp_path / "crash.log").write_text("Fatal Python error: Segmentation fault")
    first = CrashTraces(tmp_path)
    assert "Segmentation fault" in first.left
    assert (tmp_path / "crash.last.log").exists()
    first.close()
    second = CrashTraces(tmp_path)
    assert second.left == ""
    second.close()


def test_a_run_that_ends_as_it_should_leaves_nothing_that_was_noted_on_the_way(tmp_path, faults):
    first = CrashTraces(tmp_path)
    faulthandler.dump_traceback(file=first._file)
    assert (tmp_path / "crash.log").stat().st_size
    first.close()
    assert (tmp_path / "crash.log").stat().st_size == 0


def test_a_folder_that_cannot_be_written_is_no_reason_not_to_start(tmp_path, faults):
    place = tmp_path / "file"
    place.write_text("in the way")
    traces = CrashTraces(place / "state")
    assert traces.left == ""
    traces.failed(ValueError())
    traces.close()


def test_the_report_is_kept_told_on_standard_error_and_returned(where, capsys):
    where.log_file.write_text("warning of 笔记 index\n", encoding="utf-8")
    report = tell("ended: today\n\nFatal Python error: 段错误", where)
    file = where.state / "crash-report.txt"
    assert file.read_text(encoding="utf-8") == report
    assert str(file) in capsys.readouterr().err
    assert report.startswith("# Crash\n\nended: today\n\nFatal Python error: 段错误\n\n# Versions")
    assert "warning of 笔记 index" in report


def test_settings_that_are_damaged_as_well_hinder_no_report(where):
    where.settings_file.parent.mkdir(parents=True)
    where.settings_file.write_text("theme = [broken")
    assert "Fatal" in tell("Fatal", where)


def test_a_report_that_cannot_be_kept_is_shown_all_the_same(where, capsys):
    (where.state / "crash-report.txt").mkdir()
    assert "Fatal" in tell("Fatal", where)
    assert capsys.readouterr().err == ""


def test_the_report_needs_no_qt(where):
    done = run(
        "import pathlib, sys\n"
        "from core.paths import places\n"
        "from desktop.crash_traces import CrashTraces, tell\n"
        "where = places(pathlib.Path(sys.argv[1]))\n"
        "CrashTraces(where.state)\n"
        "tell('Fatal', where)\n"
        "print([name for name in sys.modules if 'PySide' in name])\n",
        where.state.parent,
    )
    assert done.stdout.strip() == b"[]", done.stderr
