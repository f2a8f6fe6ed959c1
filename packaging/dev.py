#!/usr/bin/env python3
"""Set up, run, test, check and measure Pilotfish: `python3 packaging/dev.py COMMAND`.

Standard library only, on any platform. It must parse under Pythons that are too old for Pilotfish, to say so.
Exit status: that of the program it ran; 1 where set-up failed; 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

sys.dont_write_bytecode = True  # a run as root must leave no files that another user cannot replace

import system  # noqa: E402
from environment import ROOT, SetupFailed, check_python, say, setup, venv_python  # noqa: E402

CHECKS: dict[str, list[str]] = {
    "ruff format": ["ruff", "format", "--check", "."],
    "ruff check": ["ruff", "check", "."],
    "mypy": ["mypy"],
    "mypy packaging": ["mypy", "packaging"],
    "lint-imports": ["lint-imports"],
}
PACKAGING_TOOLS = ["pyinstaller>=6.22,<7"]
"""GPL with an exception for what it packs; wanted by nobody but who builds packages."""
ONE_MORE_TRY = ["--reruns", "1"]
"""Among twelve thousand tests with real processes and displays one may fail by the machine's fault."""
WELCOME = "Pilotfish Welcome"
NO_DISPLAY = (
    "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so this runs in the terminal instead."
)


def cmd_setup(_options: argparse.Namespace, _rest: list[str]) -> int:
    """Make .venv with the project installed."""
    prepare()
    return 0


def cmd_run(options: argparse.Namespace, _rest: list[str]) -> int:
    """Open the window on VAULT, or go through the main job in the terminal where there is no display."""
    windowed = system.has_display()
    prepare(system.missing_for_engine, *([system.missing_for_window] if windowed else []))
    vault = str(Path(options.vault).absolute()) if options.vault else str(welcome_vault())
    if windowed:
        return call([python(), "-m", "desktop", vault])
    say(NO_DISPLAY)
    return call([python(), "-m", "desktop", "demo", vault])


def cmd_test(_options: argparse.Namespace, rest: list[str]) -> int:
    """Run the tests; what follows goes to pytest. One that fails is tried once more, and that is told."""
    return on_virtual_display([python(), "-m", "pytest", *ONE_MORE_TRY, *rest])


def cmd_check(_options: argparse.Namespace, _rest: list[str]) -> int:
    """Run ruff, mypy and import-linter: all of them, even after one has failed."""
    prepare()
    failed = [name for name, command in CHECKS.items() if _check(name, command) != 0]
    say("failed: " + ", ".join(failed) if failed else "all checks passed")
    return 1 if failed else 0


def cmd_bench(options: argparse.Namespace, rest: list[str]) -> int:
    """Run one benchmark of tests/bench, or name them all."""
    if not options.name:
        print("\n".join(benchmarks()))
        return 0
    if options.name not in benchmarks():
        say(f"There is no benchmark {options.name!r}; these exist: {', '.join(benchmarks())}")
        return 2
    json_flag = ["--json"] if options.json else []
    return on_virtual_display(
        [python(), "-m", "tests.bench." + options.name.replace("-", "_"), *json_flag, *rest]
    )


def cmd_trust(options: argparse.Namespace, rest: list[str]) -> int:
    """Put the promises of reliability and security to the test; 1 where one is not kept."""
    prepare(system.missing_for_engine)
    return call([python(), "-m", "tests.trust", *(["--json"] if options.json else []), *rest])


def cmd_screenshots(_options: argparse.Namespace, rest: list[str]) -> int:
    """Take the README's pictures from the real program."""
    return on_virtual_display([python(), str(ROOT / "packaging" / "screenshots.py"), *rest])


def cmd_package(_options: argparse.Namespace, _rest: list[str]) -> int:
    """Build what a person installs: a folder, on Debian a .deb and an AppImage-ready tree as well."""
    prepare(system.missing_for_engine, system.missing_for_window, system.missing_for_packages)
    installed = call([python(), "-m", "pip", "install", "--quiet", *PACKAGING_TOOLS])
    return installed or call([python(), str(ROOT / "packaging" / "package.py")])


def prepare(*needs: Callable[[], list[str]]) -> None:
    """Have everything in place: system packages first, so that one line names them all."""
    check_python()
    system.require(system.missing_for_setup, *needs)
    setup()


def python() -> str:
    """Return the environment's interpreter."""
    return str(venv_python())


def on_virtual_display(command: list[str]) -> int:
    """Prepare for tests, then run a program on a display of its own."""
    prepare(system.missing_for_engine, system.missing_for_window, system.missing_for_tests)
    with system.virtual_display() as environment:
        return call(command, environment)


def call(command: Sequence[str], environment: dict[str, str] | None = None) -> int:
    """Run a program in the project's folder and return its exit status, as a shell would."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    while True:
        try:
            status = process.wait()
            return status if status >= 0 else 128 - status
        except KeyboardInterrupt:
            continue  # Ctrl+C reached the program too; it ends in its own way


def _check(name: str, command: list[str]) -> int:
    say(f"-- {name}")
    program = venv_python().with_name(command[0] + (".exe" if os.name == "nt" else ""))
    return call([str(program), *command[1:]])


def benchmarks() -> list[str]:
    """Return the names of all benchmarks."""
    files = (ROOT / "tests" / "bench").glob("[!_]*.py")
    return sorted(
        file.stem.replace("_", "-") for file in files if "__main__" in file.read_text(encoding="utf-8")
    )


def welcome_vault(home: Path | None = None) -> Path:
    """Return the person's own copy of the bundled vault; made once, never overwritten."""
    vault = (home or Path.home()) / WELCOME
    if vault.exists():
        return vault
    unfinished = vault.with_name(f".{WELCOME}.{os.getpid()}")
    shutil.copytree(ROOT / "resources" / "vault", unfinished)
    unfinished.rename(vault)
    say(f"A vault to try things out lies in {vault}.")
    return vault


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    top = argparse.ArgumentParser(
        prog="dev.py", description="Set up, run, test, check and measure Pilotfish."
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, function in COMMANDS.items():
        summary = (function.__doc__ or "").strip()
        command = commands.add_parser(name, help=summary, description=summary, add_help=name != "test")
        if name == "run":
            command.add_argument(
                "vault", nargs="?", metavar="VAULT", help="folder of notes; else the welcome vault"
            )
        if name == "bench":
            command.add_argument("name", nargs="?", metavar="NAME")
        if name in {"bench", "trust"}:
            command.add_argument("--json", action="store_true", help="print one JSON object")
    return top


COMMANDS: dict[str, Callable[[argparse.Namespace, list[str]], int]] = {
    "setup": cmd_setup,
    "run": cmd_run,
    "test": cmd_test,
    "check": cmd_check,
    "bench": cmd_bench,
    "trust": cmd_trust,
    "screenshots": cmd_screenshots,
    "package": cmd_package,
}
TAKES_MORE = {"test", "bench", "trust", "screenshots"}
"""Commands that hand further arguments on to the program they run."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit status."""
    command_line = parser()
    options, rest = command_line.parse_known_args(arguments)
    if rest and options.command not in TAKES_MORE:
        command_line.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        return COMMANDS[options.command](options, rest)
    except SetupFailed as error:
        say(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
