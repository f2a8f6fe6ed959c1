"""What the command line asks of the window, as one value for all who take part in a start."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class StartOptions(NamedTuple):
    """How the window is to open."""

    vault: str = ""
    """The folder of notes, absolute; empty for the last one."""
    base_dir: Path | None = None
    """The folder that holds every file of ours; None for those of the platform."""
    quick_ask: bool = False
    """Whether quick-ask is wanted at once."""
    began: float = 0.0
    """When this start began, as `time.perf_counter` counts."""
