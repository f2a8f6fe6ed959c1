"""What helps a writer, put together for one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from core.settings import GhostSettings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.editor.code_colours import CodeColours
from desktop.editor.ghost_asker import GhostAsker
from desktop.editor.ghost_text import GhostText
from desktop.editor.jumps import Jumps
from desktop.editor.name_completion import NameCompletion
from desktop.editor.note_desk import NoteDesk
from desktop.editor.note_page import NotePage
from desktop.editor.open_notes import OpenNotes, TabMemory
from desktop.editor.picture_drop import PictureDrop
from desktop.editor.preview import Preview, PreviewMemory
from desktop.editor.spell_check import SpellCheck, SpellingMemory
from desktop.editor.spelling_menu import SpellingMenu
from desktop.editor.text_size import TextSize, TextSizeMemory
from desktop.editor.typing_watch import TypingWatch
from desktop.editor.word_count import WordCount
from desktop.theme.theme import Theme


class EditorMemory(TabMemory, PreviewMemory, SpellingMemory, TextSizeMemory, Protocol):
    """Remembers the open notes, and how they are shown: rendered, their spelling checked, how large."""


class WritingAids(QObject):
    """Ghost text, the names of the vault, colours of code, pictures that are dropped, and jumping about.

    Signals:
        failed: A picture could not be copied; carries the error.
    """

    failed = Signal(object)

    def __init__(
        self,
        page: NotePage,
        desk: NoteDesk,
        *,
        theme: Theme,
        bridge: EngineBridge,
        tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        editor = page.editor
        Jumps(page, desk, theme, self)
        self.open_notes = OpenNotes(page, desk, theme, self)
        self.spelling = SpellCheck(editor, page.spelling_action, tasks, self)
        SpellingMenu(editor, self.spelling, self)
        self._size = TextSize(page, theme, self)
        self.preview = Preview(page, tasks, theme, self)
        bridge.notes_changed.connect(self.open_notes.files_changed)
        CodeColours(editor, tasks, self)
        self.words = WordCount(editor, tasks)
        """The length of the note, for whoever has a place for it."""
        self._vault: Path | None = None
        pictures = PictureDrop(editor, lambda: self._vault, tasks, self)
        pictures.failed.connect(self.failed)
        watch = TypingWatch(editor, self)
        self.ghost = GhostText(editor, theme, watch, self)
        self._asker = GhostAsker(editor, watch, self.ghost, bridge, self)
        self.names = NameCompletion(editor, watch, bridge, theme, self)  # the last to come sees keys first

    def remember_in(self, memory: EditorMemory, data: Path, notes: Callable[[], Sequence[str]]) -> None:
        """Keep what is open and shown there from one start to the next, and the person's words in `data`.

        Args:
            notes: the paths of the vault's notes.
        """
        self._size.remember_in(memory)
        self.open_notes.remember_in(memory)
        self.preview.remember_in(memory)
        self.spelling.remember_in(memory, data, notes)

    def open_vault(self, vault: Path | None) -> None:
        """Help with the notes of this vault."""
        self._vault = vault
        self.open_notes.open_vault(vault)
        self.preview.open_vault(vault)
        self.names.forget()

    def use(self, settings: GhostSettings) -> None:
        """Follow these settings from now on."""
        self._asker.use(settings)
