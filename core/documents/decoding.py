"""Bytes to text for documents that are text; broken places are replaced and said."""

from __future__ import annotations

from core.documents.model import Remark
from core.errors import DocumentDamaged, NoteNotText
from core.vault.encoding import decode


def decoded(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Return the text and what there is to say about it.

    Raises:
        DocumentDamaged: the bytes are no text in any encoding that could be told.
    """
    try:
        found = decode(data)
    except NoteNotText as error:
        raise DocumentDamaged(reason="content") from error
    return found.text, (Remark.BROKEN_CHARACTERS,) if found.read_only_reason else ()
