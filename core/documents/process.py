"""Converting one document in a child process that is not trusted: spawned, fenced in, timed, killed."""

from __future__ import annotations

import contextlib
import json
import logging
import multiprocessing
import re
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from core import errors
from core.concurrency import CancelToken
from core.documents import child, limits
from core.documents.model import Converted, from_json
from core.errors import DocumentDamaged, DocumentError, DocumentTooLarge, DocumentTooSlow

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.05
_END_SECONDS = 5.0
_DETAIL = 200
_DIGEST = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a child read: the document, and the digest and size of the very bytes it was read from."""

    document: Converted
    content_hash: str
    size: int


def read(file: Path, *, cancel: CancelToken | None = None, seconds: float = limits.WALL_SECONDS) -> Reading:
    """Return the text of a document; takes up to `seconds`, usually less than one.

    Raises:
        DocumentError: it cannot be read; the type says why.
        Cancelled: `cancel` was set; the child is gone.
    """
    process, connection = _start(file)
    try:
        return _understood(_answer(process, connection, cancel or CancelToken(), seconds))
    finally:
        process.kill()
        process.join(_END_SECONDS)
        process.close()
        connection.close()


def _start(file: Path) -> tuple[SpawnProcess, Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=child.main, args=(theirs, str(file), file.name), name="pilotfish-document", daemon=True
    )
    try:
        with _interrupts_held():
            process.start()
    except BaseException as error:
        ours.close()
        if isinstance(error, OSError):
            raise DocumentTooLarge("No process could be started to read it.", reason="process") from error
        raise
    finally:
        theirs.close()
    return process, ours


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start a child with Ctrl-C blocked, for good there: only the parent answers it."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # when first started, it would take the signal mask back
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _answer(process: SpawnProcess, connection: Connection, cancel: CancelToken, seconds: float) -> Any:
    until = time.monotonic() + seconds
    while not connection.poll(_LOOK_SECONDS):
        cancel.raise_if_cancelled()
        if time.monotonic() > until:
            raise DocumentTooSlow(f"It could not be read within {seconds:.0f} seconds.")
    try:
        return json.loads(connection.recv_bytes(limits.REPLY_BYTES))
    except (EOFError, OSError) as error:
        process.join(_END_SECONDS)
        raise _died(process.exitcode) from error
    except ValueError as error:
        raise DocumentDamaged(reason="reply") from error


def _died(exit_code: int | None) -> DocumentError:
    """What a child's end without a word means."""
    log.warning("a document's process ended with %s", exit_code)
    if exit_code is not None and sys.platform != "win32":
        if -exit_code == signal.SIGXCPU:
            return DocumentTooSlow("It took too much computing to read.")
        if -exit_code in (signal.SIGKILL, signal.SIGABRT):  # out of memory, as the system or C++ says it
            return DocumentTooLarge("Reading it takes more memory than a document may.", reason="memory")
    return DocumentDamaged("The program that reads it broke down over it.", reason="crash")


def _understood(reply: Any) -> Reading:
    """The reply of a process that is not trusted, taken apart with suspicion."""
    try:
        if "error" in reply:
            raise _error(reply)
        document = from_json(reply["document"])
        digest = str(reply["hash"])
        if not _DIGEST.fullmatch(digest):  # it becomes the name of a file
            raise DocumentDamaged(reason="reply")
        return Reading(document, digest, int(reply["size"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DocumentDamaged(reason="reply") from error


def _error(reply: dict[str, Any]) -> DocumentError:
    kind = getattr(errors, str(reply["error"]), DocumentDamaged)
    if not (isinstance(kind, type) and issubclass(kind, DocumentError)):
        kind = DocumentDamaged
    details = {str(name): str(value)[:_DETAIL] for name, value in dict(reply["details"]).items()}
    error: DocumentError = kind(str(reply["message"])[:_DETAIL], **details)
    return error
