"""Pictures that are dropped on a note or pasted into it: into the vault, and their links into the note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QImage

from core.concurrency import CancelToken
from desktop.bridge import pictures
from desktop.bridge.picture_data import picture_files
from desktop.bridge.tasks import TaskRunner
from desktop.editor.anchor import TextAnchor
from desktop.editor.editor import Editor


class PictureDrop(QObject):
    """Takes in what the editor was given.

    Signals:
        failed: A picture could not be copied; carries the error.
    """

    failed = Signal(object)

    def __init__(
        self,
        editor: Editor,
        vault: Callable[[], Path | None],
        tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._vault, self._tasks = editor, vault, tasks
        editor.pictures_given.connect(self._take)

    def _take(self, data: QMimeData) -> None:
        vault, note = self._vault(), self._editor.path
        if vault is None or not note:
            return
        anchor = TextAnchor(self._editor.textCursor())
        files, image = picture_files(data), data.imageData()
        work = partial(_copied, vault, note, files)
        if not files and isinstance(image, QImage):
            name = f"Pasted image {datetime.now():%Y%m%d%H%M%S}.png"
            work = partial(_kept, vault, note, name, image.copy())
        self._tasks.submit(work, done=partial(self._put, anchor), failed=self.failed.emit)

    def _put(self, anchor: TextAnchor, links: Sequence[str]) -> None:
        self._editor.insert_at(anchor, "\n".join(links))


def _copied(vault: Path, note: str, files: Sequence[Path], _token: CancelToken) -> list[str]:
    return [pictures.take_in(vault, note, file) for file in files]


def _kept(vault: Path, note: str, name: str, image: QImage, _token: CancelToken) -> list[str]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # bytes, as its stub says, fail
    buffer.close()
    return [pictures.keep(vault, note, name, bytes(data.data()))]
