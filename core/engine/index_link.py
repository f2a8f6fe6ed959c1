"""What the window may ask and tell about the index itself, and how that reaches the engine."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol

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


class Caller(Protocol):
    """How calls reach the engine."""

    def call(self, name: str, *args: Any) -> Future[Any]:
        """Call a method that returns one value."""


class IndexClient:
    """`IndexLink` over the pipe to the engine process."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def details(self) -> Future[IndexDetails]:
        """How the index stands."""
        return self._caller.call("index_details")

    def note_names(self) -> Future[Terms]:
        """Every name a note goes by, for somebody who writes a link."""
        return self._caller.call("note_names")

    def tag_names(self) -> Future[Terms]:
        """Every tag."""
        return self._caller.call("tag_names")

    def heading_names(self, path: str) -> Future[Terms]:
        """The headings of one note."""
        return self._caller.call("heading_names", path)

    def rebuild(self) -> None:
        """Throw the rows away and make them anew; vectors are kept."""
        self._caller.call("rebuild_index")

    def person_acts(self) -> None:
        """The person types: work that nobody waits for is to make room."""
        self._caller.call("person_acts")
