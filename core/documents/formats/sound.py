"""Speech, where faster-whisper and one of its models are on this machine; nothing is fetched for it."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from core.documents.model import Converted, Part, Remark
from core.documents.source import Source
from core.errors import DocumentDamaged, DocumentWithoutText

log = logging.getLogger(__name__)

_MODEL_FOLDER = "PILOTFISH_WHISPER_MODEL"
"""Environment variable that names the folder of a converted model."""
_PART_SECONDS = 60.0


def convert(source: Source) -> Converted:
    """Transcribe a recording, in parts of a minute."""
    folder = model_folder()
    if not folder:
        raise DocumentWithoutText(
            "It is a recording, and no speech recognition is set up on this machine.", reason="speech"
        )
    parts = tuple(_parts(_segments(source, folder), source))
    remark = Remark.TRANSCRIBED if any(part.text for part in parts) else Remark.NO_SPEECH
    late = (Remark.CUT,) if source.is_late else ()
    return Converted(parts or (Part(""),), kind="sound", remarks=(remark, *late))


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


def _parts(segments: Iterator[Any], source: Source) -> Iterator[Part]:
    minutes: dict[int, list[str]] = {}
    for segment in segments:
        minutes.setdefault(int(segment.start // _PART_SECONDS), []).append(segment.text.strip())
    for minute, words in minutes.items():
        yield Part(" ".join(words), f"{minute}:00")
