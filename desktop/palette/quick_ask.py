"""The quick-ask window: one question or prompt, its answer as it streams in, and three ways to keep it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout

from core.assist.model import AskRequest, NoteContext, Sources, Work, WriteRequest
from core.engine.model import ModelState
from core.prompts.model import Prompt
from desktop.bridge.engine_bridge import EngineBridge
from desktop.palette.answer_area import AnswerArea
from desktop.palette.asker import AnswerView, Asker
from desktop.palette.commands import QuickCommands
from desktop.palette.elsewhere import selected_elsewhere
from desktop.palette.foot import Foot
from desktop.palette.head import Head
from desktop.palette.lookup import Lookup
from desktop.palette.marks import Kind
from desktop.palette.offers import Offers
from desktop.palette.prompting import Forms, Prompting
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
        offers: Offers,
        forms: Forms,
        open_note: Callable[[], NoteContext | None] = lambda: None,
        focus: Memory | None = None,
    ) -> None:
        """`open_note` returns what a prompt sees of the note in the editor, unless a selection is along."""
        super().__init__(theme)
        self.setObjectName("quickAsk")
        self.setWindowTitle(self.tr("Quick-ask"))
        self.setAccessibleName(self.tr("Quick-ask"))
        self._recent = recent
        self._make_view = make_view
        self._offers, self._open_note = offers, open_note
        self._focus = focus or FocusMemory()
        self._leaving = QTimer(self, interval=GIVE_BACK_MS, singleShot=True)
        self._leaving.timeout.connect(self._focus.give_back)
        self._question = ""
        self._view: AnswerView | None = None
        self._request: AskRequest | WriteRequest | None = None
        self.joins_prose = False
        """Whether the answer goes on where the caret is, rather than being a paragraph of its own."""
        self.asker = Asker(bridge, self)
        self.head = Head(theme, self)
        self.lookup = Lookup(theme, self.head.field, offers, self)
        self.prompting = Prompting(forms, self)
        self.list = RecentList(self)
        self.answer = AnswerArea(self)
        self.foot = Foot(self)
        self.commands = QuickCommands(self)
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
        """Drop the answer and what goes along: they are of another vault."""
        self.asker.stop()
        self._offers.forget()
        self.head.pins.clear()
        self.prompting.leave()
        self._drop_view()
        self._show_page()

    def forget_questions(self) -> None:
        """Forget what was asked before, and the question that waits in the field."""
        self._recent.forget()
        self.head.field.clear()
        self.forget()

    def say(self, text: str, *, problem: bool = False) -> None:
        """Show one line at the lower edge."""
        self.foot.say(self.commands.told(text), problem=problem)

    @property
    def text_for_note(self) -> str:
        """The answer as Markdown; empty while there is none."""
        return self._view.text_for_note if self._view is not None else ""

    def copy(self) -> None:
        """Put the answer on the clipboard, or what is selected of it."""
        if not self.answer.copy_selected() and self.text_for_note:
            QGuiApplication.clipboard().setText(self.text_for_note)
            self.say(self.tr("Copied."))

    def ask(self) -> None:
        """Ask what stands in the field, or run the prompt that is chosen."""
        words = self.head.field.text().strip()
        if self.prompting.prompt is not None:
            self._run(self.prompting.prompt, words)
        elif words:
            self._question, self.joins_prose = words, False
            self._recent.add(words)
            request = AskRequest(words, tier=self.head.tier, note=self._taken(), sources=self._sources())
            self._begin(request, request)

    def ask_again(self) -> None:
        """Ask the same once more, in the view that is there."""
        if self._request is not None and self._view is not None:
            self._view.begin()
            self.asker.ask(self._request, self._view)

    def _run(self, prompt: Prompt, words: str) -> None:
        """Run a prompt on what was taken along, else on the open note; `words` say what else is wanted."""
        note = self._taken() or self._open_note()
        if note is None and self.prompting.needs_text and not self.head.pins.paths:
            self.say(self.tr("Nothing to work on: take a selection along with Ctrl+T, or open a note."),
                     problem=True)  # fmt: skip
            return
        if not self.prompting.check():
            return
        title = self._offers.title_of(prompt)
        self._question = f"{title}: {words}" if words else title
        self.joins_prose = bool(note and note.path) and self.prompting.joins_prose
        request = self.prompting.request(note, words, tier=self.head.tier, sources=self._sources())
        self._begin(AskRequest(self._question, Work.WRITE, self.head.tier, note), request)
        if note is not None:
            self.say(self.tr("Works on “{note}”.").format(note=note.title or note.path))

    def _begin(self, shown: AskRequest, request: AskRequest | WriteRequest) -> None:
        """Ask in place of what was asked before, unless that is the same and still being answered; `shown` is
        what the view knows of it."""
        if self.asker.busy and request == self._request:
            return
        self._drop_view()
        self._request = request
        view = self._view = self._make_view(shown)
        self.answer.show_view(view)
        self._show_page()
        self.foot.say("")
        self.head.field.deselect()
        self.head.field.setFocus()
        self.asker.ask(request, view)

    def _taken(self) -> NoteContext | None:
        """Return the text of the other program, where it goes along."""
        text = self.head.taken
        title = self.tr("Another program")
        return NoteContext("", title=title, block=text, selection=text, text=text) if text else None

    def _sources(self) -> Sources:
        return Sources(notes=self.head.pins.paths)

    def _drop_view(self) -> None:
        self._view = self._request = None
        self.answer.drop_view()

    def _ask_or_stop(self) -> None:
        if self.asker.busy:
            self.asker.stop()
        else:
            self._submit()

    def _submit(self) -> None:
        if self.lookup.is_open:
            self.lookup.take()
            return
        if self.lookup.kind is Kind.PROMPT:
            self.say(self.tr("No prompt is called that."), problem=True)
            return
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
        if self.lookup.is_open:
            self.lookup.step(by)
        elif self.prompting.prompt is None and self._view is None and (question := self.list.step(by)):
            self.head.field.setText(question)

    def _escape(self) -> None:
        """Leave one thing at a time: the list, the prompt, the window."""
        if self.lookup.is_open:
            self.lookup.close()
        elif self.prompting.prompt is not None:
            self.prompting.leave()
        else:
            self.go()

    def _go_back(self) -> None:
        """Before the first letter: drop what was chosen last."""
        if self.prompting.prompt is not None:
            self.prompting.leave()
        else:
            self.head.pins.drop_last()

    def _take_prompt(self, prompt_id: str, at_once: bool) -> None:
        prompt = self._offers.prompt(prompt_id)
        if prompt is not None and self.prompting.choose(prompt, at_once=at_once):
            self.ask()

    def _prompt_changed(self) -> None:
        prompt = self.prompting.prompt
        self.head.show_prompt(self._offers.title_of(prompt) if prompt is not None else "")
        if not self.prompting.form_is_open:
            self.head.field.setFocus()
        self._show_page()

    def _answer_changed(self) -> None:
        self.head.set_busy(self.asker.busy)
        keys = self.commands
        usable = bool(self.text_for_note) and not self.asker.busy
        for action in (keys.insert, keys.journal, keys.copy):
            action.setEnabled(usable)

    def _typed(self) -> None:
        """Whoever types means what is typed, not a question of the list."""
        self.list.setCurrentRow(-1)

    # Layout

    def _lay_out(self) -> None:
        keys = self.commands
        self.foot.add(keys.insert, "quickInsert")
        self.foot.add(keys.journal, "quickJournal")
        self.foot.add(keys.copy, "quickCopy")
        self.foot.add(keys.go, "quickClose")
        column = self._column = QVBoxLayout(self)
        room = self.margin + _PAD
        column.setContentsMargins(room, room, room, self.margin + 8)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.lookup.list)
        column.addWidget(self.prompting.area)
        column.addWidget(self.list)
        column.addWidget(self.answer, 1)
        column.addWidget(self.foot)
        self.setFixedWidth(WIDTH + 2 * self.margin)

    def _connect(self) -> None:
        field, keys = self.head.field, self.commands
        keys.insert.triggered.connect(self._insert)
        keys.journal.triggered.connect(self._add_to_journal)
        keys.copy.triggered.connect(self.copy)
        keys.go.triggered.connect(self._escape)
        keys.take.triggered.connect(self._take)
        keys.tier.triggered.connect(self.head.tier_button.toggle)
        keys.keys_changed.connect(self.head.refresh)
        self.head.told, field.is_window_key = keys.told, keys.hears
        field.submitted.connect(self._submit)
        field.step_requested.connect(self._step)
        field.textEdited.connect(self._typed)
        field.back_requested.connect(self._go_back)
        self.lookup.changed.connect(self._show_page)
        self.lookup.prompt_taken.connect(self._take_prompt)
        self.lookup.note_taken.connect(self.head.pins.add)
        self.head.pins.changed.connect(field.setFocus)
        self.head.prompt_dropped.connect(self.prompting.leave)
        self.prompting.changed.connect(self._prompt_changed)
        self.prompting.submitted.connect(self.ask)
        self.head.ask_requested.connect(self._ask_or_stop)
        self.head.take_requested.connect(self._take)
        self.list.chosen.connect(field.setText)
        self.list.chosen.connect(self.ask)
        self.asker.changed.connect(self._answer_changed)

    def _show_page(self) -> None:
        """Show what is offered, a prompt's form, the answer, or without any the recent questions."""
        looking, filling = self.lookup.is_open, self.prompting.form_is_open
        asked = self._view is not None and not filling
        bare = not (looking or asked or filling or self.lookup.kind or self.prompting.prompt)
        if bare:
            self.list.show_questions(self._recent.questions)
        self.list.setVisible(bare and self.list.count() > 0)
        self.lookup.list.setVisible(looking)
        self.lookup.fill(whole_room=asked)
        self.answer.setVisible(asked and not looking)
        self._answer_changed()
        if not (asked and looking):  # a list over an answer has its room, and the window stands still
            self._take_height(asked=asked)

    def _take_height(self, *, asked: bool) -> None:
        """Be as high as what is shown, with an answer always as high as an answer may be."""
        self._column.activate()
        least = self._column.minimumSize().height()
        tall = least - self.answer.minimumSizeHint().height() + ANSWER_HEIGHT if asked else least
        self.setFixedHeight(max(min(tall, self.room_below() + self.margin), least) if asked else least)
