"""A scene of one's own, by a form: what is on its bar, who answers, how far is looked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.llm.chat import Tier
from core.prompts.model import GhostBehaviour, Prompt, Retrieval, Scene, Titles
from desktop.theme.theme import Theme
from desktop.widgets.choice_box import ChoiceBox

_MOST_PLACES = 9
_LONGEST_ID = 40


class SceneDialog(QDialog):
    """Makes a scene, or changes one.

    Signals:
        saved: Carries the `Scene` to be kept.
        deleted: Carries the id of an own scene.
    """

    saved = Signal(object)
    deleted = Signal(str)

    def __init__(
        self, theme: Theme, scene: Scene | None, prompts: Sequence[Prompt], language: str, parent: QWidget
    ) -> None:
        """Without a `scene` a new one is made."""
        super().__init__(parent)
        self._scene = scene
        self._language = language
        self.setObjectName("sceneDialog")
        self.setWindowTitle(self.tr("Change the scene") if scene else self.tr("New scene"))
        base = scene or Scene("", Titles("", ""), place=_MOST_PLACES)
        self.title = QLineEdit(base.title.of(language), self)
        self.title.setObjectName("sceneTitle")
        self.title.setAccessibleName(self.tr("Name"))
        self.prompts = QListWidget(self)
        self.prompts.setObjectName("scenePrompts")
        self.prompts.setAccessibleName(self.tr("Prompts on its bar"))
        self._fill(base.prompts, prompts)
        self.tier = ChoiceBox(theme, "sceneTier", self.tr("Model"), self)
        self.tier.addItem(self.tr("As it is set"), None)
        self.tier.addItem(self.tr("Faster"), Tier.FAST)
        self.tier.addItem(self.tr("More precise"), Tier.PRECISE)
        self.retrieval = ChoiceBox(theme, "sceneRetrieval", self.tr("Looks in"), self)
        self.retrieval.addItem(self.tr("All notes"), Retrieval.VAULT)
        self.retrieval.addItem(self.tr("The folder of the open note"), Retrieval.FOLDER)
        self.retrieval.addItem(self.tr("The open note"), Retrieval.NOTE)
        self.retrieval.addItem(self.tr("Nothing"), Retrieval.NONE)
        self.ghost = ChoiceBox(theme, "sceneGhost", self.tr("Ghost text"), self)
        self.ghost.addItem(self.tr("Off"), GhostBehaviour.OFF)
        self.ghost.addItem(self.tr("Calm"), GhostBehaviour.CALM)
        self.ghost.addItem(self.tr("Normal"), GhostBehaviour.NORMAL)
        self.ghost.addItem(self.tr("Eager"), GhostBehaviour.EAGER)
        for box, value in (
            (self.tier, base.tier),
            (self.retrieval, base.retrieval),
            (self.ghost, base.ghost),
        ):
            box.setCurrentIndex(max(box.findData(value), 0))
        self._problem = QLabel(self)
        self._problem.setProperty("problem", True)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._lay_out()

    def scene(self) -> Scene:
        """Return the scene as the form says; its name stands for both languages where it is new."""
        base, name = self._scene, self.title.text().strip()
        titles = Titles(name, name)
        if base is not None:
            titles = Titles(base.title.en, name) if self._language == "zh" else Titles(name, base.title.zh)
        return Scene(
            id=base.id if base else scene_id(name),
            title=titles,
            prompts=tuple(self._checked()),
            about=base.about if base else Titles("", ""),
            icon=base.icon if base else "spark",
            tier=self.tier.currentData(),
            temperature=base.temperature if base else None,
            retrieval=Retrieval(self.retrieval.currentData()),
            ghost=GhostBehaviour(self.ghost.currentData()),
            place=base.place if base else _MOST_PLACES,
            own=True,
        )

    def say(self, text: str) -> None:
        """Show why it could not be kept."""
        self._problem.setText(text)
        self._problem.show()

    def _fill(self, chosen: Sequence[str], prompts: Sequence[Prompt]) -> None:
        """List the chosen prompts first, in their order, then all others; drag changes the order."""
        self.prompts.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        known = {prompt.id: prompt for prompt in prompts}
        for prompt_id in [*chosen, *(one for one in known if one not in chosen)]:
            prompt = known.get(prompt_id)
            item = QListWidgetItem(prompt.title.of(self._language) if prompt else prompt_id)
            item.setData(Qt.ItemDataRole.UserRole, prompt_id)
            checked = Qt.CheckState.Checked if prompt_id in chosen else Qt.CheckState.Unchecked
            item.setCheckState(checked)
            self.prompts.addItem(item)

    def _checked(self) -> list[str]:
        items = [self.prompts.item(row) for row in range(self.prompts.count())]
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    def _save(self) -> None:
        if not self.title.text().strip():
            self.say(self.tr("The scene needs a name."))
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.saved.emit(self.scene())

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        fields: tuple[QWidget, ...] = (self.title, self.prompts, self.tier, self.retrieval, self.ghost)
        for field in fields:
            label = QLabel(field.accessibleName(), self)
            label.setBuddy(field)
            form.addRow(label, field)
        buttons = QHBoxLayout()
        if self._scene is not None and self._scene.own:
            delete = QPushButton(self.tr("Delete"), self)
            delete.setObjectName("deleteScene")
            delete.clicked.connect(lambda: self.deleted.emit(self._scene.id if self._scene else ""))
            buttons.addWidget(delete)
        buttons.addStretch()
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        save = QPushButton(self.tr("Save"), self)
        save.setObjectName("saveScene")
        save.setProperty("primary", True)
        save.setDefault(True)
        save.clicked.connect(self._save)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(form, 1)
        column.addWidget(self._problem)
        column.addLayout(buttons)


def scene_id(name: str) -> str:
    """Return the id, and file name, of a scene that is called so."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")[:_LONGEST_ID] or "scene"
