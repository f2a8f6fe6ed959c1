"""Quick-ask in this program: made when it is first wanted, its answers put where they belong."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from core.assist.model import AskRequest, NoteContext
from core.engine.model import ModelState, NotesChanged
from core.llm.chat import Tier
from core.paths import Places
from core.prompts.model import Prompt
from desktop.error_text import word
from desktop.palette.offers import Offers
from desktop.palette.quick_ask import QuickAsk
from desktop.palette.recent import RecentQuestions
from desktop.panel.answer_card import AnswerCard
from desktop.panel.drafting import FormMemory
from desktop.panel.insertion import as_paragraph
from desktop.panel.library import Library
from desktop.panel.prompt_form import PromptForm
from desktop.panel_desk import Surroundings
from desktop.theme.theme import Theme

SEEN_MS = 700
"""How long the word that something was inserted stays before the window goes."""


class PanelForms:
    """The side panel's form in quick-ask: the same fields, and what was given in them last."""

    def __init__(self, theme: Theme, memory: FormMemory, library: Library) -> None:
        self._theme, self._memory, self._library = theme, memory, library

    @property
    def language(self) -> str:
        """The language of titles: `en` or `zh`."""
        return self._library.language

    def make(self) -> PromptForm:
        """Return a new form."""
        return PromptForm(self._theme, brief=True)

    def last_values(self, prompt: Prompt) -> dict[str, str]:
        """Return what was given last, else what the prompt proposes."""
        return prompt.values(self._memory.form_values(prompt.id))

    def keep_values(self, prompt_id: str, values: dict[str, str]) -> None:
        """Remember what was given."""
        self._memory.keep_form_values(prompt_id, values)


class QuickDesk(QObject):
    """Owns the quick-ask window.

    Signals:
        open_requested: A citation was pressed; carries path and line.
        settings_requested: The person wants to set up a model.
        made: There is a window; carries it.
    """

    made = Signal(object)

    open_requested = Signal(str, int)
    settings_requested = Signal()

    def __init__(
        self,
        around: Surroundings,
        theme: Theme,
        places: Places,
        library: Library,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._around, self._theme, self._places, self._library = around, theme, places, library
        self._editor, self._files = around.page.editor, around.files
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
        bridge = self._around.bridge
        recent = RecentQuestions(self._places.state / "questions.json")
        window = QuickAsk(
            bridge,
            self._theme,
            recent,
            self._make_view,
            offers=Offers(bridge, self._library, self),
            forms=PanelForms(self._theme, self._around.memory, self._library),
            open_note=self._open_note,
        )
        window.insert_requested.connect(self._insert)
        window.journal_requested.connect(self._add_to_journal)
        for state in self._models.values():
            window.set_model(state)
        self.made.emit(window)
        return window

    def _make_view(self, request: AskRequest) -> AnswerCard:
        card = AnswerCard(self._theme, request, framed=False)
        card.open_requested.connect(self._open)
        card.settings_requested.connect(self._show_settings)
        card.retry_requested.connect(self.window.ask_again)
        return card

    def _open_note(self) -> NoteContext | None:
        found = self._editor.context()
        return found[0] if found is not None else None

    def _open(self, path: str, line: int) -> None:
        """Go to a passage: the main window comes instead of the window that was there before."""
        self.window.hide()
        self.open_requested.emit(path, line)

    def _show_settings(self) -> None:
        self.window.hide()
        self.settings_requested.emit()

    def _insert(self, text: str) -> None:
        note = self._open_note()
        if note is not None and not self.window.joins_prose:
            text = as_paragraph(text, before=note.before + note.selection, after=note.after)
        if note is None or not self._editor.insert_at(None, text):
            self.window.say(self.tr("No note is open to insert into. Ctrl+J puts it into today's journal."),
                            problem=True)  # fmt: skip
            return
        self._kept(self.tr("Inserted into “{note}”.").format(note=note.title or note.path))

    def _add_to_journal(self, question: str, text: str) -> None:
        files = self._files()
        if files is None:
            self.window.say(self.tr("Open a folder of notes first."), problem=True)
            return
        language = self._library.language
        self._around.desk.save()  # first in the same queue: what is typed in that note is in its file by then
        self._around.tasks.submit(
            lambda _token: files.add_to_journal(datetime.now(), question, text, language=language),
            done=self._added,
            failed=lambda error: self.window.say(word(error).text, problem=True),
        )

    def _added(self, path: str) -> None:
        self._around.desk.files_changed(NotesChanged((path,), ()))
        self._around.bridge.note_saved(path)
        self._kept(self.tr("Added to “{note}”.").format(note=path))

    def _kept(self, words: str) -> None:
        """Say where the answer is, and go."""
        self.window.say(words)
        self._leaving.start()

    def _leave(self) -> None:
        if self._window is not None and self._window.isVisible():
            self._window.go()
