"""What the engine streams, as widgets see it: answers, candidates, fact checks; everything on the GUI thread.

The words of a stream are gathered for 33 ms before they are handed on: one signal per token would freeze the
window.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.assist.model import (
    Answered,
    AskEvent,
    CandidateAdded,
    CandidateDone,
    CandidateDropped,
    CandidateFailed,
    CheckDone,
    CheckEvent,
    ClaimChecked,
    ClaimsFound,
    HistorySummarised,
    ModelChosen,
    QuotesFound,
    TextAdded,
    WriteEvent,
    Written,
)
from core.engine.model import Asking
from core.errors import PilotfishError

BATCH_MS = 33


class UnderWay(QObject):
    """Something the engine is at; nothing is emitted after `cancel`.

    It belongs to the bridge until it has ended. The engine's callbacks refer to it too, and whoever lets go
    last must not be a thread of the engine: a timer that another thread destroys takes the program with it.
    """

    def __init__(self, bridge: QObject | None = None) -> None:
        super().__init__(bridge)
        self._asking: Asking | None = None
        self._ended = False

    def cancel(self) -> None:
        """Stop it; the model's server notices."""
        if self._ended:
            return
        if self._asking is not None:
            self._asking.cancel()
        self._end()

    def started(self, asking: Asking) -> None:
        """Remember what `cancel` stops; called by the bridge."""
        self._asking = asking

    def _end(self) -> None:
        self._ended = True
        self.deleteLater()


class StreamHandle(UnderWay):
    """A stream of the engine, which ends well or with an error.

    Signals:
        failed: It ended with an error; carries the `PilotfishError`.
    """

    failed = Signal(object)

    def fail(self, error: PilotfishError) -> None:
        """End with an error, on the GUI thread."""
        if not self._ended:
            self._end()
            self.failed.emit(error)


class WordsHandle(StreamHandle):
    """A stream of words, of one text or of several at once by their numbers."""

    def __init__(self, bridge: QObject | None = None) -> None:
        super().__init__(bridge)
        self._words: dict[int, list[str]] = {}
        self._timer = QTimer(self, interval=BATCH_MS, singleShot=True)
        self._timer.timeout.connect(self._flush)

    def fail(self, error: PilotfishError) -> None:
        """Show the words so far, then end with the error."""
        self._flush()
        super().fail(error)

    def _add(self, n: int, text: str) -> None:
        """Show the first words at once, gather those that follow within the interval."""
        self._words.setdefault(n, []).append(text)
        if not self._timer.isActive():
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
                self._show(n, "".join(pieces))
        self._timer.start()
        return not self._ended

    def _show(self, n: int, text: str) -> None:
        """Emit the next words of text `n`."""
        raise NotImplementedError

    def _end(self) -> None:
        super()._end()
        self._timer.stop()


class AskHandle(WordsHandle):
    """One request under way.

    Signals:
        quotes_found: Retrieval is done; carries `QuotesFound`.
        model_chosen: Who answers; carries `ModelChosen`.
        history_summarised: Earlier messages did not fit; carries `HistorySummarised`.
        text_added: The next words, gathered for at least 33 ms.
        answered: The end; carries the `Answer`.
    """

    quotes_found = Signal(object)
    model_chosen = Signal(object)
    history_summarised = Signal(object)
    text_added = Signal(str)
    answered = Signal(object)

    def handle(self, event: AskEvent) -> None:
        """Take one event of the engine, on the GUI thread."""
        if self._ended:
            return
        if isinstance(event, TextAdded):
            self._add(0, event.text)
            return
        if not self._flush():
            return
        if isinstance(event, QuotesFound):
            self.quotes_found.emit(event)
        elif isinstance(event, ModelChosen):
            self.model_chosen.emit(event)
        elif isinstance(event, HistorySummarised):
            self.history_summarised.emit(event)
        elif isinstance(event, Answered):
            self._end()
            self.answered.emit(event.answer)

    def _show(self, n: int, text: str) -> None:
        self.text_added.emit(text)


class WriteHandle(WordsHandle):
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

    def handle(self, event: WriteEvent) -> None:
        """Take one event of the engine, on the GUI thread."""
        if self._ended:
            return
        if isinstance(event, CandidateAdded):
            self._add(event.n, event.text)
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

    def _show(self, n: int, text: str) -> None:
        self.text_added.emit(n, text)


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
