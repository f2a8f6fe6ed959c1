"""A place in a note is found again by its words, and what else stands there is told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vault.changed_block import Lines
from core.vault.place import Found, Place, find

TEXT = "# 计划\n\n三月开放。\n\n- 一\n- 二\n\nLast words.\n"


def place(words, text=TEXT):
    lines = text.split("\n")
    wanted = words.split("\n")
    start = next(n for n in range(len(lines)) if lines[n : n + len(wanted)] == wanted)
    return Place("计划.md", text, Lines(start, start + len(wanted)))


def test_in_an_untouched_note_it_is_where_it_was():
    assert find(place("三月开放。"), TEXT) == Found(Lines(2, 3), is_same=True)


@pytest.mark.parametrize(
    "now",
    ["先写一段\n\n" + TEXT, TEXT.replace("# 计划\n\n", ""), TEXT.replace("# 计划", "# 新的\n\n两段\n\n话")],
)
def test_it_moves_with_what_is_written_above_it(now):
    found = find(place("三月开放。"), now)
    assert found.is_same
    assert found.lines.of(now) == "三月开放。"


def test_it_is_found_where_it_was_moved_to():
    now = "# 计划\n\n- 一\n- 二\n\nLast words.\n\n三月开放。\n"
    assert find(place("三月开放。"), now) == Found(Lines(7, 8), is_same=True)


def test_other_words_there_are_not_the_same_and_are_told():
    now = TEXT.replace("三月开放。", "四月开放，\n真的。")
    found = find(place("三月开放。"), now)
    assert not found.is_same
    assert found.lines.of(now) == "四月开放，\n真的。"


def test_a_line_put_into_the_middle_makes_it_another_text():
    now = TEXT.replace("- 一\n", "- 一\n- 一点五\n")
    found = find(place("- 一\n- 二"), now)
    assert not found.is_same
    assert found.lines.of(now) == "- 一\n- 一点五\n- 二"


def test_words_that_are_gone_leave_their_place():
    now = TEXT.replace("三月开放。\n\n", "")
    found = find(place("三月开放。"), now)
    assert (found.is_same, bool(found.lines)) == (False, False)
    assert found.lines.start in (1, 2)


def test_of_two_that_read_alike_the_right_one_is_kept():
    text = "- 同\n- 甲\n- 同\n- 乙\n"
    second = Place("a.md", text, Lines(2, 3))
    assert find(second, "- 零\n" + text) == Found(Lines(3, 4), is_same=True)


def test_a_place_between_two_lines_is_kept_by_its_neighbours():
    between = Place("a.md", TEXT, Lines(4, 4))
    assert find(between, "新\n" + TEXT) == Found(Lines(5, 5), is_same=True)
    assert not find(between, TEXT.replace("\n\n- 一", "\n\n别的\n- 一")).is_same


def test_in_a_note_that_was_rewritten_all_of_it_stands_there():
    found = find(place("三月开放。"), "完全不同\n的话\n")
    assert not found.is_same
    assert found.lines == Lines(0, 2)


LINES = st.lists(st.sampled_from(["", "一", "- 二", "three", "四 四"]), max_size=10)


@given(LINES, st.data())
def test_a_place_with_words_of_its_own_survives_whatever_is_written_round_it(lines, data):
    start = data.draw(st.integers(0, len(lines)))
    text = "\n".join([*lines[:start], "独一无二 the one", *lines[start:]])
    above, below = data.draw(LINES), data.draw(LINES)
    now = "\n".join([*above, "独一无二 the one", *below])
    found = find(Place("a.md", text, Lines(start, start + 1)), now)
    assert found == Found(Lines(len(above), len(above) + 1), is_same=True)


@given(LINES, LINES, st.data())
def test_what_is_called_the_same_reads_the_same_and_all_else_lies_within_the_note(old, new, data):
    text, now = "\n".join(old), "\n".join(new)
    count = len(text.split("\n"))
    start = data.draw(st.integers(0, count))
    end = data.draw(st.integers(start, count))
    kept = Place("a.md", text, Lines(start, end))
    found = find(kept, now)
    assert 0 <= found.lines.start <= found.lines.end <= len(now.split("\n"))
    if found.is_same:
        assert found.lines.of(now) == kept.words
