"""Making and changing scenes: the form, and the engine that keeps them in the vault."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from core.prompts.model import Scene, SceneList
from desktop.bridge.engine_bridge import EngineBridge
from desktop.error_text import word
from desktop.panel.library import Library
from desktop.panel.scene_bar import SceneBar
from desktop.panel.scene_dialog import SceneDialog
from desktop.theme.theme import Theme


class SceneEditing(QObject):
    """Puts its two entries at the end of the scene bar's menu."""

    def __init__(
        self, bridge: EngineBridge, theme: Theme, library: Library, bar: SceneBar, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._theme = theme
        self._library = library
        self._bar = bar
        self._owner = owner
        bar.add_extra(self.tr("New scene …"), lambda: self._open(None))
        bar.add_extra(self.tr("Change this scene …"), lambda: self._open(bar.scene))

    def _open(self, scene: Scene | None) -> None:
        library = self._library
        dialog = SceneDialog(self._theme, scene, library.prompts, library.language, self._owner.window())
        dialog.saved.connect(lambda made: self._save(dialog, made))
        dialog.deleted.connect(lambda scene_id: self._delete(dialog, scene_id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, dialog: SceneDialog, scene: Scene) -> None:
        if self._bridge.attached:
            self._bridge.assist.save_scene(
                scene,
                done=lambda scenes: self._kept(dialog, scenes, scene.id),
                failed=lambda error: self._failed(dialog, error),
            )

    def _delete(self, dialog: SceneDialog, scene_id: str) -> None:
        if self._bridge.attached:
            self._bridge.assist.delete_scene(
                scene_id,
                done=lambda scenes: self._kept(dialog, scenes, ""),
                failed=lambda error: self._failed(dialog, error),
            )

    def _kept(self, dialog: SceneDialog, scenes: SceneList, chosen: str) -> None:
        if isValid(dialog):  # it may have been closed meanwhile
            dialog.accept()
        self._library.take_scenes(scenes)
        ids = [scene.id for scene in scenes.scenes]
        if chosen in ids:
            self._bar.choose(ids.index(chosen) + 1)

    @staticmethod
    def _failed(dialog: SceneDialog, error: Exception) -> None:
        if isValid(dialog):
            dialog.say(word(error).in_full)
