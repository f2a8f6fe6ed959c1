"""The formulas of a note: drawn elsewhere, painted here, and set into the lines of the preview.

Drawing happens in a child process (`core.formulas`), asked on a thread of `TaskRunner`. Painting the SVG
takes half a millisecond and is remembered, by what is painted, its colour and its size.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from typing import NamedTuple
from urllib.parse import unquote

from PySide6.QtCore import QLocale, QObject, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from core.concurrency import CancelToken
from core.formulas.client import FormulaDrawer
from core.formulas.model import Formula, Request
from desktop.bridge.tasks import TaskRunner

_FORMULA = re.compile(r'<img src="math:(?P<source>[^"]*)">')
REMEMBERED = 2_000
REMEMBERED_IMAGES = 500
AT_ONCE = 20
"""Formulas between which the thread does other work."""


class Look(NamedTuple):
    """Everything that decides how a formula is painted; sizes in pixels of the screen."""

    source: str
    colour: int
    width: int
    height: int
    top: float
    scale: float


def formulas_in(html: str) -> list[str]:
    """Return the formulas in some HTML of ours, dollar signs included."""
    return [unquote(found["source"]) for found in _FORMULA.finditer(html)] if "math:" in html else []


class Formulas(QObject):
    """Knows the formulas of the notes that were shown."""

    def __init__(
        self, tasks: TaskRunner, drawer: FormulaDrawer | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._drawer = drawer or FormulaDrawer()
        self._known: OrderedDict[str, Formula | None] = OrderedDict()
        self._images: OrderedDict[Look, QImage] = OrderedDict()
        self._language = "zh" if QLocale().language() == QLocale.Language.Chinese else "en"

    def close(self) -> None:
        """End the process that draws; it comes back when it is needed."""
        self._drawer.close()

    def missing(self, sources: Iterable[str]) -> list[str]:
        """Return those that are not drawn yet, each once, and not tried in vain."""
        return list(dict.fromkeys(source for source in sources if source not in self._known))

    def draw(self, sources: list[str], done: Callable[[], None]) -> CancelToken:
        """Draw the first of these on another thread; `done` is called when they are known."""
        some = sources[:AT_ONCE]
        requests = [
            Request(source.strip("$").strip(), source.startswith("$$"), self._language) for source in some
        ]
        return self._tasks.submit(
            lambda _token: self._drawer.draw(requests),
            done=partial(self._drawn, some, done),
            failed=lambda _error: self._drawn(some, done, [None] * len(some)),
        )

    def _drawn(self, sources: list[str], done: Callable[[], None], formulas: list[Formula | None]) -> None:
        self._known.update(zip(sources, formulas, strict=True))
        while len(self._known) > max(REMEMBERED, len(sources)):
            self._known.popitem(last=False)
        done()

    def formula(self, source: str) -> Formula | None:
        """Return a formula that is drawn; None where it cannot be."""
        return self._known.get(source)

    def put_into(self, html: str) -> str:
        """Return HTML in which formulas that cannot be drawn are code, and others have no size yet."""

        def put(found: re.Match[str]) -> str:
            source = unquote(found["source"])
            if self.formula(source) is None:
                return f"<code>{escape(source)}</code>"
            return f'<img src="math:{found["source"]}" width="1" height="1">'

        return _FORMULA.sub(put, html) if "math:" in html else html

    def image(self, look: Look) -> QImage:
        """Return a formula as pixels; an empty image where it is not known any more."""
        image = self._images.get(look)
        if image is None:
            image = _painted(self._known.get(look.source), look)
            self._images[look] = image
            if len(self._images) > REMEMBERED_IMAGES:
                self._images.popitem(last=False)
        else:
            self._images.move_to_end(look)
        return image


def _painted(formula: Formula | None, look: Look) -> QImage:
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(look.width, look.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    if formula is None or image.isNull():
        return image
    colour = QColor.fromRgba(look.colour).name()
    renderer = QSvgRenderer(formula.svg.replace("currentColor", colour).encode())
    painter = QPainter(image)
    area = QRectF(0, look.top, formula.width * look.scale, formula.height * look.scale)
    renderer.render(painter, area)
    painter.end()
    return image
