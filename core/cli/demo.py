"""`pilotfish demo VAULT`: the main job in the terminal, for a machine without a display.

Index, ask, stream the answer with its citations, insert it into a copy of a note, show the difference. Only
the copy is written.
"""

from __future__ import annotations

import argparse
import difflib
import shutil
import tempfile
from pathlib import Path

from core.assist.model import AskRequest
from core.cli.asking import Printer, ask
from core.cli.context import Context
from core.cli.opening import add_vault, bring_up_to_date, opened
from core.engine.services import VaultServices
from core.errors import PilotfishError
from core.vault import notes

WELCOME_QUESTION = "When does the beta open, and why then?"
WELCOME_NOTE = "Projects/Launch plan.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    add_vault(parser)
    parser.add_argument("--question", default="", help="what to ask; else one is made from the vault")


def run(args: argparse.Namespace, context: Context) -> int:
    """Go through the main job and say what is being done."""
    say = context.output.say
    with opened(args.vault, context, prepare=True) as services:
        say(f"1. Index {services.vault}")
        report = bring_up_to_date(services, context)
        say(f"   {report.notes} notes, {report.chunks} passages in {report.seconds:.1f} s")
        note = _note_to_show(services)
        question = args.question or _question(note)
        say(f"\n2. Ask: {question}\n")
        given = ask(AskRequest(question), services, context, Printer(context).show)
        say(f"\n3. Insert the answer at the end of a copy of {note}\n")
        say(_inserted(services.vault, note, given.text, context.settings.index.max_note_bytes))
    return 0


def _note_to_show(services: VaultServices) -> str:
    """The welcome vault's example, else the note that changed last."""
    stamps = services.snapshot.notes
    if not stamps:
        raise PilotfishError(
            "There is no note in this folder yet. Put a Markdown file into it and try again."
        )
    return WELCOME_NOTE if WELCOME_NOTE in stamps else max(stamps, key=lambda path: stamps[path].mtime_ns)


def _question(note: str) -> str:
    return WELCOME_QUESTION if note == WELCOME_NOTE else f"What do my notes say about {Path(note).stem}?"


def _inserted(vault: Path, note: str, answer: str, max_bytes: int) -> str:
    """Insert into a copy, through the same atomic save as in the window, and return the difference."""
    with tempfile.TemporaryDirectory(prefix="pilotfish-demo-") as folder:
        copy = Path(folder) / Path(note).name
        shutil.copy(vault / note, copy)
        before = notes.read(Path(folder), copy.name, max_bytes=max_bytes)
        after = notes.write(Path(folder), before, f"{before.text.rstrip()}\n\n{answer.strip()}\n")
        lines = difflib.unified_diff(
            before.text.splitlines(), after.text.splitlines(), note, f"copy of {note}", lineterm=""
        )
        return "\n".join(lines)
