"""What a command's end is turned into: an exit status and one sentence, whatever happened inside."""

import argparse
import logging
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.cli import main as module
from core.cli.main import COMMANDS, MODULES, main
from core.errors import NoteMissing, UsageError

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def command(monkeypatch):
    """Put something else in the place of a command's `run`."""

    def put(run):
        fake = SimpleNamespace(add_arguments=lambda parser: parser.add_argument("word", nargs="*"), run=run)
        monkeypatch.setattr(module, "_module", lambda _name: fake)

    return put


def failing(error):
    def run(_args, _context):
        raise error

    return run


def called(tmp_path, *arguments):
    return main(["--base-dir", str(tmp_path), *arguments])


def test_the_status_is_the_commands_own(command, tmp_path):
    command(lambda _args, _context: 7)
    assert called(tmp_path, "doctor") == 7


def test_a_known_error_is_its_sentence_and_its_hint(command, tmp_path, capsys):
    error = NoteMissing("There is no note a.md.")
    command(failing(error))
    assert called(tmp_path, "search", "x") == 1
    assert capsys.readouterr().err == f"pilotfish: There is no note a.md. {error.hint}".rstrip() + "\n"


def test_wrong_usage_has_a_status_of_its_own(command, tmp_path, capsys):
    command(failing(UsageError("These two do not go together.")))
    assert called(tmp_path, "ask", "x") == 2
    assert "These two do not go together." in capsys.readouterr().err


def test_an_unexpected_error_is_named_logged_and_never_a_traceback(command, tmp_path, capsys, caplog):
    command(failing(ZeroDivisionError("secret words of a note")))
    with caplog.at_level(logging.ERROR):
        assert called(tmp_path, "index", "x") == 1
    said = capsys.readouterr().err
    assert "something went wrong (ZeroDivisionError). Your notes are untouched." in said
    assert "Traceback" not in said
    assert "secret words" not in said
    assert any(record.exc_info for record in caplog.records)


def test_what_the_system_refuses_is_told_in_its_words(command, tmp_path, capsys):
    for error in (
        OSError(28, "No space left on device"),
        PermissionError(13, "Permission denied", "/notes/a"),
    ):
        command(failing(error))
        assert called(tmp_path, "index", "x") == 1
    full, refused = capsys.readouterr().err.splitlines()
    assert full == "pilotfish: the system says: No space left on device. Your notes are untouched."
    assert refused == "pilotfish: the system says: Permission denied (/notes/a). Your notes are untouched."


def test_an_interrupted_command_says_so_by_its_status_alone(command, tmp_path, capsys):
    command(failing(KeyboardInterrupt()))
    assert called(tmp_path, "watch", "x") == 130
    assert capsys.readouterr().err == ""


def test_a_reader_that_left_early_is_no_error_worth_a_word(tmp_path):
    shell = f"'{sys.executable}' -m desktop --base-dir '{tmp_path}' doctor | true"
    ended = subprocess.run(
        shell, shell=True, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr
    assert "BrokenPipe" not in ended.stderr


@pytest.mark.parametrize("arguments", [[], ["no-such-command"], ["--no-such-option"], ["search"]])
def test_what_makes_no_sense_is_wrong_usage(arguments, tmp_path, capsys):
    assert called(tmp_path, *arguments) == 2
    assert "usage:" in capsys.readouterr().err


def test_only_the_wanted_command_is_imported():
    script = (
        "import sys\n"
        "from core.cli.main import main\n"
        "main(['doctor', '--help'])\n"
        "loaded = [name for name in sys.modules if name.startswith('core.cli.')]\n"
        "assert 'core.cli.doctor' in loaded\n"
        "assert 'core.cli.ask' not in loaded, loaded\n"
        "assert not {'lancedb', 'openai', 'torch', 'pyarrow', 'PySide6'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, check=True, capture_output=True)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_is_a_module_that_describes_and_runs_itself(name):
    found = module._module(name)
    parser = argparse.ArgumentParser()
    found.add_arguments(parser)
    assert callable(found.run)
    assert MODULES.get(name, name) in found.__name__
