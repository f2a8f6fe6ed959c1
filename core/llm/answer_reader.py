"""Reads what a provider's chunks say; fed with the client's values, does no I/O."""

from __future__ import annotations

from typing import Any

from core.llm.chat import Delta, Usage
from core.llm.thinking import ThinkFilter

_THINKING = ("reasoning_content", "reasoning")
"""Fields in which servers stream what a model thinks; it is never shown."""


class AnswerReader:
    """Collects one answer from its chunks, which may lack any part or hold another type than promised."""

    def __init__(self, *, inline_thinking: bool) -> None:
        self.finish_reason: str | None = None
        self._usage: Usage | None = None
        self._thinking = ThinkFilter() if inline_thinking else None
        self._seen = False
        self._thought = self._spoke = False

    @property
    def whole(self) -> bool:
        """Whether nothing more need be waited for."""
        return self.finish_reason is not None and self._usage is not None

    @property
    def empty(self) -> bool:
        """Whether nothing that came was part of an answer."""
        return not self._seen

    @property
    def ran_out(self) -> bool:
        """Whether its thinking took all the length that the answer had."""
        return self._thought and not self._spoke and self.finish_reason == "length"

    def feed(self, chunk: Any) -> str:
        """Return the words that this chunk adds to the answer."""
        words = self._fed(chunk)
        self._spoke = self._spoke or bool(words)
        return words

    def _fed(self, chunk: Any) -> str:
        self._usage = _usage(getattr(chunk, "usage", None)) or self._usage
        choices = getattr(chunk, "choices", None)
        if not isinstance(choices, list) or not choices:
            return ""
        choice = choices[0]
        finish = getattr(choice, "finish_reason", None)
        if isinstance(finish, str) and finish:
            self.finish_reason = finish
        text = self._words(choice)
        if not isinstance(text, str):
            return ""
        self._thought = self._thought or bool(self._thinking and text)
        return self._thinking.feed(text) if self._thinking else text

    def _words(self, choice: object) -> object:
        """Return what a choice adds: of a chat in a part of its own, of a text completion as it stands."""
        # A server that does not stream sends one `message` in place of the deltas.
        part = getattr(choice, "delta", None) or getattr(choice, "message", None)
        plain = part is None and isinstance(getattr(choice, "text", None), str)
        self._thought = self._thought or any(getattr(part, name, None) for name in _THINKING)
        self._seen = self._seen or plain or hasattr(part, "content") or self.finish_reason is not None
        return getattr(choice, "text", None) if plain else getattr(part, "content", None)

    def last(self) -> Delta:
        """Return what ends the answer: words held back, why it ended, what it took."""
        text = self._thinking.close() if self._thinking else ""
        return Delta(text, self.finish_reason, self._usage)


def _usage(value: Any) -> Usage | None:
    prompt, completion = getattr(value, "prompt_tokens", None), getattr(value, "completion_tokens", None)
    if isinstance(prompt, int) and isinstance(completion, int):
        return Usage(prompt, completion)
    return None
