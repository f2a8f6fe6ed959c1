"""How the words for an error are written down; `error_text` picks and translates them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Action(Enum):
    """The button beside an error."""

    NONE = auto()
    RETRY = auto()
    OPEN_SETTINGS = auto()


@dataclass(frozen=True, slots=True)
class Sentences:
    """English source texts; of several the first whose `{details}` core has given is used."""

    text: tuple[str, ...]
    hint: tuple[str, ...] = ()
    action: Action = Action.NONE
