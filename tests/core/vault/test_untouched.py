"""Lines that nobody touched survive the editor's widget."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.vault.untouched import keep_untouched

LOADED = st.lists(
    st.sampled_from(["甲", "b c", "no\u00a0break", "x\u2028y", "p\u2029q", "", "\ufdd0"]), max_size=8
).map("\n".join)


def widget(text: str) -> str:
    """What `QPlainTextEdit.toPlainText` makes of a text."""
    for line_end in "\u2028\u2029\ufdd0\ufdd1":
        text = text.replace(line_end, "\n")
    return text.replace("\u00a0", " ")


@given(LOADED)
def test_a_note_that_was_only_shown_is_not_changed(loaded):
    assert keep_untouched(loaded, widget(loaded), widget(loaded)) == loaded


def test_only_the_edited_line_loses_what_the_widget_does_not_keep():
    loaded = "a\u00a0b\nc\u2028d\ne\u00a0f"
    edited = widget(loaded).replace("e f", "e f!")
    assert keep_untouched(loaded, widget(loaded), edited) == "a\u00a0b\nc\u2028d\ne f!"


def test_a_line_inserted_between_odd_separators_is_set_off_by_line_ends():
    loaded = "c\u2028d"
    assert keep_untouched(loaded, "c\nd", "c\nnew\nd") == "c\nnew\nd"


@given(LOADED, st.integers(0, 8))
def test_text_added_on_a_line_of_its_own_leaves_all_others_alone(loaded, place):
    lines = widget(loaded).split("\n")
    lines.insert(min(place, len(lines)), "完全新的一行")
    kept = keep_untouched(loaded, widget(loaded), "\n".join(lines))
    assert widget(kept) == "\n".join(lines)
    assert kept.count("\u00a0") == loaded.count("\u00a0")


def test_a_widget_that_does_more_than_known_gets_its_way():
    assert keep_untouched("a\x0bb", "a\nb", "a\nb\nc") == "a\nb\nc"


def test_plain_text_is_returned_as_edited():
    assert keep_untouched("a\nb", "a\nb", "a\nB") == "a\nB"
