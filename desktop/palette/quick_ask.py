"""The quick-ask window: one question, its answer as it streams in, and three ways to keep it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFrame, QScrollArea, QTextEdit, QVBoxLayout, QWidget

from core.assist.model import AskRequest, NoteContext
from core.engine.model import ModelState
from desktop.bridge.engine_bridge import EngineBridge
from desktop.palette.asker import AnswerView, Asker
from desktop.palette.elsewhere import selected_elsewhere
from desktop.palette.foot import Foot
from desktop.palette.head import Head
from desktop.palette.recent import RecentQuestions
from desktop.palette.recent_list import RecentList
from desktop.palette.surface import Surface
from desktop.palette.x11 import FocusMemory
from desktop.theme.theme import Theme

WIDTH = 640
ANSWER_HEIGHT = 340
"""Room for an answer, reserved when it is asked for: nothing below it jumps while it grows."""
GIVE_BACK_MS = 60
"""After hiding: the window manager has chosen by then whom it would give the focus to."""
_PAD = 16


class Memory(Protocol):
    """Who had the focus before."""

    def remember(self) -> None:
        """Note who has it."""

    def give_back(self) -> None:
        """Let them have it again."""


class QuickAsk(Surface):
    """Stays ready behind the scenes and comes up in a moment.

    Signals:
        insert_requested: Put the Markdown into the open note.
        journal_requested: Add question and Markdown to the note of today.
    """

    insert_requested = Signal(str)
    journal_requested = Signal(str, str)

    def __init__(
        self,
        bridge: EngineBridge,
        theme: Theme,
        recent: RecentQuestions,
        make_view: Callable[[AskRequest], AnswerView],
        *,
        focus: Memory | None = None,
    ) -> None:
        super().__init__(theme)
        self.setObjectName("quickAsk")
        self.setWindowTitle(self.tr("Quick-ask"))
        self.setAccessibleName(self.tr("Quick-ask"))
        self._recent = recent
        self._make_view = make_view
        self._focus = focus or FocusMemory()
        self._leaving = QTimer(self, interval=GIVE_BACK_MS, singleShot=True)
        self._leaving.timeout.connect(self._focus.give_back)
        self._question = ""
        self._view: AnswerView | None = None
        self.asker = Asker(bridge, self)
        self.head = Head(theme, self)
        self.list = RecentList(self)
        self.answer = self._answer_area()
        self.foot = Foot(self)
        self._make_actions()
        self._lay_out()
        self._connect()
        self.head.field.setText(recent.last)
        self._show_page()

    def come_up(self) -> None:
        """Show the window on the active screen, ready to type; what was asked last is still there."""
        self._leaving.stop()
        if not self.isVisible():
            self._focus.remember()
            self.foot.say("")
            self._show_page()
            self.move_to_active_screen()
        self.show()
        self.raise_()
        self.activateWindow()
        self.head.field.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self.head.field.selectAll()

    def toggle(self) -> None:
        """Come up, or go if the person is here already."""
        if self.isVisible() and self.isActiveWindow():
            self.go()
        else:
            self.come_up()

    def go(self) -> None:
        """Leave the screen; whoever had the focus before has it again. An answer under way goes on."""
        self.hide()
        self._leaving.start()

    def set_model(self, state: ModelState) -> None:
        """Show which model a tier means."""
        self.head.set_model(state)

    def forget(self) -> None:
        """Drop the answer: it is about another vault's notes."""
        self.asker.stop()
        self._drop_view()
        self._show_page()

    def forget_questions(self) -> None:
        """Forget what was asked before, and the question that waits in the field."""
        self._recent.forget()
        self.head.field.clear()
        self.forget()

    def say(self, text: str, *, problem: bool = False) -> None:
        """Show one line at the lower edge."""
        self.foot.say(text, problem=problem)

    @property
    def text_for_note(self) -> str:
        """The answer as Markdown; empty while there is none."""
        return self._view.text_for_note if self._view is not None else ""

    def copy(self) -> None:
        """Put the answer on the clipboard, or what is selected of it."""
        for view in self.answer.findChildren(QTextEdit):
            if view.textCursor().hasSelection():
                view.copy()
                return
        if self.text_for_note:
            QGuiApplication.clipboard().setText(self.text_for_note)
            self.say(self.tr("Copied."))

    def ask(self) -> None:
        """Ask what stands in the field."""
        question = self.head.field.text().strip()
        if not question:
            return
        self._question = question
        self._recent.add(question)
        self._drop_view()
        note = None
        if self.head.taken:
            note = NoteContext("", title=self.tr("Another program"), selection=self.head.taken)
        request = AskRequest(question, tier=self.head.tier, note=note)
        view = self._view = self._make_view(request)
        self._show_view(view)
        self.foot.say("")
        self.head.field.deselect()
        self.asker.ask(request, view)

    def _show_view(self, view: AnswerView) -> None:
        widget = cast(QWidget, view)  # a Protocol cannot say that it is one
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)
        column.addStretch()  # a short answer stands at the top, not spread over the room
        self.answer.setWidget(holder)
        self._show_page()

    def _drop_view(self) -> None:
        self._view = None
        if (old := self.answer.takeWidget()) is not None:
            old.deleteLater()

    def _ask_or_stop(self) -> None:
        if self.asker.busy:
            self.asker.stop()
        else:
            self.ask()

    def _submit(self) -> None:
        if chosen := self.list.currentItem():
            self.head.field.setText(chosen.text())
        self.ask()

    def _take(self) -> None:
        """Let the selection of the other program go along, or drop it."""
        if self.head.taken:
            self.head.take("")
            return
        found = selected_elsewhere(but_not=self.head.field.text())
        self.head.take(found)
        if not found:
            self.say(self.tr("Nothing is selected or copied elsewhere."))
        self.head.field.setFocus()

    def _insert(self) -> None:
        if text := self.text_for_note:
            self.insert_requested.emit(text)

    def _add_to_journal(self) -> None:
        if text := self.text_for_note:
            self.journal_requested.emit(self._question, text)

    def _step(self, by: int) -> None:
        if self._view is None and (question := self.list.step(by)):
            self.head.field.setText(question)

    def _answer_changed(self) -> None:
        self.head.set_busy(self.asker.busy)
        usable = bool(self.text_for_note) and not self.asker.busy
        for action in (self.insert_action, self.journal_action, self.copy_action):
            action.setEnabled(usable)

    def _typed(self) -> None:
        """Whoever types means what is typed, not a question of the list."""
        self.list.setCurrentRow(-1)

    # Layout

    def _answer_area(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("quickAnswer")
        area.setAccessibleName(self.tr("Answer"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        return area

    def _make_actions(self) -> None:
        enter = [QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")]
        copy = QKeySequence.keyBindings(QKeySequence.StandardKey.Copy)
        self.insert_action = self._action(self.tr("Insert"), enter, self._insert)
        self.journal_action = self._action(self.tr("To today's journal"), [QKeySequence("Ctrl+J")],
                                           self._add_to_journal)  # fmt: skip
        self.copy_action = self._action(self.tr("Copy"), copy, self.copy)
        self.go_action = self._action(self.tr("Close"), [QKeySequence("Esc")], self.go)
        self.take_action = self._action(self.tr("Take the selection along"), [QKeySequence("Ctrl+T")],
                                        self._take)  # fmt: skip
        self.tier_action = self._action(self.tr("Switch the model"), [QKeySequence("Ctrl+Shift+M")],
                                        self.head.tier_button.toggle)  # fmt: skip

    def _action(self, text: str, keys: list[QKeySequence], call: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcuts(keys)
        action.triggered.connect(lambda _checked=False: call())
        self.addAction(action)
        return action

    def _lay_out(self) -> None:
        self.foot.add(self.insert_action, "quickInsert")
        self.foot.add(self.journal_action, "quickJournal")
        self.foot.add(self.copy_action, "quickCopy")
        self.foot.add(self.go_action, "quickClose")
        column = self._column = QVBoxLayout(self)
        room = self.margin + _PAD
        column.setContentsMargins(room, room, room, self.margin + 8)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.list)
        column.addWidget(self.answer, 1)
        column.addWidget(self.foot)
        self.setFixedWidth(WIDTH + 2 * self.margin)

    def _connect(self) -> None:
        field = self.head.field
        field.submitted.connect(self._submit)
        field.insert_requested.connect(self._insert)
        field.copy_requested.connect(self.copy)
        field.step_requested.connect(self._step)
        field.textEdited.connect(self._typed)
        self.head.ask_requested.connect(self._ask_or_stop)
        self.head.take_requested.connect(self._take)
        self.list.chosen.connect(field.setText)
        self.list.chosen.connect(self.ask)
        self.asker.changed.connect(self._answer_changed)

    def _show_page(self) -> None:
        """Show the answer, or without one the recent questions, and take the height of that."""
        asked = self._view is not None
        if not asked:
            self.list.show_questions(self._recent.questions)
        self.list.setVisible(not asked and self.list.count() > 0)
        self.answer.setVisible(asked)
        self._answer_changed()
        self._column.activate()
        least = self._column.minimumSize().height()
        tall = least - self.answer.minimumSizeHint().height() + ANSWER_HEIGHT if asked else least
        self.setFixedHeight(max(min(tall, self.room_below() + self.margin), least) if asked else least)
