"""The bar of scenes: what kind of help the next request asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from core.assist.model import Work
from core.prompts.model import Scene
from desktop.panel.library import FIRST_SCENES, asks
from desktop.theme.theme import Theme
from desktop.widgets.overflow_row import OverflowRow
from desktop.widgets.plain_text import button_text, tooltip

KEYS = 9
"""Scenes that have a key, Ctrl+1 to Ctrl+9."""


class SceneBar(OverflowRow):
    """One pill a scene. A selection suggests writing until the person says otherwise.

    Signals:
        changed: Another scene is in force.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sceneBar")
        self.setAccessibleName(self.tr("Scene"))
        self._theme = theme
        self._scenes: dict[str, Scene] = {}
        self._pills: dict[str, QPushButton] = {}
        self._current = self._wanted = FIRST_SCENES[0].id
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        theme.changed.connect(self._dress)
        self.show_scenes(FIRST_SCENES, self.tr("en", "the language of this translation: en or zh"))

    @property
    def scene(self) -> Scene:
        """The scene in force."""
        return self._scenes[self._current]

    @property
    def work(self) -> Work:
        """What free words mean in it: a question, or an instruction."""
        return Work.ASK if asks(self.scene) else Work.WRITE

    def show_scenes(self, scenes: Sequence[Scene], language: str) -> None:
        """Show these, named in the language; the one in force stays in force if it is among them."""
        self._scenes = {scene.id: scene for scene in scenes}
        first = next(iter(self._scenes))
        if self._wanted not in self._scenes:
            self._wanted = first
        if self._current not in self._scenes:
            self._current = self._wanted
        pills = [self._pill(scene, place, language) for place, scene in enumerate(scenes, start=1)]
        self._pills = dict(zip(self._scenes, pills, strict=True))
        self._pills[self._current].setChecked(True)
        self._dress()
        self.show_buttons(pills)
        self.changed.emit()

    def choose(self, place: int) -> None:
        """Choose the scene at this place of the bar, from 1; nothing happens where there is none."""
        ids = list(self._scenes)
        if 1 <= place <= len(ids):
            self._wanted = ids[place - 1]
            self._enter(self._wanted)

    def suggest(self, work: Work | None) -> None:
        """Preselect writing for the moment; None returns to what the person chose last."""
        if work is Work.WRITE and asks(self._scenes[self._wanted]):
            self._enter("write" if "write" in self._scenes else self._wanted)
        else:
            self._enter(self._wanted)

    def _pill(self, scene: Scene, place: int, language: str) -> QPushButton:
        title, about = scene.title.of(language), scene.about.of(language)
        pill = QPushButton(button_text(title), self)
        pill.setObjectName("scene" + "".join(part.capitalize() for part in scene.id.split("-")))
        pill.setProperty("scene", scene.id)
        pill.setAccessibleName(title)
        pill.setAccessibleDescription(about)
        key = f" (Ctrl+{place})" if place <= KEYS else ""
        pill.setToolTip(tooltip(f"{about or title}{key}"))
        pill.setCheckable(True)
        pill.setProperty("pill", True)
        pill.setIconSize(QSize(16, 16))
        self._group.addButton(pill)
        return pill

    def _clicked(self, pill: QPushButton) -> None:
        self._wanted = str(pill.property("scene"))
        self._enter(self._wanted)

    def _enter(self, scene_id: str) -> None:
        self._pills[scene_id].setChecked(True)
        if scene_id != self._current:
            self._current = scene_id
            self._dress()
            self.fit()
            self.changed.emit()

    def _dress(self) -> None:
        """Only the scene in force has its icon: with eight of them, words alone are calmer."""
        self.set_icon(self._theme.icon("more"))
        for scene_id, pill in self._pills.items():
            scene = self._scenes[scene_id]
            if scene_id == self._current:
                pill.setIcon(self._theme.icon(scene.icon or "spark", role="accent"))
            else:
                pill.setIcon(QIcon())
