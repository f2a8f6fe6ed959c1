"""Converting one document in a child process that is not trusted: spawned, fenced in, timed, killed."""

from __future__ import annotations

import json
import logging
import re
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core import children, errors
from core.children import Child
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
    started = _start(file)
    try:
        return _understood(_answer(started, cancel or CancelToken(), seconds))
    finally:
        started.close()


def _start(file: Path) -> Child:
    try:
        return children.start(child.main, str(file), file.name, name="pilotfish-document", duplex=False)
    except OSError as error:
        raise DocumentTooLarge("No process could be started to read it.", reason="process") from error


def _answer(started: Child, cancel: CancelToken, seconds: float) -> Any:
    until = time.monotonic() + seconds
    while not started.connection.poll(_LOOK_SECONDS):
        cancel.raise_if_cancelled()
        if time.monotonic() > until:
            raise DocumentTooSlow(f"It could not be read within {seconds:.0f} seconds.")
    try:
        return json.loads(started.connection.recv_bytes(limits.REPLY_BYTES))
    except (EOFError, OSError) as error:
        started.process.join(_END_SECONDS)
        raise _died(started.process.exitcode) from error
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
