"""Line icons from `resources/icons`, tinted by role."""

from __future__ import annotations

import logging

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.theme.resources import resource

log = logging.getLogger(__name__)

SIZES = (16, 20, 32, 40)
"""The two sizes that icons are shown in, and both again for screens of twice the density."""
APP_SIZES = (16, 24, 32, 48, 64, 128, 256)


def load_icon(name: str, colour: QColor, faded: QColor) -> QIcon:
    """Return the icon `name` in `colour`, disabled in `faded`; an empty icon, logged, where it is missing."""
    try:
        source = resource(f"icons/{name}.svg").read_bytes()
    except OSError:
        log.warning("no icon named %s", name)
        return QIcon()
    icon = QIcon()
    for mode, tint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, faded)):
        renderer = QSvgRenderer(QByteArray(source.replace(b"currentColor", tint.name().encode("ascii"))))
        for size in SIZES:
            icon.addPixmap(_render(renderer, size), mode)
    return icon


def load_app_icon() -> QIcon:
    """Return the icon of the program, in the sizes that desktops ask for."""
    renderer = QSvgRenderer(str(resource("icons/pilotfish.svg")))
    icon = QIcon()
    for size in APP_SIZES:
        icon.addPixmap(_render(renderer, size))
    return icon


def _render(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
