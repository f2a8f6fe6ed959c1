"""The window, or with a command word the command line.

Order of a start, so that nothing is done in vain and the window is there soon: arguments, a running instance,
faulthandler, log, lock, settings, window, restore, first paint, engine.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.input_method import qt_environment
from desktop import handover, restart
from desktop.handover import QUICK_ASK, Message
from desktop.plain_imports import use_plain_imports
from desktop.start_options import StartOptions

if TYPE_CHECKING:
    from core.paths import Places
    from desktop.single_instance import SingleInstance

COMMANDS = frozenset(
    ("index", "watch", "search", "ask", "complete", "write", "import", "check", "prompts", "export", "doctor")
) | {"demo", "mcp"}
"""First words that mean the command line; a folder of such a name is opened as `./index`."""

NO_DISPLAY = (
    "pilotfish: there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
    "`pilotfish ask VAULT QUESTION` and the other commands work without one.\n"
)
NO_ANSWER = "pilotfish: another Pilotfish is running and does not answer. End it, then start again.\n"


def launch(arguments: Sequence[str]) -> int:
    """Run the command line or the window, and return the exit status."""
    began = time.perf_counter()
    if getattr(sys, "frozen", False) and sys.platform != "linux":
        import multiprocessing  # a child process of a packaged program begins here; on Linux in its own hook

        multiprocessing.freeze_support()
    if _command(arguments) in COMMANDS:
        from core.cli.main import main as command_line

        return command_line(arguments)
    return _show_window(_parse(arguments, began))


def _command(arguments: Sequence[str]) -> str:
    """Return the first word that is neither an option nor the value of `--base-dir`."""
    is_value = False
    for argument in arguments:
        if not is_value and not argument.startswith("-"):
            return argument
        is_value = argument == "--base-dir" and not is_value
    return ""


def _parse(arguments: Sequence[str], began: float = 0.0) -> StartOptions:
    import argparse

    parser = argparse.ArgumentParser(
        prog="pilotfish",
        description="A co-pilot seat beside your folder of Markdown notes.",
        epilog="`pilotfish quick-ask` raises the small window for a question. Commands without a window: "
        + ", ".join(sorted(COMMANDS))
        + ". `pilotfish COMMAND --help` says more.",
    )
    parser.add_argument(
        "vault", nargs="?", default="", metavar="VAULT", help="folder of notes; else the last one"
    )
    parser.add_argument("--base-dir", type=Path, metavar="DIR", help="keep every file of ours under DIR")
    given = parser.parse_args(arguments)
    quick_ask = given.vault == QUICK_ASK  # a folder of that name is opened as `./quick-ask`
    named = given.vault and not quick_ask
    vault = str(Path(given.vault).expanduser().absolute()) if named else ""
    return StartOptions(vault, given.base_dir, quick_ask, began)


def _show_window(options: StartOptions) -> int:
    command = QUICK_ASK if options.quick_ask else "show"
    message = handover.Message(command, options.vault, handover.activation_token())
    try:
        address = handover.address_of(options.base_dir)
    except OSError as error:
        sys.stderr.write(f"pilotfish: the folder for the running program cannot be used: {error}\n")
        return 1
    if handover.deliver(address, message):
        return 0
    if not _has_display():
        sys.stderr.write(NO_DISPLAY)
        return 1
    status = _be_first(options, message)
    return restart.begin_anew(restart.command(options.base_dir)) if status == restart.RESTART else status


def _be_first(options: StartOptions, message: Message) -> int:
    """Become the instance that runs; where another one is about to be it, wait for its ear."""
    gc.disable()  # nothing of a start is garbage; `app` takes over after the first paint
    faulthandler.enable()
    use_plain_imports()
    from core import logs
    from core.paths import places
    from desktop.single_instance import SingleInstance

    where = places(options.base_dir)
    logs.configure(where.log_file)
    instance = SingleInstance(options.base_dir)
    if not instance.claim():
        if handover.deliver_patiently(instance.address, message):
            return 0
        sys.stderr.write(NO_ANSWER)
        return 1
    try:
        return _run(instance, where, options)
    finally:
        instance.release()


def _run(instance: SingleInstance, where: Places, options: StartOptions) -> int:
    """Run as the first instance and watch for crashes; one that ended the last run is reported first."""
    from desktop.crash_traces import CrashTraces, tell

    traces = CrashTraces(where.state)
    report = tell(traces.left, where) if traces.left else ""
    _prepare_input_methods()
    try:
        from desktop.start import run

        status = run(instance, where, options, crash_report=report)
    except Exception as error:
        traces.failed(error)
        raise
    traces.close()
    return status


def _has_display() -> bool:
    """Whether Qt can find a screen; without one it would end the program with an abort."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _prepare_input_methods() -> None:
    """Let Qt reach the input method of the session, before it starts."""
    if sys.platform.startswith("linux"):
        os.environ.update(qt_environment(os.environ))
