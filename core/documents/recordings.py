"""Recordings among the documents: which files are some, and what was heard in one as a document.

Who hears is decided elsewhere: a model of the person's (`core.engine.recordings`), or faster-whisper in the
sandboxed child (`core.documents.formats.sound`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.documents.convert import finished
from core.documents.opening import read_file
from core.documents.process import Reading
from core.documents.sniff import SOUND_SUFFIXES, is_sound
from core.documents.speech import as_document
from core.errors import DocumentError
from core.files import content_hash

_HEAD = 16


def is_recording(file: Path) -> bool:
    """Whether a file is a recording, by its first bytes; a file that cannot be read is none."""
    if file.suffix.lower() not in SOUND_SUFFIXES:
        return False
    try:
        with file.open("rb") as opened:
            return is_sound(opened.read(_HEAD), file.suffix.lower())
    except (OSError, ValueError):
        return False


def digest_of(file: Path) -> str:
    """Return the digest of a recording's bytes; empty where it cannot be read."""
    try:
        return content_hash(read_file(str(file)))
    except DocumentError:
        return ""


def as_reading(data: bytes, pieces: Iterable[tuple[float, str]]) -> Reading:
    """Return the document that a recording has become; what was heard is cleaned like any foreign text."""
    return Reading(finished(as_document(pieces)), content_hash(data), len(data))
