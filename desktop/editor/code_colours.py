"""Colours the code in sight at the person's pauses, a few milliseconds at a time."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.bridge.tasks import TaskRunner
from desktop.editor.code_fences import Fence, fences_in_sight
from desktop.editor.editor import Editor
from desktop.editor.line_marks import Tokens, by_line
from desktop.editor.slices import SLICE_S, Slices, Work

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from desktop.editor.code_lexing import Lexing

log = logging.getLogger(__name__)

PAUSE_MS = 120
"""After a key: until then what is typed has the colour of what it goes on with."""
IN_SIGHT_MS = 20
REMEMBERED = 64
"""Fences whose colours are kept: scrolling back, undoing and coming back to a note cost nothing."""


class CodeColours(QObject):
    """Follows one editor."""

    def __init__(self, editor: Editor, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor, self._tasks = editor, tasks
        self._lexers: dict[str, Lexer | None] = {}
        self._wanted: set[str] = set()
        self._known: OrderedDict[tuple[str, tuple[str, ...]], list[Tokens]] = OrderedDict()
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look)
        self._slices = Slices(self)
        editor.restyled.connect(self._came_into_sight)
        editor.note_shown.connect(self._begin)
        editor.leaving.connect(self._end)
        editor.destroyed.connect(self._pause.stop)
        self._begin()

    def _begin(self) -> None:
        if self._editor.note is not None:
            self._editor.note.edited.connect(self._edited)
            self._pause.start(IN_SIGHT_MS)

    def _end(self) -> None:
        if self._editor.note is not None:
            self._editor.note.edited.disconnect(self._edited)
        self._pause.stop()
        self._slices.stop()

    def _edited(self) -> None:
        self._pause.start(PAUSE_MS)

    def _came_into_sight(self) -> None:
        if not self._pause.isActive():
            self._pause.start(IN_SIGHT_MS)

    def _look(self) -> None:
        """See what code is in sight, colour what is known and begin with what is not."""
        if self._editor.note is None:
            return
        waiting = []
        for fence in fences_in_sight(self._editor.note, *self._editor.lines_in_sight()):
            if (fence.language, fence.lines) in self._known:
                self._show(fence)
            elif fence.language not in self._lexers:
                self._load(fence.language)
            elif self._lexers[fence.language] is not None:
                waiting.append(fence)
        self._slices.begin(self._colour(waiting))

    def _load(self, language: str) -> None:
        if language not in self._wanted:
            self._wanted.add(language)
            self._tasks.submit(
                lambda _token: _find_lexer(language),
                done=partial(self._loaded, language),
                failed=lambda error: log.warning("code could not be coloured: %s", error),
            )

    def _loaded(self, language: str, lexer: Lexer | None) -> None:
        self._lexers[language] = lexer
        if lexer is not None and not self._pause.isActive():
            self._look()

    def _colour(self, fences: Sequence[Fence]) -> Work:
        """Colour fences whose languages are known, one after the other."""
        for fence in fences:
            lexing = _begin_lexing(self._lexers[fence.language], fence)
            while not lexing.go_on(SLICE_S):
                yield
            self._known[fence.language, fence.lines] = by_line(fence.lines, lexing.tokens)
            self._show(fence)
            yield

    def _show(self, fence: Fence) -> None:
        key = (fence.language, fence.lines)
        self._known.move_to_end(key)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        note = self._editor.note
        assert note is not None
        note.highlighter.colour(fence.first, fence.lines, self._known[key])
        self._editor.style_what_is_seen()


def _find_lexer(language: str) -> Lexer | None:
    from desktop.editor.code_lexing import find_lexer

    return find_lexer(language)


def _begin_lexing(lexer: Lexer | None, fence: Fence) -> Lexing:
    from desktop.editor.code_lexing import Lexing

    assert lexer is not None
    return Lexing(lexer, "\n".join(fence.lines))
