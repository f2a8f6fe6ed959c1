"""Comparing as a person does it: the models, and *Compare*."""

from PySide6.QtWidgets import QPushButton

from desktop.panel.side_panel import SidePanel


def compare(panel: SidePanel) -> None:
    """Ask for a comparison of what is typed and take the models that are proposed."""
    panel.commands.compare.trigger()
    dialog = panel.comparing.dialog
    assert dialog is not None
    button = dialog.findChild(QPushButton, "startComparison")
    assert button.isEnabled()
    button.click()
    panel.activateWindow()
