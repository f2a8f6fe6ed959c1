"""What helps at the caret, put together for one editor."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.settings import GhostSettings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.editor.editor import Editor
from desktop.editor.ghost_asker import GhostAsker
from desktop.editor.ghost_text import GhostText
from desktop.editor.name_completion import NameCompletion
from desktop.editor.typing_watch import TypingWatch
from desktop.theme.theme import Theme


class WritingAids(QObject):
    """Ghost text and the names of the vault, from the keys to the engine and back to the screen."""

    def __init__(
        self, editor: Editor, theme: Theme, bridge: EngineBridge, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        watch = TypingWatch(editor, self)
        self.ghost = GhostText(editor, theme, watch, self)
        self._asker = GhostAsker(editor, watch, self.ghost, bridge, self)
        self.names = NameCompletion(editor, watch, bridge, theme, self)  # the last to come sees keys first

    def use(self, settings: GhostSettings) -> None:
        """Follow these settings from now on."""
        self._asker.use(settings)
