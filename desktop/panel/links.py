"""Opening a web address that stood in an answer: only after the person has seen it whole and agreed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from core.text.html import is_safe_link

translate = QCoreApplication.translate


def ask_and_open(address: str, parent: QWidget) -> QMessageBox | None:
    """Show the address and open it in the browser if the person says so; returns the question asked."""
    if not is_safe_link(address):
        return None
    box = QMessageBox(parent)
    box.setObjectName("openLink")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(translate("links", "Open a web address"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    warning = translate(
        "links", "The answer links to this address. Whoever owns it sees all of it once it is opened."
    )
    box.setText(f"{warning}\n\n{_breakable(address)}")
    opening = box.addButton(translate("links", "Open in the browser"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    opening.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(address)))
    box.open()
    return box


def _breakable(address: str) -> str:
    """Let a long address wrap; the zero-width spaces are for the eye only."""
    return "\u200b".join(address[at : at + 8] for at in range(0, len(address), 8))
