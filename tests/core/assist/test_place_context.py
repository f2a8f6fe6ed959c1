"""What a request sees of a note in its file."""

from hypothesis import given
from hypothesis import strategies as st

from core.assist.place_context import AROUND, context_at, with_block
from core.vault.changed_block import Lines
from core.vault.place import Place

TEXT = "---\nx: 1\n---\n# 计划\n\n## 时间\n\n三月开放。\n\n- 一\n\t- 一之一\n"


def at(start, end, text=TEXT):
    return context_at(Place("项目/计划.md", text, Lines(start, end)))


def test_the_lines_are_the_selection_with_their_headings_and_what_stands_around():
    context = at(7, 8)
    assert (context.path, context.title, context.heading_path) == ("项目/计划.md", "计划", ("计划", "时间"))
    assert context.selection == context.block == "三月开放。"
    assert context.before.endswith("## 时间\n\n")
    assert context.after.startswith("\n\n- 一")
    assert context.text == TEXT


def test_a_place_without_lines_has_the_innermost_block_above_it_and_no_selection():
    context = at(11, 11)
    assert context.selection == ""
    assert context.block == "\t- 一之一"
    assert context.heading_path == ("计划", "时间")


def test_front_matter_is_no_block_to_work_on():
    context = at(3, 3, "---\nx: 1\n---\n")
    assert (context.block, context.title) == ("", "计划")


def test_where_a_block_is_needed_the_one_above_is_taken():
    place = Place("a.md", TEXT, Lines(9, 9))
    assert with_block(place).words == "三月开放。"
    assert with_block(Place("a.md", TEXT, Lines(5, 6))).words == "## 时间"
    assert not with_block(Place("a.md", "", Lines(0, 0))).lines


@given(st.text("字a\n# -", max_size=60), st.data())
def test_any_place_in_any_note_has_a_context_that_fits_together(text, data):
    count = len(text.split("\n"))
    start = data.draw(st.integers(0, count))
    end = data.draw(st.integers(start, count))
    context = at(start, end, text)
    assert context.selection in text
    assert context.block in text
    assert len(context.before) <= AROUND
    assert start == end or context.before + context.selection + context.after == text
