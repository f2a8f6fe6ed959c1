"""How notes are cut into parts: whatever a note holds, reading on gives all of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.mcp import tools
from core.mcp.tools import MOST_CHARACTERS, _part

LINES = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=30), min_size=1, max_size=40)


@given(LINES, st.integers(30, 120))
def test_reading_on_gives_the_whole_note_in_parts_that_fit(lines, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tools, "MOST_CHARACTERS", most)
        start, texts = 1, []
        while start <= len(lines):
            part = _part("a.md", lines, start, 0)
            assert (part.path, part.start_line, part.total_lines) == ("a.md", start, len(lines))
            assert len(part.text) <= most
            texts.append(part.text)
            start = part.end_line + 1
    assert "\n".join(texts) == "\n".join(lines)


@given(LINES, st.integers(-3, 50), st.integers(-3, 50))
def test_lines_are_given_as_asked_or_refused(lines, start, end):
    last = min(end or len(lines), len(lines))
    if 1 <= start <= last:
        part = _part("a.md", lines, start, end)
        assert part.text == "\n".join(lines[start - 1 : last])
        assert part.end_line == last
    else:
        with pytest.raises(UsageError):
            _part("a.md", lines, start, end)


def test_a_single_line_that_does_not_fit_is_cut():
    part = _part("a.md", ["x" * (MOST_CHARACTERS + 1), "next"], 1, 0)
    assert part.text == "x" * MOST_CHARACTERS
    assert (part.end_line, part.total_lines) == (1, 2)
