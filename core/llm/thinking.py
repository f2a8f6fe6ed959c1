"""Leaves a model's thinking out of its answer where the server sends both in one text."""

from __future__ import annotations

_OPEN = "<think>"
_CLOSE = "</think>"


class ThinkFilter:
    """Drops one `<think>...</think>` at the very start of a stream; fed with pieces, does no I/O."""

    def __init__(self) -> None:
        self._held = ""
        self._state = "start"

    def feed(self, text: str) -> str:
        """Return what of the text so far belongs to the answer and was not returned before."""
        self._held += text
        if self._state == "start":
            self._look_for_start()
        if self._state == "thinking":
            self._look_for_end()
        if self._state == "gap":
            self._skip_gap()
        return self._release() if self._state == "answer" else ""

    def close(self) -> str:
        """Return what was held back when the stream ended; thinking that never ended is dropped."""
        return "" if self._state == "thinking" else self._release()

    def _look_for_start(self) -> None:
        begun = self._held.lstrip()
        if begun.startswith(_OPEN):
            self._held, self._state = begun[len(_OPEN) :], "thinking"
        elif not _OPEN.startswith(begun):
            self._state = "answer"

    def _look_for_end(self) -> None:
        _, mark, rest = self._held.partition(_CLOSE)
        self._held = rest if mark else self._held[-len(_CLOSE) :]
        if mark:
            self._state = "gap"

    def _skip_gap(self) -> None:
        self._held = self._held.lstrip()
        if self._held:
            self._state = "answer"

    def _release(self) -> str:
        text, self._held = self._held, ""
        return text
