"""Headings and blocks round a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.outline import Outline

TEXT = """---
title: Plan
---
# 发布计划

Intro line one
and two.

## When
- March
  because of the list
    - child
- April

```python
# no heading
x = 1
```

| a | b |
|---|---|
| 1 | 2 |

Under
=====

last"""
NOTE = TEXT.split("\n")


def block(text):
    """The block round the line that holds `text`, joined."""
    line = next(number for number, words in enumerate(NOTE) if text in words)
    first, last = Outline(NOTE).block(line)
    return "\n".join(NOTE[first : last + 1])


def path(text):
    line = next(number for number, words in enumerate(NOTE) if text in words)
    return Outline(NOTE).heading_path(line)


def test_a_paragraph_is_a_block():
    assert block("and two") == "Intro line one\nand two."


def test_a_list_item_is_a_block_with_its_children():
    assert block("- March") == "- March\n  because of the list\n    - child"


def test_the_second_line_of_an_item_belongs_to_it():
    assert block("because of").startswith("- March")


def test_a_child_is_a_block_of_its_own():
    assert block("- child") == "    - child"


def test_a_fence_is_a_block_whatever_stands_in_it():
    assert block("x = 1") == "```python\n# no heading\nx = 1\n```"


def test_a_table_is_a_block():
    assert block("| 1 | 2 |").count("\n") == 2


def test_front_matter_is_a_block():
    assert block("title: Plan") == "---\ntitle: Plan\n---"


def test_a_heading_stands_for_its_section():
    assert block("## When").startswith("## When\n- March")
    assert block("## When").rstrip().endswith("| 1 | 2 |")


def test_a_blank_line_is_a_block_of_its_own():
    assert Outline(["a", "", "b"]).block(1) == (1, 1)


def test_the_heading_path_goes_from_outside_in():
    assert path("- child") == ("发布计划", "When")


def test_a_comment_in_code_is_no_heading():
    assert [heading.title for heading in Outline(NOTE).headings] == ["发布计划", "When", "Under"]


def test_an_underlined_heading_replaces_those_of_its_level():
    assert path("last") == ("Under",)


def test_a_headings_own_title_is_in_its_path():
    assert path("## When") == ("发布计划", "When")


@pytest.mark.parametrize(
    "lines",
    [
        ["~~~", "# x", "```", "~~~", "# y"],
        ["````", "```", "# x", "````", "# y"],
        ["> ```", "> # x", "> ```", "# y"],
    ],
)
def test_a_fence_ends_only_with_its_own_kind(lines):
    assert [heading.title for heading in Outline(lines).headings] == ["y"]


def test_a_fence_without_an_end_goes_to_the_end():
    assert Outline(["a", "```", "# x", "b"]).block(3) == (1, 3)


def test_dashes_without_front_matter_are_a_rule():
    assert Outline(["---", "text", "more"]).front_matter_end == -1


@given(
    st.lists(
        st.sampled_from(["", "# h", "- a", "  - b", "text", "```", "---", "> q", "| t |", "===="]), min_size=1
    )
)
def test_every_line_has_a_block_that_holds_it(lines):
    outline = Outline(lines)
    for line in range(len(lines)):
        first, last = outline.block(line)
        assert 0 <= first <= line <= last < len(lines)
        assert isinstance(outline.heading_path(line), tuple)


def test_a_paragraph_ends_where_a_list_begins_below_it():
    lines = ["我要做：", "- 一", "- 二", "words", "1. first"]
    outline = Outline(lines)
    assert outline.block(0) == (0, 0)
    assert outline.block(1) == (1, 1)
    assert outline.block(3) == (2, 3)  # words right below an item go on in it


def test_the_end_of_a_fence_is_no_heading_whatever_stands_below_it():
    outline = Outline(["```", "x", "```", "---", "words"])
    assert outline.headings == []
    assert outline.block(2) == (0, 2)
