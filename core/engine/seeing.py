"""Who is asked where a conversation has pictures, and which models are known to see none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.assist.earlier import Earlier, Sighted
from core.assist.history import History
from core.assist.model import Answered, AskEvent
from core.llm.chat import ChatModel


@dataclass(frozen=True, slots=True)
class Seeing:
    """The model of one question, and what of its session goes along."""

    model: ChatModel | None
    history: History
    earlier: Earlier
    unseen: int = 0
    """Pictures from before that are not sent: nobody would see them."""


class Blind:
    """Remembers, as long as the engine runs, which models have refused pictures."""

    def __init__(self) -> None:
        self._names: set[tuple[str, str]] = set()

    def is_blind(self, model: ChatModel | None) -> bool:
        """Whether it is known that pictures from before are of no use."""
        return model is None or model.demonstration or (model.provider, model.model) in self._names

    def told(self, event: AskEvent, seeing: Seeing, model: ChatModel | None) -> AskEvent:
        """Return an event as it is told: an answer says how many pictures from before were not sent."""
        if not isinstance(event, Answered):
            return event
        unseen = seeing.unseen
        if isinstance(model, Sighted) and model.saw_none:
            self._names.add((model.provider, model.model))
            unseen = len(seeing.earlier.shown)
        return Answered(replace(event.answer, unseen_pictures=unseen)) if unseen else event
