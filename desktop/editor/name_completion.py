"""Names of notes, headings and tags while they are written: a short list under the caret, keyboard first."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QVBoxLayout

from core.text.matching import Term, Terms, find_terms
from desktop.bridge.engine_bridge import EngineBridge
from desktop.editor.editor import Editor
from desktop.editor.markdown_tokens import region
from desktop.editor.name_trigger import NameKind, Written, link_to, path_of, tag_of, written_at
from desktop.editor.positions import units
from desktop.editor.typing_watch import TypingWatch
from desktop.theme.theme import Theme
from desktop.widgets.hit_list import Hit, HitList

log = logging.getLogger(__name__)

ROWS = 8
WIDTH = 360
GAP = 4
FRESH_S = 3.0
"""What the vault's names are is asked again after this while."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class NameCompletion(QObject):
    """Shows what a name could become and puts in what is chosen."""

    def __init__(
        self,
        editor: Editor,
        watch: TypingWatch,
        bridge: EngineBridge,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._watch, self._bridge, self._theme = editor, watch, bridge, theme
        self._known: dict[tuple[NameKind, str], tuple[float, Terms]] = {}
        self._asked: set[tuple[NameKind, str]] = set()
        self._written: Written | None = None
        self._terms: Sequence[Term] = ()
        self._popup: QFrame | None = None
        self._is_open = False  # asking the list itself would be an error while the window is taken down
        self._waived: tuple[int, int] | None = None
        watch.typed.connect(self._look)
        watch.changed.connect(self._changed)
        watch.broke.connect(self.close)
        watch.moved.connect(self.close)
        watch.input_method.connect(self._step_back)
        watch.composed.connect(self._come_back)
        editor.leaving.connect(self.close)
        editor.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether the list is on the screen."""
        return self._is_open

    def close(self) -> None:
        """Take the list away."""
        self._written = None
        self._hide()

    def forget(self) -> None:
        """Forget the names: another vault is open."""
        self._known.clear()

    def _step_back(self, composing: bool) -> None:
        """Leave the place below the caret, and the keys, to the list of the input method."""
        if composing:
            self._hide()

    def _come_back(self) -> None:
        if self._written is not None and not self.is_open:
            self._look()

    def _changed(self) -> None:
        """Follow a letter that was deleted; any other change ends it."""
        if self._written is not None and self._editor.is_typing:
            self._look()
        else:
            self.close()

    def _look(self) -> None:
        before = self._watch.before
        written = written_at(before) if self._is_text() else None
        place = (self._editor.line(), written.start) if written is not None else None
        if written is None or place == self._waived:
            self.close()
            return
        self._written, self._waived = written, None
        names = self._names(NameKind.NOTE) if written.kind is NameKind.HEADING else Terms()
        if written.kind is NameKind.HEADING:
            path = path_of(written.note, names.entries, self._editor.path)
            self._show(self._names(written.kind, path) if path else Terms())
        else:
            self._show(self._names(written.kind))

    def _is_text(self) -> bool:
        previous = self._editor.textCursor().block().previous()
        return not previous.isValid() or region(previous.userState()) is None

    def _names(self, kind: NameKind, path: str = "") -> Terms:
        """Return the names as they were last told, and ask anew where that is a while ago."""
        key = (kind, path)
        told, terms = self._known.get(key, (float("-inf"), Terms()))
        if time.monotonic() - told > FRESH_S and key not in self._asked and self._bridge.attached:
            self._asked.add(key)
            self._ask(kind, path)(done=partial(self._learned, key), failed=partial(self._not_learned, key))
        return terms

    def _ask(self, kind: NameKind, path: str) -> Callable[..., None]:
        if kind is NameKind.HEADING:
            return partial(self._bridge.heading_names, path)
        return self._bridge.note_names if kind is NameKind.NOTE else self._bridge.tag_names

    def _learned(self, key: tuple[NameKind, str], terms: Terms) -> None:
        self._asked.discard(key)
        self._known[key] = (time.monotonic(), terms)
        if self._written is not None and not self._watch.composing:
            self._look()

    def _not_learned(self, key: tuple[NameKind, str], error: Exception) -> None:
        self._asked.discard(key)
        log.warning("the names of the vault could not be told: %s", error)

    def _show(self, terms: Terms) -> None:
        assert self._written is not None
        self._terms = find_terms(terms, self._written.query, ROWS)
        is_whole = len(self._terms) == 1 and self._terms[0].text == self._written.query
        if not self._terms or (is_whole and self._written.kind is NameKind.TAG):
            self._hide()
            return
        if self._popup is None:
            self._popup = self._make_popup()
        self._list.show_hits([_hit(term, row) for row, term in enumerate(self._terms)])
        self._list.go_to(0)
        self._place(self._popup)

    def _hide(self) -> None:
        if self._is_open and self._popup is not None:
            self._popup.hide()
        self._is_open = False

    def _make_popup(self) -> QFrame:
        popup = QFrame(self._editor.window())
        popup.setObjectName("namePopup")
        popup.setProperty("card", True)
        self._list = HitList(self._theme, popup)
        self._list.setAccessibleName(self.tr("Names"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.opened.connect(lambda _path, row: self._choose(row - 1))
        column = QVBoxLayout(popup)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._list)
        return popup

    def _place(self, popup: QFrame) -> None:
        """Put the list under the caret's line, or above it where there is more room; it scrolls in little."""
        rows = sum(self._list.sizeHintForRow(row) for row in range(len(self._terms)))
        window, caret = self._editor.window(), self._editor.cursorRect()
        place = self._editor.viewport().mapTo(window, QPoint(caret.left(), caret.bottom() + GAP))
        top = place.y() - caret.height() - 2 * GAP
        below, above = window.height() - place.y() - GAP, top - GAP
        is_below = rows + 12 <= below or below >= above
        popup.resize(min(WIDTH, window.width() - 2 * GAP), min(rows + 12, below if is_below else above))
        if not is_below:
            place.setY(top - popup.height())
        place.setX(max(GAP, min(place.x(), window.width() - popup.width() - GAP)))
        popup.move(place)
        popup.show()
        popup.raise_()
        self._is_open = True

    def _choose(self, row: int) -> None:
        """Put the name of a row in place of what was written, in one undo step."""
        written, watch = self._written, self._watch
        if written is None or not 0 <= row < len(self._terms):
            return
        text = self._text_for(written, self._terms[row])
        closing = 2 if text.startswith("[[") and watch.after.startswith(("]]", "】】")) else 0
        cursor = self._editor.textCursor()
        start = cursor.position() - units(watch.before[written.start :])
        cursor.setPosition(start)
        cursor.setPosition(
            start + units(watch.before[written.start :]) + closing, QTextCursor.MoveMode.KeepAnchor
        )
        self.close()
        self._editor.rewrite_spans([(cursor, text)])
        cursor.setPosition(start + units(text))
        self._editor.setTextCursor(cursor)

    def _text_for(self, written: Written, term: Term) -> str:
        if written.kind is NameKind.TAG:
            return tag_of(term.text)
        if written.kind is NameKind.HEADING:
            return f"[[{written.note}#{term.text}]]"
        return f"[[{link_to(term, self._names(NameKind.NOTE).entries)}]]"

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key means to the list; False where it means nothing to it."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = Qt.Key(event.key())
        row = self._list.currentIndex().row()
        if key in _STEPS:
            step = _STEPS[key]
            last = len(self._terms) - 1
            self._list.go_to((row + step) % (last + 1) if abs(step) == 1 else max(0, min(row + step, last)))
        elif key in _TAKES:
            self._choose(row)
        elif key == Qt.Key.Key_Escape and self._written is not None:
            self._waived = (self._editor.line(), self._written.start)
            self.close()
        else:
            return False
        return True

    # Qt overrides

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list while it is open, which it is not while an input method composes."""
        kind = event.type()
        if not self.is_open:
            return False
        if kind == QEvent.Type.FocusOut:
            self.close()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (*_STEPS, *_TAKES, Qt.Key.Key_Escape):
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        return False


def _hit(term: Term, row: int) -> Hit:
    return Hit(term.detail or term.text, row + 1, term.text, term.detail.removesuffix(".md"))
