"""What a converter is given."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import PurePath

from core.documents import limits


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one document and what may be spent on them."""

    data: bytes
    name: str
    deadline: float = field(default_factory=lambda: time.monotonic() + limits.WORK_SECONDS)
    """`time.monotonic()` at which slow work stops and hands over what it has."""
    depth: int = 0
    """How many documents this one lies in: 1 for the attachment of a mail."""

    @property
    def suffix(self) -> str:
        """The suffix of its name, in lower case."""
        return PurePath(self.name).suffix.lower()

    @property
    def is_late(self) -> bool:
        """Whether slow work must stop."""
        return time.monotonic() >= self.deadline

    @property
    def is_over(self) -> bool:
        """Whether all work must stop."""
        return time.monotonic() >= self.deadline + limits.LAST_SECONDS
