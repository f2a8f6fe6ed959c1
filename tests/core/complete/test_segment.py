"""The context-sorted index against looking at every place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.complete.segment import DEPTH, LONGEST, Segment, agreement

TEXTS = st.lists(st.text(alphabet="ab 我们，\n💡\0", max_size=60), max_size=5)


def common(one, other):
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def brute(texts, context):
    """How many places agree with `context` (backwards) by so many characters."""
    counts: dict[int, int] = {}
    for text in texts:
        kept = "".join("\0" if c in "\0💡" else c for c in text) + "\0"
        for end in range(1, len(kept) + 1):
            agreed = common(kept[:end][::-1], context)
            counts[agreed] = counts.get(agreed, 0) + 1
    counts.pop(0, None)
    return counts


@given(TEXTS, st.text(alphabet="ab 我们", min_size=1, max_size=DEPTH))
def test_all_places_that_agree_are_found_longest_first(texts, context):
    segment = Segment([(str(number), text) for number, text in enumerate(texts)])
    found = [agreed for agreed, _ in segment.nearest(context)]
    assert found == sorted(found, reverse=True)
    assert {agreed: found.count(agreed) for agreed in set(found)} == brute(texts, context)


def test_a_place_knows_its_note_and_what_follows():
    segment = Segment([("a.md", "我们在三月发布"), ("b.md", "我们在四月休息。\n下一行")])
    found = [(segment.name_at(place), segment.continuation(place)) for _, place in segment.nearest("在们我")]
    assert found[:2] in (
        [("a.md", "三月发布"), ("b.md", "四月休息。\n下一行")],
        [("b.md", "四月休息。\n下一行"), ("a.md", "三月发布")],
    )


def test_a_continuation_ends_with_its_note_and_at_a_bound():
    segment = Segment([("a.md", "key" + "x" * 500), ("b.md", "key end")])
    found = {segment.name_at(place): segment.continuation(place) for _, place in segment.nearest("yek")}
    assert found == {"a.md": "x" * LONGEST, "b.md": " end"}


def test_the_character_ahead_of_what_agrees_is_told():
    segment = Segment([("a.md", "a key"), ("b.md", "key")])
    ahead = {
        segment.name_at(place): segment.ahead(place, 3)
        for agreed, place in segment.nearest("yek")
        if agreed == 3
    }
    assert ahead == {"a.md": " ", "b.md": ""}


def test_an_emoji_ends_what_can_be_repeated():
    segment = Segment([("a.md", "done 💡 next")])
    (place,) = [place for agreed, place in segment.nearest("enod") if agreed == 4]
    assert segment.continuation(place) == " "


def test_the_text_of_notes_comes_back():
    notes = [("a.md", "一"), ("空.md", ""), ("b.md", "two\nlines")]
    assert list(Segment(notes).notes()) == notes


@pytest.mark.parametrize("notes", [[], [("a.md", "")]])
def test_nothing_agrees_with_nothing(notes):
    assert not list(Segment(notes).nearest("abc"))


def test_agreement_counts_the_common_beginning():
    assert [agreement("abc", "abd"), agreement("abc", "abc"), agreement("ab", "abc"), agreement("", "a")] == [
        2, 3, 2, 0,
    ]  # fmt: skip
