"""The line above the note: where one is, where one came from, and what can be folded away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import PurePosixPath

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from desktop.theme.theme import Theme
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.folder_names import folder_names
from desktop.widgets.menu_button import MenuButton

HEIGHT = 40


class NoteHeader(QWidget):
    """Buttons for actions that the window owns, the vault, and the path of the open note.

    Signals:
        vault_chosen: The person wants another of the known vaults; carries its path.
    """

    vault_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteHeader")
        self.setFixedHeight(HEIGHT)
        self._theme = theme
        self._buttons: list[tuple[QToolButton, str]] = []
        self._place = ElidedLabel(self)
        self._place.setObjectName("notePath")
        self._place.setProperty("quiet", True)
        self.vault_button = MenuButton(self)
        self.vault_button.setObjectName("vaultButton")
        self.vault_button.setProperty("flat", True)
        self.vault_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.vault_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.vault_button.hide()
        self._vaults = QMenu(self)
        self._vaults.setToolTipsVisible(True)
        self.vault_button.setMenu(self._vaults)
        self._state = QLabel(self)
        self._state.setObjectName("saveState")
        self._state.setProperty("quiet", True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 8, 0)
        self._row.setSpacing(4)
        theme.changed.connect(self._tint)

    def lay_out(self, left: dict[QAction, str], right: dict[QAction, str], menu: QMenu) -> None:
        """Take the window's actions, each with the name of its icon, and its menu."""
        for action, icon in left.items():
            self._add(action, icon)
        self._row.addSpacing(8)
        self._row.addWidget(self.vault_button)
        self._row.addWidget(self._place, 3)
        self._row.addWidget(self._state)
        self._row.addSpacing(4)
        button = self._dressed(MenuButton(self), "more")
        button.setObjectName("menuButton")
        button.setAccessibleName(self.tr("Menu"))
        button.setToolTip(self.tr("Menu (F10)"))
        button.setMenu(menu)
        self.menu_button = button
        self._row.addWidget(button)
        for action, icon in right.items():
            self._add(action, icon)

    def show_place(self, path: str) -> None:
        """Show the path of the open note, folders first."""
        self._place.setText(" › ".join(PurePosixPath(path).with_suffix("").parts) if path else "")

    def show_vaults(self, paths: Sequence[str]) -> None:
        """Offer the known vaults, the open one first."""
        self._vaults.clear()
        names = folder_names(paths)
        for number, (path, name) in enumerate(zip(paths, names, strict=True)):
            action = self._vaults.addAction(_as_words(name))
            action.setToolTip(path)
            action.setCheckable(True)
            action.setChecked(number == 0)
            action.triggered.connect(partial(self._choose_vault, path))
        self.vault_button.setVisible(bool(paths))
        if paths:
            self.vault_button.setText(_as_words(names[0]))
            self.vault_button.setAccessibleName(self.tr("Vault: {name}").format(name=names[0]))
            self.vault_button.setToolTip(self.tr("Switch the vault"))
            self.vault_button.setIcon(self._theme.icon("folder", role="quiet"))

    def show_saved(self, saved: bool) -> None:
        """Show whether the note's text is in its file."""
        self._state.setText("" if saved else self.tr("Not saved yet"))

    def _choose_vault(self, path: str, _checked: bool = False) -> None:
        self.vault_chosen.emit(path)

    def _add(self, action: QAction, icon: str) -> None:
        button = self._dressed(QToolButton(self), icon)
        keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        action.setToolTip(f"{action.text()} ({keys})" if keys else action.text())
        action.setIcon(self._theme.icon(icon, role="quiet"))
        action.setIconVisibleInMenu(False)
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        self._row.addWidget(button)

    def _dressed(self, button: QToolButton, icon: str) -> QToolButton:
        button.setProperty("flat", True)
        button.setIconSize(QSize(20, 20))
        button.setIcon(self._theme.icon(icon, role="quiet"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons.append((button, icon))
        return button

    def _tint(self) -> None:
        self.vault_button.setIcon(self._theme.icon("folder", role="quiet"))
        for button, name in self._buttons:
            icon = self._theme.icon(name, role="quiet")
            button.setIcon(icon)
            if (action := button.defaultAction()) is not None:
                action.setIcon(icon)


def _as_words(name: str) -> str:
    """Return a name for a button or menu, where Qt takes a single & for the mark of a key."""
    return name.replace("&", "&&")
