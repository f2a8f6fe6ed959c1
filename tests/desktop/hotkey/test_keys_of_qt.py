"""What Qt writes into the settings is what the hotkey reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from desktop.hotkey.backend import HotkeyState
from desktop.hotkey.hotkey import Hotkey
from desktop.hotkey.keys import Combination, parse

PORTABLE = QKeySequence.SequenceFormat.PortableText
KEYS = [
    "Space", "Return", "Tab", "Backspace", "Insert", "Delete", "Home", "End", "PageUp", "PageDown",
    "Left", "Up", "Right", "Down", "Pause", "QuoteLeft", "Minus", "Equal", "Comma", "Period", "Slash",
    "Semicolon", "Apostrophe", "BracketLeft", "BracketRight", "Backslash", "A", "Z", "0", "9", "F1", "F24",
]  # fmt: skip
MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Meta": Qt.KeyboardModifier.MetaModifier,
}


def written(name, modifiers=("Ctrl",)):
    """Return what a field for keys writes when this key is pressed."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= MODIFIERS[modifier]
    return QKeySequence(QKeyCombination(held, getattr(Qt.Key, f"Key_{name}"))).toString(PORTABLE)


@pytest.mark.parametrize("name", KEYS)
def test_every_key_that_the_field_takes_is_read(qapp, name):
    found = parse(written(name))
    assert found is not None
    assert found.modifiers == {"Ctrl"}
    assert QKeySequence(str(found)) == QKeySequence(written(name))


@given(st.sampled_from(KEYS), st.sets(st.sampled_from(list(MODIFIERS)), min_size=1))
def test_what_was_read_is_written_as_qt_writes_it(qapp, name, modifiers):
    found = parse(written(name, modifiers))
    assert found is not None
    assert found.modifiers == modifiers
    assert QKeySequence(str(found)).toString(PORTABLE) == written(name, modifiers)


@pytest.mark.parametrize(
    ("text", "meant"), [("Ctrl+Insert", "Ctrl+Ins"), ("ctrl+delete", "Ctrl+Del"), ("Alt+ins", "Alt+Ins")]
)
def test_the_long_name_of_a_key_is_the_same_key(text, meant):
    assert parse(text) == parse(meant)
    assert parse(text) is not None


def test_the_insert_key_has_its_name_on_every_platform():
    found = parse("Ctrl+Ins")
    assert isinstance(found, Combination)
    assert (found.keysym, found.virtual_key) == ("Insert", 0x2D)


class Backend:
    """Holds a key and notes what it was told."""

    def __init__(self, pressed, changed):
        self.pressed, self.changed = pressed, changed
        self.told = []

    def bind(self, combination):
        self.told.append(str(combination))

    def release(self):
        self.told.append("released")


@pytest.fixture
def backends():
    return []


@pytest.fixture
def hotkey(qapp, backends):
    def make(pressed, changed):
        backends.append(Backend(pressed, changed))
        return backends[-1]

    return Hotkey(make)


@pytest.mark.parametrize("keys", ["A", "Shift+A", "Space", "Shift+Space", "no key", "Ctrl+", "+", "ä"])
def test_what_takes_a_key_from_typing_or_is_none_is_refused_and_nothing_is_held(hotkey, backends, keys):
    hotkey.use(keys)
    assert hotkey.status.state is HotkeyState.REFUSED
    assert keys in hotkey.status.reason or repr(keys) in hotkey.status.reason
    assert backends == []


def test_a_refused_key_lets_the_one_before_go(hotkey, backends):
    hotkey.use("Ctrl+Alt+Space")
    hotkey.use("A")
    assert backends[0].told == ["Ctrl+Alt+Space", "released"]


def test_letting_go_twice_is_once(hotkey, backends):
    hotkey.use("F9")
    hotkey.release()
    hotkey.release()
    assert backends[0].told == ["F9", "released"]


def test_the_same_key_again_is_held_anew(hotkey, backends):
    for _ in range(2):
        hotkey.use("F9")
    assert [backend.told for backend in backends] == [["F9", "released"], ["F9"]]


def test_an_empty_key_is_off_and_not_refused(hotkey, backends):
    hotkey.use("F9")
    hotkey.use("")
    assert hotkey.status.state is HotkeyState.OFF
    assert backends[0].told[-1] == "released"
