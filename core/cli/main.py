"""The command line: parses, dispatches, and turns every outcome into words and an exit status.

0 done, 1 a failure told in one plain sentence on standard error, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from core import logs, settings
from core.cli.arguments import Parser, given_folder
from core.cli.context import Context
from core.cli.output import Output
from core.errors import PilotfishError, SettingsDamaged, UsageError
from core.paths import places

log = logging.getLogger(__name__)

COMMANDS = {
    "import": "index documents: PDF, Word, slides, web pages, mail, pictures ...",
    "index": "bring the index of a vault up to date",
    "watch": "keep it up to date until interrupted",
    "search": "find passages",
    "ask": "answer a question from the notes, with citations",
    "complete": "say what ghost text would offer at a place in a note",
    "write": "run a prompt of the library on a part of a note",
    "check": "check the facts of a text against the notes",
    "prompts": "list, show and evaluate prompts",
    "export": "write accepted suggestions as training data",
    "mcp": "let other programs search and read the notes (Model Context Protocol)",
    "demo": "do the main job in the terminal, on copies",
    "doctor": "check versions, folders, index, models, display",
}
"""Each is a module of this package with `add_arguments(parser)` and `run(args, context) -> int`."""
MODULES = {"import": "import_documents"}
"""Where the module cannot be called as the command, for Python has other uses for the word."""


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    parser = _parser(argv)
    try:
        args = parser.parse_args(argv)
    except SystemExit as ended:  # argparse has already said what is wrong
        return ended.code if isinstance(ended.code, int) else 2
    output = Output(json_wanted=args.json)
    try:
        return _run(args, output)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 -- no traceback may reach a person
        return _told(error, output)


def _told(error: BaseException, output: Output) -> int:
    """Say what happened in one sentence and return the exit status that goes with it."""
    if isinstance(error, KeyboardInterrupt):
        output.clear_progress()
        return 130  # the shells' number for "interrupted"
    if isinstance(error, BrokenPipeError):  # the reader of our output left, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    elif isinstance(error, PilotfishError):
        output.warn(f"pilotfish: {error} {error.hint}".rstrip())
    elif isinstance(error, OSError) and error.strerror:  # /dev/full, a folder that may not be listed ...
        log.error("command failed", exc_info=error)
        place = f" ({error.filename})" if error.filename else ""
        output.warn(f"pilotfish: the system says: {error.strerror}{place}. Your notes are untouched.")
    else:
        log.error("command failed", exc_info=error)
        output.warn(f"pilotfish: something went wrong ({type(error).__name__}). Your notes are untouched.")
    return 2 if isinstance(error, UsageError) else 1


def _run(args: argparse.Namespace, output: Output) -> int:
    where = places(args.base_dir)
    logs.configure(where.state / "command.log")
    try:
        wanted = settings.load(where.settings_file)
    except SettingsDamaged as error:
        output.warn(f"pilotfish: {error}")
        wanted = settings.Settings()
    status: int = _module(args.command).run(args, Context(where, wanted, output))
    return status


def _module(command: str) -> ModuleType:
    return importlib.import_module(f"core.cli.{MODULES.get(command, command)}")


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = Parser(prog="pilotfish", description="A co-pilot seat beside your folder of Markdown notes.")
    _add_common(parser, top=True)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
        _add_common(sub, top=False)
        if name in argv:  # to import the others' modules would cost 0.2 s
            _module(name).add_arguments(sub)
    return parser


def _add_common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """Take the common options before and after the command; the inner ones must not reset the outer."""
    unset = None if top else argparse.SUPPRESS
    parser.add_argument(
        "--base-dir", type=given_folder, default=unset, metavar="DIR", help="keep all our files below DIR"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if top else argparse.SUPPRESS,
        help="print one JSON object on standard output and nothing else there",
    )
