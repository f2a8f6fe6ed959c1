"""A prompt run on the note: as many suggestions as are wanted, one chosen, polished as long as it takes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from core.assist.model import Candidate, ModelChosen, WriteRequest, Written
from core.errors import ModelError, PilotfishError
from core.prompts.model import Placement
from core.session.model import Outcome
from desktop.error_text import word
from desktop.panel.answer_actions import APPEND, INSERT, NEW_NOTE, REPLACE, AnswerActions
from desktop.panel.candidate_list import CandidateList
from desktop.panel.candidate_view import CandidateView
from desktop.panel.card import Card
from desktop.panel.choice_keys import ChoiceKeys
from desktop.panel.model_notice import ModelNotice
from desktop.theme.theme import Theme
from desktop.widgets.settle import settle_layout

_BUTTONS = {
    Placement.INSERT: INSERT,
    Placement.REPLACE: REPLACE,
    Placement.APPEND: APPEND,
    Placement.NEW_NOTE: NEW_NOTE,
}


class CandidateCard(Card):
    """Shows the candidates of one prompt, and those polished from them.

    Signals:
        run_requested: More candidates are wanted in this card; carries the `WriteRequest` for them.
    """

    run_requested = Signal(object)

    def __init__(
        self,
        theme: Theme,
        title: str,
        request: WriteRequest,
        anchor: object = None,
        parent: QWidget | None = None,
        *,
        count: int = 1,
        placement: Placement = Placement.INSERT,
        keys: ChoiceKeys | None = None,
    ) -> None:
        """`count` candidates are expected at first; `placement` says where a result goes by itself."""
        super().__init__(theme, title, request.note, anchor, parent)
        self.request = request
        self.running = request
        self._count = count
        self._written: dict[int, Written] = {}
        self._polished = 0
        self._is_running = False
        self.setObjectName("answerCard")
        self.setAccessibleName(self.tr("Suggestions for: {request}").format(request=title[:80]))
        self.notice = ModelNotice(self)
        self.candidates = CandidateList(theme, self, keys=keys)
        self._history = QLabel(self)
        self.polish_field = QLineEdit(self)
        self.discard_button = QToolButton(self)
        self._back = QPushButton(self.tr("Bring back"), self)
        selected = bool(request.note and request.note.selection)
        self.actions_row = AnswerActions(
            theme, self, has_selection=selected, prefers=_BUTTONS[placement], polishes=True
        )
        self._shape_parts()
        self._stack(
            self._head(), self.notice, self.candidates, self._history, self.review, self._status,
            self.problem, self.polish_field, self.actions_row,
        )  # fmt: skip
        self._connect()
        self.begin()

    @property
    def text_for_note(self) -> str:
        """The chosen candidate; empty while it streams."""
        chosen = self.candidates.current
        return chosen.text.strip() if chosen is not None and not chosen.is_under_way else ""

    @property
    def can_replace(self) -> bool:
        """Whether there was a selection and the chosen candidate is whole."""
        chosen = self.candidates.current
        selected = bool(self.note and self.note.selection)
        return selected and chosen is not None and chosen.is_whole and self.can_insert

    @property
    def is_under_way(self) -> bool:
        """Whether candidates are being written."""
        return self._is_running

    @property
    def trace_id(self) -> str:
        """The trace of the chosen candidate."""
        chosen = self.candidates.current
        written = self._written.get(chosen.n) if chosen is not None else None
        return written.trace_id if written else ""

    def begin(self) -> None:
        """Wait for what was asked for last and did not come; candidates that are whole stay."""
        whole = [view.n for view in self.candidates.views if view.is_whole]
        for view in self.candidates.views:
            if not view.is_whole:
                self.candidates.remove(view.n)
        if whole:
            missing = self.running.candidates - sum(n >= self.running.first for n in whole)
            self.running = replace(
                self.running,
                first=self._next_number(),
                known=self._known(),
                candidates=max(missing, 1),
            )
            self._expect(self.running, self.running.candidates)
        else:
            self._written.clear()
            self.running = self.request
            self._expect(self.request, self._count)

    def show_model(self, chosen: ModelChosen) -> None:
        """Say who writes."""
        self.notice.show_model(chosen, has_quotes=False)
        settle_layout(self.candidates)

    def add_text(self, n: int, text: str) -> None:
        """Append the next words of candidate `n`."""
        view = self.candidates.get(n) or self._add(n)
        view.add_text(text)
        if self._status.text():
            self._say("")

    def finish_one(self, candidate: Candidate) -> None:
        """Take a whole candidate."""
        (self.candidates.get(candidate.n) or self._add(candidate.n)).finish_with(candidate)
        self._update()

    def drop(self, n: int, _same_as: int) -> None:
        """Take a candidate away that says what another one says."""
        self.candidates.remove(n)
        self._update()

    def fail_one(self, n: int, error: ModelError) -> None:
        """Say that a candidate did not come."""
        (self.candidates.get(n) or self._add(n)).fail(error)
        self._update()

    def finish(self, written: Written) -> None:
        """All candidates that were asked for are there."""
        for candidate in written.candidates:
            self._written[candidate.n] = written
        new = [candidate.n for candidate in written.candidates]
        self._end()
        if not new and self.candidates.views:
            self._say(self.tr("Nothing new came. Say what should be different, or try a warmer model."))
        self._announce(self.tr("Suggestions: {count}").format(count=len(self.candidates.views)))

    def fail(self, error: PilotfishError) -> None:
        """Say what went wrong; candidates that came before stay."""
        self.problem.show_problem(word(error))
        self._end()
        self._announce(self.problem.text)

    def stop(self) -> None:
        """The person stopped it; what came before stays."""
        self._end()
        self._say(self.tr("Stopped."))

    def set_latest(self, latest: bool) -> None:
        """Only the latest card has a primary button."""
        self.actions_row.set_primary(latest)

    def discard(self) -> None:
        """The person wants none of these; they can be brought back all the same."""
        for trace_id in {written.trace_id for written in self._written.values()} - self.taken:
            self.judged.emit(trace_id, Outcome.REFUSED)
        self._fold(True)
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_more(self) -> None:
        """Ask for as many again, and none that is here already."""
        self._ask(
            replace(self.request, first=self._next_number(), known=self._known(), candidates=self._count)
        )

    def ask_to_polish(self, wish: str) -> None:
        """Ask for the chosen candidate with something different."""
        chosen = self.candidates.current
        if chosen is None or not wish.strip():
            return
        n, self._polished = self._next_number(), chosen.n
        self.polish_field.clear()
        self.polish_field.hide()
        self._ask(
            replace(
                self.request,
                first=n,
                known=self._known(),
                candidates=1,
                polish=chosen.text,
                instruction=wish.strip(),
            )
        )

    def _ask(self, request: WriteRequest) -> None:
        self.running = request
        self._expect(request, request.candidates)
        self.run_requested.emit(request)

    def _expect(self, request: WriteRequest, count: int) -> None:
        """Make room for what will come, so that nothing is pushed about when it does."""
        self.review.end()
        self.problem.hide()
        self._is_running = True
        for n in range(request.first, request.first + count):
            if self.candidates.get(n) is None:
                self._add(n)
        if request.polish:
            self.candidates.choose(request.first)
        self._say(self.tr("Waiting for the model"))
        self._update()

    def _add(self, n: int) -> CandidateView:
        if self.running.polish:
            return self.candidates.add(n, origin=self._polished, wish=self.running.instruction)
        return self.candidates.add(n)

    def _end(self) -> None:
        self._is_running = False
        for view in self.candidates.views:
            if view.is_under_way and not view.text:
                self.candidates.remove(view.n)
            else:
                view.stop()
                view.settle()
        self._say("")
        self._update()

    def _known(self) -> tuple[str, ...]:
        return tuple(view.text for view in self.candidates.views if view.text)

    def _next_number(self) -> int:
        return max((view.n for view in self.candidates.views), default=0) + 1

    def _update(self) -> None:
        """Say what is possible with the chosen candidate, and how it came about."""
        self.actions_row.enable(
            insert=self.can_insert,
            replace=self.can_replace,
            again=not self._is_running,
            judge=bool(self.trace_id),
        )
        self.discard_button.setEnabled(bool(self._written) and not self._is_running)
        self.actions_row.polish_button.setEnabled(self.can_insert and not self._is_running)
        chosen = self.candidates.current
        steps = self.candidates.history(chosen.n) if chosen is not None else []
        self._history.setVisible(len(steps) > 1)
        names = [f"{step.n} ({step.wish})" if step.wish else str(step.n) for step in steps]
        self._history.setText(self.tr("How it came about: {steps}").format(steps=" → ".join(names)))
        settle_layout(self.candidates)

    def _head(self) -> QWidget:
        """What was asked for, and at its end the way to be rid of it."""
        head, button = QWidget(self), self.discard_button
        button.setObjectName("discardButton")
        button.setAccessibleName(self.tr("Discard these suggestions"))
        button.setToolTip(self.tr("Discard these suggestions"))
        button.setProperty("flat", True)
        button.setIconSize(QSize(16, 16))
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._question, 1)
        row.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._theme.changed.connect(self._dress)
        self._dress()
        return head

    def _dress(self) -> None:
        self.discard_button.setIcon(self._theme.icon("close"))

    def _shape_parts(self) -> None:
        self._history.setObjectName("refinement")
        self._history.setTextFormat(Qt.TextFormat.PlainText)
        self._history.setWordWrap(True)
        self._history.setProperty("quiet", True)
        self.polish_field.setObjectName("polishField")
        self.polish_field.setAccessibleName(self.tr("What should be different"))
        self.polish_field.setPlaceholderText(self.tr("What should be different? Enter sends it"))
        self.polish_field.hide()
        self._back.setObjectName("bringBack")
        self._back.setProperty("link", True)
        self._back.hide()

    def _connect(self) -> None:
        self.notice.settings_requested.connect(self.settings_requested)
        self.review.toggled.connect(self._reviewing)
        self.candidates.chosen.connect(self._chosen)
        self.candidates.taken.connect(self._take)
        self.polish_field.returnPressed.connect(lambda: self.ask_to_polish(self.polish_field.text()))
        actions = self.actions_row
        self._connect_actions(actions)
        actions.more_button.clicked.connect(self.ask_for_more)
        actions.polish_button.clicked.connect(self._show_polish)
        self.discard_button.clicked.connect(self.discard)
        self._back.clicked.connect(lambda: self._fold(False))
        actions.good_button.clicked.connect(lambda: self._judge(good=True))
        actions.bad_button.clicked.connect(lambda: self._judge(good=False))

    def _take(self) -> None:
        """Enter does what the primary button does."""
        if self.can_replace and self.actions_row.prefers_replace:
            self.replace_requested.emit()
        elif self.can_insert:
            self.insert_requested.emit()

    def _chosen(self, _n: int) -> None:
        self.review.end()
        self.actions_row.show_vote(None)
        self._update()

    def _show_polish(self) -> None:
        self.polish_field.show()
        self.polish_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self, *, good: bool) -> None:
        self.actions_row.show_vote(good)
        self.judged.emit(self.trace_id, Outcome.GOOD if good else Outcome.BAD)

    def _fold(self, on: bool) -> None:
        """Show nothing but that the suggestions were discarded, and the way back."""
        self.review.end()
        for part in (self.candidates, self.actions_row, self.discard_button):
            part.setVisible(not on)
        self._back.setVisible(on)
        self.polish_field.hide()
        self._say(self.tr("Discarded.") if on else "")
        if not on:
            self._update()
            self.candidates.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reviewing(self, on: bool) -> None:
        """The changes stand in the place of the candidates and bring their own buttons."""
        self.candidates.setVisible(not on)
        self.actions_row.setVisible(not on)
