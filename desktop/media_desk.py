"""Pictures and recordings of the note at hand: found in the text at the caret, offered, taken along."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from core.assist.model import NoteContext
from core.concurrency import CancelToken
from core.documents.naming import name_of
from desktop.bridge.linked_media import media_in, names_media
from desktop.bridge.pictures import is_picture
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.panel.side_panel import SidePanel


class MediaDesk(QObject):
    """Offers what the selection, or the block at the caret, links to; nothing goes along unasked."""

    def __init__(
        self,
        panel: SidePanel,
        files: Callable[[], VaultFiles | None],
        tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel, self._files, self._tasks = panel, files, tasks
        self._context: NoteContext | None = None
        self._offers = panel.context_bar.offers
        self._offers.taken.connect(self._take)
        panel.context_bar.context_shown.connect(self._look)
        for changed in (panel.composer.attachments.changed, panel.context_bar.changed):
            changed.connect(lambda: self._look(self._context))

    def _look(self, context: NoteContext | None) -> None:
        self._context = context
        text = (context.selection or context.block) if context else ""
        files = self._files() if names_media(text) else None
        if context is None or files is None:
            self._offers.show_files(())
            return
        self._tasks.submit(
            partial(_found, files.vault, context.path, text),
            done=partial(self._offer, context),
            failed=lambda _error: None,  # one offer fewer, nothing worse
        )

    def _offer(self, context: NoteContext, found: list[Path]) -> None:
        if context is self._context:
            taken = {Path(path) for path in self._panel.composer.attachments.paths}
            pinned = {name_of(path) for path in self._panel.context_bar.pinned}
            self._offers.show_files([f for f in found if f not in taken and f.name not in pinned])

    def _take(self, file: Path) -> None:
        composer = self._panel.composer
        if is_picture(file):
            composer.attachments.add([file])
        else:
            composer.files_given.emit([file])
        self._panel.focus_composer()


def _found(vault: Path, note: str, text: str, _token: CancelToken) -> list[Path]:
    return media_in(vault, note, text)
