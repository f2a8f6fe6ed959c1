"""When ghost text is looked for: at a pause in the person's own rhythm, where it may show, or when asked.

What could be offered is the engine's business, and how it shows `ghost_text`'s. An answer that comes late is
held against what was typed since: it is shown if it says the same, else dropped.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer

from core.complete.model import CompletionRequest, Offer
from core.complete.place import place_of
from core.complete.rhythm import Restraint, Rhythm
from core.complete.typed import typed_through
from core.settings import GhostSettings
from desktop.bridge.completion import CompletionHandle
from desktop.bridge.engine_bridge import EngineBridge
from desktop.editor.context import completion_request
from desktop.editor.editor import Editor
from desktop.editor.ghost_text import GhostText
from desktop.editor.typing_watch import TypingWatch

_LINE_END = 200
"""Characters of the line that tell whether a clause ends at the caret."""


class GhostAsker(QObject):
    """Asks the bridge on behalf of one editor."""

    def __init__(
        self,
        editor: Editor,
        watch: TypingWatch,
        ghost: GhostText,
        bridge: EngineBridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._watch = watch
        self._ghost = ghost
        self._bridge = bridge
        self._settings = GhostSettings()
        self._rhythm = Rhythm()
        self._restraint = Restraint()
        self._handle: CompletionHandle | None = None
        self._request: CompletionRequest | None = None
        self._typed_since = ""
        self._is_composing = self._is_held = False
        """Whether an input method composes, and whether a pause is to be waited for once it is done."""
        self._pause = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self._paused)
        watch.typed.connect(self._typed)
        watch.broke.connect(self._broke)
        watch.changed.connect(self._changed)
        watch.moved.connect(self._changed)
        watch.input_method.connect(self._hold)
        watch.composed.connect(self._go_on)
        ghost.asked.connect(self._asked)
        ghost.accepted.connect(self._accepted)
        ghost.refused.connect(self._refused)
        ghost.reported.connect(bridge.completion_outcome)
        editor.leaving.connect(self._drop)
        editor.destroyed.connect(self._pause.stop)

    def use(self, settings: GhostSettings) -> None:
        """Ask, or do not, by these settings from now on."""
        self._settings = settings
        self._ghost.use(settings)

    def _typed(self, text: str) -> None:
        self._rhythm.key()
        self._typed_since += text
        self._wait()

    def _broke(self) -> None:
        self._drop()
        self._rhythm.key()
        self._wait()

    def _changed(self) -> None:
        """Drop the look, unless what changed is that a part of its answer was taken: more of it may come."""
        if not self._ghost.is_taking:
            self._drop()

    def _hold(self, composing: bool) -> None:
        """Begin nothing while something is composed, and have the engine begin nothing.

        A model that was asked before goes on: what it says may be what is being composed. A look that did not
        come so far, since the engine is still starting or a key is waited for, is repeated afterwards.
        An event that says nothing often follows the words that went in (ibus, 5 ms later): it ends no pause.
        """
        if composing != self._is_composing:
            self._is_composing = composing
            self._bridge.composing(composing)
        if composing and (self._pause.isActive() or self._handle is not None):
            self._pause.stop()
            self._is_held = True

    def _go_on(self) -> None:
        if self._is_held:
            self._wait()

    def _wait(self) -> None:
        """Wait for the pause, unless what is typed is on the screen already."""
        self._is_held = False
        if self._ghost.is_alive or not self._settings.enabled:
            self._pause.stop()
            return
        line = place_of(self._watch.before[-_LINE_END:], "")
        self._pause.start(round(1000 * self._rhythm.pause_s(boundary=line.boundary)))

    def _paused(self) -> None:
        if self._ghost.is_alive or self._restraint.quiet:
            return
        self._is_held = self._watch.busy
        request = self._request_here()
        if request is None:
            return
        place = place_of(request.before, request.after, region=request.region)
        if place.may_show(in_code=self._settings.in_code):
            self._ask(request)

    def _asked(self) -> None:
        self._restraint.accepted()
        self._ghost.dismiss()
        request = self._request_here()
        if request is not None:
            self._ask(replace(request, asked=True))

    def _request_here(self) -> CompletionRequest | None:
        editor, cursor = self._editor, self._editor.textCursor()
        is_in_use = editor.hasFocus() and not editor.isReadOnly() and not self._watch.busy
        if editor.note is None or not is_in_use or cursor.hasSelection():
            return None
        request = completion_request(editor.path, editor.note, cursor)
        return replace(request, refused=self._restraint.refused_here(request.before))

    def _ask(self, request: CompletionRequest) -> None:
        """Ask; the look before ends after this one began, so that the engine can go on with its work."""
        before, self._typed_since = self._handle, ""
        self._request = request
        self._handle = self._bridge.complete(request)
        self._handle.offered.connect(self._offered)
        self._handle.ended.connect(self._ended)
        self._let_go(before)

    def _offered(self, offer: Offer) -> None:
        """Show what fits what was typed since the question."""
        if self._request is None or offer.revision != self._request.revision:
            return
        fitting = offer.suggestions
        if self._typed_since:
            rests = (typed_through(suggestion, self._typed_since) for suggestion in fitting)
            fitting = tuple(rest for rest in rests if rest is not None)
        self._ghost.offer(fitting)
        if self._ghost.is_alive:
            self._pause.stop()

    def _ended(self) -> None:
        self._handle = None

    def _accepted(self, piece: str) -> None:
        self._restraint.accepted()
        self._typed_since += piece
        self._wait()

    def _refused(self, text: str) -> None:
        self._drop()
        if (note := self._editor.note) is not None:
            request = completion_request(self._editor.path, note, self._editor.textCursor())
            self._restraint.refused(request.before, text)

    def _drop(self) -> None:
        """The caret is elsewhere or the text is another: nothing that was asked is of use."""
        self._pause.stop()
        self._is_held = False
        self._let_go(self._handle)
        self._handle = self._request = None

    @staticmethod
    def _let_go(handle: CompletionHandle | None) -> None:
        if handle is not None:
            handle.cancel()
