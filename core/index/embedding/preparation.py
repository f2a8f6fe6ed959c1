"""Prepares embedding models for daily use, each once, in a child process of its own.

    is_prepared(model, models_dir) -> bool              cheap; reads one small file
    prepare(model, models_dir, on_stage=...) -> folder  takes seconds to minutes; never on the GUI thread
    model_folder(model, models_dir) -> folder           where it is, or would be

`model` is the setting `index.embedder`: empty for the built-in multilingual-e5-small, else a
sentence-transformers name or folder, or a model behind an endpoint (see `remote`). `models_dir` is
`core.paths.models_dir`. A model is built in a temporary folder and renamed into place, so an interrupted
preparation leaves nothing that passes for a model; a lock file lets one program prepare while the others
wait. The built-in model never touches the network; a named one is fetched by sentence-transformers unless
PILOTFISH_OFFLINE is set.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
from contextlib import suppress
from functools import partial
from pathlib import Path

from core import children
from core.children import Child
from core.concurrency import CancelToken
from core.errors import EmbeddingUnavailable, PilotfishError
from core.file_lock import held
from core.index.embedding import builtin, preparation_process, remote
from core.index.embedding import card as cards
from core.index.embedding.preparation_process import Job
from core.index.embedding.stages import OnStage, Stage

log = logging.getLogger(__name__)

RECIPE = 5
"""Counted up whenever the way of preparing changes, so that models are prepared anew."""
_LOG_TAIL = 2000  # characters


def is_prepared(model: str, models_dir: Path) -> bool:
    """Return whether the model can be run as it is."""
    folder = model_folder(model, models_dir)
    if remote.names_endpoint(model):
        return remote.dimensions_of(folder) > 0
    return cards.read(folder) is not None


def model_folder(model: str, models_dir: Path) -> Path:
    """Return the folder of the prepared model, which need not exist; its name is the embedder's name.

    Raises:
        EmbeddingUnavailable: the built-in model is wanted and its packages are not installed.
    """
    if remote.names_endpoint(model):
        return remote.folder_of(model, models_dir)
    parts = [f"recipe {RECIPE}", *_identity(model)]
    digest = hashlib.blake2b(json.dumps(parts).encode(), digest_size=6).hexdigest()
    name = Path(model.rstrip("/\\")).name if model else builtin.NAME
    return models_dir / f"{re.sub(r'[^A-Za-z0-9._-]+', '-', name)[:60]}-{digest}"


def forget(folder: Path) -> None:
    """Let a damaged model no longer count as prepared."""
    with suppress(OSError):
        (folder / cards.CARD).unlink(missing_ok=True)


def prepare(
    model: str,
    models_dir: Path,
    *,
    on_stage: OnStage = lambda _stage: None,
    token: CancelToken | None = None,
) -> Path:
    """Return the folder of the prepared model, preparing it first where that has not been done.

    `on_stage` is called on this thread. Cancelling `token` ends the work within a moment.

    Raises:
        EmbeddingUnavailable: the model cannot be loaded, exported or written; the reason is in the message.
        Cancelled: `token` was cancelled.
    """
    token = token or CancelToken()
    folder = model_folder(model, models_dir)
    if is_prepared(model, models_dir):
        return folder
    if remote.names_endpoint(model):
        return remote.prepare(model, models_dir)
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        lock, on_wait = models_dir / f"{folder.name}.lock", partial(on_stage, Stage.WAITING)
        with held(lock, token, on_wait=on_wait):
            if not is_prepared(model, models_dir):
                _prepare_alone(model, folder, on_stage, token)
    except OSError as error:
        raise EmbeddingUnavailable(
            f"The embedding model could not be prepared in {models_dir}: {error.strerror or error}",
            reason=str(error),
        ) from error
    return folder


def _identity(model: str) -> list[str]:
    """Return what tells this model from others: a changed folder or package is another model."""
    if not model:
        return builtin.identity()
    folder = _folder_named(model)
    if folder is None:
        return [model]
    files = sorted(file for file in (*folder.glob("*"), *folder.glob("*/*")) if file.is_file())
    stats = ((file.name, file.stat()) for file in files)
    return [str(folder.resolve()), *(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)]


def _folder_named(model: str) -> Path | None:
    """Return the model folder that `model` names, or None if it is a name or holds no model."""
    try:
        folder = Path(model).expanduser()
        if any((folder / name).is_file() for name in ("modules.json", "config.json")):
            return folder
    except (OSError, ValueError, RuntimeError):  # too long, not readable, a NUL, no such user
        return None
    return None


def _prepare_alone(model: str, folder: Path, on_stage: OnStage, token: CancelToken) -> None:
    """Build the model beside its place and move it there; what an earlier attempt left is removed."""
    for stale in folder.parent.glob(f".{folder.name}.*"):
        shutil.rmtree(stale, ignore_errors=True)
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}")
    temporary.mkdir()
    try:
        _run_child(model, folder.name, temporary, on_stage, token)
        if folder.exists():  # damaged, or it would have been used
            folder.rename(temporary / "damaged")
        (temporary / preparation_process.MODEL).rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _run_child(model: str, name: str, temporary: Path, on_stage: OnStage, token: CancelToken) -> None:
    on_stage(Stage.STARTING)
    folder = _folder_named(model) if model else None
    job = Job(
        source=str(folder or model),
        name=name,
        temporary=temporary,
        offline=not model or folder is not None or "PILOTFISH_OFFLINE" in os.environ,
    )
    child = children.start(preparation_process.main, job, name="pilotfish-prepare-model")
    token.on_cancel(child.kill)
    try:
        _follow(child, on_stage)
    except EmbeddingUnavailable:
        token.raise_if_cancelled()
        log.warning("preparing %s failed: %s", name, _log_tail(temporary))
        raise
    finally:
        child.close()


def _follow(child: Child, on_stage: OnStage) -> None:
    """Pass the child's stages on until it says that it is done."""
    while True:
        try:
            message = child.connection.recv()
        except (EOFError, OSError) as error:
            child.process.join(1)
            status = child.process.exitcode
            raise EmbeddingUnavailable(
                f"The preparation of the embedding model was ended from outside (exit status {status}).",
                status=str(status),
            ) from error
        if isinstance(message, PilotfishError):
            raise message
        if message is None:
            return
        on_stage(message)


def _log_tail(temporary: Path) -> str:
    with suppress(OSError):
        return (temporary / preparation_process.LOG).read_text(encoding="utf-8", errors="replace")[
            -_LOG_TAIL:
        ]
    return ""
