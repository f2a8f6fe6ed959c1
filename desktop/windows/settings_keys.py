"""The settings page for keys: the global one of quick-ask, those of ghost text, and what they share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.settings import AtHandSettings, GhostSettings, Settings
from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.widgets.indexed_pages import form, heading, quiet_words
from desktop.windows.key_conflicts import conflicts, normal
from desktop.windows.key_field import KeyField

COMMAND = "pilotfish quick-ask"
QUICK_ASK = "quick_ask"


class KeysPage(QWidget):
    """Edits `Settings.at_hand` and the keys of `Settings.ghost`.

    Signals:
        at_hand_changed: Carries the `AtHandSettings` as they are now.
        ghost_changed: Carries the `GhostSettings` as they are now.
        hotkey_tried: The person pressed a combination for quick-ask, and wants to know whether it can be had.
    """

    at_hand_changed = Signal(object)
    ghost_changed = Signal(object)
    hotkey_tried = Signal(str)

    def __init__(
        self,
        fixed_keys: Mapping[str, str],
        *,
        has_tray: bool,
        only_quick_ask: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """With `only_quick_ask` the page is the global key alone, for the guide of the first start."""
        super().__init__(parent)
        self._only_quick_ask = only_quick_ask
        self._fixed = fixed_keys
        self._at_hand, self._ghost = AtHandSettings(), GhostSettings()
        self._titles = self._all_titles()
        self._edits: dict[str, KeyField] = {}
        self._warnings: dict[str, QLabel] = {}
        self._status = quiet_words("", self)
        self._status.setObjectName("hotkeyStatus")
        self.keep_running = QCheckBox(self.tr("Keep running in the tray when the window is closed"), self)
        self.keep_running.setObjectName("keepRunningBox")
        self.keep_running.setEnabled(has_tray)
        self._has_tray = has_tray
        self._lay_out()
        self.keep_running.clicked.connect(self._keep_running_clicked)

    def show_settings(self, settings: Settings) -> None:
        """Show what is set."""
        self._at_hand, self._ghost = settings.at_hand, settings.ghost
        keys = self._keys()
        for name, edit in self._edits.items():
            edit.blockSignals(True)
            edit.setKeySequence(QKeySequence.fromString(keys[name]))
            edit.blockSignals(False)
        self.keep_running.setChecked(self._at_hand.keep_running)
        self._show_conflicts()

    def show_hotkey(self, status: HotkeyStatus) -> None:
        """Show how it stands with the global key."""
        self._status.setText(self._words_for(status))
        bad = status.state in (HotkeyState.TAKEN, HotkeyState.REFUSED, HotkeyState.UNAVAILABLE)
        self._status.setProperty("quiet", not bad)
        self._status.setProperty("problem", bad)
        self._status.style().unpolish(self._status)
        self._status.style().polish(self._status)

    def edit(self, name: str) -> KeyField:
        """Return the field of a key, by the name of its setting."""
        return self._edits[name]

    def warning(self, name: str) -> str:
        """Return what is said about a key; empty for nothing."""
        return self._warnings[name].text()

    def _words_for(self, status: HotkeyStatus) -> str:
        return {
            HotkeyState.OFF: self.tr("No key yet. Press one in the field, for example Ctrl+Alt+Space."),
            HotkeyState.WAITING: self.tr("Your desktop is asking you for permission."),
            HotkeyState.ACTIVE: self.tr("Works in every program: {keys}").format(keys=status.trigger),
            HotkeyState.TAKEN: self.tr("Another program has this key. Choose another one."),
            HotkeyState.REFUSED: self.tr("This key cannot be used. Choose one with Ctrl, Alt or Super."),
            HotkeyState.UNAVAILABLE: self.tr(
                "This desktop gives programs no global keys. Bind the command below in its own settings."
            ),
        }[status.state]

    def _all_titles(self) -> dict[str, str]:
        return {
            QUICK_ASK: self.tr("Quick-ask"),
            "take": self.tr("Take it"),
            "take_word": self.tr("Take a word"),
            "take_sentence": self.tr("Take a sentence"),
            "next": self.tr("Next suggestion"),
            "previous": self.tr("Suggestion before"),
            "refuse": self.tr("Drop it"),
            "ask": self.tr("Ask for one"),
        }

    def _keys(self) -> dict[str, str]:
        ghost = {name: str(getattr(self._ghost, name)) for name in self._titles if name != QUICK_ASK}
        return {QUICK_ASK: self._at_hand.quick_ask, **ghost}

    def _changed(self, name: str, keys: QKeySequence) -> None:
        written = keys.toString(QKeySequence.SequenceFormat.PortableText)
        if written == normal(self._keys()[name]):
            return  # Qt tells it again whenever the field loses the focus
        if name == QUICK_ASK:
            self._at_hand = replace(self._at_hand, quick_ask=written)
            self.at_hand_changed.emit(self._at_hand)
            self.hotkey_tried.emit(written)
        else:
            self._ghost = with_key(self._ghost, name, written)
            self.ghost_changed.emit(self._ghost)
        self._show_conflicts()

    def _keep_running_clicked(self, keep: bool) -> None:
        self._at_hand = replace(self._at_hand, keep_running=keep)
        self.at_hand_changed.emit(self._at_hand)

    def _show_conflicts(self) -> None:
        found = conflicts(self._keys(), self._fixed)
        for name, label in self._warnings.items():
            others = ", ".join(self._titles.get(other, other) for other in found.get(name, ()))
            label.setText(self.tr("Also: {actions}").format(actions=others) if others else "")

    # Layout

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        if not self._only_quick_ask:
            column.addWidget(heading(self.tr("In every program"), self))
        column.addWidget(self._group([QUICK_ASK]))
        column.addWidget(self._status)
        column.addWidget(self._command())
        if self._only_quick_ask:
            self.keep_running.hide()
            return
        column.addWidget(self.keep_running)
        if not self._has_tray:
            column.addWidget(quiet_words(self.tr("This desktop shows no tray."), self))
        column.addSpacing(8)
        column.addWidget(heading(self.tr("Ghost text"), self))
        column.addWidget(self._group([name for name in self._titles if name != QUICK_ASK]))
        column.addStretch()

    def _group(self, names: list[str]) -> QWidget:
        group = QWidget(self)
        rows = form(group)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(8)
        for name in names:
            rows.addRow(self._titles[name], self._row(name, group))
        return group

    def _row(self, name: str, parent: QWidget) -> QWidget:
        row = QWidget(parent)
        edit = self._edits[name] = KeyField(f"{name}Key", self._titles[name], row)
        edit.keySequenceChanged.connect(partial(self._changed, name))
        warning = self._warnings[name] = QLabel(row)
        warning.setProperty("problem", True)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(edit)
        layout.addWidget(warning, 1)
        return row

    def _command(self) -> QWidget:
        """The promise that holds everywhere: a command that any desktop can bind to a key."""
        row = QWidget(self)
        words = quiet_words(self.tr("This command does the same:"), row)
        words.setWordWrap(False)
        command = QLineEdit(COMMAND, row)
        command.setObjectName("quickAskCommand")
        command.setAccessibleName(self.tr("Command for quick-ask"))
        command.setReadOnly(True)
        copy = _button(self.tr("Copy"), lambda: QGuiApplication.clipboard().setText(COMMAND), row)
        copy.setObjectName("copyCommandButton")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(words)
        layout.addWidget(command, 1)
        layout.addWidget(copy)
        return row


def with_key(ghost: GhostSettings, name: str, keys: str) -> GhostSettings:
    """Return the settings with another key for one action."""
    changed: dict[str, Any] = {name: keys}
    return replace(ghost, **changed)


def _button(text: str, call: Callable[[], None], parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked: call())
    return button
