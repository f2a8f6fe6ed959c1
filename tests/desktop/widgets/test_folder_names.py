"""What folders are called in a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.widgets.folder_names import folder_names


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["/a/笔记", "/b/日志"], ["笔记", "日志"]),
        (["/工作/笔记", "/家/笔记", "/c"], ["笔记 (工作)", "笔记 (家)", "c"]),
        (["/a/x/notes", "/b/x/notes"], ["/a/x/notes", "/b/x/notes"]),
        (["/a/x/notes", "/b/x/notes", "/y/notes"], ["/a/x/notes", "/b/x/notes", "notes (y)"]),
        (["/"], ["/"]),
        ([], []),
    ],
)
def test_a_folder_has_its_name_and_as_much_before_it_as_tells_it_apart(paths, names):
    assert folder_names(paths) == names


@given(st.lists(st.lists(st.sampled_from("ab"), min_size=1, max_size=4).map("/".join), unique=True))
def test_no_two_folders_are_called_the_same(ends):
    paths = [f"/{end}" for end in ends]
    assert len(set(folder_names(paths))) == len(paths)
