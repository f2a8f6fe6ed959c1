"""Mail as it was sent: who, when, what about, the text, and attachments that can be read."""

from __future__ import annotations

import email
import re
from email import policy
from email.message import EmailMessage, MIMEPart

from core.documents import markup
from core.documents.clean import one_line
from core.documents.mail import Letter
from core.documents.model import Converted, Hidden
from core.documents.source import Source
from core.errors import NoteNotText
from core.vault.encoding import decode

_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_HEADERS = ("From", "To", "Cc", "Date", "Subject")


def convert(source: Source) -> Converted:
    """Read a mail; its HTML only where it has no plain text."""
    message = email.message_from_bytes(_with_plain_head(source.data), policy=policy.default)
    letter = Letter(
        headers={name: _header(message, name) for name in _HEADERS},
        kind="eml",
    )
    body, letter.text, letter.hidden = _body(message)
    for part in _others(message, body):
        if part.get_content_maintype() == "text" and not part.get_filename() and not part.is_attachment():
            text, hidden = _shown(part)
            letter.text = f"{letter.text}\n\n{text}"
            letter.hidden += hidden
        else:
            letter.attach(*_attached(part), source)
    return letter.converted()


def _with_plain_head(data: bytes) -> bytes:
    """Write a head that was sent in GBK or another encoding, against all rules, in UTF-8."""
    match = _END_OF_HEAD.search(data)
    head = data[: match.start()] if match else data
    if head.isascii():
        return data
    try:
        return decode(head).text.encode() + data[len(head) :]
    except NoteNotText:
        return data


def _attached(part: MIMEPart) -> tuple[str, bytes]:
    """The name of an attachment and its bytes; a mail that was sent along is called by its subject."""
    if part.get_content_type() == "message/rfc822":
        inside = part.get_content()
        return f"{one_line(str(inside.get('Subject', '')), 80) or 'mail'}.eml", inside.as_bytes()
    data = part.get_payload(decode=True)
    return part.get_filename() or "", data if isinstance(data, bytes) else b""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return one_line(str(message.get(name, "")))
    except (ValueError, IndexError, AttributeError):  # headers that the parser trips over
        return ""


def _others(message: EmailMessage, body: MIMEPart | None) -> list[MIMEPart]:
    """What comes with the body; the library takes a second text in another format for the same words."""
    if message.get_content_type() != "multipart/mixed":
        return list(message.iter_attachments())
    return [part for part in message.iter_parts() if all(inside is not body for inside in part.walk())]


def _body(message: EmailMessage) -> tuple[MIMEPart | None, str, list[Hidden]]:
    """The part that is the letter itself, its text and what that hides."""
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        text, hidden = _shown(body) if body is not None else ("", [])
        if text.strip() or hidden:
            return body, text, hidden
    return None, "", []


def _shown(body: MIMEPart) -> tuple[str, list[Hidden]]:
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
