"""Any text can be stored, and whole characters stay as they are."""

from hypothesis import given
from hypothesis import strategies as st

from core.text.surrogates import without_surrogates


@given(st.text(st.characters(), max_size=30) | st.sampled_from(["\ud83d", "a\udcffb", "\ud83d\ude00", "鱼"]))
def test_only_halves_of_characters_are_replaced(text):
    kept = without_surrogates(text)
    assert len(kept) == len(text)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert all(new == old or "\ud800" <= old <= "\udfff" for new, old in zip(kept, text, strict=True))
