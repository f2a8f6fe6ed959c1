"""Rich text, by striprtf."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.documents.clean import one_line
from core.documents.model import Converted, Hidden, HiddenKind, Part
from core.documents.source import Source
from core.errors import DocumentDamaged

_HIDDEN = re.compile(r"\\v1?(?![a-z0-9])[^{}]*?\\v0(?![0-9])|\{[^{}]*\\v1?(?![a-z0-9])[^{}]*\}")
"""From where hidden text is switched on to where it is switched off, or to the end of its group."""
_DELETED = re.compile(r"\{[^{}]*\\deleted(?![a-z0-9])[^{}]*\}")
"""What a reviewer has crossed out."""
_TINY = re.compile(r"\{(?!\\s\d)[^{}]*\\fs[0-6](?![0-9])[^{}]*\}")
_COLOURS = re.compile(r"\{\\colortbl([^{}]{0,8000})\}")
_CHANNEL = re.compile(r"\\(?:red|green|blue)(\d{1,3})(?!\d)")
_WHITE_FROM = 231
_WHITE_RUN = (
    r"\{{(?!\\s\d)(?![^{{}}]*\\(?:highlight|cb|chcbpat|cbpat)[1-9])[^{{}}]*\\cf{}(?![0-9])[^{{}}]*\}}"
)
_TITLE = re.compile(r"\{\\title ([^{}]{1,800})\}")
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")


def convert(source: Source) -> Converted:
    """Read the text of a rich text file; what is marked as hidden (`\\v`) is set apart."""
    raw = _DELETED.sub("", source.data.decode("latin-1"))
    page = _CODE_PAGE.search(raw)
    start = "{\\rtf1" + (page[0] if page else "") + " "
    hidden: list[Hidden] = []
    for kind, run in _hiding(raw):
        found = (one_line(_plain(f"{start}{piece}}}")) for piece in run.findall(raw))
        hidden += [Hidden(kind, words) for words in found if words]
        raw = run.sub("", raw)
    title = _TITLE.search(raw)
    return Converted(
        (Part(_plain(raw)),),
        title=one_line(_plain(start + title[1] + "}")) if title else "",
        kind="rtf",
        hidden=tuple(hidden),
    )


def _hiding(raw: str) -> Iterator[tuple[HiddenKind, re.Pattern[str]]]:
    """What hides text in this file: its own switch, tiny type, and white that no other ground is behind."""
    yield HiddenKind.NOT_DISPLAYED, _HIDDEN
    yield HiddenKind.TINY, _TINY
    table = _COLOURS.search(raw)
    for number, entry in enumerate(table[1].split(";") if table else ()):
        channels = tuple(int(channel) for channel in _CHANNEL.findall(entry))
        if len(channels) == 3 and min(channels) >= _WHITE_FROM:
            yield HiddenKind.COLOUR, re.compile(_WHITE_RUN.format(number))


def _plain(rtf: str) -> str:
    from striprtf.striprtf import rtf_to_text

    page = _CODE_PAGE.search(rtf)
    try:
        text = rtf_to_text(rtf, encoding=f"cp{page[1]}" if page else "cp1252", errors="replace")
    except (LookupError, ValueError, IndexError, KeyError) as error:
        raise DocumentDamaged(reason="content") from error
    return str(text).replace("\n", "\n\n")
