"""The settings page that says what this is, and under which licences its parts stand."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Iterable
from importlib.metadata import Distribution

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from core.diagnostics import version_of
from desktop.theme.icons import load_app_icon
from desktop.widgets.indexed_pages import heading, quiet_words

_ICON = 48
_LONGEST = 60
"""Characters of a licence's name; some packages put the whole text there."""


class AboutPage(QWidget):
    """Name, version, licence, and the list of everybody's work that is in here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = QLabel(self)
        picture.setPixmap(load_app_icon().pixmap(QSize(_ICON, _ICON)))
        name = heading(self.tr("Pilotfish {version}").format(version=version_of("pilotfish")), self)
        name.setObjectName("aboutName")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(picture)
        head.addWidget(name, 1)
        self.licences = QPlainTextEdit(self)
        self.licences.setObjectName("licencesText")
        self.licences.setAccessibleName(self.tr("Licences"))
        self.licences.setReadOnly(True)
        self.licences.setTabChangesFocus(True)
        self.licences.setMinimumHeight(220)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(quiet_words(self._words(), self))
        column.addWidget(self.licences, 1)

    def refresh(self) -> None:
        """Fill in the list, when somebody looks."""
        if not self.licences.toPlainText():
            python = f"Python {platform.python_version()}: PSF-2.0"
            packages = licence_lines(importlib.metadata.distributions())
            self.licences.setPlainText("\n".join((python, *packages)))

    def _words(self) -> str:
        return self.tr(
            "A co-pilot seat beside your folder of notes. MIT licence. It uses Qt under the LGPL 3: its "
            "libraries lie beside the program and may be replaced. The embedding model is "
            "multilingual-e5-small (MIT), the demonstration model SmolLM2 (Apache-2.0), the dictionary "
            "CC-CEDICT (CC BY-SA 4.0)."
        )


def licence_lines(distributions: Iterable[Distribution]) -> list[str]:
    """Return a line for each installed package: name, version, licence; sorted, each once."""
    lines = {}
    for distribution in distributions:
        name = distribution.metadata["Name"]
        if name:
            lines[name.lower()] = f"{name} {distribution.version}: {_licence_of(distribution)}"
    return [lines[name] for name in sorted(lines)]


def _licence_of(distribution: Distribution) -> str:
    stated = _first(distribution, "License-Expression")
    classifiers = distribution.metadata.get_all("Classifier") or []
    named = [line.rsplit(" :: ", 1)[-1] for line in classifiers if line.startswith("License ::")]
    text = stated or ", ".join(named) or _first(distribution, "License").strip().split("\n")[0]
    return text[:_LONGEST] or "see its own files"


def _first(distribution: Distribution, field: str) -> str:
    values = distribution.metadata.get_all(field) or [""]
    return str(values[0])
