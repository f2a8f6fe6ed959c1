"""Key combinations, from the settings' words to each platform's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.hotkey.keys import _NAMED, MODIFIERS, Combination, parse

KEYS = [*"ABCXYZ019", "F1", "F12", "F24", *_NAMED]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ctrl+Alt+Space", "Ctrl+Alt+Space"),
        ("alt+CTRL+space", "Ctrl+Alt+Space"),
        (" Super + n ", "Meta+N"),
        ("Win+Shift+f5", "Shift+Meta+F5"),
        ("control+option+pgup", "Ctrl+Alt+PgUp"),
        ("F9", "F9"),
        ("Ctrl+`", "Ctrl+`"),
    ],
)
def test_it_is_written_in_one_way(text, written):
    assert str(parse(text)) == written


@pytest.mark.parametrize(
    "text", ["", "+", "Ctrl", "Ctrl+", "Ctrl+Alt", "Hyper+A", "Ctrl+ß", "A+B", "Ctrl++", "F25"]
)
def test_what_is_no_combination_is_none(text):
    assert parse(text) is None


@given(st.sets(st.sampled_from(MODIFIERS)), st.sampled_from(KEYS))
def test_every_combination_is_read_back_and_has_a_key_everywhere(modifiers, key):
    combination = Combination(frozenset(modifiers), key)
    assert parse(str(combination)) == combination
    assert combination.keysym
    assert 0 < combination.virtual_key < 0x100
    assert combination.portal_trigger.count("+") == len(modifiers)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    found = parse(text)
    assert found is None or parse(str(found)) == found


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("A", False),
        ("Shift+A", False),
        ("Space", False),
        ("F5", True),
        ("Meta+A", True),
        ("Ctrl+Space", True),
    ],
)
def test_a_key_that_is_typed_is_never_taken_from_the_person(text, safe):
    assert parse(text).is_safe is safe


@pytest.mark.parametrize(
    ("text", "keysym", "trigger", "code"),
    [
        ("Ctrl+Alt+Space", "space", "CTRL+ALT+space", 0x20),
        ("Meta+N", "n", "LOGO+n", 0x4E),
        ("Shift+F11", "F11", "SHIFT+F11", 0x7A),
        ("Ctrl+7", "7", "CTRL+7", 0x37),
        ("Alt+PgDown", "Page_Down", "ALT+Page_Down", 0x22),
    ],
)
def test_each_platform_gets_its_own_words(text, keysym, trigger, code):
    combination = parse(text)
    assert (combination.keysym, combination.portal_trigger, combination.virtual_key) == (
        keysym,
        trigger,
        code,
    )
