"""Restarting the program, which a change of language needs."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

log = logging.getLogger(__name__)

RESTART = 75
"""Exit status of a run that is to be followed by another one; nobody outside sees it."""
_WANTED = "pilotfishRestart"


def want(application: QCoreApplication) -> None:
    """Remember that the program is to begin anew once its window is closed."""
    application.setProperty(_WANTED, True)


def is_wanted(application: QCoreApplication) -> bool:
    """Whether that was asked for."""
    return bool(application.property(_WANTED))


def command(base_dir: Path | None) -> list[str]:
    """Return what starts the program as this one was started; it opens the last vault as it was left."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
    return [*program, *(["--base-dir", str(base_dir)] if base_dir is not None else [])]


def begin_anew(words: Sequence[str]) -> int:
    """Start a program that outlives this one, and return the exit status of this one."""
    import subprocess  # not needed by a start

    try:
        subprocess.Popen(words, start_new_session=True, stdin=subprocess.DEVNULL)
    except OSError:
        log.exception("the program could not be started again")
        return 1
    return 0
