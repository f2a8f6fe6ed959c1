"""The settings page for keys: the global one of quick-ask, those of ghost text, and what they share."""

from __future__ import annotations

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
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.settings import AtHandSettings, GhostSettings, KeySettings, Settings
from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.shortcuts import WindowKeys
from desktop.widgets.dressing import dialog_button, show_as
from desktop.widgets.enter_keys import native
from desktop.widgets.indexed_pages import form, heading, quiet_words
from desktop.widgets.key_places import KeyPlace, parted
from desktop.windows.key_conflicts import conflicts, normal
from desktop.windows.key_field import KeyField

COMMAND = "pilotfish quick-ask"
QUICK_ASK = "quick_ask"
NO_KEYS = WindowKeys({}, {})


class KeysPage(QWidget):
    """Edits `Settings.at_hand` and the keys of `Settings.ghost`.

    Signals:
        at_hand_changed: Carries the `AtHandSettings` as they are now.
        ghost_changed: Carries the `GhostSettings` as they are now.
        keys_changed: Carries the `KeySettings` of the window as they are now, a tuple.
        hotkey_tried: The person pressed a combination for quick-ask, and wants to know whether it can be had.
    """

    at_hand_changed = Signal(object)
    ghost_changed = Signal(object)
    keys_changed = Signal(object)
    hotkey_tried = Signal(str)

    def __init__(
        self,
        window: WindowKeys = NO_KEYS,
        *,
        has_tray: bool,
        only_quick_ask: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """With `only_quick_ask` the page is the global key alone, for the guide of the first start."""
        super().__init__(parent)
        self._only_quick_ask = only_quick_ask
        self._window = window
        self._at_hand, self._ghost = AtHandSettings(), GhostSettings()
        self._own: dict[str, str] = {}
        self._titles = {**self._all_titles(), **window.titles}
        self._groups: list[QWidget] = []
        self._edits: dict[str, KeyField] = {}
        self._warnings: dict[str, QLabel] = {}
        self._resets: dict[str, QToolButton] = {}
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
        self._own = {one.default: one.key for one in settings.keys}
        keys = self._keys()
        for name, edit in self._edits.items():
            edit.show_key(QKeySequence.fromString(keys[name]))
        self.keep_running.setChecked(self._at_hand.keep_running)
        self._show_conflicts()

    def show_hotkey(self, status: HotkeyStatus) -> None:
        """Show how it stands with the global key."""
        self._status.setText(self._words_for(status))
        bad = status.state in (HotkeyState.TAKEN, HotkeyState.REFUSED, HotkeyState.UNAVAILABLE)
        show_as(self._status, "quiet", not bad)
        show_as(self._status, "problem", bad)

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
        ghost = {name: str(getattr(self._ghost, name)) for name in self._all_titles() if name != QUICK_ASK}
        window = {name: self._own.get(name, parted(name)[1]) for name in self._window.titles}
        return {QUICK_ASK: self._at_hand.quick_ask, **ghost, **window}

    def _changed(self, name: str, keys: QKeySequence) -> None:
        written = keys.toString(QKeySequence.SequenceFormat.PortableText)
        if written == normal(self._keys()[name]):
            return  # Qt tells it again whenever the field loses the focus
        if name == QUICK_ASK:
            self._at_hand = replace(self._at_hand, quick_ask=written)
            self.at_hand_changed.emit(self._at_hand)
            self.hotkey_tried.emit(written)
        elif name in self._window.titles:
            self._own = {**self._own, name: written}
            self._tell_own()
        else:
            self._ghost = with_key(self._ghost, name, written)
            self.ghost_changed.emit(self._ghost)
        self._show_conflicts()

    def _tell_own(self) -> None:
        changed = {name: key for name, key in self._own.items() if key != parted(name)[1]}
        self.keys_changed.emit(tuple(KeySettings(name, key) for name, key in changed.items()))

    def _keep_running_clicked(self, keep: bool) -> None:
        self._at_hand = replace(self._at_hand, keep_running=keep)
        self.at_hand_changed.emit(self._at_hand)

    def _show_conflicts(self) -> None:
        keys = self._keys()
        spares = {name: spare for name, spare in self._window.spares.items() if self._is_shipped(name)}
        found = conflicts(keys, {**self._window.others, **spares}, _place_of)
        for name, reset in self._resets.items():
            reset.setVisible(not self._is_shipped(name))
        for name, label in self._warnings.items():
            others = ", ".join(self._titles.get(other, parted(other)[1]) for other in found.get(name, ()))
            label.setText(self.tr("Also: {actions}").format(actions=others) if others else "")

    def _is_shipped(self, name: str) -> bool:
        return normal(self._keys()[name]) == normal(self._shipped(name))

    def _shipped(self, name: str) -> str:
        """Return the key that an action ships with; Tab is had back only by this: no field takes it."""
        return parted(name)[1] if name in self._window.titles else str(getattr(GhostSettings(), name))

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
        column.addWidget(self._group([name for name in self._all_titles() if name != QUICK_ASK]))
        for place, title in self._places().items():
            if names := [name for name in self._window.titles if parted(name)[0] is place]:
                column.addSpacing(8)
                column.addWidget(heading(title, self))
                column.addWidget(self._group(names))
        column.addStretch()
        self._align()

    def _align(self) -> None:
        """Let the fields of all groups stand below one another."""
        labels = [label for group in self._groups for label in group.findChildren(QLabel, "keyLabel")]
        for label in labels:
            label.setMinimumWidth(max(one.sizeHint().width() for one in labels))

    def _places(self) -> dict[KeyPlace, str]:
        return {
            KeyPlace.WINDOW: self.tr("In the window"),
            KeyPlace.TREE: self.tr("In the tree of notes"),
            KeyPlace.DOCUMENTS: self.tr("In the list of documents"),
            KeyPlace.FIND: self.tr("Finding in a note"),
            KeyPlace.PANEL: self.tr("In the side panel"),
            KeyPlace.CONVERSATIONS: self.tr("In the list of conversations"),
            KeyPlace.SUGGESTIONS: self.tr("Choosing among suggestions"),
            KeyPlace.QUICK_ASK: self.tr("In quick-ask"),
            KeyPlace.COMPANION: self.tr("In the companion"),
        }

    def _group(self, names: list[str]) -> QWidget:
        group = QWidget(self)
        rows = form(group)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(8)
        for name in names:
            label = QLabel(self._titles[name], group)
            label.setObjectName("keyLabel")
            rows.addRow(label, self._row(name, group))
        self._groups.append(group)
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
        if name != QUICK_ASK:
            layout.addWidget(self._reset_button(name, row))
        layout.addWidget(warning, 1)
        return row

    def _reset_button(self, name: str, parent: QWidget) -> QToolButton:
        """Return the button that gives an action the key back that it ships with."""
        button = self._resets[name] = QToolButton(parent)
        button.setObjectName(f"{name}Reset")
        button.setText(self.tr("Reset"))
        button.setProperty("flat", True)
        shipped = QKeySequence.fromString(self._shipped(name))
        button.setToolTip(self.tr("Back to {key}").format(key=native(shipped)))
        button.setAccessibleName(f"{button.text()}: {self._titles[name]}")
        button.clicked.connect(lambda: self._edits[name].setKeySequence(shipped))
        button.hide()
        return button

    def _command(self) -> QWidget:
        """The promise that holds everywhere: a command that any desktop can bind to a key."""
        row = QWidget(self)
        words = quiet_words(self.tr("This command does the same:"), row)
        words.setWordWrap(False)
        command = QLineEdit(COMMAND, row)
        command.setObjectName("quickAskCommand")
        command.setAccessibleName(self.tr("Command for quick-ask"))
        command.setReadOnly(True)
        copy = dialog_button(
            "copyCommandButton", self.tr("Copy"), row, lambda: QGuiApplication.clipboard().setText(COMMAND)
        )
        copy.setObjectName("copyCommandButton")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(words)
        layout.addWidget(command, 1)
        layout.addWidget(copy)
        return row


def _place_of(name: str) -> KeyPlace:
    """Return where the key of a name is heard: quick-ask's everywhere, ghost text's where text is written."""
    if name == QUICK_ASK:
        return KeyPlace.EVERYWHERE
    return KeyPlace.GHOST if name in GhostSettings.__dataclass_fields__ else parted(name)[0]


def with_key(ghost: GhostSettings, name: str, keys: str) -> GhostSettings:
    """Return the settings with another key for one action."""
    changed: dict[str, Any] = {name: keys}
    return replace(ghost, **changed)
