"""What every command gets."""

from __future__ import annotations

from dataclasses import dataclass

from core.cli.output import Output
from core.paths import Places
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """The places, the settings and the output of one run."""

    places: Places
    settings: Settings
    output: Output
