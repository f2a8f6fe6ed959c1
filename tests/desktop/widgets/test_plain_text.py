"""Words from elsewhere are shown as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPushButton

from desktop.widgets.plain_text import as_read, button_text, sentences, shortened, tooltip


class Watching(QTextDocument):
    """What Qt shows a tooltip with, and what it wanted to load."""

    def __init__(self):
        super().__init__()
        self.wanted = []

    def loadResource(self, _kind, name):
        self.wanted.append(name.toString())


@pytest.mark.parametrize(
    "text",
    ["<img src='file:///etc/passwd'>", "<b>x</b>", "a & b < c", "<qt><img src='//h/x'></qt>", "two\nlines"],
)
def test_a_tooltip_shows_tags_as_text_and_loads_nothing(qapp, text):
    document = Watching()
    document.setHtml(tooltip(text))
    assert document.toPlainText() == text
    assert document.wanted == []


@given(st.text(alphabet="<>&'\" ab/=\n", max_size=80))
def test_no_text_can_open_a_tag(text):
    shown = tooltip(text).removeprefix("<qt>").removesuffix("</qt>").replace("<br>", "")
    assert "<" not in shown
    assert ">" not in shown


def test_no_text_is_no_tooltip():
    assert tooltip("") == ""


def test_a_very_long_text_is_cut():
    assert len(tooltip("x" * 100_000)) < 2_000
    assert tooltip("x" * 100_000).endswith("…</qt>")


def test_an_ampersand_in_a_label_is_a_letter(qtbot):
    button = QPushButton(button_text("R&D & more"))
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert button.text().replace("&&", "&") == "R&D & more"


@given(st.text(max_size=12), st.integers(1, 10))
def test_a_shortened_text_has_its_length_and_says_that_it_was_longer(text, most):
    shown = shortened(text, most)
    assert len(shown) <= most
    assert shown == text or (len(text) > most and shown == text[: most - 1] + "…")


@pytest.mark.parametrize(
    ("some", "together"),
    [
        (("It broke off.", "Try again."), "It broke off. Try again."),
        (("不完整：回答中途断了。", "请重试。"), "不完整：回答中途断了。请重试。"),
        (("", "Try again."), "Try again."),
        ((), ""),
    ],
)
def test_sentences_stand_as_their_writing_has_them(some, together):
    assert sentences(*some) == together


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("使用 **mysql.server** 启动和停止", "使用 mysql.server 启动和停止"),
        ("直接执行：`mysql -u root -p`", "直接执行：mysql -u root -p"),
        ("**Type `[[`** - Foam shows", "Type [[ - Foam shows"),
        ("see [[note|the note]], ![[a.png]] and [[other]]", "see the note, a.png and other"),
        ("a [link](https://a.example/x_(y)) here", "a link here"),
        ("__init__ and snake_case, 2 ** 3 ** 4, a == b", "__init__ and snake_case, 2 ** 3 ** 4, a == b"),
    ],
)
def test_markdown_as_it_is_read(markdown, words):
    assert as_read(markdown) == words


@given(st.text(alphabet="a`*[]()|!=~ 中", max_size=30))
def test_nothing_is_added_to_words_that_are_read(text):
    left = iter(text)
    assert all(char in left for char in as_read(text))
