"""How a place of the vault is named for people: "Pilot review › Churn"."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath


def place_name(path: str, heading_path: Sequence[str]) -> str:
    """Return note and headings; a heading that only repeats the note's name is left out."""
    note = PurePosixPath(path).stem.replace("___", "/")
    headings = [title for at, title in enumerate(heading_path) if at > 0 or title != note]
    return " › ".join([note, *headings])
