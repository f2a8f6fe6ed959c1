"""Which notes carry one of some tags, or a tag below one of them: `private` covers `#Private/diary`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.text import markdown
from core.text.folding import fold
from core.text.model import BlockKind, ParsedNote

_AROUND = "#[]/ \t"
"""What may be written around a tag: `#private`, `#[[two words]]`, `private/`."""


@dataclass(frozen=True, slots=True)
class TagRule:
    """Some tags by their keys; without any it covers nothing and costs nothing."""

    keys: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.keys)

    def covers(self, tag: str) -> bool:
        """Tell whether a tag is one of them or lies below one."""
        key = fold(tag)
        return any(key == own or key.startswith(own + "/") for own in self.keys)

    def finds(self, note: ParsedNote) -> bool:
        """Tell whether a note carries such a tag; front matter that cannot be read need only mention it."""
        if not self:
            return False
        return any(self.covers(tag.name) for tag in note.tags) or self._is_mentioned(_broken_head(note))

    def holds(self, text: str) -> bool:
        """Tell whether the note of this text carries such a tag; most notes need not be parsed for that."""
        return self._may_hold(text) and self.finds(markdown.parse(text))

    def _may_hold(self, text: str) -> bool:
        """Only YAML can write a tag in other characters than its own, and only behind a backslash."""
        return self._is_mentioned(text) or (bool(self) and text.startswith("---") and "\\" in text)

    def _is_mentioned(self, text: str) -> bool:
        folded = fold(text) if self else ""
        return any(max(key.split(), key=len) in folded for key in self.keys)


def _broken_head(note: ParsedNote) -> str:
    """Return front matter that is no YAML, and therefore a paragraph; empty where there is none."""
    first = note.blocks[0] if note.blocks else None
    is_broken = first is not None and first.kind is BlockKind.PARAGRAPH and first.text.startswith("---")
    return first.text if first is not None and is_broken else ""


def tag_rule(tags: Iterable[str]) -> TagRule:
    """Return the rule of tags as a person writes them; what names no tag is passed over."""
    return TagRule(frozenset(key for tag in tags if (key := fold(tag).strip(_AROUND))))
