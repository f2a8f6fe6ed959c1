"""The prompts and scenes as the engine knows them, for whoever shows them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from core.engine.model import PromptsChanged
from core.prompts.model import Problem, Prompt, PromptList, Scene, SceneList, Titles
from core.prompts.naming import find_prompts
from core.text.matching import Terms
from desktop.bridge.engine_bridge import EngineBridge

log = logging.getLogger(__name__)

FIRST_SCENES = (
    Scene("ask", Titles("Ask", "提问"), icon="search"),
    Scene("write", Titles("Write", "写作"), icon="spark"),
)
"""What there is until the engine has read the others."""

_ASKING = frozenset({"ask", "study"})
"""Shipped scenes in which free words are a question to the notes, not an instruction on the open one."""


class Library(QObject):
    """Holds what was read last; asks again when a file of the person's own has changed.

    Signals:
        changed: Prompts or scenes are others.
        names_changed: What prompts are called has been learnt.
        failed: They could not be read; carries the error.
    """

    changed = Signal()
    names_changed = Signal()
    failed = Signal(object)

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._prompts: dict[str, Prompt] = {}
        self._names = Terms()
        self._wants_names = self._has_asked = False
        self.knows_names = False
        """Whether what prompts are called, in pinyin too, has been learnt."""
        self._problems: tuple[Problem, ...] = ()
        self._scene_problems: tuple[Problem, ...] = ()
        self.scenes: tuple[Scene, ...] = FIRST_SCENES
        bridge.prompts_changed.connect(self._changed_on_disk)

    @property
    def language(self) -> str:
        """The language of the interface: `en` or `zh`."""
        return self.tr("en", "the language of this translation: en or zh")

    @property
    def prompts(self) -> Sequence[Prompt]:
        """All prompts, by group and title."""
        return tuple(self._prompts.values())

    @property
    def problems(self) -> Sequence[Problem]:
        """Files of the person's own that cannot be used."""
        return (*self._problems, *self._scene_problems)

    def load(self) -> None:
        """Ask the engine."""
        if self._bridge.attached:
            assist = self._bridge.assist
            assist.prompts(self.language, done=self._take_prompts, failed=self.failed.emit)
            assist.scenes(done=self.take_scenes, failed=self.failed.emit)

    def prompt(self, prompt_id: str) -> Prompt | None:
        """Return a prompt by its id."""
        return self._prompts.get(prompt_id)

    def find(self, words: str, first: Sequence[Prompt] = ()) -> list[Prompt]:
        """Return the prompts that a few letters may mean, the best first; `first` and then all for none.

        What prompts are called, in pinyin too, is asked of the engine when it is first wanted; before it is
        known, they are found by the words of their titles and descriptions.
        """
        self._wants_names = True
        self._ask_for_names()
        ordered = {prompt.id: prompt for prompt in (*first, *self._prompts.values())}
        return find_prompts(list(ordered.values()), self._names, words)

    def of(self, scene: Scene) -> list[Prompt]:
        """Return the prompts of a scene, in the order of its bar."""
        return _known(map(self.prompt, scene.prompts))

    def take_scenes(self, found: SceneList) -> None:
        """Show these scenes from now on."""
        self.scenes = found.scenes or FIRST_SCENES
        self._scene_problems = found.problems
        self.changed.emit()

    def _changed_on_disk(self, _event: PromptsChanged) -> None:
        """One of the person's own prompts or scenes came, changed or went."""
        self.load()

    def _take_prompts(self, found: PromptList) -> None:
        self._prompts = {prompt.id: prompt for prompt in found.prompts}
        self._problems = found.problems
        self._has_asked = False
        if self._wants_names:
            self._ask_for_names()
        self.changed.emit()

    def _ask_for_names(self) -> None:
        """Ask once for each reading of the library; a failure costs the pinyin alone."""
        if self._bridge.attached and not self._has_asked:
            self._has_asked = True
            self._bridge.assist.prompt_names(
                self.language, done=self._take_names, failed=lambda error: log.info("no names: %s", error)
            )

    def _take_names(self, names: Terms) -> None:
        self._names, self.knows_names = names, True
        self.names_changed.emit()


def asks(scene: Scene) -> bool:
    """Whether free words in this scene are a question to the notes."""
    return scene.id in _ASKING or not (scene.prompts or scene.id == "write")


def _known(prompts: Iterable[Prompt | None]) -> list[Prompt]:
    return [prompt for prompt in prompts if prompt is not None]
