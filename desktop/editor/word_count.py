"""How long the note is, or what is selected of it, in the line at the bottom."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable

from PySide6.QtWidgets import QLabel, QWidget

from core.concurrency import CancelToken
from core.text.counting import count_words
from desktop.bridge.tasks import TaskRunner
from desktop.editor.document_text import selected_text
from desktop.editor.editor import Editor

log = logging.getLogger(__name__)

_TURN = 500
"""Lines after which the window has its turn."""


class Tally:
    """Counts lines that change here and there: those that were there before are known.

    To count 20 000 lines takes 35 ms, in which the window waits for Python's lock again and again; to look
    them up takes 4.
    """

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def count(self, lines: Iterable[str], token: CancelToken) -> int:
        """Return the number of words; from one thread at a time.

        Raises:
            Cancelled: nobody wants to know any more.
        """
        counted: dict[str, int] = {}
        total = 0
        for number, line in enumerate(lines):
            if number % _TURN == 0:
                token.raise_if_cancelled()
                time.sleep(0)
            words = counted.get(line)
            if words is None:
                words = self._known.get(line)
                counted[line] = words = count_words(line) if words is None else words
            total += words
        self._known = counted
        return total


class WordCount(QLabel):
    """Follows one editor whenever the person pauses; nothing is shown without a note."""

    def __init__(self, editor: Editor, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wordCount")
        self.setProperty("quiet", True)
        self.setContentsMargins(8, 0, 8, 0)
        self._editor, self._tasks = editor, tasks
        self._counting: CancelToken | None = None
        self._tally = Tally()
        self._counted: tuple[object, int] | None = None
        editor.context_changed.connect(self._look)

    def _look(self) -> None:
        """Count on the task runner, unless this text was counted before."""
        note, cursor = self._editor.note, self._editor.textCursor()
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None
        if note is None:
            self.clear()
            return
        state = (note, note.version)
        selected = selected_text(cursor) if cursor.hasSelection() else None
        if selected is None and self._counted == state:
            return
        self._counted = state if selected is None else None
        lines = note.outline()[0] if selected is None else selected.split("\n")
        tally = self._tally if selected is None else Tally()
        self._counting = self._tasks.submit(
            lambda token: tally.count(lines, token),
            done=lambda count: self._show(count, is_part=selected is not None),
            failed=lambda error: log.warning("the words could not be counted: %s", error),
        )

    def _show(self, count: int, *, is_part: bool) -> None:
        self._counting = None
        shown = f"{count:,}".replace(",", "\u202f")
        words = self.tr("{count} words", "", count)
        if is_part:
            words = self.tr("{count} words selected", "", count)
        self.setText(words.format(count=shown))
