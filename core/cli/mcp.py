"""`pilotfish mcp VAULT`: let other programs search and read the notes, by the Model Context Protocol."""

from __future__ import annotations

import argparse
import signal
import threading

from core import memory
from core.cli.context import Context
from core.cli.opening import add_vault
from core.mcp.at_hand import NotesAtHand
from core.mcp.server import serve
from core.mcp.tools import NoteTools
from core.vault.location import vault_root


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    add_vault(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    """Serve until the client closes standard input, or SIGINT or SIGTERM."""
    memory.bound_heaps()
    at_hand = NotesAtHand(vault_root(args.vault), context.settings, context.places)
    stop, faults = threading.Event(), list[BaseException]()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    threading.Thread(target=at_hand.open, daemon=True).start()
    threading.Thread(target=_serve, args=(NoteTools(at_hand), faults, stop), daemon=True).start()
    stop.wait()
    at_hand.close()
    if faults:
        raise faults[0]
    return 0


def _serve(tools: NoteTools, faults: list[BaseException], stop: threading.Event) -> None:
    """Serve on a thread that the program does not wait for: a read of standard input cannot be cut short."""
    try:
        serve(tools)
    except* BrokenPipeError:  # the client has left without a word
        pass
    except* Exception as error:  # noqa: BLE001 -- it is told where the others are
        faults.append(error)
    finally:
        stop.set()
