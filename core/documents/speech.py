"""What was heard in a recording as the parts of a document, one a minute."""

from __future__ import annotations

from collections.abc import Iterable

from core.documents.model import Converted, Part, Remark

PART_SECONDS = 60.0


def as_document(pieces: Iterable[tuple[float, str]], *remarks: Remark) -> Converted:
    """Return the document of what was said, given with the seconds at which it was."""
    minutes: dict[int, list[str]] = {}
    for start, text in pieces:
        if text.strip():
            minutes.setdefault(int(start // PART_SECONDS), []).append(text.strip())
    parts = tuple(Part(" ".join(words), f"{minute}:00") for minute, words in sorted(minutes.items()))
    heard = Remark.TRANSCRIBED if parts else Remark.NO_SPEECH
    return Converted(parts or (Part(""),), kind="sound", remarks=(heard, *remarks))
