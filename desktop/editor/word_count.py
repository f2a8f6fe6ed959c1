"""How long the note is, or what is selected of it, in the line at the bottom."""

from __future__ import annotations

import logging
import time

from PySide6.QtWidgets import QLabel, QWidget

from core.concurrency import CancelToken
from core.text.counting import count_words
from desktop.bridge.tasks import TaskRunner
from desktop.editor.document_text import selected_text
from desktop.editor.editor import Editor

log = logging.getLogger(__name__)

_PIECE = 1 << 15
"""Characters counted at a time: between the pieces the window has its turn."""


class WordCount(QLabel):
    """Follows one editor whenever the person pauses; nothing is shown without a note."""

    def __init__(self, editor: Editor, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wordCount")
        self.setProperty("quiet", True)
        self.setContentsMargins(8, 0, 8, 0)
        self._editor, self._tasks = editor, tasks
        self._counting: CancelToken | None = None
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
        text = note.text() if selected is None else selected
        self._counting = self._tasks.submit(
            lambda token: _count(text, token),
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


def _count(text: str, token: CancelToken) -> int:
    total, start = 0, 0
    while start < len(text):
        token.raise_if_cancelled()
        end = text.find("\n", start + _PIECE)
        end = len(text) if end < 0 else end
        total += count_words(text[start:end])
        start = end
        time.sleep(0)
    return total
