"""What a provider offers: a value that the window gets without loading what asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import ModelError


@dataclass(frozen=True, slots=True)
class Offered:
    """One provider and what it can be asked; `problem` says why its own list is missing."""

    provider: str
    models: tuple[str, ...]
    problem: ModelError | None = None
