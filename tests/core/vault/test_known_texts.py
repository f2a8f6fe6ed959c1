"""What is remembered of the notes that were written last."""

from hypothesis import given
from hypothesis import strategies as st

from core.vault.known_texts import KnownTexts


def test_a_text_is_as_it_was_kept_last():
    known = KnownTexts()
    known.keep("a.md", "一")
    known.keep("a.md", "二")
    assert known.get("a.md") == "二"
    assert known.get("b.md") is None
    assert ("a.md" in known, "b.md" in known, len(known)) == (True, False, 1)


def test_the_note_not_looked_at_for_longest_goes_first():
    known = KnownTexts(most_notes=2)
    known.keep("a.md", "1")
    known.keep("b.md", "2")
    known.get("a.md")
    known.keep("c.md", "3")
    assert [path for path in ("a.md", "b.md", "c.md") if path in known] == ["a.md", "c.md"]


def test_a_note_larger_than_all_room_is_not_kept_and_an_older_text_of_it_is_not_believed():
    known = KnownTexts(most_characters=10)
    known.keep("a.md", "short")
    known.keep("a.md", "字" * 11)
    assert known.get("a.md") is None


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.text("字x", max_size=6))))
def test_it_never_grows_beyond_its_room_and_what_it_says_is_true(kept):
    known, truth = KnownTexts(most_notes=3, most_characters=10), {}
    for path, text in kept:
        known.keep(path, text)
        truth[path] = text
        held = [known.get(name) for name in truth if name in known]
        assert len(known) <= 3
        assert sum(map(len, filter(None, held))) <= 10
        assert known.get(path) == text
    assert all(known.get(path) in (None, text) for path, text in truth.items())
