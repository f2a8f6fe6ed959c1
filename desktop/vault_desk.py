"""The vault in this program: chosen, opened in place of another, greeted, and remembered as it was left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from core.settings import IndexSettings
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.welcome import welcome_vault
from desktop.editor.note_desk import NoteDesk
from desktop.frame import Frame
from desktop.windows.draft_offer import DraftOffer
from desktop.windows.front_page import front_page
from desktop.windows.note_keeper import NoteKeeper
from desktop.windows.notices import Notices
from desktop.windows.vault_opener import VaultOpener


class VaultDesk(QObject):
    """Turns the window from one folder of notes to another.

    Signals:
        left: The vault that was open is saved and put away.
        entered: A folder is the vault; carries its `VaultFiles`. No note is open yet.
        opened: Its last note and its tree are on their way; carries the `VaultFiles` as well.
        read: Its notes are in the tree; carries the folder.
        none: There is no vault to work on.
        failed: Something could not be done; carries the error.
    """

    left = Signal()
    entered = Signal(object)
    opened = Signal(object)
    read = Signal(object)
    none = Signal()
    failed = Signal(object)

    def __init__(
        self,
        frame: Frame,
        opener: VaultOpener,
        desk: NoteDesk,
        keeper: NoteKeeper,
        *,
        tasks: TaskRunner,
        home: Path,
        index: Callable[[], IndexSettings],
        parent: QObject | None = None,
    ) -> None:
        """`home` is where the welcome vault goes, `index` says which notes belong to a vault."""
        super().__init__(parent)
        self._frame, self._opener, self._desk, self._keeper = frame, opener, desk, keeper
        self._tasks, self._home, self._index = tasks, home, index
        self._tree = frame.pane.tree
        self._is_read = self._is_greeted = False
        self.notices = Notices(
            frame.page,
            frame.theme,
            choose_folder=self.choose,
            try_welcome=self.try_welcome,
            new_note=lambda: keeper.new_note(""),
            parent=self,
        )
        self._drafts = DraftOffer(frame.page.draft_bar, desk, tasks, self)
        desk.opened.connect(self._note_opened)
        desk.open_failed.connect(lambda _path, _error: self._greet())
        keeper.scanned.connect(self._scanned)
        keeper.scan_failed.connect(self._scan_failed)

    def start(self, vault: str) -> None:
        """Open the vault of this name; without one, offer the choice."""
        if vault:
            self.open(Path(vault))
        else:
            self.none.emit()
            self.notices.no_vault()

    def open(self, vault: Path) -> None:
        """Open a folder in place of the one that is open."""
        vault = vault.expanduser().absolute()
        self._is_read = self._is_greeted = False
        if self._opener.vault is not None:
            self.put_away()
            self.left.emit()
        files = self._opener.open(vault, self._index())
        self._desk.use(files)
        self.entered.emit(files)
        path, line = self._frame.state.last_place(vault)
        if path:
            self._desk.open(path, line, remember=False)
        self._keeper.use(files)
        self.opened.emit(files)
        self._drafts.look(files)

    def choose(self) -> None:
        """Ask for another folder."""
        start = str(self._opener.vault or self._home)
        title = self.tr("Open a folder of notes")
        if chosen := QFileDialog.getExistingDirectory(self._frame.window, title, start):
            self.open(Path(chosen))

    def try_welcome(self) -> None:
        """Open the person's own copy of the welcome vault."""
        self._tasks.submit(lambda _token: welcome_vault(self._home), done=self.open, failed=self.failed.emit)

    def switch(self, vault: str) -> None:
        """Open another vault, unless it is open already or none is named."""
        if vault and Path(vault) != self._opener.vault:
            self.open(Path(vault))

    def scan(self) -> None:
        """Look anew which notes belong to the open vault: the settings say something else about it."""
        if (files := self._opener.files) is not None:
            files.index = self._index()
            self._keeper.use(files)

    def go_on(self) -> None:
        """Say what to do next where no note is open or on its way, once it is known which there are."""
        if self._is_read and not self._desk.has_note:
            self.notices.no_note_open(len(self._tree.notes))

    def put_away(self) -> None:
        """Save the open notes, and remember where the person was in this vault."""
        state, vault = self._frame.state, self._opener.vault
        if vault is not None:
            place = self._desk.place
            state.set_last_place(vault, place.path if place else "", place.line if place else 0)
            state.set_open_folders(vault, self._tree.open_folders())
        self._desk.close()

    def _scanned(self, _count: int) -> None:
        vault = self._opener.vault
        assert vault is not None
        self._is_read = True
        self._tree.open_these(self._frame.state.open_folders(vault))
        self._tree.show_current(self._frame.page.editor.path)
        self._greet()
        self.read.emit(vault)
        self._opener.start_engine()

    def _note_opened(self, path: str) -> None:
        self._is_greeted |= bool(path)

    def _greet(self) -> None:
        """Where no note is open or on its way, open the vault's first page; later only say how to go on."""
        if not self._is_read or self._desk.has_note:
            return
        page = front_page(self._tree.notes, prefers_chinese=self._frame.look.speaks_chinese)
        if page and not self._is_greeted:
            self._is_greeted = True  # a page that cannot be read is not tried again
            self._desk.open(page)
        else:
            self.go_on()

    def _scan_failed(self, error: Exception) -> None:
        vault = self._opener.vault
        assert vault is not None
        self._opener.close()
        self.none.emit()
        self._frame.window.status.show_no_vault()
        self.notices.unusable(vault, error)
