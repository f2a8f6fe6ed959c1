"""The traces that a run leaves when it ends in the middle, and the report of the run before; no Qt in here.

What may have broken down is Qt itself, so the report is a file, and told, before Qt is loaded.
"""

from __future__ import annotations

import faulthandler
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from core.paths import Places

TOLD = "pilotfish: it ended unexpectedly last time. The report is in {file}\n"


class Traces:
    """Watches one run; a crash of the interpreter writes into its file.

    Attributes:
        left: what the last run left, with the time at which it ended; empty if it ended as it should.
    """

    def __init__(self, folder: Path) -> None:
        self.left = ""
        self._file: TextIO | None = None
        file = folder / "crash.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if file.exists() and file.stat().st_size:
                self.left = _read(file)
                file.replace(folder / "crash.last.log")
            self._file = file.open("w", encoding="utf-8")
        except OSError:
            faulthandler.enable()
        else:
            faulthandler.enable(self._file)

    def failed(self, error: BaseException) -> None:
        """Leave what ended the run, which Python itself survives: an error that nobody caught."""
        if self._file is not None:
            frames = traceback.extract_tb(error.__traceback__)
            self._file.write(f"{type(error).__name__}\n{lines_of(frames)}\n")
            self._close()

    def close(self) -> None:
        """The run ended as it should: what Windows noted on the way without being ended by it is no crash."""
        if self._file is not None:
            self._file.truncate(0)
            self._close()

    def _close(self) -> None:
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None


def lines_of(frames: Sequence[traceback.FrameSummary]) -> str:
    """Return the places of an error, without the words of a note that it may speak of."""
    return "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)


def tell(left: str, places: Places) -> str:
    """Make the report of the last run's crash, keep it beside the log, say where, and return it."""
    from core import settings as settings_file
    from core.diagnostics import crash_report
    from core.errors import SettingsDamaged
    from core.settings import Settings

    try:
        settings = settings_file.load(places.settings_file)
    except SettingsDamaged:
        settings = Settings()
    report = crash_report(places, settings, left)
    file = places.state / "crash-report.txt"
    try:
        file.write_text(report, encoding="utf-8")
    except OSError:
        return report
    sys.stderr.write(TOLD.format(file=file))
    return report


def _read(file: Path) -> str:
    from datetime import datetime  # only after a crash

    ended = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    return f"ended: {ended:%Y-%m-%d %H:%M:%S %z}\n\n{file.read_text(encoding='utf-8', errors='replace')}"
