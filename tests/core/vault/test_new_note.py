"""Notes named by a title, which may be anybody's words."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NoteError
from core.vault.new_note import create_in, file_name

HERE = PurePosixPath()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("为什么 a/b: 更好?", "为什么 a b 更好"),
        ("[[x]] #tag^", "x tag"),
        ("...", "Note"),
        ("字" * 100, "字" * 60),
    ],
)
def test_any_title_becomes_a_name_that_every_system_takes(title, name):
    assert file_name(title) == name


@given(st.text(max_size=120))
def test_any_words_become_one_name(title):
    name = file_name(title)
    assert name == name.strip(" .") != ""
    assert len(name) <= 60
    assert not set(name) & set('\\/:*?"<>|#^[]\n\r\t\0')
    assert file_name(name) == name


def test_the_note_ends_in_one_line_break_and_lies_in_its_folder(tmp_path):
    note = create_in(tmp_path, PurePosixPath("项目/内"), "三月", "内容\n\n\n")
    assert note.path == "项目/内/三月.md"
    assert (tmp_path / note.path).read_text(encoding="utf-8") == "内容\n"


def test_a_name_that_is_taken_is_counted_on(tmp_path):
    paths = [create_in(tmp_path, HERE, "a", str(n)).path for n in range(3)]
    assert paths == ["a.md", "a 2.md", "a 3.md"]
    assert (tmp_path / "a.md").read_text() == "0\n"


def test_a_folder_outside_the_vault_is_refused(tmp_path):
    with pytest.raises(NoteError):
        create_in(tmp_path / "vault", PurePosixPath(".."), "a", "x")
