"""The pictures that go along with the next request: dropped or pasted, each to be taken off again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QIcon, QImage, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.assist.images import check_count, check_file
from core.errors import ImageRefused
from desktop.bridge.picture_data import local_files
from desktop.bridge.pictures import is_picture
from desktop.error_sentences import Action
from desktop.error_text import word
from desktop.panel.flow_layout import FlowLayout
from desktop.theme.theme import Theme
from desktop.widgets.plain_text import button_text, tooltip

_THUMBNAIL, _MARK, _GAP = 24, 12, 6
_LONGEST_SIDE = 2048
"""Of a pasted picture: models look at no more of it (see `core.llm.pictures`)."""
_LONGEST_NAME = 24


class Attachments(QWidget):
    """Takes no room while there is nothing in it.

    Signals:
        changed: Other pictures go along now.
        settings_requested: The person wants to set up a model that sees.
    """

    changed = Signal()
    settings_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attachments")
        self.setAccessibleName(self.tr("Pictures sent along"))
        self._theme = theme
        self._chips: dict[str, QPushButton] = {}
        self._is_trouble = False
        self._pasted = 0
        self._folder: QTemporaryDir | None = None
        self._flow = FlowLayout()
        self._words = QLabel(self)
        self._words.setObjectName("attachmentProblem")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("problem", True)
        self._settings = QPushButton(self.tr("Open the settings"), self)
        self._settings.setObjectName("attachmentSettings")
        self._settings.setProperty("link", True)
        self._settings.clicked.connect(self.settings_requested)
        self._lay_out()
        theme.changed.connect(self._dress)
        self.unsay()

    @property
    def paths(self) -> tuple[str, ...]:
        """The absolute paths of the pictures, in the order in which they came."""
        return tuple(self._chips)

    @property
    def problem(self) -> str:
        """What is said about them; empty for nothing."""
        return "" if self._words.isHidden() else self._words.text()

    def take(self, data: QMimeData) -> None:
        """Take the pictures of what was dropped or pasted: files, or one from the clipboard."""
        if data.hasUrls():
            self.add([file for file in local_files(data) if is_picture(file)])
        elif isinstance(image := data.imageData(), QImage):
            self._paste(image)

    def add(self, files: Sequence[Path]) -> None:
        """Take files along; one that cannot go along says so, the others go."""
        self.unsay()
        before = self.paths
        for file in files:
            if str(file) in self._chips:
                continue
            try:
                check_count(len(self._chips) + 1)
                check_file(file)
            except ImageRefused as error:
                self.say(error)
            else:
                self._add(file)
        if self.paths != before:
            self._changed()

    def clear(self) -> None:
        """Take all of them off: they are sent, or another vault is open."""
        had = bool(self._chips)
        for path in list(self._chips):
            self._take_off(path)
        self.unsay()
        if had:
            self._changed()

    def say(self, error: Exception) -> None:
        """Say under the pictures what is wrong with them, with the way to the settings where that helps."""
        worded = word(error)
        self._is_trouble = False
        self._words.setText(worded.in_full)
        self._words.show()
        self._settings.setVisible(worded.action is Action.OPEN_SETTINGS)
        self.show()

    def show_trouble(self, error: Exception | None) -> None:
        """Say what would come of sending them now; with None take back what was said of that."""
        if error is not None and self._chips:
            self.say(error)
            self._is_trouble = True
        elif self._is_trouble:
            self.unsay()

    def unsay(self) -> None:
        """Say nothing more."""
        self._is_trouble = False
        self._words.hide()
        self._settings.hide()
        self.setVisible(bool(self._chips))

    def _paste(self, image: QImage) -> None:
        """Keep a picture from the clipboard as a file, as long as the program runs."""
        if self._folder is None:
            self._folder = QTemporaryDir()
        self._pasted += 1
        name = self.tr("Pasted picture {number}").format(number=self._pasted)
        file = Path(self._folder.filePath(f"{name}.png"))
        if max(image.width(), image.height()) > _LONGEST_SIDE:
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(_LONGEST_SIDE, _LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        image.save(str(file))
        self.add([file])

    def _add(self, file: Path) -> None:
        name = file.name if len(file.name) <= _LONGEST_NAME else f"{file.name[: _LONGEST_NAME - 1]}…"
        chip = QPushButton(button_text(name), self)
        chip.setObjectName("attachedPicture")
        chip.setAccessibleName(self.tr("Take off: {name}").format(name=file.name))
        chip.setToolTip(tooltip(self.tr("{name}: sent along. Click to leave it out.").format(name=file.name)))
        chip.setProperty("chip", True)
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.setIconSize(QSize(_THUMBNAIL + _GAP + _MARK, _THUMBNAIL))
        chip.setProperty("thumbnail", _thumbnail(file))
        chip.clicked.connect(lambda: self._remove(str(file)))
        self._chips[str(file)] = chip
        self._flow.addWidget(chip)
        self._dress()
        chip.show()

    def _remove(self, path: str) -> None:
        """Take one off; the keyboard goes to its neighbour, or back to where it can go."""
        had_focus = self._chips[path].hasFocus()
        self._take_off(path)
        self.unsay()
        if had_focus:
            next_to_it = next(reversed(self._chips.values()), self.parentWidget())
            if next_to_it is not None:
                next_to_it.setFocus()
        self._changed()

    def _take_off(self, path: str) -> None:
        chip = self._chips.pop(path)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _changed(self) -> None:
        self.setVisible(bool(self._chips) or bool(self.problem))
        self.updateGeometry()
        self.changed.emit()

    def _dress(self) -> None:
        mark = self._theme.icon("close", role="quiet").pixmap(_MARK, _MARK)
        for chip in self._chips.values():
            chip.setIcon(_with_mark(chip.property("thumbnail"), mark, self.devicePixelRatioF()))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._settings)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addLayout(self._flow)
        column.addWidget(self._words)
        column.addLayout(row)


def _thumbnail(file: Path) -> QImage:
    """Return the middle of a picture, square; empty where Qt cannot read it."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    size = reader.size()
    side = 2 * _THUMBNAIL  # sharp on a screen of twice the resolution as well
    if size.isValid():
        reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    middle = QRect(0, 0, side, side)
    middle.moveCenter(image.rect().center())
    return image.copy(middle) if not image.isNull() else image


def _with_mark(thumbnail: QImage, mark: QPixmap, ratio: float) -> QIcon:
    """Return a picture with the sign beside it that says what a click does."""
    canvas = QPixmap(QSize(_THUMBNAIL + _GAP + _MARK, _THUMBNAIL) * ratio)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRect(0, 0, _THUMBNAIL, _THUMBNAIL), thumbnail)
    painter.drawPixmap(_THUMBNAIL + _GAP, (_THUMBNAIL - _MARK) // 2, _MARK, _MARK, mark)
    painter.end()
    return QIcon(canvas)
