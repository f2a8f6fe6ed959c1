"""Quick-ask in this program: made when it is first wanted, its answers put where they belong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from core.assist.model import AskRequest
from core.engine.model import ModelState, NotesChanged
from core.llm.chat import Tier
from core.paths import Places
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.editor.editor import Editor
from desktop.editor.note_desk import NoteDesk
from desktop.error_text import word
from desktop.palette.quick_ask import QuickAsk
from desktop.palette.recent import RecentQuestions
from desktop.panel.answer_card import AnswerCard
from desktop.panel.insertion import as_paragraph
from desktop.theme.theme import Theme

SEEN_MS = 700
"""How long the word that something was inserted stays before the window goes."""


class QuickDesk(QObject):
    """Owns the quick-ask window.

    Signals:
        open_requested: A citation was pressed; carries path and line.
        settings_requested: The person wants to set up a model.
    """

    open_requested = Signal(str, int)
    settings_requested = Signal()

    def __init__(
        self,
        bridge: EngineBridge,
        theme: Theme,
        places: Places,
        *,
        desk: NoteDesk,
        editor: Editor,
        tasks: TaskRunner,
        files: Callable[[], VaultFiles | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._theme, self._places = bridge, theme, places
        self._desk, self._editor, self._tasks, self._files = desk, editor, tasks, files
        self._models: dict[Tier, ModelState] = {}
        self._window: QuickAsk | None = None
        self._leaving = QTimer(self, interval=SEEN_MS, singleShot=True)
        self._leaving.timeout.connect(self._leave)

    @property
    def window(self) -> QuickAsk:
        """The window, made at the first call: some 20 ms that no start has to wait for."""
        if self._window is None:
            self._window = self._make()
        return self._window

    def come_up(self) -> None:
        """Show quick-ask, whatever is on the screen."""
        self._leaving.stop()
        self.window.come_up()
        if self._files() is None:
            self.window.say(self.tr("Open a folder of notes first."), problem=True)

    def toggle(self) -> None:
        """Show quick-ask, or put it away where the person is in it."""
        if self.window.isVisible() and self.window.isActiveWindow():
            self.window.go()
        else:
            self.come_up()

    def set_model(self, state: ModelState) -> None:
        """Show which model a tier means."""
        self._models[state.tier] = state
        if self._window is not None:
            self._window.set_model(state)

    def forget(self) -> None:
        """Drop the answer: another vault is open."""
        if self._window is not None:
            self._window.forget()

    def forget_questions(self) -> None:
        """Forget what was asked before."""
        self.window.forget_questions()

    def close(self) -> None:
        """Put the window away for good."""
        self._leaving.stop()
        if self._window is not None:
            self._window.asker.stop()
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def _make(self) -> QuickAsk:
        recent = RecentQuestions(self._places.state / "questions.json")
        window = QuickAsk(self._bridge, self._theme, recent, self._make_view)
        window.insert_requested.connect(self._insert)
        window.journal_requested.connect(self._add_to_journal)
        for state in self._models.values():
            window.set_model(state)
        return window

    def _make_view(self, request: AskRequest) -> AnswerCard:
        card = AnswerCard(self._theme, request, framed=False)
        card.open_requested.connect(self._open)
        card.settings_requested.connect(self._show_settings)
        card.retry_requested.connect(partial(self._retry, card))
        return card

    def _retry(self, card: AnswerCard) -> None:
        card.begin()
        self.window.asker.ask(card.request, card)

    def _open(self, path: str, line: int) -> None:
        """Go to a passage: the main window comes instead of the window that was there before."""
        self.window.hide()
        self.open_requested.emit(path, line)

    def _show_settings(self) -> None:
        self.window.hide()
        self.settings_requested.emit()

    def _insert(self, text: str) -> None:
        found = self._editor.context()
        if found is not None:
            note = found[0]
            text = as_paragraph(text, before=note.before + note.selection, after=note.after)
        if found is None or not self._editor.insert_at(None, text):
            self.window.say(self.tr("No note is open to insert into. Ctrl+J puts it into today's journal."),
                            problem=True)  # fmt: skip
            return
        self._kept(self.tr("Inserted into “{note}”.").format(note=found[0].title or found[0].path))

    def _add_to_journal(self, question: str, text: str) -> None:
        files = self._files()
        if files is None:
            self.window.say(self.tr("Open a folder of notes first."), problem=True)
            return
        self._desk.save()  # first in the same queue: what is typed in that note is in its file by then
        self._tasks.submit(
            lambda _token: files.add_to_journal(date.today(), question, text),
            done=self._added,
            failed=lambda error: self.window.say(word(error).text, problem=True),
        )

    def _added(self, path: str) -> None:
        self._desk.files_changed(NotesChanged((path,), ()))
        self._bridge.note_saved(path)
        self._kept(self.tr("Added to “{note}”.").format(note=path))

    def _kept(self, words: str) -> None:
        """Say where the answer is, and go."""
        self.window.say(words)
        self._leaving.start()

    def _leave(self) -> None:
        if self._window is not None and self._window.isVisible():
            self._window.go()
