"""Candidates and fact checks under way, as the panel sees them; everything on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.assist.model import (
    CandidateAdded,
    CandidateDone,
    CandidateDropped,
    CandidateFailed,
    CheckDone,
    CheckEvent,
    ClaimChecked,
    ClaimsFound,
    ModelChosen,
    WriteEvent,
    Written,
)
from core.engine.model import Asking
from core.errors import PilotfishError

BATCH_MS = 33


class StreamHandle(QObject):
    """A stream of the engine; nothing is emitted after `cancel`.

    Signals:
        failed: It ended with an error; carries the `PilotfishError`.
    """

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._asking: Asking | None = None
        self._ended = False

    def cancel(self) -> None:
        """Stop it; the model's server notices."""
        if not self._ended and self._asking is not None:
            self._asking.cancel()
        self._end()

    def started(self, asking: Asking) -> None:
        """Remember what `cancel` stops; called by the bridge."""
        self._asking = asking

    def fail(self, error: PilotfishError) -> None:
        """End with an error, on the GUI thread."""
        if not self._ended:
            self._end()
            self.failed.emit(error)

    def _end(self) -> None:
        self._ended = True


class WriteHandle(StreamHandle):
    """Candidates of one `WriteRequest`.

    Signals:
        model_chosen: Who writes; carries `ModelChosen`.
        text_added: The next words of a candidate, gathered for at least 33 ms; its number and the words.
        candidate_done: A candidate is whole; carries the `Candidate`, whose text replaces what was streamed.
        candidate_dropped: A candidate says the same as another; its number and the other's (0: one known).
        candidate_failed: A candidate could not be written; its number and the error. The others go on.
        written: The end; carries `Written`.
    """

    model_chosen = Signal(object)
    text_added = Signal(int, str)
    candidate_done = Signal(object)
    candidate_dropped = Signal(int, int)
    candidate_failed = Signal(int, object)
    written = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[int, list[str]] = {}
        self._timer = QTimer(self, interval=BATCH_MS, singleShot=True)
        self._timer.timeout.connect(self._flush)

    def handle(self, event: WriteEvent) -> None:
        """Take one event of the engine, on the GUI thread."""
        if self._ended:
            return
        if isinstance(event, CandidateAdded):
            self._add(event)
            return
        if not self._flush():
            return
        if isinstance(event, ModelChosen):
            self.model_chosen.emit(event)
        elif isinstance(event, CandidateDone):
            self.candidate_done.emit(event.candidate)
        elif isinstance(event, CandidateDropped):
            self.candidate_dropped.emit(event.n, event.same_as)
        elif isinstance(event, CandidateFailed):
            self.candidate_failed.emit(event.n, event.error)
        elif isinstance(event, Written):
            self._end()
            self.written.emit(event)

    def fail(self, error: PilotfishError) -> None:
        """Show the words so far, then end with the error."""
        self._flush()
        super().fail(error)

    def _add(self, event: CandidateAdded) -> None:
        self._words.setdefault(event.n, []).append(event.text)
        if not self._timer.isActive():  # the first words at once, then what gathers within the interval
            self._flush()
            self._timer.start()

    @Slot()
    def _flush(self) -> bool:
        """Hand the words on; whether it goes on, for whoever hears them may cancel."""
        if not self._words or self._ended:
            return not self._ended
        words, self._words = self._words, {}
        for n, pieces in words.items():
            if not self._ended:
                self.text_added.emit(n, "".join(pieces))
        self._timer.start()
        return not self._ended

    def _end(self) -> None:
        super()._end()
        self._timer.stop()


class CheckHandle(StreamHandle):
    """A fact check under way.

    Signals:
        claims_found: What will be looked up; carries a tuple of `Claim`.
        claim_checked: One was; carries the `CheckedClaim`.
        checked: The end; carries `CheckDone`.
    """

    claims_found = Signal(object)
    claim_checked = Signal(object)
    checked = Signal(object)

    def handle(self, event: CheckEvent) -> None:
        """Take one event of the engine, on the GUI thread."""
        if self._ended:
            return
        if isinstance(event, ClaimsFound):
            self.claims_found.emit(event.claims)
        elif isinstance(event, ClaimChecked):
            self.claim_checked.emit(event.checked)
        elif isinstance(event, CheckDone):
            self._end()
            self.checked.emit(event)
