"""How a model is named: by its name, and by who sees the text that goes to it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.engine.model import ModelState
from core.llm.chat import LOCAL

translate = QCoreApplication.translate


def model_text(state: ModelState | None) -> str:
    """Return who answers, or will."""
    if state is None:
        return translate("model_text", "Getting ready")
    if not state.model:
        return translate("model_text", "No model: quotes from your notes")
    if state.demonstration:
        return translate("model_text", "Demonstration model")
    return named_model(state.model, state.place)


def named_model(model: str, place: str) -> str:
    """Return a model's name and where it runs."""
    if place == LOCAL:
        return translate("model_text", "{model}, on this machine").format(model=model)
    return translate("model_text", "{model}, at {host}").format(model=model, host=place)
