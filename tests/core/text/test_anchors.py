"""Where the part of a link after `#` leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.anchors import line_of_anchor

NOTE = """---
title: Plan
---
# Launch plan

## When, and *why*

In March. ^when

## 什么时候

三月。

### Costs & prices (2026)

- a block
  id:: 64f1c2aa-0000-4000-8000-000000000001

## When, and *why*
"""


@pytest.mark.parametrize(
    ("anchor", "line"),
    [
        ("Launch plan", 4),
        ("launch PLAN", 4),
        ("When, and why", 6),
        ("When, and *why*", 6),
        ("when-and-why", 6),
        ("什么时候", 10),
        ("Launch plan#什么时候", 10),
        ("costs--prices-2026", 14),
        ("Costs & prices (2026)", 14),
        ("^when", 8),
    ],
)
def test_headings_and_blocks_are_found_as_people_write_them(anchor, line):
    assert line_of_anchor(NOTE, anchor) == line


def test_a_logseq_block_is_found_by_its_id():
    line = line_of_anchor(NOTE, "64f1c2aa-0000-4000-8000-000000000001")
    assert NOTE.split("\n")[line - 1] in ("- a block", "  id:: 64f1c2aa-0000-4000-8000-000000000001")


@pytest.mark.parametrize("anchor", ["", "#", "^", "nothing like it", "Launch"])
def test_what_is_not_there_leads_nowhere(anchor):
    assert line_of_anchor(NOTE, anchor) == 0


@given(
    st.lists(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12), min_size=1, max_size=6)
)
def test_every_heading_leads_to_the_first_line_that_says_it(titles):
    text = "\n\n".join(f"## {title}" for title in titles)
    for number, title in enumerate(titles):
        line = line_of_anchor(text, title)
        assert 1 <= line <= 2 * number + 1
