"""The menu of the folders of documents that are followed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.bridge.documents_watch import DocumentWatch
from desktop.widgets.plain_text import button_text


class WatchMenu(QMenu):
    """Each folder with a check mark: taking it away stops following the folder; the last entry adds one."""

    def __init__(self, window: QWidget, watch: DocumentWatch) -> None:
        super().__init__(window)
        self.setObjectName("watchMenu")
        self.setTitle(self.tr("Folders of documents"))
        self._window, self._watch = window, watch
        self._add = QAction(self.tr("Watch a folder …"), self)
        self._add.triggered.connect(lambda _checked=False: self.choose())
        watch.folders_changed.connect(self.show_folders)
        self.show_folders(())

    def show_folders(self, folders: Sequence[Path]) -> None:
        """Show these."""
        for action in self.actions():
            self.removeAction(action)
            if action is not self._add:
                action.deleteLater()
        for folder in folders:
            self.addAction(self._entry(folder))
        if folders:
            self.addSeparator()
        self.addAction(self._add)

    def choose(self) -> None:
        """Ask for a folder, and follow it."""
        title = self.tr("Watch a folder of documents")
        if chosen := QFileDialog.getExistingDirectory(self._window, title, str(Path.home())):
            self._watch.add(Path(chosen))

    def _entry(self, folder: Path) -> QAction:
        action = QAction(button_text(str(folder)), self)
        action.setCheckable(True)
        action.setChecked(True)
        action.setToolTip(self.tr("Take the check mark away to stop watching; its documents stay"))
        action.triggered.connect(partial(self._forget, folder))
        return action

    def _forget(self, folder: Path) -> None:
        self._watch.remove(folder)
