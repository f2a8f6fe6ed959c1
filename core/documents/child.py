"""The process that reads one document and ends.

It answers in JSON, never in pickles: whoever takes this process over from inside a document must not be able
to make its parent run anything.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from multiprocessing.connection import Connection
from typing import Any

from core import children


def main(connection: Connection, path: str, name: str) -> None:
    """Read the document at `path`, send what it says as one JSON message, and end."""
    children.leave_interrupts_to_parent()
    sys.setrecursionlimit(5_000)  # trees as deep as parsers allow; the stack has room for three times that
    _be_quiet()
    with contextlib.suppress(BrokenPipeError, OSError):
        connection.send_bytes(json.dumps(answer(path, name), ensure_ascii=True).encode())
    connection.close()


def answer(path: str, name: str) -> dict[str, Any]:
    """Return `{"hash", "size", "document"}` or `{"error", "message", "details"}`."""
    from core.documents import sandbox
    from core.documents.opening import read_file
    from core.errors import DocumentDamaged, DocumentError, DocumentTooLarge

    try:
        data = read_file(path)
        sandbox.enter()
        return _converted(data, name)
    except DocumentError as error:
        return _failure(error)
    except MemoryError:
        return _failure(DocumentTooLarge("Reading it takes more memory than a document may."))
    except Exception as error:  # noqa: BLE001 -- whatever a hostile file makes a library raise
        return _failure(DocumentDamaged(reason=type(error).__name__))


def _converted(data: bytes, name: str) -> dict[str, Any]:
    from core.documents.convert import convert_bytes
    from core.documents.model import to_json
    from core.documents.source import Source
    from core.files import content_hash

    document = convert_bytes(Source(data, name))
    return {"hash": content_hash(data), "size": len(data), "document": to_json(document)}


def _failure(error: Any) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": str(error), "details": error.details}


def _be_quiet() -> None:
    """Let go of the parent's output, and keep thread pools small: each thread reserves memory."""
    children.let_go_of_output()
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="2", MALLOC_ARENA_MAX="2")
    children.lower_priority()
