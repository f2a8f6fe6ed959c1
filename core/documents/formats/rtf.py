"""Rich text, by striprtf."""

from __future__ import annotations

import re

from core.documents.clean import one_line
from core.documents.formats.rtf_hidden import part
from core.documents.model import Converted, Hidden, Part
from core.documents.source import Source
from core.errors import DocumentDamaged

_TITLE = re.compile(r"\{\\title ([^{}]{1,800})\}")
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")


def convert(source: Source) -> Converted:
    """Read the text of a rich text file; what a reader does not see is set apart."""
    parted = part(source.data.decode("latin-1"))
    raw = parted.seen
    page = _CODE_PAGE.search(raw)
    start = "{\\rtf1" + (page[0] if page else "") + " "
    hidden = ((kind, one_line(_plain(f"{start}{piece}}}"))) for kind, piece in parted.hidden)
    title = _TITLE.search(raw)
    return Converted(
        (Part(_plain(raw)),),
        title=one_line(_plain(start + title[1] + "}")) if title else "",
        kind="rtf",
        hidden=tuple(Hidden(kind, words) for kind, words in hidden if words),
    )


def _plain(rtf: str) -> str:
    from striprtf.striprtf import rtf_to_text

    page = _CODE_PAGE.search(rtf)
    try:
        text = rtf_to_text(rtf, encoding=f"cp{page[1]}" if page else "cp1252", errors="replace")
    except (LookupError, ValueError, IndexError, KeyError) as error:
        raise DocumentDamaged(reason="content") from error
    return str(text).replace("\n", "\n\n")
