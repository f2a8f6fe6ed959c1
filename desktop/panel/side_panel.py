"""The seat beside the note: chooses what to ask and of whom, shows the answers, hands text to the note.

Facts go up by signal; the anchor that belongs to a request is opaque here and goes back as it came.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core.assist.model import AskRequest, NoteContext, Work
from core.engine.model import ModelState
from desktop.bridge.engine_bridge import AskHandle, EngineBridge
from desktop.panel.answer_card import UNDER_WAY, AnswerCard
from desktop.panel.composer import Composer
from desktop.panel.context_bar import ContextBar
from desktop.panel.conversation import GUTTER, Conversation
from desktop.panel.flow_layout import FlowLayout
from desktop.panel.insertion import as_paragraph
from desktop.panel.model_line import ModelLine
from desktop.panel.review import Reviewer
from desktop.panel.scene_bar import SceneBar
from desktop.panel.tier_switch import TierSwitch
from desktop.panel.welcome import Welcome
from desktop.theme.theme import Theme

Context = Callable[[], tuple[NoteContext, object] | None]
_ENGINE_RETRY_MS = 100


class SidePanel(QWidget):
    """Asks the engine and shows its answers.

    Its actions (`ask_action`, `insert_action`, ...) carry the shortcuts, and may stand in menus as well.

    Signals:
        insert_requested: Put text at the caret; carries None and the text.
        replace_requested: Put text in the place of what was selected; carries the anchor and the text.
        open_requested: A citation or quote was pressed; carries path and line.
        settings_requested: The person wants to set up a model.
        editor_requested: The person is done here and wants the caret back in the note.
    """

    insert_requested = Signal(object, str)
    replace_requested = Signal(object, str)
    open_requested = Signal(str, int)
    settings_requested = Signal()
    editor_requested = Signal()

    def __init__(
        self, bridge: EngineBridge, theme: Theme, context: Context, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setAccessibleName(self.tr("Side panel"))
        self._bridge = bridge
        self._theme = theme
        self._context = context
        self._handle: AskHandle | None = None
        self._running: AnswerCard | None = None
        self._replacing: AnswerCard | None = None
        self.scenes = SceneBar(theme, self)
        self.tiers = TierSwitch(self)
        self.model_line = ModelLine(theme, self)
        self.context_bar = ContextBar(theme, self)
        self.welcome = Welcome(theme, self)
        self.conversation = Conversation(theme, self)
        self.composer = Composer(theme, self)
        self.reviewer = Reviewer(bridge, self)
        self._waiting_for_engine = QTimer(self, interval=_ENGINE_RETRY_MS, singleShot=True)
        self._lay_out()
        self._make_actions()
        self._connect()
        self.refresh_context()
        self._scene_changed()

    def set_model(self, state: ModelState) -> None:
        """Show which model a tier means."""
        self.tiers.set_model(state)

    def refresh_context(self) -> None:
        """Look again at the open note; a new selection preselects writing while nothing is typed."""
        found = self._context()
        context = found[0] if found else None
        self.context_bar.show_context(context)
        if self.composer.empty:
            self.scenes.suggest(Work.WRITE if context and context.selection else None)

    def clear(self) -> None:
        """Forget the answers: another vault is open, and their places are not in it."""
        self.stop()
        self.conversation.clear()
        self._pages.setCurrentWidget(self.welcome)

    def replaced(self) -> None:
        """Say on its card that a replacement is done."""
        if self._replacing is not None:
            self._replacing.say_replaced()

    def replace_refused(self) -> None:
        """Say on its card that the text to be replaced is no longer what it was."""
        if self._replacing is not None:
            self._replacing.replace_refused()

    def change_failed(self, error: Exception) -> None:
        """Say on the latest card that asked for it why the note could not be changed."""
        if self._replacing is not None:
            self._replacing.say_problem(error)

    def focus_composer(self) -> None:
        """Put the caret into the composer."""
        self.composer.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sizeHint(self) -> QSize:
        """Prefer a width in the middle of what LOOK allows."""
        return QSize(380, 640)

    def _lay_out(self) -> None:
        self.setMinimumWidth(320)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.conversation)
        switches = FlowLayout(gap=8, spread=True)
        switches.addWidget(self.scenes)
        switches.addWidget(self.tiers)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, GUTTER, 0)
        head.setSpacing(8)
        head.addLayout(switches)
        head.addWidget(self.model_line)
        head.addWidget(self.context_bar)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, GUTTER, 0)
        foot.addWidget(self.composer)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 0, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    def _make_actions(self) -> None:
        window = Qt.ShortcutContext.WindowShortcut
        self.ask_action = self._action(
            self.tr("Go to the request field"), "Ctrl+L", self.focus_composer, window
        )
        self.insert_action = self._action(
            self.tr("Insert the answer"), "Ctrl+Return Ctrl+Enter", self._insert_latest, window
        )
        self.replace_action = self._action(
            self.tr("Replace the selection"),
            "Ctrl+Shift+Return Ctrl+Shift+Enter",
            self._replace_latest,
            window,
        )
        self.tier_action = self._action(
            self.tr("Switch the model"), "Ctrl+Shift+M", self.tiers.toggle, window
        )
        self.leave_action = self._action(
            self.tr("Stop, or back to the note"),
            "Esc",
            self._leave,
            Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def _action(self, text: str, keys: str, call: Callable[[], None], context: Qt.ShortcutContext) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys.split()])
        action.setShortcutContext(context)
        action.triggered.connect(call)
        self.addAction(action)
        return action

    def _connect(self) -> None:
        self.composer.send_requested.connect(self._send)
        self.composer.stop_requested.connect(self.stop)
        self.scenes.changed.connect(self._scene_changed)
        self.tiers.changed.connect(self.model_line.show_state)
        self.model_line.settings_requested.connect(self.settings_requested)
        self.welcome.example_chosen.connect(self._take_example)
        self.reviewer.decided.connect(self._replace)
        self._waiting_for_engine.timeout.connect(self._start)

    def _scene_changed(self) -> None:
        work = self.scenes.work
        self.welcome.show_scene(work)
        self.composer.set_placeholder(
            self.tr("Ask your notes") if work is Work.ASK else self.tr("Say what to write or change")
        )

    def _take_example(self, text: str) -> None:
        self.composer.set_text(text)
        self.focus_composer()

    def _send(self, text: str) -> None:
        found = self._context()
        note, anchor = found if found else (None, None)
        request = AskRequest(
            text=text,
            work=self.scenes.work,
            tier=self.tiers.tier,
            note=self.context_bar.applied(note),
            use_passages=self.context_bar.use_passages,
        )
        self._ask(request, anchor)

    def _ask(self, request: AskRequest, anchor: object) -> None:
        card = AnswerCard(self._theme, request, anchor, self)
        card.insert_requested.connect(partial(self._insert, card))
        card.replace_requested.connect(partial(self._consider, card))
        card.replacement_decided.connect(partial(self._replace, card))
        card.open_requested.connect(self.open_requested)
        card.settings_requested.connect(self.settings_requested)
        card.again_requested.connect(partial(self._ask_again, card))
        card.retry_requested.connect(partial(self._retry, card))
        self._pages.setCurrentWidget(self.conversation)
        self.conversation.add(card)
        self._run(card)

    def _ask_again(self, card: AnswerCard) -> None:
        self.stop()
        self._ask(card.request, card.anchor)

    def _retry(self, card: AnswerCard) -> None:
        self.stop()
        card.begin()
        self._run(card)

    def _run(self, card: AnswerCard) -> None:
        self._running = card
        self.composer.set_busy(True)
        self._start()

    def _start(self) -> None:
        """Hand the request to the engine, as soon as there is one."""
        card = self._running
        if card is None:
            return
        if not self._bridge.attached:
            self._waiting_for_engine.start()
            return
        handle = self._handle = self._bridge.ask(card.request)
        handle.quotes_found.connect(card.show_quotes)
        handle.model_chosen.connect(card.show_model)
        handle.text_added.connect(card.add_text)
        handle.answered.connect(card.finish)
        handle.failed.connect(card.fail)
        handle.answered.connect(self._ended)
        handle.failed.connect(self._ended)

    def stop(self) -> None:
        """Stop the answer that streams; the server is told."""
        card = self._running
        if self._handle is not None:
            self._handle.cancel()
        self._ended()
        if card is not None and card.state in UNDER_WAY:
            card.stop()

    def _ended(self) -> None:
        self._waiting_for_engine.stop()
        self._handle = self._running = None
        self.composer.set_busy(False)

    def _insert_latest(self) -> None:
        for card in reversed(self.conversation.cards):
            if card.can_insert:
                self._insert(card)
                return

    def _replace_latest(self) -> None:
        """Replace with the latest answer, or not at all: an older one may be about another selection."""
        cards = self.conversation.cards
        if not cards:
            return
        if cards[-1].review.is_open:
            cards[-1].review.accept()
        elif cards[-1].can_replace:
            self._consider(cards[-1])

    def _consider(self, card: AnswerCard) -> None:
        """Show what a replacement changes before it happens."""
        if card.request.note is not None:
            self.reviewer.consider(card, card.request.note.selection, card.text_for_note)

    def _replace(self, card: AnswerCard, text: str) -> None:
        self._replacing = card
        self.replace_requested.emit(card.anchor, text)

    def _insert(self, card: AnswerCard) -> None:
        """Hand over a card's text for the caret as it stands now."""
        found = self._context()
        if found is None:
            card.insert_refused()
            return
        text, note = card.text_for_note, found[0]
        if card.request.work is Work.ASK:
            text = as_paragraph(text, before=note.before + note.selection, after=note.after)
        self.insert_requested.emit(None, text)

    def _leave(self) -> None:
        reviewed = next((card for card in self.conversation.cards if card.review.is_open), None)
        if reviewed is not None:
            reviewed.review.end()
            self.focus_composer()
        elif self._running is not None:
            self.stop()
        else:
            self.editor_requested.emit()
