"""Ghost text as the person meets it: shown at the caret, kept while it is typed, taken or refused by key.

What is offered, and when, is `ghost_asker`'s business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent

from core.complete.model import Fate, Outcome, Suggestion
from core.complete.typed import next_sentence, next_word, typed_through
from core.settings import GhostSettings
from desktop.editor.editor import Editor
from desktop.editor.ghost import Ghost
from desktop.editor.ghost_keys import GhostAct, GhostKeys
from desktop.editor.typing_watch import TypingWatch
from desktop.theme.theme import Theme

_MOST_MISTYPED = 12
"""Suggestions that may come again when keys are taken back."""
_LEAVES = frozenset((QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.DragEnter))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A suggestion and what is left of it."""

    first: Suggestion
    rest: Suggestion
    before: str
    """The line up to where `first` begins."""
    after: str
    """What of the line follows."""
    seen: bool = False

    def renewed(self) -> _Candidate:
        """Return what is left of it as a suggestion of its own."""
        gone = len(self.first.text) - len(self.rest.text)
        before = self.before + self.first.text[:gone]
        return replace(self, first=self.rest, before=before, seen=False)

    def back_at(self, before: str, after: str) -> _Candidate | None:
        """Return it as it was at this place of its line; None where it never was there."""
        if self.after != after or not before.startswith(self.before):
            return None
        rest = typed_through(self.first, before[len(self.before) :])
        return replace(self, rest=rest) if rest is not None else None


