"""The child process that prepares one model.

    child -> parent   stages while it works, then None, or the error that prevented it

It writes only into the job's temporary folder, and removes that if its parent goes away.
"""

from __future__ import annotations

import logging
import os
import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from core import children
from core.errors import EmbeddingUnavailable

log = logging.getLogger(__name__)

MODEL = "model"  # within the temporary folder
LOG = "preparation.log"


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be prepared."""

    source: str
    """A sentence-transformers name or folder; empty for the built-in model."""
    name: str
    temporary: Path
    offline: bool


def main(connection: Connection, job: Job) -> None:
    """Do the job in this process."""
    children.leave_interrupts_to_parent()
    children.lower_priority()
    _be_quiet(job.temporary / LOG)
    _set_environment(offline=job.offline)
    threading.Thread(target=_end_with_parent, args=(connection, job.temporary), daemon=True).start()
    try:
        from core.index.embedding.export import export

        folder = job.temporary / MODEL
        folder.mkdir()
        export(job.source, folder, job.name, connection.send)
        connection.send(None)
    except EmbeddingUnavailable as error:
        connection.send(error)
    except Exception as error:  # shown to the person as the reason
        log.exception("preparing %s", job.name)
        reason = str(error).strip() or type(error).__name__
        connection.send(EmbeddingUnavailable(f"The embedding model could not be prepared: {reason}"))


def _be_quiet(file: Path) -> None:
    """Send what the libraries print (progress bars, warnings) to a file, what native code prints too."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)


def _set_environment(*, offline: bool) -> None:
    """Configure the libraries, which read these variables when they are imported."""
    os.environ.update(
        HF_HUB_DISABLE_TELEMETRY="1",
        HF_HUB_DISABLE_PROGRESS_BARS="1",
        TOKENIZERS_PARALLELISM="false",
        OMP_NUM_THREADS="2",
    )
    if offline:
        os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")


def _end_with_parent(connection: Connection, temporary: Path) -> None:
    """Wait for the parent to go; it never sends anything."""
    with suppress(EOFError, OSError):
        connection.recv()
    shutil.rmtree(temporary, ignore_errors=True)
    os._exit(1)
