"""The settings page for diagnostics: all that a report would hold, to be read before it is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.bridge.tasks import TaskRunner
from desktop.theme.theme import Theme
from desktop.widgets.indexed_pages import quiet_words
from desktop.windows.report_view import ReportView


class DiagnosticsPage(QWidget):
    """Gathers the report when somebody looks; nothing is sent anywhere."""

    def __init__(
        self,
        prepare: Callable[[], Callable[[], str]],
        tasks: TaskRunner,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        """What `prepare` returns reads files, so it is called on a worker's thread."""
        super().__init__(parent)
        self._prepare = prepare
        self._tasks = tasks
        self._asked = False
        self.view = ReportView(tasks, theme, self)
        self.view.text.setObjectName("diagnosticsText")
        self.view.text.setPlaceholderText(self.tr("Gathering …"))
        self.view.text.setMinimumHeight(240)
        self._lay_out()

    def refresh(self) -> None:
        """Gather the report, once."""
        if not self._asked:
            self._asked = True
            make = self._prepare()
            self._tasks.submit(lambda _token: make(), done=self.view.show_text, failed=self.view.show_failure)

    def _lay_out(self) -> None:
        words = self.tr(
            "This is everything a report would hold: no note, no question, no key. It is sent nowhere; "
            "save it and give it to whom you like."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(quiet_words(words, self))
        column.addWidget(self.view, 1)
