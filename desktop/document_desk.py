"""Documents in this program: dropped or chosen, listed, shown, saved as notes, removed."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from core.documents.importer import Began, Imported, Refused
from core.documents.library import Document
from desktop.bridge.documents import DocumentShelf
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.hearing import Ear
from desktop.editor.note_desk import NoteDesk
from desktop.panel.composer import RequestEdit
from desktop.recording_desk import RecordingDesk
from desktop.theme.theme import Theme
from desktop.windows.documents_bar import DocumentsBar
from desktop.windows.documents_drop import DropArea
from desktop.windows.documents_pane import DocumentsSection
from desktop.windows.documents_watched import WatchMenu
from desktop.windows.main_window import MainWindow
from desktop.windows.note_keeper import NoteKeeper

if TYPE_CHECKING:
    from desktop.panel.side_panel import SidePanel
    from desktop.windows.document_view import DocumentView


class DocumentDesk(QObject):
    """Owns everything of the window that concerns documents.

    Signals:
        failed: Something could not be done; carries the error.
        ready_for_question: A document that was given to the request is imported; carries its path.
        note_wanted: A document is to become a note; carries the note's name and text.
    """

    failed = Signal(object)
    ready_for_question = Signal(str)
    note_wanted = Signal(str, str)

    def __init__(
        self,
        window: MainWindow,
        desk: NoteDesk,
        keeper: NoteKeeper,
        bridge: EngineBridge,
        *,
        theme: Theme,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._theme, self._bridge = window, theme, bridge
        self.shelf = DocumentShelf(self)
        self.section = DocumentsSection(theme)
        self.bar = DocumentsBar(theme)
        self.recordings = RecordingDesk(bridge, window, self)
        self.drop = DropArea(window, theme)
        self._outcomes: list[Imported | Refused] = []
        self._for_question: set[Path] = set()
        self._view: DocumentView | None = None
        self.import_action = QAction(self.tr("Import documents …"), window)
        self.import_action.setShortcut(QKeySequence("Ctrl+Shift+I"))
        self.import_action.triggered.connect(lambda _checked=False: self.choose())
        self.watching = WatchMenu(window, self.shelf.watch)
        actions = (self.import_action, self.watching.menuAction())
        window.add_documents(actions, self.section, self.bar)
        desk.document_requested.connect(self.open)
        self.note_wanted.connect(keeper.new_note_of)
        self._connect()

    def _connect(self) -> None:
        shelf, section, bar = self.shelf, self.section, self.bar
        shelf.listed.connect(section.show_documents)
        shelf.stepped.connect(self._stepped)
        shelf.ended.connect(self._ended)
        shelf.changed.connect(self._changed)
        shelf.failed.connect(self.failed)
        shelf.watch.refused.connect(self._refused)
        self.drop.dropped.connect(self.add)
        bar.cancel_requested.connect(shelf.cancel)
        bar.details_requested.connect(self.show_results)
        section.open_requested.connect(self.open)
        section.original_requested.connect(self.open_original)
        section.note_requested.connect(self.save_as_note)
        section.remove_requested.connect(self.remove)
        section.import_requested.connect(self.choose)

    @property
    def view(self) -> DocumentView:
        """The window that shows documents, made at the first call."""
        if self._view is None:
            from desktop.windows.document_view import DocumentView

            self._view = DocumentView(self._theme, self._window)
            self._view.original_requested.connect(self.open_original)
            self._view.note_requested.connect(self.save_as_note)
        return self._view

    def serve(self, panel: SidePanel) -> None:
        """Read the documents that a request of the panel is about, and pin them there."""
        panel.composer.files_given.connect(self.add_for_question)
        self.ready_for_question.connect(panel.context_bar.pin_note)

    def use(self, folder: Path | None) -> None:
        """Turn to the documents of another vault."""
        fields = self._window.findChildren(QPlainTextEdit)  # they would take the names of files for words
        others = (field for field in fields if not isinstance(field, RequestEdit))  # which takes files itself
        self.drop.watch(*(field.viewport() for field in others))
        self._outcomes.clear()
        self._for_question.clear()
        self.bar.hide()
        if self._view is not None:
            self._view.close()
        self.shelf.use(folder)

    def close(self) -> None:
        """End what is under way."""
        self.recordings.close()
        self.shelf.close()

    def add(self, paths: list[Path]) -> None:
        """Import files and folders; where recordings among them would go elsewhere, the person is asked."""
        if paths:
            self.recordings.prepare(paths, self._add)

    def add_for_question(self, paths: list[Path]) -> None:
        """Import files that the next request is about."""
        self._for_question.update(path.absolute() for path in paths)
        self.add(paths)

    def _add(self, paths: list[Path], reader: Ear | None) -> None:
        if not self.shelf.is_busy:
            self._outcomes.clear()
        self.shelf.add(paths, reader)

    def choose(self) -> None:
        """Ask which documents to import."""
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Import documents"), str(Path.home()))
        self.add([Path(name) for name in names])

    def open(self, path: str, line: int) -> None:
        """Show a document at a line of its text."""
        self.shelf.read(path, lambda document, text: self._show(document, text, line))

    def open_original(self, document: Document) -> None:
        """Open the file in the program that the system has for it."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(document.source))

    def save_as_note(self, document: Document) -> None:
        """Ask for a note with the document's text."""
        self.shelf.read(document.path, self._hand_over)

    def remove(self, document: Document) -> None:
        """Forget a document, once the person has agreed."""
        from desktop.windows.documents_question import ask_to_remove

        ask_to_remove(document, self._window, lambda: self.shelf.remove(document.path))

    def show_results(self) -> None:
        """Show what became of each file."""
        from desktop.windows.documents_results import ImportResults

        dialog = ImportResults(self._outcomes, self._theme, lambda path: self.open(path, 0), self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show(self, document: Document, text: str, line: int) -> None:
        self.view.show()  # first, for only then it knows where its middle is
        self.view.show_document(document, text, line)
        self.view.raise_()
        self.view.activateWindow()

    def _stepped(self, outcome: Began | Imported | Refused) -> None:
        self.bar.step(outcome)
        if isinstance(outcome, Began):
            return
        self._outcomes.append(outcome)
        if outcome.file in self._for_question:
            self._for_question.discard(outcome.file)
            if isinstance(outcome, Imported):
                self.ready_for_question.emit(outcome.added.document.path)

    def _refused(self, outcome: Refused) -> None:
        """A file of a watched folder could not be read: say so, beside what else there is to say."""
        if self.bar.isHidden():
            self._outcomes.clear()
            self.bar.forget()
        self._outcomes.append(outcome)
        self.bar.step(outcome)
        if not self.shelf.is_busy:
            self.bar.end(cancelled=False)
            self.bar.show()

    def _ended(self, cancelled: bool) -> None:
        self.bar.end(cancelled=cancelled)

    def _changed(self, path: str) -> None:
        """Have the index look at a document; one that is not running yet looks at all of them anyway."""
        if self._bridge.attached:
            self._bridge.note_saved(path)

    def _hand_over(self, document: Document, text: str) -> None:
        name = PurePath(document.name).stem
        head = "" if text.lstrip().startswith("# ") else f"# {document.title or name}\n\n"
        self.note_wanted.emit(name, f"{head}{text}")
