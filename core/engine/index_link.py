"""What the window may ask and tell about the index itself."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from core.index.model import Hold
from core.text.matching import Terms
from core.vault.model import Skipped, WatchTrouble


@dataclass(frozen=True, slots=True)
class IndexDetails:
    """How the index stands, for the status bar's details."""

    notes: int
    passages: int
    waiting: int
    """Passages that have no vector yet: found by their words only."""
    model: str
    sent_to: str
    """The host that embeds the notes, and so sees them; empty where they stay on this machine."""
    place: str
    """Where the rows are kept: a folder of this machine or an address."""
    skipped: tuple[Skipped, ...]
    """Files that are not indexed, and why."""
    conflicts: tuple[str, ...]
    """Copies that sync tools left; listed, not indexed."""
    trouble: WatchTrouble
    """Why changes may be noticed late."""
    hold: Hold


class IndexLink(Protocol):
    """Every method returns at once; futures complete on a thread of the link's own."""

    def details(self) -> Future[IndexDetails]:
        """How the index stands."""

    def note_names(self) -> Future[Terms]:
        """Every name a note goes by, for somebody who writes a link."""

    def tag_names(self) -> Future[Terms]:
        """Every tag."""

    def heading_names(self, path: str) -> Future[Terms]:
        """The headings of one note."""

    def rebuild(self) -> None:
        """Throw the rows away and make them anew; vectors are kept."""

    def person_acts(self) -> None:
        """The person types: work that nobody waits for is to make room."""
