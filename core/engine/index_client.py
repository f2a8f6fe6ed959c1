"""`IndexLink` over the pipe to the engine process."""

from __future__ import annotations

from concurrent.futures import Future

from core.engine.caller import Caller
from core.engine.index_link import IndexDetails
from core.text.matching import Terms


class IndexClient:
    """Names the engine's methods; see `IndexLink` for what each promises."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def details(self) -> Future[IndexDetails]:
        """How the index stands."""
        return self._caller.call("index_details")

    def note_names(self) -> Future[Terms]:
        """Every name a note goes by."""
        return self._caller.call("note_names")

    def tag_names(self) -> Future[Terms]:
        """Every tag."""
        return self._caller.call("tag_names")

    def heading_names(self, path: str) -> Future[Terms]:
        """The headings of one note."""
        return self._caller.call("heading_names", path)

    def rebuild(self) -> None:
        """Make the rows anew."""
        self._caller.call("rebuild_index")

    def person_acts(self) -> None:
        """Let work that nobody waits for make room."""
        self._caller.call("person_acts")
