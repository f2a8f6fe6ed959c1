"""`pilotfish watch VAULT`: keep the index up to date until interrupted, a line per event."""

from __future__ import annotations

import argparse
import contextlib
import signal
import threading
import time
from collections.abc import Callable

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
    reporter = _Reporter(context, lambda path: _passages_of(upkeep, path), on_unread=stop.set)
    upkeep = Upkeep(args.vault, context.settings, context.places, reporter.tell)
    upkeep.open()
    threading.Thread(target=upkeep.prepare_model, daemon=True).start()
    context.output.warn(f"Watching {args.vault}; Ctrl+C ends it.")
    stop.wait()
    upkeep.close()
    if reporter.is_unread:
        raise BrokenPipeError
    return 0


def _passages_of(upkeep: Upkeep, path: str) -> int:
    with contextlib.suppress(PilotfishError):  # closing just now, or damaged: it is told elsewhere
        if entry := upkeep.services.index.catalog.entry(path):
            return entry.chunks
    return 0


class _Reporter:
    """Prints events; progress alone is drawn on a terminal only."""

    def __init__(
        self,
        context: Context,
        passages_of: Callable[[str], int],
        *,
        on_unread: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_unread` is called when nobody reads the events any more, as behind `| head`."""
        self.is_unread = False
        self._output = context.output
        self._passages_of = passages_of
        self._on_unread = on_unread
        self._began = time.monotonic()
        self._lock = threading.Lock()

    def tell(self, event: IndexProgress | NotesChanged | PilotfishError) -> None:
        """Print one event."""
        try:
            with self._lock:
                self._tell(event)
        except BrokenPipeError:
            self.is_unread = True
            self._on_unread()

    def _tell(self, event: IndexProgress | NotesChanged | PilotfishError) -> None:
        if isinstance(event, NotesChanged):
            for path in event.changed:
                self._line("changed", path, self._passages_of(path))
            for path in event.removed:
                self._line("removed", path, 0)
        elif isinstance(event, PilotfishError):
            self._output.warn(f"pilotfish: {event} {event.hint}".rstrip())
        elif event.idle:
            self._line("up_to_date", "", event.chunks_total)
        else:
            self._output.progress(f"{event.chunks_embedded} of {event.chunks_total} passages")

    def _line(self, event: str, path: str, chunks: int) -> None:
        seconds = round(time.monotonic() - self._began, 2)
        if self._output.json_wanted:
            self._output.result({"event": event, "path": path, "chunks": chunks, "seconds": seconds})
        else:
            self._output.say(f"{seconds:8.2f} s  {event} {path}".rstrip())
