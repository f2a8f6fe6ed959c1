"""The side panel joined to everything around it: the note, its files, the engine, what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core.assist.model import NoteContext
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.bridge.writing_place import WritingPlace
from desktop.editor.insertion_watch import InsertionWatch
from desktop.editor.note_desk import NoteDesk
from desktop.editor.note_page import NotePage
from desktop.media_desk import MediaDesk
from desktop.panel.drafting import FormMemory
from desktop.panel.side_panel import SidePanel
from desktop.theme.theme import Theme
from desktop.windows.note_changes import NoteChanges


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the panel works with."""

    bridge: EngineBridge
    page: NotePage
    desk: NoteDesk
    tasks: TaskRunner
    files: Callable[[], VaultFiles | None]
    notes: Callable[[], Iterable[str]]
    memory: FormMemory


class PanelDesk(QObject):
    """Builds the panel and connects it with the place where it writes: the editor, or another one.

    Signals:
        settings_requested: The person wants to set up a model.
        folder_requested: The person wants to open a folder of notes.
    """

    settings_requested = Signal()
    folder_requested = Signal()

    def __init__(self, around: Surroundings, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        editor = around.page.editor
        self._open = around.desk.open
        self.changes = NoteChanges(editor, around.files, around.tasks, self)
        self._place: WritingPlace = self.changes
        self._places: list[WritingPlace] = []
        self.panel = SidePanel(around.bridge, theme, self._context, notes=around.notes)
        self.panel.drafting.memory = around.memory
        self.media = MediaDesk(self.panel, around.files, around.tasks, self)
        self._connect(around)
        self.use(self.changes)

    def use(self, place: WritingPlace) -> None:
        """Work on this place from now on; what was asked about another one still goes there."""
        if place not in self._places:
            self._join(place)
        self._place = place
        self.panel.refresh_context()

    def use_editor(self) -> None:
        """Work on the note in the editor, as at first."""
        self.use(self.changes)

    def _join(self, place: WritingPlace) -> None:
        self._places.append(place)
        panel = self.panel
        place.changed.connect(self._place_changed)
        place.replaced.connect(panel.replaced)
        place.done.connect(panel.done)
        place.replace_refused.connect(panel.replace_refused)
        place.differs.connect(panel.look_again)
        place.failed.connect(panel.change_failed)
        place.note_made.connect(self._open)

    def _context(self) -> tuple[NoteContext, object] | None:
        return self._place.context()

    def _place_changed(self) -> None:
        if self.sender() is self._place:
            self.panel.refresh_context()

    def _insert(self, anchor: object, text: str) -> None:
        self._owner(anchor).insert(anchor, text)

    def _replace(self, anchor: object, text: str) -> None:
        self._owner(anchor).replace(anchor, text)

    def _append(self, text: str) -> None:
        self._place.append(text)

    def _make_note(self, title: str, text: str) -> None:
        self._place.new_note(title, text)

    def _select_block(self) -> None:
        self._place.select_block()

    def _owner(self, anchor: object) -> WritingPlace:
        return next((place for place in self._places if place.owns(anchor)), self._place)

    def _connect(self, around: Surroundings) -> None:
        panel, editor = self.panel, around.page.editor
        panel.insert_requested.connect(self._insert)
        panel.replace_requested.connect(self._replace)
        panel.append_requested.connect(self._append)
        panel.new_note_requested.connect(self._make_note)
        panel.block_requested.connect(self._select_block)
        panel.open_requested.connect(around.desk.open)
        panel.editor_requested.connect(editor.setFocus)
        panel.settings_requested.connect(self.settings_requested)
        panel.folder_requested.connect(self.folder_requested)
        watch = InsertionWatch(editor, self)
        panel.requests.taken.connect(watch.expect)
        watch.seen.connect(panel.requests.note_outcome)
        around.bridge.model_changed.connect(panel.set_model)
