"""One document to text: tell its kind, hand it to the converter, clean what comes back.

Runs inside the sandboxed child (`core.documents.child`); nothing here starts a process or writes a file.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from core.documents import limits
from core.documents.clean import clean, one_line
from core.documents.model import Converted, Hidden, Part, Remark
from core.documents.sniff import Kind, sniff
from core.documents.source import Source
from core.errors import DocumentDamaged

_REPORTS = 50
"""Reports of hidden text a document; a site's menus can be hundreds."""
_SUFFIXES = {
    Kind.PDF: (".pdf",),
    Kind.DOCX: (".docx", ".docm", ".dotx", ".dotm"),
    Kind.PPTX: (".pptx", ".pptm", ".ppsx", ".potx"),
    Kind.XLSX: (".xlsx", ".xlsm", ".xltx"),
    Kind.EPUB: (".epub",),
    Kind.RTF: (".rtf", ".doc"),
}


def convert_bytes(source: Source) -> Converted:
    """Return the text of a document.

    Raises:
        DocumentError: it cannot be read; the type says why.
    """
    kind = sniff(source.data, source.name)
    module = importlib.import_module(f"core.documents.formats.{kind.value}")
    converter = cast(Callable[[Source], Converted], module.convert)
    try:
        made = converter(source)
    except (RecursionError, UnicodeError) as error:
        raise DocumentDamaged(reason="content") from error
    return finished(made, renamed=source.suffix not in _SUFFIXES.get(kind, (source.suffix,)))


def finished(made: Converted, *, renamed: bool = False) -> Converted:
    """Clean the parts and bound the whole."""
    parts: list[Part] = []
    hidden: list[Hidden] = list(made.hidden)
    room = limits.TEXT_CHARACTERS
    for part in made.parts:
        label = one_line(part.label, 100)
        text, found = clean(part.text[: room + 1], label)
        hidden += found
        parts.append(Part(text[:room], label))
        room -= len(text)
        if room <= 0:
            break
    return replace(
        made,
        parts=tuple(parts),
        title=one_line(made.title),
        hidden=tuple(hidden[:_REPORTS]),
        remarks=_remarks(made, is_cut=room <= 0, renamed=renamed, parts=parts),
    )


def _remarks(made: Converted, *, is_cut: bool, renamed: bool, parts: list[Part]) -> tuple[Remark, ...]:
    said = dict.fromkeys(made.remarks)
    if renamed:
        said[Remark.OTHER_KIND] = None
    if is_cut:
        said[Remark.CUT] = None
    if not any(part.text.strip() for part in parts) and Remark.NO_SPEECH not in said:
        said[Remark.EMPTY] = None
    return tuple(said)
