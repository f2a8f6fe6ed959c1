"""How a place of the vault is named for people: "Pilot review › Churn"."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from core.documents.naming import is_document
from desktop.widgets.document_place import document_place


def place_name(path: str, heading_path: Sequence[str], label: str = "") -> str:
    """Return note and headings; a heading that only repeats the note's name is left out.

    A document is called with its page, which says more than its headings.
    """
    if is_document(path):
        return document_place(path, label)
    note = PurePosixPath(path).stem.replace("___", "/")
    headings = [title for at, title in enumerate(heading_path) if at > 0 or title != note]
    return " › ".join([note, *headings])
