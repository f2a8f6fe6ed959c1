"""Makes the glossary's file, once per installation, in a child process that gives all its memory back.

    is_built(models_dir) -> bool         cheap
    build(models_dir) -> file            takes seconds; never on the GUI thread
    glossary_file(models_dir) -> file    where it is, or would be

`models_dir` is `core.paths.models_dir`: the glossary belongs to the installation as the prepared models do.
The file gets its name when it is complete, so an interrupted build leaves nothing that passes for a glossary;
a lock file lets one program build while the others wait.
"""

from __future__ import annotations

import importlib.metadata
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from core import children
from core.concurrency import CancelToken
from core.errors import PilotfishError
from core.search.glossary import building_process

log = logging.getLogger(__name__)

RECIPE = 1
"""Counted up whenever the tables change, so that the file is made anew."""
_POLL_SECONDS = 0.2


class GlossaryUnavailable(PilotfishError):
    """The bilingual dictionary cannot be made, so search crosses languages by meaning alone."""


def glossary_file(models_dir: Path) -> Path:
    """Return the file of the glossary, which need not exist; another dictionary has another file."""
    try:
        version = importlib.metadata.version(building_process.DICTIONARY[0])
    except importlib.metadata.PackageNotFoundError:
        version = "missing"
    return models_dir / f"cedict-{version}-{RECIPE}.sqlite"


def is_built(models_dir: Path) -> bool:
    """Return whether there is a glossary."""
    return glossary_file(models_dir).is_file()


def build(models_dir: Path, *, token: CancelToken | None = None) -> Path:
    """Return the file of the glossary, making it first where that has not been done.

    Cancelling `token` ends the work within a moment.

    Raises:
        GlossaryUnavailable: it cannot be made or written; the reason is in the message.
        Cancelled: `token` was cancelled.
    """
    token = token or CancelToken()
    file = glossary_file(models_dir)
    if file.is_file():
        return file
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        with _alone(file.with_suffix(".lock"), token):
            if not file.is_file():
                _build_alone(file, token)
    except OSError as error:
        reason = error.strerror or str(error)
        raise GlossaryUnavailable(f"The dictionary could not be made in {models_dir}: {reason}") from error
    return file


@contextmanager
def _alone(lock_file: Path, token: CancelToken) -> Iterator[None]:
    """Hold the lock of the glossary; the system frees it when its holder dies."""
    lock = FileLock(lock_file)
    while not lock.is_locked:
        token.raise_if_cancelled()
        try:
            lock.acquire(timeout=_POLL_SECONDS)
        except Timeout:
            continue
    try:
        yield
    finally:
        lock.release()


def _build_alone(file: Path, token: CancelToken) -> None:
    """Make the file beside its place and move it there; what an earlier attempt left is removed."""
    for stale in file.parent.glob(f".{file.name}.*"):
        stale.unlink(missing_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        _run_child(temporary, token)
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


def _run_child(temporary: Path, token: CancelToken) -> None:
    child = children.start(building_process.main, temporary, name="pilotfish-build-glossary")
    forget = token.on_cancel(child.kill)
    try:
        reason = child.connection.recv()
    except (EOFError, OSError) as error:
        token.raise_if_cancelled()
        raise GlossaryUnavailable("The making of the dictionary was ended from outside.") from error
    finally:
        forget()
        child.close()
    if reason is not None:
        raise GlossaryUnavailable(f"The dictionary could not be made: {reason}")
