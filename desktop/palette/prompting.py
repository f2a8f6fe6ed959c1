"""The prompt that quick-ask is about to run: its chip before the question, and the form it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.assist.model import NoteContext, Sources, WriteRequest
from core.llm.chat import Tier
from core.prompts.model import Placement, Prompt, Scope
from desktop.widgets.settle import settle_layout


class FormView(Protocol):
    """Asks for the values of a prompt; the side panel's form is one, and `quick_desk` hands it in."""

    submitted: Any
    """Signal: run it."""
    closed: Any
    """Signal: the person does not want it after all."""

    def show_prompt(self, prompt: Prompt, values: Mapping[str, str], language: str) -> None:
        """Ask for this prompt's values, starting with these."""

    def values(self) -> dict[str, str]:
        """Return what stands in the fields."""

    def check(self) -> bool:
        """Whether all that is needed is there; if not, say so and go there."""

    def focus_first(self) -> None:
        """Put the caret into the first field."""


class Forms(Protocol):
    """Where forms come from, and what was given in them last."""

    @property
    def language(self) -> str:
        """The language of titles: `en` or `zh`."""

    def make(self) -> FormView:
        """Return a new form, which is a widget."""

    def last_values(self, prompt: Prompt) -> dict[str, str]:
        """Return what was given last, else what the prompt proposes."""

    def keep_values(self, prompt_id: str, values: dict[str, str]) -> None:
        """Remember what was given."""


class Prompting(QObject):
    """Holds the chosen prompt until it is put away, so that it can be run again with other words.

    Signals:
        changed: Another prompt is chosen, or none, or its form came or went.
        submitted: The form says: run it.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, forms: Forms, parent: QWidget) -> None:
        super().__init__(parent)
        self._forms = forms
        self._form: FormView | None = None
        self.prompt: Prompt | None = None
        self.area = QWidget(parent)
        """Where the form stands."""
        column = QVBoxLayout(self.area)
        column.setContentsMargins(0, 0, 0, 0)
        self.area.hide()

    @property
    def form_is_open(self) -> bool:
        """Whether values are being asked for."""
        return not self.area.isHidden()

    def choose(self, prompt: Prompt, *, at_once: bool) -> bool:
        """Take a prompt up; returns whether it can be run as it is, and is to be.

        The form comes where a value is missing that is needed, or where there is one and time for it.
        """
        self.prompt = prompt
        values = self._forms.last_values(prompt)
        lacks = any(one.required and not values.get(one.name) for one in prompt.variables)
        if lacks or (prompt.variables and not at_once):
            self._open_form(prompt, values)
            return False
        self.area.hide()
        self.changed.emit()
        return at_once

    def leave(self) -> None:
        """Put the prompt away."""
        if self.prompt is not None:
            self.prompt = None
            self.area.hide()
            self.changed.emit()

    def check(self) -> bool:
        """Whether the prompt may be run; its form says what is missing, and grows by that."""
        if not self.form_is_open or self._form is None:
            return True
        passed = self._form.check()
        settle_layout(cast(QWidget, self._form))
        self.changed.emit()
        return passed

    def request(
        self, note: NoteContext | None, instruction: str, *, tier: Tier, sources: Sources
    ) -> WriteRequest:
        """Return the run of the chosen prompt, one suggestion of it, and put the form away."""
        assert self.prompt is not None
        values = self._forms.last_values(self.prompt)
        if self.form_is_open and self._form is not None:
            values = self._form.values()
            self._forms.keep_values(self.prompt.id, values)
            self.area.hide()
            self.changed.emit()
        return WriteRequest(
            self.prompt.id, note, values, instruction, candidates=1, tier=tier, sources=sources
        )

    @property
    def needs_text(self) -> bool:
        """Whether the prompt has nothing to do without a text to work on."""
        prompt = self.prompt
        if prompt is None or prompt.scope is Scope.VAULT:
            return False
        return not any(one.required for one in prompt.variables)

    @property
    def joins_prose(self) -> bool:
        """Whether the result goes on where the caret is, rather than being a paragraph of its own."""
        return self.prompt is not None and self.prompt.placement is Placement.INSERT

    def _open_form(self, prompt: Prompt, values: Mapping[str, str]) -> None:
        form = self._form = self._form or self._make_form()
        form.show_prompt(prompt, values, self._forms.language)
        self.area.show()
        self.changed.emit()
        form.focus_first()

    def _make_form(self) -> FormView:
        form = self._forms.make()
        form.submitted.connect(self.submitted)
        form.closed.connect(self.leave)
        layout = cast(QVBoxLayout, self.area.layout())
        layout.addWidget(cast(QWidget, form))
        return form
