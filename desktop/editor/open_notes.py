"""The open notes between the desk and their tabs: which stand there, what closing one means."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject

from core.engine.model import NotesChanged
from desktop.editor.note_desk import NoteDesk
from desktop.editor.note_page import NotePage
from desktop.editor.note_tabs import Mark, NoteTabs, Tab
from desktop.editor.tab_row import TabRow, titles
from desktop.theme.theme import Theme


class TabMemory(Protocol):
    """Remembers the tabs of each vault."""

    def open_notes(self, vault: Path) -> list[str]:
        """Return the notes that were open, from the left."""

    def set_open_notes(self, vault: Path, notes: list[str]) -> None:
        """Remember the notes that are open."""


class OpenNotes(QObject):
    """Keeps the tabs of one page in step with its desk; a single note needs none."""

    def __init__(self, page: NotePage, desk: NoteDesk, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page, self._desk = page, desk
        self._vault: Path | None = None
        self._memory: TabMemory | None = None
        self._leaving = ""
        self._row = TabRow()
        self.tabs = NoteTabs(theme, page)
        self.tabs.hide()
        page.add_tabs(self.tabs)
        self._connect()

    def _connect(self) -> None:
        page, desk, tabs = self._page, self._desk, self.tabs
        page.close_action.triggered.connect(lambda _checked=False: self.close(self._row.current))
        page.reopen_action.triggered.connect(lambda _checked=False: self._open(self._row.reopen()))
        for action, step in ((page.next_note_action, 1), (page.previous_note_action, -1)):
            action.triggered.connect(partial(self._go, step))
        desk.opened.connect(self._opened)
        desk.open_failed.connect(self._open_failed)
        desk.changed.connect(self._follow)
        desk.moved.connect(self._moved)
        desk.gone.connect(self._gone)
        desk.closing.connect(self._remember)
        tabs.chosen.connect(desk.open)
        tabs.close_requested.connect(self.close)
        tabs.others_requested.connect(self.close_others)
        tabs.kept.connect(self._keep)
        tabs.arranged.connect(self._arranged)

    @property
    def paths(self) -> list[str]:
        """The open notes, from the left."""
        return self._row.paths

    def remember_in(self, memory: TabMemory) -> None:
        """Keep the tabs of each vault there from one start to the next."""
        self._memory = memory

    def open_vault(self, vault: Path | None) -> None:
        """Show the tabs that a vault had when it was left."""
        self._vault = vault
        known = self._memory.open_notes(vault) if self._memory is not None and vault is not None else []
        self._row.restore(known)
        self._show()

    def close(self, path: str) -> None:
        """Close a note; one that cannot be saved comes into sight instead."""
        if not path:
            return
        if self._desk.is_stuck(path):
            self._desk.open(path)
            return
        was_current = path == self._row.current
        following = self._row.close(path)
        if was_current and following:
            self._leaving = path  # until the other one is there: the page is not to flash empty
            self._desk.open(following)
        else:
            self._desk.put_away(path)
        self._show()

    def close_others(self, path: str) -> None:
        """Close all notes but this one, and those that cannot be saved."""
        self._desk.open(path)
        for other in self._row.paths:
            if other != path and not self._desk.is_stuck(other):
                self._row.close(other)
                self._desk.put_away(other)
        self._show()

    def files_changed(self, event: NotesChanged) -> None:
        """Drop the tabs of notes that went away while they were not at hand; a renamed one keeps its tab."""
        new_paths = dict(event.moved)
        for path in event.removed:
            if path in self._desk.open_notes:
                continue
            if path in new_paths:
                self._row.rename(path, new_paths[path])
            else:
                self._row.forget(path)
        self._show()

    def _open(self, path: str) -> None:
        if path:
            self._desk.open(path)

    def _go(self, step: int, _checked: bool = False) -> None:
        self._open(self._row.neighbour(step))

    def _opened(self, path: str) -> None:
        self._row.show(path)
        self._let_go(path)
        self._show()

    def _open_failed(self, path: str, _error: Exception) -> None:
        self._row.forget(path)
        self._let_go("")
        self._show()

    def _let_go(self, shown: str) -> None:
        leaving, self._leaving = self._leaving, ""
        if leaving and leaving != shown:
            self._desk.put_away(leaving)

    def _follow(self) -> None:
        """Keep what is written in, and what cannot be saved even if it was closed."""
        for path in self._desk.open_notes:
            if self._desk.is_stuck(path) or (path == self._row.passing and self._desk.is_dirty(path)):
                self._row.keep(path)
        self._show()

    def _moved(self, old: str, new: str) -> None:
        self._row.rename(old, new)
        self._show()

    def _gone(self, path: str) -> None:
        self._row.forget(path)
        self._show()

    def _keep(self, path: str) -> None:
        self._row.keep(path)
        self._show()

    def _arranged(self, source: int, target: int) -> None:
        self._row.move(source, target)
        self._show()

    def _remember(self) -> None:
        if self._memory is not None and self._vault is not None:
            kept = [path for path in self._row.paths if path != self._row.passing]
            self._memory.set_open_notes(self._vault, kept)

    def _show(self) -> None:
        paths = self._row.paths
        tabs = [
            Tab(path, title, self._mark(path), is_passing=path == self._row.passing)
            for path, title in zip(paths, titles(paths), strict=True)
        ]
        self.tabs.show_tabs(tabs, self._row.current)
        self.tabs.setVisible(len(tabs) > 1)

    def _mark(self, path: str) -> Mark:
        if self._desk.is_stuck(path):
            return Mark.STUCK
        return Mark.UNSAVED if self._desk.is_dirty(path) else Mark.NONE
