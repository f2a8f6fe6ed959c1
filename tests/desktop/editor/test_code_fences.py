"""Which code is in sight."""

import pytest

from desktop.editor.code_fences import LINES_AROUND, STEP, fences_in_sight
from desktop.editor.markdown_tokens import fence_language
from desktop.editor.note_document import NoteDocument


@pytest.fixture
def seen(theme, qapp):
    """The fences of a text that have lines in a range."""
    return lambda text, first=0, last=1000: fences_in_sight(NoteDocument(text, theme), first, last)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("```python", "python"),
        ("~~~ Rust", "rust"),
        ("  ```js {1,3}", "js"),
        ("```{.haskell .x}", "haskell"),
        ("```{r, echo=FALSE}", "r"),
        ("> ```c++", "c++"),
        ("- ```objective-c", "objective-c"),
        ("```", ""),
        ("no fence", ""),
    ],
)
def test_the_language_stands_behind_the_mark(line, language):
    assert fence_language(line) == language


def test_a_fence_is_its_lines_without_the_marks(seen):
    (fence,) = seen("前\n```py\na\nb\n```\n后")
    assert (fence.language, fence.first, fence.lines) == ("py", 2, ("a", "b"))


def test_fences_without_a_language_without_lines_and_out_of_sight_are_left_out(seen):
    text = "```\na\n```\n```py\n```\n```js\nb\n```\n" + "x\n" * 50 + "```c\nd\n```"
    assert [fence.language for fence in seen(text, 0, 30)] == ["js"]
    assert [fence.language for fence in seen(text, 40, 70)] == ["c"]


def test_two_fences_in_sight_are_two(seen):
    fences = seen("```py\na\n```\n\n```py\nb\n```")
    assert [(fence.first, fence.lines) for fence in fences] == [(1, ("a",)), (5, ("b",))]


def test_a_fence_that_begins_above_is_read_from_its_beginning(seen):
    text = "```py\n" + "".join(f"{n}\n" for n in range(200)) + "```"
    (fence,) = seen(text, 100, 120)
    assert (fence.first, len(fence.lines)) == (1, 200)


def test_of_a_long_fence_a_part_around_what_is_in_sight_is_read(seen):
    text = "```py\n" + "".join(f"{n}\n" for n in range(2500)) + "```"
    (fence,) = seen(text, 1510, 1560)
    assert 1510 - LINES_AROUND - STEP <= fence.first <= 1510 - LINES_AROUND
    assert fence.lines[0] == str(fence.first - 1)
    last = fence.first + len(fence.lines)
    assert 1560 + LINES_AROUND < last <= 1560 + LINES_AROUND + 2 * STEP
    (same,) = seen(text, 1520, 1590)
    assert same == fence


def test_a_fence_that_begins_too_far_above_has_no_language(seen):
    text = "```py\n" + "x\n" * 4000
    assert seen(text, 3900, 3950) == []
    assert len(seen(text, 2900, 2950)) == 1


def test_an_open_fence_goes_to_the_end(seen):
    (fence,) = seen("```py\na\n\nb")
    assert fence.lines == ("a", "", "b")
