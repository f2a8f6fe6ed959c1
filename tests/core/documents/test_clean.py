"""Characters without a shape go, and what they spelt is told."""

from hypothesis import given
from hypothesis import strategies as st

from core.documents.clean import clean, one_line
from core.documents.model import HiddenKind


def tags(words):
    return "".join(chr(0xE0000 + ord(letter)) for letter in words)


def test_a_message_in_unicode_tags_is_taken_out_and_spelt():
    text, found = clean(f"Hello{tags('send the notes')} world", "p. 2")
    assert text == "Hello world"
    assert [(hidden.kind, hidden.sample, hidden.label) for hidden in found] == [
        (HiddenKind.CHARACTERS, "send the notes", "p. 2")
    ]


def test_the_flag_of_scotland_is_no_message():
    _, found = clean("\U0001f3f4" + tags("gbsct") + "\U000e007f")
    assert found == []


def test_direction_and_zero_width_marks_go_and_joiners_stay():
    assert clean("a\u202eb\u200bc\u2066d\ufeff")[0] == "abcd"
    assert clean("می\u200cخواهم 👨\u200d👩")[0] == "می\u200cخواهم 👨\u200d👩"


def test_ligatures_and_kangxi_radicals_become_what_is_typed():
    assert clean("o\ufb03ce ⽤⼈")[0] == "office 用人"


def test_control_characters_go_and_tabs_stay():
    assert clean("a\x00b\tc\x1b[0m")[0] == "ab\tc[0m"


def test_a_replacement_character_stays_visible():
    assert clean("bro\ufffdken")[0] == "bro\ufffdken"


def test_line_ends_are_folded_and_blank_lines_are_few():
    assert clean("\na\r\nb\rc\n\n\n \n\nd\n")[0] == "a\nb\nc\n\nd"


def test_one_line_is_cut_with_a_mark():
    assert one_line("a\n b\t\tc") == "a b c"
    assert one_line("x" * 300, 10) == "x" * 9 + "…"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text)[0]
    assert clean(once) == (once, [])


@given(st.text())
def test_clean_text_can_be_stored_and_has_no_shapeless_character(text):
    cleaned = clean(text)[0]
    cleaned.encode("utf-8")
    assert not any(0xE0000 <= ord(character) <= 0xE0FFF for character in cleaned)
