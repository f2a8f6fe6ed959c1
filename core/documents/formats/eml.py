"""Mail as it was sent: who, when, what about, the text, and attachments that can be read."""

from __future__ import annotations

import email
from email import policy
from email.message import EmailMessage

from core.documents import markup
from core.documents.clean import one_line
from core.documents.mail import Letter
from core.documents.model import Converted, Hidden
from core.documents.source import Source

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
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeError, KeyError, ValueError):
        raw = body.get_payload(decode=True)
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    if body.get_content_type() == "text/html":
        return markup.to_markdown(markup.parse(text))
    return text, []
