"""Who hears the recordings among what was dropped: asked before any of them leaves this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from core.concurrency import CancelToken
from core.engine.assist_model import HearingModel
from core.llm.chat import LOCAL
from core.llm.endpoint import is_offline
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.hearing import Ear, hears_here, recordings_among
from desktop.bridge.tasks import TaskRunner

Then = Callable[[list[Path], Ear | None], None]
_MIB = 1024 * 1024


class RecordingDesk(QObject):
    """Finds out how documents are to be read, and hands them on with that."""

    def __init__(self, bridge: EngineBridge, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._window = bridge, window
        self._looks = TaskRunner(self, name="recordings")
        self.question: QMessageBox | None = None

    def prepare(self, paths: Sequence[Path], then: Then) -> None:
        """Call `then` with the paths and their reader, None for the usual one; perhaps after a question."""
        chosen = list(paths)
        self._looks.submit(
            lambda _token: recordings_among(chosen),
            done=lambda found: self._found(chosen, found, then),
            failed=lambda _error: then(chosen, None),  # what cannot be looked at is refused in words later
        )

    def close(self) -> None:
        """End what is under way."""
        self._looks.shutdown()

    def _found(self, paths: list[Path], found: tuple[int, int], then: Then) -> None:
        count, size = found
        if not count or not self._bridge.attached:
            then(paths, None)
            return
        self._bridge.assist.hearing_model(
            done=lambda model: self._decide(paths, model, count, size, then),
            failed=lambda _error: then(paths, None),
        )

    def _decide(
        self, paths: list[Path], model: HearingModel | None, count: int, size: int, then: Then
    ) -> None:
        if model is None or not self._bridge.attached:
            then(paths, None)
        elif model.place == LOCAL:
            then(paths, Ear(self._bridge.assist_link()))
        elif is_offline(os.environ):  # nothing can leave, so there is nothing to ask; the engine says why
            then(paths, Ear(self._bridge.assist_link(), model.place))
        else:
            self._ask(model, count, size, partial(self._answered, paths, model.place, then))

    def _answered(self, paths: list[Path], host: str, then: Then, agreed: bool) -> None:
        if agreed:
            then(paths, Ear(self._bridge.assist_link(), host))
            return
        self._looks.submit(
            _hears_here,
            done=lambda here: then(paths, None if here else Ear(self._bridge.assist_link())),
            failed=lambda _error: then(paths, None),
        )

    def _ask(self, model: HearingModel, count: int, size: int, answered: Callable[[bool], None]) -> None:
        """Ask whether recordings may go to a host; closing the question means no."""
        box = self.question = QMessageBox(self._window)
        box.setObjectName("sendRecordings")
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Transcribe recordings"))
        text = self.tr("Send %n recordings to {host} to be transcribed?", "", count)
        box.setText(text.format(host=model.place))
        box.setInformativeText(
            self.tr(
                "{size} MiB go to the model {model} there, which may cost money. The words come back and are "
                "found beside your notes; the files stay where they are."
            ).format(size=f"{max(size / _MIB, 0.1):.1f}", model=model.model)
        )
        send = box.addButton(self.tr("Send"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(self.tr("Do not send"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.finished.connect(lambda _code: answered(box.clickedButton() is send))
        box.finished.connect(box.deleteLater)
        box.open()


def _hears_here(_token: CancelToken) -> bool:
    return hears_here()
