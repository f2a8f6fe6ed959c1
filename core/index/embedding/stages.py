"""What a preparation reports while it runs."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Stage(StrEnum):
    """What a preparation is doing; the value is a phrase for people."""

    WAITING = "waiting for another program that prepares the same model"
    STARTING = "starting"
    READING = "reading the built-in weights"
    LOADING = "loading the model"
    EXPORTING = "exporting the model"
    QUANTISING = "making the model small"
    CHECKING = "checking the result"


OnStage = Callable[[Stage], None]
