"""Tells what the person types at the caret from every other change to the note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from desktop.editor.editor import Editor
from desktop.editor.positions import to_points

_GIVE_UP = frozenset((Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Delete))
"""Keys that end a composition without a word; an input method that is done lets their release through."""

_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class TypingWatch(QObject):
    """Watches the note in one editor.

    Signals:
        typed: Text went in at the caret within its line, by key or input method; carries the text.
        broke: The person broke the line with Enter.
        changed: The text changed in any other way: deleted, pasted, undone, written by somebody else.
        moved: The caret moved or something was selected, and the text is the same.
        input_method: An input method has something to say, and Qt has not heard it yet; carries whether it
            is composing.
        composed: Qt has heard it, and nothing is being composed.
    """

    typed = Signal(str)
    broke = Signal()
    changed = Signal()
    moved = Signal()
    input_method = Signal(bool)
    composed = Signal()

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._composing = False
        self._is_unsure = False
        """The letters are gone and no word came: a list may be open still (Tab in ibus-libpinyin)."""
        self._before = self._after = ""
        self._position = self._lines = 0
        self._heard = QTimer(self, interval=0, singleShot=True)
        self._heard.timeout.connect(self._tell_composed)
        editor.installEventFilter(self)
        editor.cursorPositionChanged.connect(self._caret_moved)
        editor.selectionChanged.connect(self._caret_moved)
        editor.note_shown.connect(self._begin)
        editor.leaving.connect(self._end)
        self._begin()

    @property
    def composing(self) -> bool:
        """Whether an input method is composing, or may be, without a letter on the screen."""
        return self._composing

    @property
    def busy(self) -> bool:
        """Whether an input method is composing, or Qt is only now hearing what was composed."""
        return self._composing or self._heard.isActive()

    @property
    def before(self) -> str:
        """The caret's line up to the caret."""
        return self._before

    @property
    def after(self) -> str:
        """The caret's line from the caret on."""
        return self._after

    def _begin(self) -> None:
        if self._editor.note is not None:
            self._editor.note.edited.connect(self._edited)
            self._remember()

    def _end(self) -> None:
        if self._editor.note is not None:
            self._editor.note.edited.disconnect(self._edited)
        if self._composing:
            self._is_unsure = False
            self._tell(composing=False)

    def _edited(self) -> None:
        before, after, lines = self._before, self._after, self._lines
        self._remember()
        if self.busy and (self._before, self._after, self._lines) == (before, after, lines):
            return  # Qt tells of a change of text where only what is being composed changed
        typed = self._inserted(before, after) if self._lines == lines else ""
        if not self._editor.is_typing:
            self.changed.emit()
        elif typed:
            self.typed.emit(typed)
        elif self._lines > lines:
            self.broke.emit()
        else:
            self.changed.emit()

    def _inserted(self, before: str, after: str) -> str:
        """Return what was put between the two halves of the line; empty where they are not what they were."""
        is_insertion = self._after == after and self._before.startswith(before)
        return self._before[len(before) :] if is_insertion else ""

    def _caret_moved(self) -> None:
        cursor = self._editor.textCursor()
        if cursor.position() != self._position or cursor.hasSelection():
            self._remember()
            self.moved.emit()

    def _remember(self) -> None:
        cursor = self._editor.textCursor()
        line = cursor.block().text()
        column = to_points(line, cursor.positionInBlock())
        self._before, self._after = line[:column], line[column:]
        self._position = cursor.position()
        self._lines = self._editor.blockCount()

    def _tell(self, *, composing: bool) -> None:
        self._composing = composing
        self.input_method.emit(composing)
        if not composing:
            self._heard.start()

    def _tell_composed(self) -> None:
        if not self._composing:
            self.composed.emit()

    # Qt overrides

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice an input method before Qt does; what says something goes on to the editor."""
        if isinstance(event, QInputMethodEvent):
            if _says_nothing(event) and (self._is_unsure or not self._composing):
                return True
            self._is_unsure = self._composing and not event.preeditString() and not event.commitString()
            self._tell(composing=bool(event.preeditString()) or self._is_unsure)
        elif self._is_unsure and isinstance(event, QKeyEvent) and _is_ours(event):
            self._is_unsure = False
            self._tell(composing=False)
        return False


def _is_ours(key: QKeyEvent) -> bool:
    """Whether a key shows that the input method is done: while its list is open it lets only Ctrl through."""
    if key.type() is QEvent.Type.KeyRelease:
        return key.key() in _GIVE_UP
    return key.key() < Qt.Key.Key_Shift and not key.modifiers() & _COMMANDS


def _says_nothing(event: QInputMethodEvent) -> bool:
    """Whether an event is empty: ibus and fcitx5 send one after each word, and Qt would lay out the line."""
    says = event.preeditString() or event.commitString() or event.replacementLength() or event.attributes()
    return not says
