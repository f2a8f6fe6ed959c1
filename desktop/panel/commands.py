"""What the panel does by key and by menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from desktop.panel.scene_bar import KEYS
from desktop.widgets.key_places import KeyPlace, note_place

if TYPE_CHECKING:
    from desktop.panel.side_panel import SidePanel


class PanelCommands(QObject):
    """The panel's actions; they are added to it, and may stand in menus as well."""

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self._panel = panel
        act, requests = self._action, panel.requests
        self.ask = act(self.tr("Go to the request field"), "Ctrl+L", panel.focus_composer)
        self.prompts = act(self.tr("Choose a prompt"), "Ctrl+Shift+P", panel.show_library)
        self.insert = act(self.tr("Insert the answer"), "Ctrl+Return Ctrl+Enter", requests.insert_latest)
        self.replace = act(
            self.tr("Replace the selection"), "Ctrl+Shift+Return Ctrl+Shift+Enter", requests.replace_latest
        )
        self.tier = act(self.tr("Switch the model"), "Ctrl+Shift+M", panel.tiers.toggle)
        self.check = act(self.tr("Check the facts"), "Ctrl+Shift+K", panel.check_facts)
        self.compare = act(self.tr("Compare the models"), "Ctrl+Shift+D", panel.compare)
        self.new = act(self.tr("New conversation"), "Ctrl+Shift+N", panel.new_conversation)
        self.history = act(self.tr("Conversations"), "Ctrl+Shift+H", panel.toggle_sessions)
        self.detach = act(
            self.tr("Panel in a window of its own"), "Ctrl+Shift+F9", panel.detach_requested.emit
        )
        self.leave = act(self.tr("Stop, or back to the note"), "Esc", panel.leave, everywhere=False)
        note_place(self.leave, KeyPlace.PANEL)
        for place in range(1, KEYS + 1):
            action = act("", f"Ctrl+{place}", partial(panel.scenes.choose, place))
            title = self.tr("Scene {number}").format(number=place)
            note_place(action, KeyPlace.WINDOW, title=title)  # no text: it would stand in the menu

    def _action(self, text: str, keys: str, call: Callable[[], None], *, everywhere: bool = True) -> QAction:
        """Make an action for these keys, in the whole window or only while the panel has the keyboard."""
        action = QAction(text, self._panel)
        action.setShortcuts([QKeySequence(key) for key in keys.split()])
        context = Qt.ShortcutContext
        action.setShortcutContext(
            context.WindowShortcut if everywhere else context.WidgetWithChildrenShortcut
        )
        action.triggered.connect(lambda _checked=False: call())
        self._panel.addAction(action)
        return action
