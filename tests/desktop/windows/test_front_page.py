"""The note that greets in a vault opened for the first time."""

from desktop.windows.front_page import front_page


def test_the_readers_language_comes_first():
    notes = ["Welcome.md", "欢迎.md", "a/index.md"]
    assert front_page(notes, prefers_chinese=True) == "欢迎.md"
    assert front_page(notes, prefers_chinese=False) == "Welcome.md"


def test_the_other_language_is_better_than_none():
    assert front_page(["首页.md"], prefers_chinese=False) == "首页.md"
    assert front_page(["README.md"], prefers_chinese=True) == "README.md"


def test_a_page_further_down_greets_nobody():
    assert front_page(["a/README.md", "notes.md"], prefers_chinese=False) == ""
