"""Web pages that were saved."""

from __future__ import annotations

import contextlib
import re

from core.documents import markup
from core.documents.decoding import decoded
from core.documents.model import Converted, Part, Remark
from core.documents.source import Source

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_DECLARED_WITHIN = 4096


def convert(source: Source) -> Converted:
    """Read what a person would see of the page."""
    html, remarks = _text(source.data)
    short = markup.shortened(html)
    page = markup.parse(short)
    title = markup.title_of(page)
    if short != html:
        remarks = (*remarks, Remark.CUT)
    text, hidden = markup.to_markdown(page)
    if not text.strip():
        remarks = (*remarks, Remark.EMPTY)
    return Converted((Part(text),), title=title, kind="html", hidden=tuple(hidden), remarks=remarks)


def _text(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Decode as the page says where that works, else as the bytes look."""
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared[1].decode().lower()
        if not name.startswith("utf-16"):  # whoever could read the declaration did not read UTF-16
            with contextlib.suppress(UnicodeDecodeError, LookupError):
                return data.decode("gb18030" if name in ("gb2312", "gbk") else name), ()
    return decoded(data)
