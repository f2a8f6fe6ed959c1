"""Marks misspelt English words in sight at the person's pauses.

The dictionary is loaded on another thread when a note with English in it is first in sight (40 MiB).
"""

from __future__ import annotations

import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QTextBlock

from core.concurrency import CancelToken
from desktop.bridge.tasks import TaskRunner
from desktop.editor.editor import Editor
from desktop.editor.line_marks import Tokens
from desktop.editor.markdown_tokens import NORMAL
from desktop.editor.positions import to_points
from desktop.editor.slices import Slices, Work

if TYPE_CHECKING:
    from core.text.spelling import Speller
    from desktop.editor.note_document import NoteDocument

log = logging.getLogger(__name__)

PAUSE_MS = 400
IN_SIGHT_MS = 60
BEGINNING = 200
"""Lines by which a note's language is told."""
REMEMBERED = 5_000
"""Lines whose misspelt words are kept."""

_ENGLISH = re.compile(r"[A-Za-z]{2}")


class SpellingMemory(Protocol):
    """Remembers whether spelling is checked."""

    checks_spelling: bool


class SpellCheck(QObject):
    """Follows one editor while its action is checked."""

    def __init__(
        self, editor: Editor, action: QAction, tasks: TaskRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._editor, self._action, self._tasks = editor, action, tasks
        self._memory: SpellingMemory | None = None
        self._folder: Path | None = None
        self._notes: Callable[[], Sequence[str]] = tuple
        self._names = 0
        self._speller: Speller | None = None
        self._is_loading = False
        self._found: OrderedDict[tuple[str, int, bool, bool], Tokens] = OrderedDict()
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._look)
        self._slices = Slices(self)
        action.toggled.connect(self._toggled)
        editor.note_shown.connect(self._begin)
        editor.restyled.connect(self._came_into_sight)
        editor.cursorPositionChanged.connect(self._moved)
        editor.leaving.connect(self._end)
        self._begin()

    @property
    def speller(self) -> Speller | None:
        """The dictionary; None until it is loaded."""
        return self._speller

    def remember_in(self, memory: SpellingMemory, folder: Path, notes: Callable[[], Sequence[str]]) -> None:
        """Check spelling if it was checked the last time; the person's own words lie in a file in `folder`.

        Args:
            notes: the paths of the vault's notes, whose names are right.
        """
        self._memory, self._folder, self._notes = memory, folder, notes
        self._action.setChecked(memory.checks_spelling)

    def _toggled(self, checks: bool) -> None:
        if self._memory is not None:
            self._memory.checks_spelling = checks
        self._rest()
        if checks:
            self._pause.start(0)
        elif self._editor.note is not None:
            self._editor.note.highlighter.forget_spelling()
            self._editor.style_what_is_seen()

    def _begin(self) -> None:
        if self._editor.note is not None:
            self._editor.note.edited.connect(self._moved)
            self._came_into_sight()

    def _end(self) -> None:
        if self._editor.note is not None:
            self._editor.note.edited.disconnect(self._moved)
        self._rest()

    def _came_into_sight(self) -> None:
        if self._action.isChecked() and not self._pause.isActive():
            self._pause.start(IN_SIGHT_MS)

    def _moved(self) -> None:
        if self._action.isChecked():
            self._pause.start(PAUSE_MS)

    def _rest(self) -> None:
        self._pause.stop()
        self._slices.stop()

    def _look(self) -> None:
        """Begin to check the lines in sight."""
        if self._editor.note is None:
            return
        if self._speller is None:
            self._load()
            return
        self._learn_names()
        first, last = self._editor.lines_in_sight()
        self._slices.begin(self._check(self._editor.note, self._speller, range(first, last + 1)))

    def _check(self, note: NoteDocument, speller: Speller, numbers: Iterable[int]) -> Work:
        """Check some lines, and show what was found."""
        in_chinese = _is_chinese(note)
        for number in numbers:
            block = note.findBlockByNumber(number)
            if block.isValid():
                found = self._without_caret(block, self._misspelt(block, speller, in_chinese))
                note.highlighter.mark_spelling(number, block.text(), found)
            yield
        self._editor.style_what_is_seen()

    def _misspelt(self, block: QTextBlock, speller: Speller, in_chinese: bool) -> Tokens:
        from desktop.editor.spelling_words import misspelt

        previous = block.previous()
        state = previous.userState() if previous.isValid() else NORMAL
        line, is_first = block.text(), not previous.isValid()
        key = (line, state, is_first, in_chinese)
        if key not in self._found:
            self._found[key] = misspelt(line, state, speller.knows, is_first=is_first, in_chinese=in_chinese)
        self._found.move_to_end(key)
        while len(self._found) > REMEMBERED:
            self._found.popitem(last=False)
        return self._found[key]

    def _without_caret(self, block: QTextBlock, found: Tokens) -> Tokens:
        """Leave out the word that is being written."""
        cursor = self._editor.textCursor()
        if not found or cursor.block() != block or not self._editor.hasFocus():
            return found
        column = to_points(block.text(), cursor.positionInBlock())
        return tuple(token for token in found if not token.start < column <= token.end)

    # The dictionary

    def _load(self) -> None:
        if not self._is_loading and self._has_english():
            self._is_loading = True
            self._tasks.submit(
                partial(_load_speller, self._folder),
                done=self._loaded,
                failed=lambda error: log.warning("spelling cannot be checked: %s", error),
            )

    def _has_english(self) -> bool:
        first, last = self._editor.lines_in_sight()
        find = self._editor.document().findBlockByNumber
        return any(_ENGLISH.search(find(number).text()) for number in range(first, last + 1))

    def _loaded(self, speller: Speller) -> None:
        self._speller = speller
        self._came_into_sight()

    def _learn_names(self) -> None:
        """Take the words in the names of notes for right."""
        notes = self._notes()
        if len(notes) != self._names:
            self._names = len(notes)
            self._tasks.submit(
                partial(_names_of, tuple(notes)),
                done=self._learn,
                failed=lambda error: log.warning("names could not be learnt: %s", error),
            )

    def _learn(self, words: Sequence[str]) -> None:
        if self._speller is not None:
            self._speller.add(words)
            self._found.clear()
            self._came_into_sight()

    def keep(self, word: str) -> None:
        """Take a word for right from now on, in every vault."""
        self._learn([word])
        if (folder := self._folder) is not None:
            self._tasks.submit(
                partial(_add_word, folder, word),
                done=lambda _none: None,
                failed=lambda error: log.warning("a word could not be kept: %s", error),
            )


def _is_chinese(note: NoteDocument) -> bool:
    """Whether a note is Chinese, by its beginning."""
    from core.text.spelling import is_chinese

    return is_chinese(note.findBlockByNumber(number).text() for number in range(BEGINNING))


def _load_speller(folder: Path | None, _token: CancelToken) -> Speller:
    from desktop.bridge.own_words import load_speller

    return load_speller(folder)


def _add_word(folder: Path, word: str, _token: CancelToken) -> None:
    from desktop.bridge.own_words import add_word

    add_word(folder, word)


def _names_of(notes: Sequence[str], token: CancelToken) -> list[str]:
    words = set()
    for number, note in enumerate(notes):
        words.update(re.findall(r"[A-Za-z]{2,}", PurePosixPath(note).stem))
        if number % 500 == 0:
            token.raise_if_cancelled()
            time.sleep(0)
    return sorted(words)
