"""The vault's notes as files: scanning, making, renaming, throwing away, following links.

Tells tree and desk what has become of a note; the disk is touched on the task runner alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from core.engine.model import NotesChanged
from core.errors import AttachmentMissing
from core.text.matching import Terms
from core.vault.model import NoteText
from desktop.bridge import attachments
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.editor.links import LinkTarget, path_for, resolve
from desktop.editor.note_desk import NoteDesk
from desktop.windows.tree_nodes import Tree
from desktop.windows.vault_tree import VaultTree

T = TypeVar("T")
AskName = Callable[[str], str | None]
"""Shows a name and returns another one, or None."""

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_WEB = ("http", "https", "mailto")
MANY = 500
"""So many changes at once are faster shown by a new scan, which happens on another thread."""


class Names(Protocol):
    """Knows every name that a note goes by; `desktop.bridge.engine_bridge` does."""

    @property
    def attached(self) -> bool:
        """Whether it can be asked."""

    def note_names(self, *, done: Callable[[Terms], None], failed: Callable[[Exception], None]) -> None:
        """Ask for the names."""


class NoteKeeper(QObject):
    """Keeps tree, desk and files of one vault in step.

    Signals:
        scanned: The vault's notes are known; carries their number.
        scan_failed: The vault cannot be read; carries the error.
        failed: Something that the person asked for could not be done; carries the error.
        missing: A link leads to a note that does not exist; carries the path it would have.
    """

    scanned = Signal(int)
    scan_failed = Signal(object)
    failed = Signal(object)
    missing = Signal(str)

    def __init__(
        self,
        tree: VaultTree,
        desk: NoteDesk,
        tasks: TaskRunner,
        ask_name: AskName,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.names: Names | None = None
        """Who knows the names of notes that are not their files'."""
        self._tree = tree
        self._desk = desk
        self._tasks = tasks
        self._ask_name = ask_name
        self._files: VaultFiles | None = None

    def use(self, files: VaultFiles | None) -> None:
        """Work on another vault, and show its notes."""
        self._files = files
        if files is None:
            self._tree.show_tree(Tree())
            return
        self._tasks.submit(
            lambda _token: Tree(files.scan().notes),
            done=lambda tree: self._show(files, tree),
            failed=self.scan_failed.emit,
        )

    def files_changed(self, event: NotesChanged) -> None:
        """Show notes that have come or gone; after a checkout or a sync, all of them anew."""
        if len(event.removed) + len(event.changed) > MANY:
            self.use(self._files)
            return
        for path in event.removed:
            self._tree.remove(path)
        for path in event.changed:
            self._tree.add(path)

    def new_note(self, folder: str) -> None:
        """Make an empty note in a folder and open it."""
        self.create(self._free_path(f"{folder}/" if folder else "", self.tr("Untitled")))

    def new_note_of(self, name: str, text: str) -> None:
        """Make a note of this name, or with a number after it, with a text, and open it."""
        self.create(self._free_path("", _FORBIDDEN.sub(" ", name).strip(" .") or self.tr("Untitled")), text)

    def create(self, path: str, text: str = "") -> None:
        """Make a note at `path` and open it."""
        self._change(lambda files: files.create(path, text), self._created)

    def rename(self, path: str) -> None:
        """Ask for another name and give it to the note."""
        old = PurePosixPath(path)
        name = self._ask_name(old.stem)
        clean = _FORBIDDEN.sub(" ", name or "").strip(" .")
        if not clean or clean == old.stem:
            return
        new = str(old.with_name(clean + old.suffix))
        self._desk.save()
        self._change(lambda files: files.rename(path, new), lambda _none: self._moved(path, new))

    def trash(self, path: str) -> None:
        """Move a note to the system's trash."""
        self._desk.save()
        self._change(lambda files: files.trash(path), lambda _none: self._gone(path))

    def follow(self, link: LinkTarget) -> None:
        """Open what a link leads to: a note, another file of the vault, or a web address in the browser."""
        if link.address:
            url = QUrl(link.address)
            if url.scheme() in _WEB:
                QDesktopServices.openUrl(url)
            return
        here = self._desk.current.path if self._desk.current else ""
        path = resolve(link, here, self._tree.notes)
        if path is not None:
            self._open_at(path, link.anchor)
        elif attachments.may_be_attachment(link.note):
            self._change(
                lambda files: attachments.find_attachment(files.vault, here, link.note),
                lambda file: self._show_attachment(file, link, here),
            )
        else:
            self._look_for_alias(link, here)

    def _look_for_alias(self, link: LinkTarget, here: str) -> None:
        """Open the note that goes by the link's name, as Logseq's pages do; with none offer to write it."""
        if self.names is None or not self.names.attached or link.is_path:
            self._offer_note(link, here)
            return
        files = self._files

        def known(terms: Terms) -> None:
            if files is self._files:
                self._open_alias(link, here, terms)

        self.names.note_names(done=known, failed=lambda _error: self._offer_note(link, here))

    def _open_alias(self, link: LinkTarget, here: str, terms: Terms) -> None:
        wanted = link.note.casefold()
        paths = [term.detail for term in terms.entries if term.text.casefold() == wanted]
        if paths:
            self._open_at(paths[0], link.anchor)
        else:
            self._offer_note(link, here)

    def _show_attachment(self, file: Path | None, link: LinkTarget, here: str) -> None:
        if file is not None:
            attachments.show(file)
        elif attachments.is_attachment(link.note):
            self.failed.emit(AttachmentMissing(f"There is no file {link.note!r}.", path=link.note))
        else:
            self._offer_note(link, here)

    def _offer_note(self, link: LinkTarget, here: str) -> None:
        if wanted := path_for(link, here):
            self.missing.emit(wanted)

    def _open_at(self, path: str, anchor: str) -> None:
        """Open a note, at what a link names in it if that is there."""
        if not anchor or self._files is None:
            self._desk.open(path)
            return
        self._change(
            lambda files: _line_of(anchor, files.read(path).text),
            lambda line: self._desk.open(path, line),
        )

    def _free_path(self, prefix: str, name: str) -> str:
        names = (name + (f" {n}" if n > 1 else "") for n in itertools.count(1))
        taken = {path.casefold() for path in self._tree.notes}
        return next(path for n in names if (path := f"{prefix}{n}.md").casefold() not in taken)

    def _change(self, work: Callable[[VaultFiles], T], done: Callable[[T], None]) -> None:
        """Change a file, then tree and desk, unless they show another vault by then."""
        if (files := self._files) is not None:
            self._tasks.submit(
                lambda _token: work(files),
                done=lambda result: done(result) if files is self._files else None,
                failed=self.failed.emit,
            )

    def _show(self, files: VaultFiles, tree: Tree) -> None:
        if files is self._files:
            self._tree.show_tree(tree)
            self.scanned.emit(len(tree.notes))

    def _created(self, note: NoteText) -> None:
        self._tree.add(note.path)
        self._desk.open(note.path)

    def _moved(self, old: str, new: str) -> None:
        self._tree.remove(old)
        self._tree.add(new)
        self._desk.note_moved(old, new)

    def _gone(self, path: str) -> None:
        self._tree.remove(path)
        self._desk.note_gone(path)


def _line_of(anchor: str, text: str) -> int:
    from core.text.anchors import line_of_anchor  # the parser is imported off the window's thread

    return line_of_anchor(text, anchor)
