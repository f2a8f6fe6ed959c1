"""Mail as it was sent: who, when, what about, the text, and attachments that can be read."""

from __future__ import annotations

import email
from email import policy
from email.message import EmailMessage, MIMEPart

from core.documents import markup
from core.documents.clean import one_line
from core.documents.mail import Letter
from core.documents.model import Converted, Hidden
from core.documents.source import Source
from core.errors import NoteNotText
from core.vault.encoding import decode

_HEADERS = ("From", "To", "Cc", "Date", "Subject")


def convert(source: Source) -> Converted:
    """Read a mail; its HTML only where it has no plain text."""
    message = email.message_from_bytes(source.data, policy=policy.default)
    letter = Letter(
        headers={name: _header(message, name) for name in _HEADERS},
        kind="eml",
    )
    letter.text, letter.hidden = _body(message)
    for attachment in message.iter_attachments():
        data = attachment.get_payload(decode=True)
        letter.attach(attachment.get_filename() or "", data if isinstance(data, bytes) else b"", source)
    return letter.converted()


def _header(message: EmailMessage, name: str) -> str:
    try:
        return one_line(str(message.get(name, "")))
    except (ValueError, IndexError, AttributeError):  # headers that the parser trips over
        return ""


def _body(message: EmailMessage) -> tuple[str, list[Hidden]]:
    body = message.get_body(("plain", "html"))
    if body is None:
        return "", []
    text = _decoded(body)
    if body.get_content_type() == "text/html":
        return markup.to_markdown(markup.parse(text))
    return text, []


def _decoded(body: MIMEPart) -> str:
    """Decode as the mail says; where it says nothing that helps, as the bytes look."""
    raw = body.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    name = (body.get_content_charset() or "us-ascii").lower()
    try:
        text = raw.decode("gb18030" if name in ("gb2312", "gbk") else name)
    except (LookupError, ValueError):  # a charset nobody knows, or another one
        try:
            text = decode(raw).text
        except NoteNotText:
            text = raw.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")
