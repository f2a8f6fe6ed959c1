"""Outlook mail: its properties by the numbers of MS-OXPROPS, out of the compound file that holds them."""

from __future__ import annotations

import io
from typing import Any

from core.documents import markup
from core.documents.clean import one_line
from core.documents.mail import Letter
from core.documents.model import Converted, Hidden
from core.documents.source import Source
from core.errors import DocumentDamaged
from core.vault.encoding import decode

_UNICODE, _ANSI, _BINARY = "001F", "001E", "0102"  # property types of MS-OXCDATA
_HEADERS = {"From": "0C1A", "Sender": "0C1F", "To": "0E04", "Cc": "0E03", "Subject": "0037"}
_BODY, _HTML, _SUBJECT = "1000", "1013", "0037"
_LONG_NAME, _SHORT_NAME, _DATA = "3707", "3704", "3701"


def convert(source: Source) -> Converted:
    """Read an Outlook mail."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(source.data)) as container:
            return _read(container, source)
    except (OSError, ValueError, IndexError) as error:
        raise DocumentDamaged(reason="incomplete") from error


def _read(container: Any, source: Source) -> Converted:
    headers = {name: one_line(_text(container, "", number)) for name, number in _HEADERS.items()}
    letter = Letter(headers, kind="msg")
    letter.text, letter.hidden = _body(container)
    for folder in sorted({path[0] for path in container.listdir() if path[0].startswith("__attach_")}):
        name = _text(container, folder, _LONG_NAME) or _text(container, folder, _SHORT_NAME)
        letter.attach(one_line(name), _bytes(container, folder, _DATA, _BINARY), source)
    return letter.converted()


def _body(container: Any) -> tuple[str, list[Hidden]]:
    if plain := _text(container, "", _BODY):
        return plain, []
    html = _text(container, "", _HTML) or _guessed(_bytes(container, "", _HTML, _BINARY))
    return markup.to_markdown(markup.parse(html)) if html else ("", [])


def _text(container: Any, folder: str, number: str) -> str:
    """A property of text, in whichever of its two types it is there."""
    wide = _bytes(container, folder, number, _UNICODE)
    return wide.decode("utf-16-le", "replace") if wide else _guessed(_bytes(container, folder, number, _ANSI))


def _guessed(data: bytes) -> str:
    return decode(data).text if data else ""


def _bytes(container: Any, folder: str, number: str, kind: str) -> bytes:
    path = [part for part in (folder, f"__substg1.0_{number}{kind}") if part]
    if not container.exists(path):
        return b""
    return bytes(container.openstream(path).read())
