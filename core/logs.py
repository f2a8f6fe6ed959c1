"""Log files of the programs (window, engine, command line). No note text and no key ever goes in."""

from __future__ import annotations

import logging
import logging.handlers
import re
from pathlib import Path

_SECRET = re.compile(r"\b(sk-|Bearer\s+|api[-_]?key[\"'=:\s]+)[A-Za-z0-9._\-]{8,}", re.IGNORECASE)


class _Redactor(logging.Filter):
    """Blots out whatever looks like a key, in the message and its arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redacted(record.getMessage())
        record.args = ()
        return True


def redacted(text: str) -> str:
    """Return `text` with everything that looks like a key blotted out."""
    return _SECRET.sub(r"\1[redacted]", text)


def configure(file: Path, *, level: int = logging.INFO) -> None:
    """Send this process's log to `file`, rotating at 1 MB; where that cannot be written, nowhere."""
    root = logging.getLogger()
    root.setLevel(level)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            file, maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_Redactor())
    root.addHandler(handler)
    for noisy in ("httpx2", "httpcore2", "openai", "markdown_it", "watchdog", "filelock"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
