"""The hotkey on macOS: Carbon's `RegisterEventHotKey` through quickmachotkey.

It needs no accessibility permission. Carbon lets several programs register the same combination, so here none
is ever reported as taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.hotkey.keys import Combination

_MODIFIERS = {"Ctrl": "cmdKey", "Alt": "optionKey", "Shift": "shiftKey", "Meta": "controlKey"}
"""Qt calls the Command key Ctrl on a Mac, and Control Meta."""
_KEYS = {
    "Space": "kVK_Space",
    "Return": "kVK_Return",
    "Tab": "kVK_Tab",
    "Left": "kVK_LeftArrow",
    "Right": "kVK_RightArrow",
    "Up": "kVK_UpArrow",
    "Down": "kVK_DownArrow",
    "Home": "kVK_Home",
    "End": "kVK_End",
    "PgUp": "kVK_PageUp",
    "PgDown": "kVK_PageDown",
    "Del": "kVK_ForwardDelete",
    "`": "kVK_ANSI_Grave",
    "-": "kVK_ANSI_Minus",
    "=": "kVK_ANSI_Equal",
    ",": "kVK_ANSI_Comma",
    ".": "kVK_ANSI_Period",
    "/": "kVK_ANSI_Slash",
    ";": "kVK_ANSI_Semicolon",
    "'": "kVK_ANSI_Quote",
    "[": "kVK_ANSI_LeftBracket",
    "]": "kVK_ANSI_RightBracket",
    "\\": "kVK_ANSI_Backslash",
}


class MacHotkey:
    """Holds one hotkey. `library` and `constants` are given by tests."""

    def __init__(
        self,
        activated: Callable[[], None],
        changed: Callable[[HotkeyStatus], None],
        *,
        library: Any = None,
        constants: Any = None,
    ) -> None:
        self._activated, self._changed = activated, changed
        self._library, self._constants = library, constants
        self._handler: Any = None

    def bind(self, combination: Combination) -> None:
        """Register the combination; report at once."""
        self.release()
        if self._library is None:
            import quickmachotkey
            from quickmachotkey import constants

            self._library, self._constants = quickmachotkey, constants
        key = getattr(self._constants, key_name(combination.key), None)
        if key is None:
            self._tell(HotkeyState.REFUSED, combination, f"no key code for {combination.key}")
            return
        names = (_MODIFIERS[name] for name in sorted(combination.modifiers))
        mask = self._library.mask(*(getattr(self._constants, name) for name in names))

        def pressed() -> None:  # the library hangs its own methods on it, which a bound method refuses
            self._activated()

        self._handler = self._library.quickHotKey(virtualKey=key, modifierMask=mask)(pressed)
        self._tell(HotkeyState.ACTIVE, combination)

    def release(self) -> None:
        """Let go of the combination."""
        handler, self._handler = self._handler, None
        if handler is not None:
            handler.unregister()

    def _tell(self, state: HotkeyState, combination: Combination, reason: str = "") -> None:
        self._changed(HotkeyStatus(state, "macos", str(combination), reason))


def key_name(key: str) -> str:
    """Return Carbon's name for a key: `kVK_ANSI_A`, `kVK_F5`, `kVK_Space`."""
    if key in _KEYS:
        return _KEYS[key]
    return f"kVK_{key}" if len(key) > 1 else f"kVK_ANSI_{key}"
