"""Speech, where faster-whisper and one of its models are on this machine; nothing is fetched for it."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from core.documents.model import Converted, Remark
from core.documents.source import Source
from core.documents.speech import as_document
from core.errors import DocumentDamaged, DocumentWithoutText

log = logging.getLogger(__name__)

_MODEL_FOLDER = "PILOTFISH_WHISPER_MODEL"
"""Environment variable that names the folder of a converted model."""


def convert(source: Source) -> Converted:
    """Transcribe a recording, in parts of a minute."""
    folder = model_folder()
    if not folder:
        raise DocumentWithoutText(
            "It is a recording, and no speech recognition is set up on this machine.", reason="speech"
        )
    pieces = [(segment.start, segment.text) for segment in _segments(source, folder)]
    return as_document(pieces, *((Remark.CUT,) if source.is_late else ()))


def model_folder() -> str:
    """Return the folder of the speech model; empty where recordings cannot be transcribed here."""
    folder = os.environ.get(_MODEL_FOLDER, "")
    is_there = bool(folder) and Path(folder, "model.bin").is_file()
    return folder if is_there and find_spec("faster_whisper") is not None else ""


def _segments(source: Source, folder: str) -> Iterator[Any]:
    from faster_whisper import WhisperModel

    try:
        model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=2, local_files_only=True)
        segments, _ = model.transcribe(io.BytesIO(source.data), vad_filter=True)
        for segment in segments:
            yield segment
            if source.is_late:
                return
    except (RuntimeError, ValueError, OSError) as error:
        raise DocumentDamaged(reason="incomplete") from error
