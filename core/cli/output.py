"""What the command line prints: results on standard output, everything else on standard error."""

from __future__ import annotations

import dataclasses
import io
import json
import sys
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, TextIO

_CONTROLS = [*range(0x20), *range(0x7F, 0xA0)]
_ORDERS = {code: f"\\x{code:02x}" for code in _CONTROLS} | {ord("\n"): "\n", ord("\t"): "\t", ord("\r"): ""}
_JSON_ORDERS = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)}
"""What JSON itself leaves as it is, and a terminal obeys or a reader of lines takes for the end of one."""


def harmless(text: str) -> str:
    """Return `text` without what a terminal obeys: notes, models and file names may give it orders."""
    return text.translate(_ORDERS)


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it: dataclasses become objects, enums their values, paths strings."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


class Output:
    """Prints for one run of a command.

    With `json_wanted`, standard output carries JSON objects and nothing else; words for people then go
    nowhere, progress and log lines to standard error. A progress line is only drawn on a terminal.
    """

    def __init__(self, *, json_wanted: bool, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.json_wanted = json_wanted
        self._out = out or sys.stdout or io.StringIO()
        self._err = err or sys.stderr or io.StringIO()  # closed by whoever started us: words go nowhere
        self._progress_width = 0
        for stream in (self._out, self._err):
            _never_refuse(stream)

    def result(self, value: Any) -> None:
        """Print one JSON object on one line."""
        self.clear_progress()
        is_unicode = (getattr(self._out, "encoding", None) or "utf-8").lower().startswith("utf")
        line = json.dumps(plain(value), ensure_ascii=not is_unicode)
        print(line.translate(_JSON_ORDERS), file=self._out, flush=True)

    def say(self, text: str = "", *, end: str = "\n") -> None:
        """Print words for a person, unless JSON is wanted."""
        if not self.json_wanted:
            self.clear_progress()
            print(harmless(text), end=end, file=self._out, flush=True)

    def warn(self, text: str) -> None:
        """Print a line on standard error."""
        self.clear_progress()
        print(harmless(text), file=self._err, flush=True)

    def progress(self, text: str) -> None:
        """Draw `text` over the last progress line, on a terminal only."""
        if not self._err.isatty():
            return
        shown = harmless(text)[:78]
        print("\r" + shown.ljust(self._progress_width), end="", file=self._err, flush=True)
        self._progress_width = len(shown)

    def clear_progress(self) -> None:
        """Take the progress line away."""
        if self._progress_width:
            print("\r" + " " * self._progress_width + "\r", end="", file=self._err, flush=True)
            self._progress_width = 0


def _never_refuse(stream: TextIO) -> None:
    """Write what the stream's encoding lacks (a code page of Windows, `LANG=C`) as an escape."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
