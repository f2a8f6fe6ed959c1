"""Plain text and Markdown, in whatever encoding."""

from __future__ import annotations

from core.documents.decoding import decoded
from core.documents.model import Converted, Part, Remark
from core.documents.source import Source


def convert(source: Source) -> Converted:
    """Take the text as it is."""
    text, remarks = decoded(source.data)
    if not text.strip():
        remarks = (*remarks, Remark.EMPTY)
    return Converted((Part(text),), kind="text", remarks=remarks)
