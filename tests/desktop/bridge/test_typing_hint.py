"""Hints that the person types: at once, and then seldom."""

from __future__ import annotations

from desktop.bridge import typing_hint
from desktop.bridge.typing_hint import TypingHint


def test_the_first_keystroke_is_told_and_the_next_ones_are_not(qapp):
    told = []
    hint = TypingHint(lambda: told.append(1))
    for _ in range(50):
        hint.note()
    assert told == [1]


def test_who_goes_on_typing_is_told_of_again(qapp, qtbot, monkeypatch):
    monkeypatch.setattr(typing_hint, "EVERY_MS", 1)
    told = []
    hint = TypingHint(lambda: told.append(1))

    def typed_often() -> bool:
        hint.note()
        return len(told) >= 3

    qtbot.waitUntil(typed_often)
