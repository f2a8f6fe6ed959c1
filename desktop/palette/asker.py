"""One request at a time: hands it to the engine, as soon as there is one, and its events to a view."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from core.assist.model import Answer, AskRequest, ModelChosen, QuotesFound, WriteRequest, Written
from core.errors import PilotfishError
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.stream_handles import AskHandle, WriteHandle

ENGINE_RETRY_MS = 100


class AnswerView(Protocol):
    """What shows an answer; the side panel's card is one, and `app` hands it in."""

    @property
    def text_for_note(self) -> str:
        """The Markdown to insert or copy; empty while there is none."""

    def begin(self) -> None:
        """Forget an earlier answer and wait for the next."""

    def show_quotes(self, found: QuotesFound) -> None:
        """Show what was found in the notes."""

    def show_model(self, chosen: ModelChosen) -> None:
        """Say who answers."""

    def add_text(self, text: str) -> None:
        """Append words of the stream."""

    def finish(self, answer: Answer) -> None:
        """Take the finished answer."""

    def fail(self, error: PilotfishError) -> None:
        """Say what went wrong."""

    def stop(self) -> None:
        """Say that the person stopped it."""


class Asker(QObject):
    """Asks one question, or runs one prompt; the next one stops it.

    Signals:
        changed: A request began or ended; see `busy`.
    """

    changed = Signal()

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._handle: AskHandle | WriteHandle | None = None
        self._waiting: tuple[AskRequest | WriteRequest, AnswerView] | None = None
        self._view: AnswerView | None = None
        self._timer = QTimer(self, interval=ENGINE_RETRY_MS, singleShot=True)
        self._timer.timeout.connect(self._start)

    @property
    def busy(self) -> bool:
        """Whether an answer is under way."""
        return self._view is not None

    def ask(self, request: AskRequest | WriteRequest, view: AnswerView) -> None:
        """Ask in place of whatever is under way."""
        self.stop()
        self._view, self._waiting = view, (request, view)
        self.changed.emit()
        self._start()

    def stop(self) -> None:
        """Stop the answer that is under way; its words stay, and the server is told."""
        view = self._view
        if self._handle is not None:
            self._handle.cancel()
        self._end()
        if view is not None:
            view.stop()

    def _start(self) -> None:
        if self._waiting is None:
            return
        if not self._bridge.attached:
            self._timer.start()
            return
        (request, view), self._waiting = self._waiting, None
        if isinstance(request, WriteRequest):
            self._start_prompt(request, view)
        else:
            self._start_question(request, view)

    def _start_question(self, request: AskRequest, view: AnswerView) -> None:
        handle = self._handle = self._bridge.ask(request)
        handle.quotes_found.connect(view.show_quotes)
        handle.model_chosen.connect(view.show_model)
        handle.text_added.connect(view.add_text)
        handle.answered.connect(view.finish)
        handle.failed.connect(view.fail)
        handle.answered.connect(self._end)
        handle.failed.connect(self._end)

    def _start_prompt(self, request: WriteRequest, view: AnswerView) -> None:
        handle = self._handle = self._bridge.assist.write(request)
        handle.model_chosen.connect(view.show_model)
        handle.text_added.connect(lambda _n, words: view.add_text(words))
        handle.written.connect(lambda written: self._written(written, view))
        handle.failed.connect(view.fail)
        handle.written.connect(self._end)
        handle.failed.connect(self._end)

    def _written(self, written: Written, view: AnswerView) -> None:
        """Hand the one suggestion over; one that failed comes as `failed`."""
        if written.candidates:
            view.finish(as_answer(written))

    def _end(self) -> None:
        self._timer.stop()
        was_busy = self.busy
        self._handle = self._waiting = self._view = None
        if was_busy:
            self.changed.emit()


def as_answer(written: Written) -> Answer:
    """Return the first suggestion of a prompt as an answer, which has no citations."""
    first = written.candidates[0]
    return Answer(
        first.text,
        (),
        first.finish,
        written.model,
        written.provider,
        written.tier,
        written.usage,
        written.cost_usd,
        written.first_token_ms,
        written.total_ms,
        written.trace_id,
    )
