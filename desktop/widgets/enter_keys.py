"""Enter, of which a keyboard has two, and Qt two names: one key to whoever presses it."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_MAIN, _KEYPAD = "Return", "Enter"


def with_twin(key: QKeySequence) -> list[QKeySequence]:
    """Return the key, and behind it the same by the keyboard's other Enter where it has one in it."""
    both = (_as(_MAIN, key), _as(_KEYPAD, key))
    return [key, *(twin for twin in both if twin.count() and twin != key)]


def as_one(key: QKeySequence) -> str:
    """Return a key in the one form in which keys are compared."""
    return _as(_MAIN, key).toString(_PORTABLE)


def native(key: QKeySequence) -> str:
    """Return a key as a person reads it: Enter, as it stands on the key, not Return."""
    return _as(_KEYPAD, key).toString(_NATIVE)


def spellings(key: QKeySequence) -> set[str]:
    """Return every way in which words of ours may mention a key; `Ctrl+Enter` is `Ctrl+回车` to Qt."""
    told = _as(_KEYPAD, key)
    return {told.toString(_NATIVE), told.toString(_PORTABLE)}


def _as(enter: str, key: QKeySequence) -> QKeySequence:
    """Return the key with this name for whichever Enter is in it."""
    other = _MAIN if enter == _KEYPAD else _KEYPAD
    return QKeySequence.fromString(key.toString(_PORTABLE).replace(other, enter), _PORTABLE)
