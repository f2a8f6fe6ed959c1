"""A text held against the notes, statement by statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.assist.model import CheckDone, CheckedClaim, CheckRequest, Claim, Verdict
from core.errors import PilotfishError
from desktop.error_text import word
from desktop.panel.card import Card
from desktop.panel.places import place_name
from desktop.panel.text_row import TextRow
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import shortened, tooltip
from desktop.widgets.settle import settle_layout

_ICONS = {
    Verdict.SUPPORTED: ("check", "ok"),
    Verdict.CONTRADICTED: ("warning", "error"),
    Verdict.NOT_FOUND: ("help", "quiet"),
}
_MOST_LINES = 6


class CheckCard(Card):
    """Shows the statements of a text and what the notes say to each."""

    def __init__(
        self, theme: Theme, request: CheckRequest, anchor: object = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, self._title_of(request.text), None, anchor, parent)
        self.request = request
        self._is_running = False
        self._trace_id = ""
        self._claims: dict[int, _ClaimView] = {}
        self._verdicts: dict[int, Verdict] = {}
        self.setObjectName("checkCard")
        self.setAccessibleName(self.title)
        self._list = QWidget(self)
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._stack(self._question, self._list, self._status, self.problem, rows=(self._list,))
        self.begin()

    @property
    def is_under_way(self) -> bool:
        """Whether statements are still being looked up."""
        return self._is_running

    @property
    def trace_id(self) -> str:
        """The trace of the finished check."""
        return self._trace_id

    def begin(self) -> None:
        """Wait for the statements, forgetting earlier ones."""
        for view in self._claims.values():
            view.hide()
            view.deleteLater()
        self._claims.clear()
        self._verdicts.clear()
        self._is_running = True
        self.problem.hide()
        self._say(self.tr("Finding the statements"))

    def show_claims(self, claims: Sequence[Claim]) -> None:
        """Show what will be looked up."""
        for claim in claims:
            view = self._claims[claim.n] = _ClaimView(self._theme, claim, self)
            view.show_state(self.tr("looking it up"))
            self._rows.addWidget(view)
        self._say("" if claims else self.tr("There is no statement in it that could be checked."))
        settle_layout(self._list)

    def show_checked(self, checked: CheckedClaim) -> None:
        """Show what the notes say to one statement."""
        view = self._claims.get(checked.claim.n)
        if view is None:
            return
        self._verdicts[checked.claim.n] = checked.verdict
        view.show_verdict(checked, self._word(checked))
        for row, citation in zip(view.quotes, checked.citations, strict=True):
            row.clicked.connect(partial(self.open_requested.emit, citation.path, citation.start_line))
        settle_layout(self._list)

    def finish(self, done: CheckDone) -> None:
        """All statements were looked up."""
        self._is_running = False
        self._trace_id = done.trace_id
        if done.problem is not None:
            worded = word(done.problem)
            self.problem.show_problem(worded)
        if self._claims:
            self._say(self._summary())
        self._announce(self._status.text())

    def fail(self, error: PilotfishError) -> None:
        """Say what went wrong; what was looked up before stays."""
        self._halt()
        self._say("")
        self.problem.show_problem(word(error))
        self._announce(self.problem.text)

    def stop(self) -> None:
        """The person stopped it; what was looked up before stays."""
        self._halt()
        self._say(self.tr("Stopped."))

    def _title_of(self, text: str) -> str:
        return self.tr("Fact check: {text}").format(text=shortened(" ".join(text.split()), 60))

    def _halt(self) -> None:
        self._is_running = False
        for n, view in self._claims.items():
            if n not in self._verdicts:
                view.show_state(self.tr("not looked up"))

    def _word(self, checked: CheckedClaim) -> str:
        words = {
            Verdict.SUPPORTED: self.tr("Your notes say so"),
            Verdict.CONTRADICTED: self.tr("Your notes say otherwise"),
            Verdict.NOT_FOUND: self.tr("Your notes say nothing about it"),
        }[checked.verdict]
        return self.tr("{verdict}, as the model judges").format(verdict=words) if checked.by_model else words

    def _summary(self) -> str:
        count = Counter(self._verdicts.values())
        return self.tr("{yes} supported, {no} contradicted, {none} not found").format(
            yes=count[Verdict.SUPPORTED], no=count[Verdict.CONTRADICTED], none=count[Verdict.NOT_FOUND]
        )


class _ClaimView(QWidget):
    """One statement with its verdict, and below it the notes' own words."""

    def __init__(self, theme: Theme, claim: Claim, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._claim = claim
        self.quotes: list[TextRow] = []
        self._row = TextRow(theme, self)
        self._row.setObjectName("claim")
        self._row.show_icon("more")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._row)

    def show_state(self, words: str) -> None:
        """Say where the look-up stands."""
        self._row.show_text(self._claim.text, quiet=words, max_lines=_MOST_LINES)

    def show_verdict(self, checked: CheckedClaim, words: str) -> None:
        """Show the verdict, and the quotes it rests on."""
        icon, role = _ICONS[checked.verdict]
        self._row.show_icon(icon, role=role)
        self.show_state(words)
        for row in self.quotes:
            row.deleteLater()
        self.quotes = []
        for citation in checked.citations:
            row = TextRow(self._theme, self)
            row.setObjectName("citation")
            row.show_icon("quote")
            place = place_name(citation.path, citation.heading_path)
            row.show_text(citation.quote, quiet=place, max_lines=4)
            row.setToolTip(tooltip(f"{citation.path}:{citation.start_line}"))
            row.setContentsMargins(0, 0, 0, 0)
            self._column.addWidget(row)
            self.quotes.append(row)
