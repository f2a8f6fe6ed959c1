"""Log files of the programs (window, engine, command line). No note text and no key ever goes in."""

from __future__ import annotations

import contextlib
import logging
import re
from pathlib import Path

_SECRET = re.compile(
    r"\b((?:sk|pk|rk|gsk|xai|hf)[-_]|Bearer\s+|api[-_]?key[\"'=:\s]+)[A-Za-z0-9._*\-]{8,}", re.IGNORECASE
)


class _Formatter(logging.Formatter):
    """Blots out whatever looks like a key, in the message and in the traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def redacted(text: str) -> str:
    """Return `text` with everything that looks like a key blotted out."""
    return _SECRET.sub(r"\1[redacted]", text)


class _LogFile(logging.Handler):
    """A rotating file that is opened with the first line.

    What rotates it takes 9 ms to import, and the window is on the screen before there is a line to write.
    """

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._rotating: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._rotating is None:
            self._rotating = _rotating(self._file)
            self._rotating.setFormatter(self.formatter)
        self._rotating.emit(record)

    def close(self) -> None:
        if self._rotating is not None:
            with contextlib.suppress(OSError):  # what is left to be written may not fit
                self._rotating.close()
        super().close()


def _rotating(file: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    class Quiet(RotatingFileHandler):
        """Loses a line that the disk does not take, where logging's own way prints a traceback."""

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's own name
            pass

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return Quiet(file, maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True)
    except OSError:
        return logging.NullHandler()


def configure(file: Path, *, level: int = logging.INFO) -> None:
    """Send this process's log to `file`, rotating at 1 MB; where that cannot be written, nowhere."""
    root = logging.getLogger()
    root.setLevel(level)
    handler = _LogFile(file)
    handler.setFormatter(_Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    for noisy in ("httpx2", "httpcore2", "openai", "markdown_it", "watchdog", "filelock"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
