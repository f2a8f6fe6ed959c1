"""Makes the glossary's file, once per installation, in a child process that gives all its memory back.

    build(models_dir) -> file            takes seconds the first time; never on the GUI thread
    glossary_file(models_dir) -> file    where it is, or would be

`models_dir` is `core.paths.models_dir`: the glossary belongs to the installation as the prepared models do.
The file gets its name when it is complete, so an interrupted build leaves nothing that passes for a glossary;
a lock file lets one program build while the others wait.
"""

from __future__ import annotations

import importlib.metadata
import logging
import os
from pathlib import Path

from core import children
from core.concurrency import CancelToken
from core.errors import PilotfishError
from core.file_lock import held
from core.search.glossary import building_process

log = logging.getLogger(__name__)

RECIPE = 1
"""Counted up whenever the tables change, so that the file is made anew."""


class GlossaryUnavailable(PilotfishError):
    """The bilingual dictionary cannot be made, so search crosses languages by meaning alone."""


def glossary_file(models_dir: Path) -> Path:
    """Return the file of the glossary, which need not exist; another dictionary has another file."""
    try:
        version = importlib.metadata.version(building_process.DICTIONARY[0])
    except importlib.metadata.PackageNotFoundError:
        version = "missing"
    return models_dir / f"cedict-{version}-{RECIPE}.sqlite"


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
        with held(file.with_suffix(".lock"), token):
            if not file.is_file():
                _build_alone(file, token)
    except OSError as error:
        reason = error.strerror or str(error)
        raise GlossaryUnavailable(f"The dictionary could not be made in {models_dir}: {reason}") from error
    return file


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
