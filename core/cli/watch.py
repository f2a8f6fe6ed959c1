"""`pilotfish watch VAULT`: keep the index up to date until interrupted, a line per event."""

from __future__ import annotations

import argparse
import signal
import threading
import time

from core import memory
from core.cli.context import Context
from core.cli.opening import add_vault
from core.engine.model import NotesChanged
from core.engine.upkeep import Upkeep
from core.errors import PilotfishError
from core.index.model import IndexProgress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    add_vault(parser)


def run(args: argparse.Namespace, context: Context) -> int:
    """Watch until SIGINT or SIGTERM."""
    memory.bound_heaps()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    reporter = _Reporter(context)
    upkeep = Upkeep(args.vault, context.settings, context.places, reporter.tell)
    upkeep.open()
    threading.Thread(target=upkeep.prepare_model, daemon=True).start()
    context.output.warn(f"Watching {args.vault}; Ctrl+C ends it.")
    stop.wait()
    upkeep.close()
    return 0


class _Reporter:
    """Prints events; progress alone is drawn on a terminal only."""

    def __init__(self, context: Context) -> None:
        self._output = context.output
        self._began = time.monotonic()
        self._lock = threading.Lock()

    def tell(self, event: IndexProgress | NotesChanged | PilotfishError) -> None:
        with self._lock:
            if isinstance(event, NotesChanged):
                for path in event.changed:
                    self._line("changed", path)
                for path in event.removed:
                    self._line("removed", path)
            elif isinstance(event, PilotfishError):
                self._output.warn(f"pilotfish: {event} {event.hint}".rstrip())
            elif event.idle:
                self._line("up_to_date", "", chunks=event.chunks_total)
            else:
                self._output.progress(f"{event.chunks_embedded} of {event.chunks_total} passages")

    def _line(self, event: str, path: str, *, chunks: int | None = None) -> None:
        seconds = round(time.monotonic() - self._began, 2)
        if self._output.json_wanted:
            self._output.result({"event": event, "path": path, "chunks": chunks, "seconds": seconds})
        else:
            self._output.say(f"{seconds:8.2f} s  {event} {path}".rstrip())
