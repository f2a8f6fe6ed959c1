"""From *Compare the models* to the request: which models, remembered from time to time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from core.assist.model import Work
from core.session.model import ModelScore
from desktop.bridge.engine_bridge import EngineBridge

if TYPE_CHECKING:
    from desktop.panel.compare_dialog import CompareDialog
    from desktop.panel.side_panel import SidePanel

_MEMORY, _FIELD = "compare", "models"
"""Where the models chosen last are kept, beside the values of forms."""


class Comparing(QObject):
    """Lets the person choose two to four models and asks them all the same."""

    def __init__(self, panel: SidePanel, bridge: EngineBridge) -> None:
        super().__init__(panel)
        self._panel = panel
        self._bridge = bridge
        self.dialog: CompareDialog | None = None

    def start(self) -> None:
        """Ask which models are to do what would be sent now: the prompt of an open form, or what is typed."""
        from desktop.panel.compare_dialog import CompareDialog

        title = self._panel.drafting.title_of_draft()
        if not title:
            self._panel.composer.say(self.tr("Type what the models are to answer, then compare them."))
            self._panel.focus_composer()
            return
        if self._panel.form.prompt is not None and not self._panel.form.check():
            return
        known = self._panel.tiers.models
        last = self._last()
        dialog = CompareDialog(title, known, last or known, self._panel.window())
        dialog.chosen.connect(self._ask)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
        if self._bridge.attached:
            self._bridge.offered_models(
                done=partial(dialog.show_offered, checked=last),  # not called once the dialog has gone
                failed=lambda _error: None,  # the models of the tiers are there all the same
            )
            self._bridge.assist.scores(
                done=lambda scores: self._scored(dialog, scores), failed=lambda _error: None
            )

    def _ask(self, models: Sequence[str]) -> None:
        drafting = self._panel.drafting
        drafting.memory.keep_form_values(_MEMORY, {_FIELD: "\n".join(models)})
        drafting.compare(models)
        self._panel.composer.edit.clear()

    def _last(self) -> list[str]:
        kept = self._panel.drafting.memory.form_values(_MEMORY).get(_FIELD, "")
        return [name for name in kept.split("\n") if name]

    def _scored(self, dialog: CompareDialog, scores: Sequence[ModelScore]) -> None:
        if isValid(dialog):  # it may have been closed meanwhile
            library = self._panel.library
            titles = {prompt.id: prompt.title.of(library.language) for prompt in library.prompts}
            works = {Work.ASK.value: self.tr("Questions"), Work.WRITE.value: self.tr("Requests of your own")}
            dialog.show_scores(scores, works | {"check": self.tr("Fact check")} | titles)
