"""The commands of dev.py."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Calls:
    """Stands in for the programs that dev.py runs."""

    def __init__(self) -> None:
        self.made: list[list[str]] = []
        self.environments: list[dict[str, str] | None] = []
        self.status: dict[str, int] = {}

    def __call__(self, command, environment=None):
        self.made.append(list(command))
        self.environments.append(environment)
        return next((status for word, status in self.status.items() if word in command), 0)


@pytest.fixture
def calls():
    return Calls()


@pytest.fixture
def dev(tools, project, calls, monkeypatch):
    """The module; nothing is installed and no program run."""
    module = tools.dev
    module.needed = []
    monkeypatch.setattr(module, "call", calls)
    monkeypatch.setattr(module, "setup", lambda: module.needed.append("setup"))
    monkeypatch.setattr(
        module.system, "require", lambda *needs: module.needed.append([n.__name__ for n in needs])
    )
    monkeypatch.setattr(module, "python", lambda: "PYTHON")

    @contextlib.contextmanager
    def display():
        yield {"DISPLAY": ":77"}

    monkeypatch.setattr(module.system, "virtual_display", display)
    return module


def test_setup_makes_the_environment_and_runs_nothing(dev, calls):
    assert dev.main(["setup"]) == 0
    assert dev.needed == [["missing_for_setup"], "setup"]
    assert calls.made == []


def test_run_opens_the_window_where_there_is_a_display(dev, calls, monkeypatch, tmp_path):
    monkeypatch.setenv("DISPLAY", ":0")
    assert dev.main(["run", str(tmp_path)]) == 0
    assert calls.made == [["PYTHON", "-m", "desktop", str(tmp_path)]]
    assert dev.needed[0] == ["missing_for_setup", "missing_for_engine", "missing_for_window"]


def test_run_goes_through_the_main_job_in_the_terminal_where_there_is_none(dev, calls, monkeypatch, capsys):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.chdir("/")
    calls.status["demo"] = 3
    assert dev.main(["run", "notes"]) == 3
    assert calls.made == [["PYTHON", "-m", "desktop", "demo", "/notes"]]
    assert "missing_for_window" not in dev.needed[0]
    out, err = capsys.readouterr()
    assert out == ""
    assert "no display" in err


def test_run_without_a_vault_takes_the_person_s_own_copy_of_the_welcome_vault(dev, calls, isolated_home):
    assert dev.main(["run"]) == 0
    vault = isolated_home / "Pilotfish Welcome"
    assert calls.made[0][-1] == str(vault)
    assert (vault / "Welcome 欢迎.md").exists()


def test_the_welcome_vault_is_copied_once_and_never_overwritten(dev, isolated_home, capsys):
    vault = dev.welcome_vault()
    (vault / "Welcome 欢迎.md").write_text("mine now", encoding="utf-8")
    assert dev.welcome_vault() == vault
    assert (vault / "Welcome 欢迎.md").read_text(encoding="utf-8") == "mine now"
    assert capsys.readouterr().err.count(str(vault)) == 1
    assert [path.name for path in isolated_home.iterdir()] == ["Pilotfish Welcome"]


def test_test_runs_pytest_on_a_display_of_its_own_and_hands_arguments_on(dev, calls):
    calls.status["pytest"] = 5
    assert dev.main(["test", "-x", "-k", "a or b", "--help"]) == 5
    assert calls.made == [["PYTHON", "-m", "pytest", "--reruns", "1", "-x", "-k", "a or b", "--help"]]
    assert calls.environments == [{"DISPLAY": ":77"}]
    assert "missing_for_tests" in dev.needed[0]


def test_check_runs_every_check_even_after_one_has_failed(dev, calls, capsys):
    calls.status = {"--check": 1, "packaging": 1}
    assert dev.main(["check"]) == 1
    programs = [Path(command[0]).name for command in calls.made]
    assert programs == ["ruff", "ruff", "mypy", "mypy", "lint-imports"]
    assert "failed: ruff format, mypy packaging" in capsys.readouterr().err


def test_check_is_content_when_all_are(dev, capsys):
    assert dev.main(["check"]) == 0
    assert "all checks passed" in capsys.readouterr().err


def test_bench_runs_one_benchmark_by_its_name(dev, calls, project):
    (project / "tests" / "bench" / "quick_ask.py").write_text(
        "if __name__ == '__main__': ...", encoding="utf-8"
    )
    assert dev.main(["bench", "quick-ask", "--json", "--notes", "10"]) == 0
    assert calls.made == [["PYTHON", "-m", "tests.bench.quick_ask", "--json", "--notes", "10"]]


def test_bench_without_a_name_names_all(dev, project, capsys):
    for name in ("startup", "quick_ask"):
        (project / "tests" / "bench" / f"{name}.py").write_text(
            "if __name__ == '__main__': ...", encoding="utf-8"
        )
    (project / "tests" / "bench" / "__init__.py").touch()
    (project / "tests" / "bench" / "report.py").write_text("shared", encoding="utf-8")
    assert dev.main(["bench"]) == 0
    assert capsys.readouterr().out.split() == ["quick-ask", "startup"]


def test_an_unknown_benchmark_is_wrong_usage(dev, calls):
    assert dev.main(["bench", "nonsense"]) == 2
    assert calls.made == []


def test_trust_measures_the_promises_and_hands_their_status_on(dev, calls):
    calls.status["tests.trust"] = 1
    assert dev.main(["trust", "--json", "--seed", "7"]) == 1
    assert calls.made == [["PYTHON", "-m", "tests.trust", "--json", "--seed", "7"]]
    assert "missing_for_engine" in dev.needed[0]


def test_screenshots_run_the_real_program_on_a_display_of_its_own(dev, calls, project):
    assert dev.main(["screenshots"]) == 0
    assert calls.made == [["PYTHON", str(project / "packaging" / "screenshots.py")]]
    assert calls.environments == [{"DISPLAY": ":77"}]


def test_a_failed_setup_is_one_message_and_status_1(dev, tools, monkeypatch, capsys):
    def fail():
        raise tools.environment.SetupFailed("no disk")

    monkeypatch.setattr(dev, "setup", fail)
    assert dev.main(["test"]) == 1
    assert capsys.readouterr().err == "no disk\n"


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["setup", "--fast"], ["run", "a", "b"]])
def test_wrong_usage_is_status_2(dev, arguments):
    with pytest.raises(SystemExit) as caught:
        dev.main(arguments)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("code", "status"), [("raise SystemExit(7)", 7), ("import os; os.kill(os.getpid(), 9)", 137)]
)
def test_the_status_of_a_program_is_passed_through(tools, code, status):
    assert tools.dev.call([sys.executable, "-c", code]) == status


def test_programs_run_in_the_project_s_folder(tools, tmp_path):
    code = "import os; open('where', 'w').write(os.getcwd())"
    tools.dev.ROOT = tmp_path
    assert tools.dev.call([sys.executable, "-c", code], dict(os.environ)) == 0
    assert (tmp_path / "where").read_text(encoding="utf-8") == str(tmp_path)


def test_ctrl_c_is_left_to_the_program_which_ends_in_its_own_way(tools, monkeypatch):
    class Program:
        def __init__(self, *arguments, **options) -> None:
            self.interrupts = 2

        def wait(self) -> int:
            self.interrupts -= 1
            if self.interrupts:
                raise KeyboardInterrupt
            return 130

    monkeypatch.setattr(subprocess, "Popen", Program)
    assert tools.dev.call(["x"]) == 130


def test_the_help_names_every_command_of_the_contract():
    shown = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "dev.py"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    first_words = {
        line.split()[0] for line in shown.stdout.splitlines() if line.startswith("    ") and line.strip()
    }
    assert {"setup", "run", "test", "check", "bench", "trust", "screenshots"} <= first_words


def test_continuous_integration_runs_exactly_what_a_person_runs():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    lines = [line for line in script.splitlines() if "dev.py" in line]
    assert [line.split(" || ")[0] for line in lines] == [
        "python3 packaging/dev.py test",
        "python3 packaging/dev.py check",
    ]
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=False).returncode == 0


@pytest.mark.parametrize(("test", "check", "status"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (5, 1, 1)])
def test_continuous_integration_runs_both_and_fails_if_either_does(tmp_path, test, check, status):
    (tmp_path / ".ci").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / ".ci" / "run").write_bytes((ROOT / ".ci" / "run").read_bytes())
    python3 = tmp_path / "bin" / "python3"
    python3.write_text(
        f"#!/bin/sh\necho $2 >> done\n[ $2 = test ] && exit {test}\nexit {check}\n", encoding="utf-8"
    )
    python3.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run(["bash", str(tmp_path / ".ci" / "run")], env=environment, check=False)
    assert ran.returncode == status
    assert (tmp_path / "done").read_text(encoding="utf-8").split() == ["test", "check"]
