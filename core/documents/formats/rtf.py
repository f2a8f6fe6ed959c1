"""Rich text, by striprtf."""

from __future__ import annotations

import re

from core.documents.clean import one_line
from core.documents.model import Converted, Hidden, HiddenKind, Part
from core.documents.source import Source
from core.errors import DocumentDamaged

_HIDDEN = re.compile(r"\{[^{}]*\\v(?![a-z0-9])[^{}]*\}")
_TITLE = re.compile(r"\{\\title ([^{}]{1,800})\}")
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")


def convert(source: Source) -> Converted:
    """Read the text of a rich text file; what is marked as hidden (`\\v`) is set apart."""
    raw = source.data.decode("latin-1")
    page = _CODE_PAGE.search(raw)
    start = "{\\rtf1" + (page[0] if page else "") + " "
    hidden = [words for run in _HIDDEN.findall(raw) if (words := one_line(_plain(start + run + "}")))]
    title = _TITLE.search(raw)
    return Converted(
        (Part(_plain(_HIDDEN.sub("", raw))),),
        title=one_line(_plain(start + title[1] + "}")) if title else "",
        kind="rtf",
        hidden=tuple(Hidden(HiddenKind.NOT_DISPLAYED, words) for words in hidden),
    )


def _plain(rtf: str) -> str:
    from striprtf.striprtf import rtf_to_text

    page = _CODE_PAGE.search(rtf)
    try:
        text = rtf_to_text(rtf, encoding=f"cp{page[1]}" if page else "cp1252", errors="replace")
    except (LookupError, ValueError, IndexError, KeyError) as error:
        raise DocumentDamaged(reason="content") from error
    return str(text).replace("\n", "\n\n")