class GhostText(QObject):
    """Shows one suggestion at a time and reports what became of it.

    Signals:
        asked: The person asks for a suggestion now.
        accepted: The person took a part of the suggestion; carries what went into the note.
        refused: The person does not want the suggestion; carries what was left of it.
        reported: Something became of a suggestion; carries the `Outcome`.
    """

    asked = Signal()
    accepted = Signal(str)
    refused = Signal(str)
    reported = Signal(object)

    def __init__(
        self, editor: Editor, theme: Theme, watch: TypingWatch, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._watch = watch
        self._ghost = Ghost(editor, theme)
        self._keys = GhostKeys(GhostSettings())
        self._candidates: list[_Candidate] = []
        self._mistyped: list[_Candidate] = []
        """What went away by the last key, and comes again when that is taken back."""
        self._taken = ""
        self._is_taking = False
        watch.typed.connect(self._typed)
        watch.broke.connect(self._broke)
        watch.changed.connect(self._changed)
        watch.moved.connect(self._moved)
        watch.input_method.connect(self._ghost.hide)
        watch.composed.connect(self._show)
        editor.leaving.connect(self.dismiss)
        editor.installEventFilter(self)
        editor.viewport().installEventFilter(self)

    @property
    def text(self) -> str:
        """What is on the screen; empty where nothing is."""
        return self._ghost.text

    @property
    def is_alive(self) -> bool:
        """Whether there is a suggestion at the caret, on the screen unless an input method composes."""
        return bool(self._candidates)

    @property
    def is_taking(self) -> bool:
        """Whether what changes at this moment is a suggestion going into the note."""
        return self._is_taking

    def use(self, settings: GhostSettings) -> None:
        """Take the keys from these settings."""
        self._keys = GhostKeys(settings)

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Show the best of these at the caret, where there may be a ghost.

        What is being read is not swapped for something else: it may grow, and others stand behind it.
        """
        if not suggestions or not self._may_show():
            return
        before, after = self._watch.before, self._watch.after
        fresh = [_Candidate(suggestion, suggestion, before, after) for suggestion in suggestions]
        if self._candidates:
            shown = self._candidates[0]
            longer = next((c for c in fresh if c.rest.text.startswith(shown.rest.text)), None)
            if longer is not None:
                shown = replace(shown, first=_grown(shown, longer.rest), rest=longer.rest)
            others = [c for c in fresh if not shown.rest.text.startswith(c.rest.text)]
            fresh = [shown, *others]
        self._candidates = fresh
        self._show()

    def dismiss(self) -> None:
        """Take the ghost away without a word about it, but for what was taken of it."""
        self._ghost.hide()
        if self._candidates and self._taken:
            self.reported.emit(Outcome(Fate.ACCEPTED, self._candidates[0].first, self._taken))
        self._candidates, self._mistyped, self._taken = [], [], ""

    def _may_show(self) -> bool:
        editor = self._editor
        is_writable = editor.note is not None and not editor.isReadOnly()
        is_in_use = editor.hasFocus() and not self._watch.busy
        return is_writable and is_in_use and not editor.textCursor().hasSelection()

    def _show(self) -> None:
        """Paint the first candidate, and say so the first time."""
        if not self._candidates or not self._may_show():
            return
        first = self._candidates[0]
        if self._ghost.text != first.rest.text:
            self._ghost.show(first.rest.text)
        if not first.seen:
            self._candidates[0] = replace(first, seen=True)
            self.reported.emit(Outcome(Fate.SHOWN, first.first))

    def _typed(self, text: str) -> None:
        """Go on with what is left when the suggestion is what is typed."""
        if not self._candidates:
            return
        if self._advance(text):
            self._show()
        else:
            self._step_aside()

    def _broke(self) -> None:
        """Go on in the next line when the suggestion does, indent and marker that Enter brought included."""
        goes_on = self._candidates and self._candidates[0].after == self._watch.after
        if goes_on and self._advance("\n" + self._watch.before):
            self._show()
        else:
            self.dismiss()

    def _advance(self, text: str) -> bool:
        """Leave out what stands in the note; whether something of the shown suggestion is left."""
        rests = [(c, typed_through(c.rest, text)) for c in self._candidates]
        shown = rests[0][1]
        if shown is None:
            return False
        self._candidates = [replace(c, rest=rest) for c, rest in rests if rest is not None]
        self._remember([c for c, rest in rests if rest is None])
        return True

    def _changed(self) -> None:
        """Go away, but for a key that takes back others: then come again as it was before them."""
        if self._is_taking:
            return
        if not self._editor.is_typing:
            self.dismiss()
            return
        if self._candidates:
            self._step_aside()
        before, after = self._watch.before, self._watch.after
        found = [(c, c.back_at(before, after)) for c in self._mistyped]
        self._candidates = [back for _, back in found if back is not None]
        self._mistyped = [c for c, back in found if back is None]
        self._show()

    def _step_aside(self) -> None:
        """Go away, to come again when the last keys are taken back."""
        self._remember([c.renewed() for c in self._candidates] if self._taken else self._candidates)
        mistyped = self._mistyped
        self.dismiss()
        self._mistyped = mistyped

    def _remember(self, going: list[_Candidate]) -> None:
        self._mistyped = [*going, *self._mistyped][:_MOST_MISTYPED]

    def _moved(self) -> None:
        if not self._is_taking:
            self.dismiss()

    # Keys

    def _do(self, act: GhostAct) -> None:
        if act is GhostAct.REFUSE:
            self._refuse()
        elif act is GhostAct.NEXT or act is GhostAct.PREVIOUS:
            step = 1 if act is GhostAct.NEXT else -1
            self._candidates = self._candidates[step:] + self._candidates[:step]
            self._show()
        else:
            rest = self._candidates[0].rest
            pieces = {GhostAct.TAKE_WORD: next_word, GhostAct.TAKE_SENTENCE: next_sentence}
            self._take(pieces[act](rest) if act in pieces else rest.text)

    def _take(self, piece: str) -> None:
        """Put the suggestion's beginning into the note, in one undo step."""
        self._ghost.hide()
        self._taken += piece
        self._is_taking = True
        self._editor.insert_at(None, piece)
        self._is_taking = False
        if self._advance(piece):
            self._show()
        else:
            self.dismiss()
        self.accepted.emit(piece)

    def _refuse(self) -> None:
        shown = self._candidates[0]
        if not self._taken:
            self.reported.emit(Outcome(Fate.REFUSED, shown.first))
        self.dismiss()
        self.refused.emit(shown.rest.text)

    def _act(self, event: QKeyEvent) -> GhostAct | None:
        """Return what a key means here: ours are free while nothing is shown or an input method composes."""
        if self._watch.composing:
            return None
        act = self._keys.act(event)
        return act if act is GhostAct.ASK or self._ghost.text else None

    # Qt overrides

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take our keys, and go away before Qt sees a mouse button or the focus leaves."""
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            act = self._act(event)
            if act is None:
                return False
            event.accept()
            if kind is QEvent.Type.KeyPress and act is GhostAct.ASK:
                self.asked.emit()
            elif kind is QEvent.Type.KeyPress:
                self._do(act)
            return True
        if self._candidates and (kind in _LEAVES or kind is QEvent.Type.FocusOut):
            self.dismiss()
        return False


def _grown(shown: _Candidate, longer: Suggestion) -> Suggestion:
    """Return the suggestion as it would have been if it had been this long from the start."""
    gone = len(shown.first.text) - len(shown.rest.text)
    return replace(longer, text=shown.first.text[:gone] + longer.text, words=())
