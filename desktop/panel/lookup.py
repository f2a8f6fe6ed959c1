"""What `/`, `@` and `#` bring up while a request is typed: prompts, notes and tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from core.prompts.model import Prompt
from desktop.bridge.note_names import NoteNames
from desktop.panel.composer import RequestEdit
from desktop.panel.library import Library
from desktop.theme.theme import Theme
from desktop.widgets.hit_list import Hit, HitList

PROMPT, NOTE, TAG = "/", "@", "#"
MOST = 40
_TALLEST = 260


class SuggestionList(QFrame):
    """The list above the composer; it never takes the keyboard from it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestions")
        self.setProperty("card", True)
        self.list = HitList(theme, self)
        self.list.setAccessibleName(self.tr("Suggestions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.list)
        self.hide()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these, the first one current; with none the list goes away."""
        self.list.show_hits(hits)
        if hits:
            self.list.go_to(0)
            height = sum(self.list.sizeHintForRow(row) for row in range(len(hits)))
            self.list.setFixedHeight(min(height + 4, _TALLEST))
        self.setVisible(bool(hits))

    def press(self, key: int) -> None:
        """Move in the list, or take the current one."""
        meant = Qt.Key.Key_Return if key == Qt.Key.Key_Tab else key
        press = QKeyEvent(QKeyEvent.Type.KeyPress, meant, Qt.KeyboardModifier.NoModifier)
        self.list.keyPressEvent(press)


class Lookup(QObject):
    """Fills the list from what is typed, and says what was taken from it.

    Signals:
        prompt_chosen: Carries the `Prompt`.
        note_pinned: Carries the path of a note that is to go along.
        tag_pinned: Carries a tag, without its mark, to which the search is to be held.
        problem_chosen: Carries path and line of a mistake in a prompt or scene of the person's own.
    """

    prompt_chosen = Signal(object)
    note_pinned = Signal(str)
    tag_pinned = Signal(str)
    problem_chosen = Signal(str, int)

    def __init__(
        self,
        edit: RequestEdit,
        suggestions: SuggestionList,
        library: Library,
        *,
        names: NoteNames,
        notes: Callable[[], Iterable[str]],
        first: Callable[[], Sequence[Prompt]],
    ) -> None:
        """`notes` returns the paths of all notes, found by their folders too; `first` the prompts of the
        scene in force, which lead the list; lives as long as `edit`.
        """
        super().__init__(edit)
        self._edit = edit
        self._suggestions = suggestions
        self._library = library
        self._note_names = names
        self._notes = notes
        self._first = first
        self._mark = self._words = ""
        library.names_changed.connect(lambda: self._look_again(PROMPT))
        names.changed.connect(lambda: self._look_again(NOTE))
        edit.lookup_changed.connect(self._look_up)
        edit.lookup_key.connect(suggestions.press)
        suggestions.list.opened.connect(self._take)

    @property
    def is_open(self) -> bool:
        """Whether the list is in sight."""
        return not self._suggestions.isHidden()

    def close(self) -> None:
        """Take the list away; typing on brings it back."""
        self._show([])

    def _look_up(self, mark: str, words: str) -> None:
        self._mark, self._words = mark, words
        if mark == PROMPT:
            self._show(self._prompts(words))
        elif mark == NOTE:
            self._show(self._matching_notes(words))
        elif mark == TAG and words:
            self._show([Hit(words, 0, f"#{words}", self.tr("Look only in notes with this tag"))])
        else:
            self._show([])

    def _look_again(self, mark: str) -> None:
        """Find by names just learnt, too, in the list that is in sight or would have been."""
        if self._mark == mark:
            self._look_up(mark, self._words)

    def _show(self, hits: Sequence[Hit]) -> None:
        if list(hits) != list(self._suggestions.list.hits) or self.is_open != bool(hits):
            self._suggestions.show_hits(hits)
        self._edit.is_looking_up = bool(hits)

    def _prompts(self, words: str) -> list[Hit]:
        language = self._library.language
        found = self._library.find(words, first=self._first())[:MOST]
        hits = [Hit(prompt.id, 0, prompt.title.of(language), prompt.about.of(language)) for prompt in found]
        return [*hits, *self._problems(words)] or self._nothing(words)

    def _nothing(self, words: str) -> list[Hit]:
        """Return the words for a name that no prompt has, so that Enter does not send it as a question."""
        if not words or not self._library.knows_names or not words.isalnum():
            return []
        title = self.tr("No prompt is called “{words}”").format(words=words)
        return [Hit("", 0, title, self.tr("Esc, then Enter sends it as it stands"))]

    def _problems(self, words: str) -> list[Hit]:
        """Return the person's own files that cannot be used, with the reason; they open at the line."""
        return [
            Hit(
                problem.file,
                problem.line,
                self.tr("{file}, line {line} has a mistake").format(
                    file=PurePosixPath(problem.file).name, line=problem.line
                ),
                problem.text,
            )
            for problem in self._library.problems
            if words.casefold() in problem.file.casefold()
        ]

    def _matching_notes(self, words: str) -> list[Hit]:
        wanted = words.casefold()
        by_path = sorted(
            (path for path in self._notes() if wanted in path.casefold()),
            key=lambda path: (not PurePosixPath(path).stem.casefold().startswith(wanted), len(path), path),
        )
        found = dict.fromkeys([*self._note_names.find(words, MOST), *by_path])
        return [Hit(path, 0, PurePosixPath(path).stem, path) for path in list(found)[:MOST]]

    def _take(self, key: str, line: int) -> None:
        mark = self._mark
        if not key:
            return
        self._edit.take_lookup()
        self.close()
        if mark == PROMPT and line:
            self.problem_chosen.emit(key, line)
        elif mark == PROMPT:
            prompt = self._library.prompt(key)
            if prompt is not None:
                self._edit.clear()
                self.prompt_chosen.emit(prompt)
        elif mark == NOTE:
            self.note_pinned.emit(key)
        elif mark == TAG:
            self.tag_pinned.emit(key)
