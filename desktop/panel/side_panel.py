"""The seat beside the note: scenes, prompts, requests and their answers, laid out and joined together.

Facts go up by signal; the anchor that belongs to a request is opaque here and goes back as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from core.assist.model import Work
from core.engine.model import ModelState
from core.prompts.model import Prompt
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.note_names import NoteNames
from desktop.panel.commands import PanelCommands
from desktop.panel.comparing import Comparing
from desktop.panel.composer import Composer
from desktop.panel.conversation import GUTTER, Conversation
from desktop.panel.drafting import Drafting
from desktop.panel.head import Head
from desktop.panel.library import Library
from desktop.panel.lookup import Lookup, SuggestionList
from desktop.panel.previewing import Previewing
from desktop.panel.prompt_bar import PromptBar
from desktop.panel.prompt_form import PromptForm
from desktop.panel.requests import Context, Requests
from desktop.panel.scene_editing import SceneEditing
from desktop.panel.session_list import SessionList
from desktop.panel.sessions import Sessions
from desktop.panel.welcome import Welcome
from desktop.theme.theme import Theme


class SidePanel(QWidget):
    """Asks the engine and shows its answers.

    Its `commands` carry the shortcuts, and may stand in menus as well.

    Signals:
        insert_requested: Put text at the caret; carries None and the text.
        replace_requested: Put text in the place of what was selected; carries the anchor and the text.
        append_requested: Put text at the end of the open note.
        new_note_requested: Make a note; carries its title and its text.
        block_requested: The block under the caret is to be selected, to be replaced.
        open_requested: A citation or quote was pressed; carries path and line.
        settings_requested: The person wants to set up a model.
        folder_requested: The person wants to open a folder of notes.
        editor_requested: The person is done here and wants the caret back in the note.
        detach_requested: The panel is to have a window of its own, or to leave it.
    """

    insert_requested = Signal(object, str)
    replace_requested = Signal(object, str)
    append_requested = Signal(str)
    new_note_requested = Signal(str, str)
    block_requested = Signal()
    open_requested = Signal(str, int)
    settings_requested = Signal()
    folder_requested = Signal()
    editor_requested = Signal()
    detach_requested = Signal()

    def __init__(
        self,
        bridge: EngineBridge,
        theme: Theme,
        context: Context,
        parent: QWidget | None = None,
        *,
        notes: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """`context` returns what a request sees of the open note; `notes` the paths of all notes."""
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setAccessibleName(self.tr("Side panel"))
        self._context = context
        self.is_detached = False
        """Whether it has a window of its own, beside another program."""
        self.library = Library(bridge, self)
        self.head = Head(theme, self)
        self.scenes, self.tiers = self.head.scenes, self.head.tiers
        self.model_line, self.context_bar = self.head.model_line, self.head.context_bar
        self.welcome = Welcome(theme, self)
        self.conversation = Conversation(theme, self)
        self.session_list = SessionList(theme, self)
        self.form = PromptForm(theme, self)
        self.suggestions = SuggestionList(theme, self)
        self.prompt_bar = PromptBar(theme, self)
        self.composer = Composer(theme, self)
        self.requests = Requests(bridge, theme, self.conversation, context, self)
        self.sessions = Sessions(bridge, self.session_list, self)
        self._note_names = NoteNames(bridge, self)
        self.lookup = Lookup(
            self.composer.edit,
            self.suggestions,
            self.library,
            names=self._note_names,
            notes=notes,
            first=lambda: self.library.of(self.scenes.scene),
        )
        self.drafting = Drafting(self, bridge, context)
        self.comparing = Comparing(self, bridge)
        self.scene_editing = SceneEditing(bridge, theme, self.library, self.scenes, self)
        self.previewing = Previewing(bridge, theme, self.drafting.draft, self)
        self._lay_out()
        self.commands = PanelCommands(self)
        self._connect()
        self.show_vault(True)
        self.refresh_context()
        self._scene_changed()

    def set_model(self, state: ModelState) -> None:
        """Show which model a tier means."""
        self.tiers.set_model(state)

    def show_vault(self, is_open: bool) -> None:
        """Be of use, or say what to do first where no folder of notes is open."""
        self.welcome.show_vault(is_open)
        for part in (self.head, self.composer):
            part.setVisible(is_open)
        self.prompt_bar.setVisible(is_open and bool(self.prompt_bar.buttons))
        if not is_open:
            self._show_page(self.welcome)

    def engine_started(self) -> None:
        """There is an engine: its prompts, scenes and prices can be had."""
        self.library.load()
        self.previewing.refresh()

    def refresh_context(self) -> None:
        """Look again at the open note; a new selection preselects writing while nothing is typed."""
        found = self._context()
        context = found[0] if found else None
        self.context_bar.show_context(context)
        if self.composer.empty and self.form.prompt is None and not self.is_detached:
            self.scenes.suggest(Work.WRITE if context and context.selection else None)
        self.previewing.refresh()

    def show_detached(self, detached: bool) -> None:
        """Say how to leave its own window. There no selection is made by hand, so none suggests a scene."""
        self.is_detached = detached
        self.head.show_detached(detached)
        self.context_bar.show_detached(detached)
        if detached:
            self.scenes.suggest(None)

    def clear(self) -> None:
        """Forget the answers: another vault is open, and their places are not in it."""
        self.stop()
        self.conversation.clear()
        self.form.close_form()
        self.composer.attachments.clear()
        self.context_bar.forget_pins()
        self._note_names.forget()
        self.sessions.leave()  # last: words that stand in the composer begin a conversation of this vault
        self._show_page(self.welcome)

    def new_conversation(self) -> None:
        """Put the answers away; what was asked is kept among the conversations."""
        self.stop()
        self.sessions.leave()
        self.context_bar.begin_conversation()
        self.conversation.clear()
        self._show_page(self.welcome)
        self.focus_composer()

    def stop(self) -> None:
        """Stop what is being written; the server is told."""
        self.requests.stop()

    def replaced(self) -> None:
        """Say on its card that a replacement is done."""
        self.requests.replaced()

    def replace_refused(self) -> None:
        """Say on its card that the text to be replaced is no longer what it was."""
        self.requests.replace_refused()

    def done(self, words: str) -> None:
        """Say on the card that asked for it what was done in the note."""
        self.requests.done(words)

    def look_again(self, anchor: object, old: str, new: str) -> None:
        """Let the changes be looked at that would be made to what stands there now."""
        self.requests.look_again(anchor, old, new)

    def change_failed(self, error: Exception) -> None:
        """Say on the card that asked for it why the note could not be changed."""
        self.requests.change_failed(error)

    def focus_composer(self) -> None:
        """Put the caret into the composer."""
        self.composer.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sizeHint(self) -> QSize:
        """Prefer a width in the middle of what is allowed."""
        return QSize(380, 640)

    def _lay_out(self) -> None:
        self.setMinimumWidth(320)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.conversation)
        past = QWidget(self)
        beside = QVBoxLayout(past)
        beside.setContentsMargins(0, 0, GUTTER, 0)
        beside.addWidget(self.session_list)
        self._past = past
        self._pages.addWidget(past)
        # A form above the composer may take the room of what is read meanwhile.
        self._pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, GUTTER, 0)
        head.addWidget(self.head)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, GUTTER, 0)
        foot.setSpacing(6)
        beside_composer = QHBoxLayout()
        beside_composer.addWidget(self.prompt_bar, 1)
        beside_composer.addStretch()
        beside_composer.addWidget(self.context_bar.cost_button)
        foot.addWidget(self.form)
        foot.addWidget(self.suggestions)
        foot.addLayout(beside_composer)
        foot.addWidget(self.composer)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 0, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        requests, bar, preview = self.requests, self.context_bar, self.previewing
        self.composer.send_requested.connect(self.drafting.send)
        self.composer.stop_requested.connect(self.stop)
        self.composer.attachments.changed.connect(preview.refresh)
        self.composer.attachments.settings_requested.connect(self.settings_requested)
        self.composer.edited.connect(preview.refresh)
        self.composer.edited.connect(self._prepare_session)
        requests.runner.busy_changed.connect(self.composer.set_busy)
        requests.completed.connect(self.composer.send_waiting)
        requests.card_added.connect(lambda: self._show_page(self.conversation))
        requests.branch_requested.connect(self.sessions.branch)
        requests.insert_requested.connect(self.insert_requested)
        requests.replace_requested.connect(self.replace_requested)
        requests.append_requested.connect(self.append_requested)
        requests.new_note_requested.connect(self.new_note_requested)
        requests.open_requested.connect(self.open_requested)
        requests.settings_requested.connect(self.settings_requested)
        requests.sent_requested.connect(preview.show_sent)
        self.scenes.changed.connect(self._scene_changed)
        self.head.new_button.clicked.connect(self.new_conversation)
        self.head.history_button.clicked.connect(self.toggle_sessions)
        self.head.detach_button.clicked.connect(self.detach_requested)
        self.session_list.closed.connect(self.toggle_sessions)
        self.sessions.opened.connect(requests.restore)
        self.sessions.opened.connect(lambda _conversation: bar.begin_conversation())
        self.sessions.opened.connect(lambda _conversation: self.focus_composer())
        self.sessions.exported.connect(lambda path: self.open_requested.emit(path, 0))
        self.tiers.changed.connect(preview.refresh)
        self.model_line.settings_requested.connect(self.settings_requested)
        self.welcome.example_chosen.connect(self._take_example)
        self.welcome.folder_requested.connect(self.folder_requested)
        self.library.changed.connect(self._library_changed)
        self.lookup.prompt_chosen.connect(self.drafting.open_form)
        self.lookup.problem_chosen.connect(self.open_requested)
        self.lookup.note_pinned.connect(bar.pin_note)
        self.lookup.tag_pinned.connect(bar.pin_tag)
        self.prompt_bar.prompt_chosen.connect(self.drafting.run_or_ask)
        self.prompt_bar.library_requested.connect(self.show_library)
        self.prompt_bar.check_requested.connect(self.check_facts)
        self.prompt_bar.compare_requested.connect(self.compare)
        self.form.submitted.connect(self.composer.submit)
        self.form.closed.connect(self._form_closed)
        bar.changed.connect(preview.refresh)
        bar.details_requested.connect(lambda: preview.show_details(bar.without))
        preview.found.connect(bar.show_cost)
        preview.troubled.connect(self.composer.attachments.show_trouble)
        preview.left_out.connect(bar.leave_out)

    def _prepare_session(self, has_words: bool) -> None:
        """Something is being typed: by the time it is sent there is a conversation for it."""
        if has_words and self.scenes.work is Work.ASK:
            found = self._context()
            self.sessions.prepare(found[0].path if found else "")

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self.head.history_button.setChecked(page is self._past)

    def toggle_sessions(self) -> None:
        """Show the conversations, or what was in sight before."""
        if self._pages.currentWidget() is not self._past:
            self._show_page(self._past)
            self.sessions.search(self.session_list.field.text())
            self.session_list.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.session_list.field.selectAll()
        else:
            self._show_page(self.conversation if self.conversation.cards else self.welcome)
            self.focus_composer()

    def _library_changed(self) -> None:
        self.scenes.show_scenes(self.library.scenes, self.library.language)

    def _scene_changed(self) -> None:
        scene, work = self.scenes.scene, self.scenes.work
        if scene.tier is not None:
            self.tiers.choose(scene.tier)
        self.welcome.show_scene(work)
        self.prompt_bar.show_prompts(self.library.of(scene), self.library.language)
        self._show_placeholder()
        self.previewing.refresh()

    def _show_placeholder(self) -> None:
        if self.form.prompt is not None:
            words = self.tr("Anything else? Enter runs it")
        elif self.scenes.work is Work.ASK:
            words = self.tr("Ask your notes; / for prompts, @ for a note")
        else:
            words = self.tr("Say what to write or change; / for prompts")
        self.composer.set_placeholder(words)

    def show_form(self, prompt: Prompt) -> None:
        """A form is open: the composer takes what it does not ask for."""
        self.composer.allow_empty(True)
        self.prompt_bar.hide()
        self._show_placeholder()
        self.form.focus_first()
        self.previewing.refresh()

    def _form_closed(self) -> None:
        self.composer.allow_empty(False)
        self.prompt_bar.setVisible(bool(self.prompt_bar.buttons))
        self._show_placeholder()
        self.focus_composer()
        self.previewing.refresh()

    def show_library(self) -> None:
        """Look through all prompts."""
        self.composer.set_text("/")
        self.focus_composer()

    def check_facts(self) -> None:
        """Hold the selection, or the caret's block, against the notes."""
        if self.drafting.check_facts():
            return
        self.composer.say(self.tr("Put the caret into a paragraph of a note, or select some, to check it."))

    def compare(self) -> None:
        """Let several models answer what is typed."""
        self.comparing.start()

    def _take_example(self, text: str) -> None:
        self.composer.set_text(text)
        self.focus_composer()

    def leave(self) -> None:
        """Close what is open, one thing at a time; stop what runs; go back to the note."""
        if self.lookup.is_open:
            self.lookup.close()
        elif self._pages.currentWidget() is self._past:
            self.toggle_sessions()
        elif self.requests.leave_review():
            self.focus_composer()
        elif self.requests.runner.is_busy:
            self.stop()
        elif self.form.prompt is not None:
            self.form.close_form()
        else:
            self.editor_requested.emit()
