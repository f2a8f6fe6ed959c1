"""Reads documents for the window, recordings with the help of a model that hears; for worker threads."""

from __future__ import annotations

from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from core.concurrency import CancelToken
from core.engine.assist_model import AssistLink

if TYPE_CHECKING:
    from core.documents.process import Reading

_LOOK_SECONDS = 0.1


class Ear:
    """Asks the engine for recordings, and reads all other documents as they are always read.

    Args:
        agreed: the host that the person agreed to; empty for none.
    """

    def __init__(self, link: AssistLink, agreed: str = "") -> None:
        self._link = link
        self._agreed = agreed

    def __call__(self, file: Path, *, cancel: CancelToken | None = None) -> Reading:
        """Return the document; raises as `core.documents.importer` expects of a reader."""
        from core.documents.process import read
        from core.documents.recordings import is_recording

        heard = self._heard(file, cancel or CancelToken()) if is_recording(file) else None
        return heard or read(file, cancel=cancel)

    def _heard(self, file: Path, cancel: CancelToken) -> Reading | None:
        outcomes: SimpleQueue[Reading | Exception | None] = SimpleQueue()
        asking = self._link.transcribe(str(file), self._agreed, on_heard=outcomes.put, on_failed=outcomes.put)
        while True:
            try:
                outcome = outcomes.get(timeout=_LOOK_SECONDS)
            except Empty:
                if cancel.cancelled:
                    asking.cancel()
                cancel.raise_if_cancelled()
                continue
            if isinstance(outcome, Exception):
                raise outcome
            return outcome


def recordings_among(paths: list[Path]) -> tuple[int, int]:
    """Return how many of the files, and of those in the folders, are recordings, and their bytes together."""
    from core.documents.importer import found
    from core.documents.recordings import is_recording

    sizes = [file.stat().st_size for file in found(paths) if is_recording(file)]
    return len(sizes), sum(sizes)


def hears_here() -> bool:
    """Whether recordings can be transcribed on this machine without any model server."""
    from core.documents.formats.sound import model_folder

    return bool(model_folder())
