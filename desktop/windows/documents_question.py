"""The one question about documents: whether one may be removed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from core.documents.library import Document


def ask_to_remove(document: Document, parent: QWidget, remove: Callable[[], None]) -> QMessageBox:
    """Ask, and call `remove` where the person agrees; the file itself stays in any case."""

    box = QMessageBox(parent)
    box.setObjectName("removeDocument")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(QCoreApplication.translate("documents_question", "Remove document"))
    text = QCoreApplication.translate("documents_question", "Remove “{name}” from your documents?")
    box.setText(text.format(name=document.name))
    box.setInformativeText(
        QCoreApplication.translate(
            "documents_question", "It is no longer searched and cited. The file itself stays where it is."
        )
    )
    yes = box.addButton(
        QCoreApplication.translate("documents_question", "Remove"), QMessageBox.ButtonRole.AcceptRole
    )
    box.addButton(QCoreApplication.translate("documents_question", "Keep"), QMessageBox.ButtonRole.RejectRole)
    box.buttonClicked.connect(lambda button: remove() if button is yes else None)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
