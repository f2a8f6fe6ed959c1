"""The side panel joined to everything around it: the note, its files, the engine, what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.editor.note_desk import NoteDesk
from desktop.editor.note_page import NotePage
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
    """Builds the panel and connects it.

    Signals:
        settings_requested: The person wants to set up a model.
        folder_requested: The person wants to open a folder of notes.
        spent: A prompt was run; carries what it cost in US dollars.
    """

    settings_requested = Signal()
    folder_requested = Signal()
    spent = Signal(float)

    def __init__(self, around: Surroundings, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        editor = around.page.editor
        self.panel = SidePanel(around.bridge, theme, editor.context, notes=around.notes)
        self.panel.drafting.memory = around.memory
        self.changes = NoteChanges(editor, around.files, around.tasks, self)
        self._connect(around)

    def _connect(self, around: Surroundings) -> None:
        panel, changes, editor = self.panel, self.changes, around.page.editor
        panel.insert_requested.connect(changes.insert)
        panel.replace_requested.connect(changes.replace)
        panel.append_requested.connect(changes.append)
        panel.new_note_requested.connect(changes.new_note)
        panel.block_requested.connect(changes.select_block)
        changes.replaced.connect(panel.replaced)
        changes.replace_refused.connect(panel.replace_refused)
        changes.failed.connect(panel.change_failed)
        changes.note_made.connect(around.desk.open)
        panel.open_requested.connect(around.desk.open)
        panel.editor_requested.connect(editor.setFocus)
        panel.settings_requested.connect(self.settings_requested)
        panel.folder_requested.connect(self.folder_requested)
        panel.requests.spent.connect(self.spent)
        editor.context_changed.connect(panel.refresh_context)
        around.bridge.model_changed.connect(panel.set_model)
        around.bridge.notes_changed.connect(panel.library.files_changed)
