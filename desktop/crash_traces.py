"""What a crash leaves behind, and the report that the next start makes of it; no Qt in here.

It may be Qt itself that broke, so the report is written, and its place named, before Qt is loaded.
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


class CrashTraces:
    """Watches one run: if the interpreter crashes, its stacks are written into our file.

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
        """Write down the uncaught error that ended the run; Python itself survived it."""
        if self._file is not None:
            frames = traceback.extract_tb(error.__traceback__)
            self._file.write(f"{type(error).__name__}\n{lines_of(frames)}\n")
            self._close()

    def close(self) -> None:
        """The run ended as it should; whatever Windows wrote on the way without dying of it was no crash."""
        if self._file is not None:
            self._file.truncate(0)
            self._close()

    def _close(self) -> None:
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None


def lines_of(frames: Sequence[traceback.FrameSummary]) -> str:
    """Return where an error happened, without its message, which may quote a note."""
    return "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)


def tell(left: str, places: Places) -> str:
    """Make the report of the last crash, keep it beside the log, say where it is, and return it."""
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
