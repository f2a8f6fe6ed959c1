"""Which pictures went along with a request, under its words on the card."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtWidgets import QWidget

from desktop.widgets.elided_label import ElidedLabel


class PictureLine(ElidedLabel):
    """One quiet line; takes no room where there were no pictures."""

    def __init__(self, paths: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureLine")
        self.setProperty("quiet", True)
        names = ", ".join(PurePath(path).name for path in paths)
        self.setText(self.tr("With {pictures}").format(pictures=names))
        self.setVisible(bool(paths))
