"""The editor with what there is to say about its note: read-only, not saved, changed elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.editor.editor import Editor
from desktop.editor.find_keys import FindKeys
from desktop.theme.theme import Theme
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.message_bar import Choice, MessageBar

if TYPE_CHECKING:
    from desktop.editor.editing_keys import Change
    from desktop.editor.note_search import NoteSearch
    from desktop.editor.note_session import NoteSession


class NotePage(QWidget):
    """Editor, message bar, and the words that stand there when no note is open.

    Signals:
        comparison_requested: The person wants to see both versions; carries the `NoteSession`.
        find_bar_made: There is a bar in which words are looked for.
    """

    comparison_requested = Signal(object)
    find_bar_made = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notePage")
        self.editor = Editor(theme, self)
        self.bar = MessageBar(self)  # about the note in the editor
        self.notice = MessageBar(self)
        self.draft_bar = MessageBar(self)
        self.empty = EmptyState(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self.sheet = QSplitter(Qt.Orientation.Horizontal, self)  # room for the rendered note
        self.sheet.setChildrenCollapsible(False)
        self.sheet.setHandleWidth(1)
        self.sheet.addWidget(self.editor)
        self._pages.addWidget(self.sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.draft_bar)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)
        self._column = column
        self._theme = theme
        self._search: NoteSearch | None = None
        self._find_keys = FindKeys(self)
        self._add_places()
        self._add_looks()
        self._add_writing()

    def show_editor(self, shown: bool) -> None:
        """Show the note, or the words that stand in its place."""
        self._pages.setCurrentWidget(self.sheet if shown else self.empty)

    def add_tabs(self, tabs: QWidget) -> None:
        """Give the open notes their place above everything else."""
        self._column.insertWidget(0, tabs)

    def look_for(self, *, replacing: bool = False) -> None:
        """Open the bar in which words are looked for."""
        self._found().open(replacing=replacing)

    def _add_places(self) -> None:
        """Make what leads about in the note, and from note to note."""
        self.find_action = self._action(self.tr("Find in this note"), "Ctrl+F", self.look_for)
        self.replace_action = self._action(
            self.tr("Find and replace"), "Ctrl+H", lambda: self.look_for(replacing=True)
        )
        self.headings_action = self._action(self.tr("Headings …"), "Ctrl+Shift+O", lambda: None)
        self.notes_action = self._action(self.tr("Open notes …"), "Ctrl+Tab", lambda: None)
        self.notes_back_action = self._action(
            self.tr("Open notes, backwards"), "Ctrl+Shift+Tab", lambda: None
        )
        self.close_action = self._action(self.tr("Close this note"), "Ctrl+W", lambda: None)
        self.reopen_action = self._action(self.tr("Open the note closed last"), "Ctrl+Shift+T", lambda: None)
        self.next_note_action = self._action(self.tr("Next note"), "Ctrl+PgDown", lambda: None)
        self.previous_note_action = self._action(self.tr("Note before"), "Ctrl+PgUp", lambda: None)
        self._action(self.tr("Find next"), "F3", lambda: self._found().next())
        self._action(self.tr("Find previous"), "Shift+F3", lambda: self._found().previous())

    def _add_looks(self) -> None:
        """Make what changes how notes are shown."""
        self.preview_action = self._action(self.tr("Preview"), "Ctrl+Shift+V", lambda: None)
        self.preview_action.setCheckable(True)
        self.spelling_action = self._action(self.tr("Check English spelling"), "", lambda: None)
        self.spelling_action.setCheckable(True)
        self.larger_action = self._action(self.tr("Larger text"), "Ctrl+=", lambda: None)
        self.larger_action.setShortcuts([QKeySequence("Ctrl+="), QKeySequence("Ctrl++")])
        self.smaller_action = self._action(self.tr("Smaller text"), "Ctrl+-", lambda: None)
        self.usual_size_action = self._action(self.tr("Usual size of text"), "Ctrl+0", lambda: None)

    def _add_writing(self) -> None:
        """Make what changes the note."""
        self.align_action = self._action(self.tr("Align table"), "Ctrl+Shift+A", self._align)
        self._action(self.tr("Bold"), "Ctrl+B", lambda: self._emphasise("**"))
        self._action(self.tr("Italic"), "Ctrl+I", lambda: self._emphasise("*"))
        self._action(self.tr("Move lines up"), "Alt+Up", lambda: self._move_lines(up=True))
        self._action(self.tr("Move lines down"), "Alt+Down", lambda: self._move_lines(up=False))
        self._action(self.tr("Tick a task off"), "Ctrl+Shift+X", self._toggle_tasks)
        self._action(self.tr("Make a link"), "Ctrl+K", self._make_link)
        self._action(self.tr("Follow the link"), "Alt+Return", self._follow_link)

    def _align(self) -> None:
        from desktop.editor.align_table import align_table

        align_table(self.editor)

    def _emphasise(self, mark: str) -> None:
        from desktop.editor.emphasis import toggle

        if self.editor.hasFocus():
            toggle(self.editor, mark)

    def _move_lines(self, *, up: bool) -> None:
        from desktop.editor.line_moves import move_down, move_up

        self._change(move_up if up else move_down)

    def _toggle_tasks(self) -> None:
        from desktop.editor.tasks_done import toggle_tasks

        self._change(toggle_tasks)

    def _make_link(self) -> None:
        from desktop.editor.linking import insert_link

        self._change(insert_link)

    def _change(self, change: Change) -> None:
        """Change the note where the person is in it: a key pressed in the panel does not mean the note."""
        if self.editor.hasFocus():
            self.editor.change(change)

    def _follow_link(self) -> None:
        from desktop.editor.linking import follow_link

        if self.editor.hasFocus():
            follow_link(self.editor)

    def _found(self) -> NoteSearch:
        """Return the search; it is built when it is first wanted."""
        if self._search is None:
            from desktop.editor.find_bar import FindBar
            from desktop.editor.note_search import NoteSearch

            bar = FindBar(self._theme, self._find_keys, self)
            self._column.insertWidget(self._column.count() - 1, bar)
            self._search = NoteSearch(self.editor, bar, self._theme, self)
            self.find_bar_made.emit()
        return self._search

    def _action(self, text: str, keys: str, call: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: call())
        self.addAction(action)
        return action

    def show_session(self, session: NoteSession | None) -> None:
        """Say what there is to say about the note in the editor."""
        if session is None:
            self.bar.rest()
        elif session.conflict is not None:
            self._say_conflict(session)
        elif session.problem is not None:
            self._say_problem(session, session.problem)
        elif session.read_only_reason:
            self.bar.say(
                self.tr("This note is shown, not edited: {reason}").format(reason=session.read_only_reason)
            )
        else:
            self.bar.rest()

    def _say_conflict(self, session: NoteSession) -> None:
        self.bar.say(
            self.tr("This note was changed elsewhere, in the lines that you changed too."),
            Choice(self.tr("See both"), lambda: self.comparison_requested.emit(session), is_primary=True),
            Choice(self.tr("Keep both"), session.keep_both),
            Choice(self.tr("Keep mine"), session.keep_mine),
            Choice(self.tr("Take theirs"), session.take_theirs),
        )

    def _say_problem(self, session: NoteSession, error: Exception) -> None:
        from core.errors import NoteMissing
        from desktop.error_text import word

        if isinstance(error, NoteMissing):
            self.bar.say(
                self.tr("This note was deleted or moved elsewhere. Its text is still here."),
                Choice(self.tr("Save it again"), session.save_anew),
                is_problem=True,
            )
            return
        worded = word(error)
        self.bar.say(
            f"{worded.text} {worded.hint}".strip(),
            Choice(self.tr("Try again"), session.save),
            is_problem=True,
        )
