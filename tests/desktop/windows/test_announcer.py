"""What the window says of its own accord: in words, with a way on and a way to close it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from core.errors import NoteMissing, NoteNotSaved
from desktop.error_text import word
from desktop.widgets.message_bar import Choice, MessageBar
from desktop.windows.announcer import Announcer


@pytest.fixture
def bar(qtbot, theme):
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def announcer(bar):
    return Announcer(bar)


def choices(bar):
    return [button.text() for button in bar.findChildren(QPushButton) if not button.isHidden()]


def press(bar, words):
    next(b for b in bar.findChildren(QPushButton) if b.text() == words and not b.isHidden()).click()


@pytest.mark.parametrize(
    "error",
    [
        NoteMissing("gone", path="a.md"),
        NoteNotSaved("taken", path="a.md", reason="exists"),
        NoteNotSaved("full", path="笔记/计划.md", reason="trash"),
    ],
)
def test_a_failure_is_told_in_the_words_of_its_kind(announcer, bar, error):
    announcer.failed(error)
    worded = word(error)
    assert bar.text.startswith(worded.text)
    assert worded.hint in bar.text
    assert bar.property("problem")


def test_a_failure_without_advice_ends_without_a_blank(announcer, bar):
    announcer.failed(OSError("odd"))
    assert bar.text == bar.text.strip() != ""


def test_every_message_can_be_closed(announcer, bar):
    announcer.failed(NoteMissing("gone", path="a.md"))
    assert choices(bar) == ["Close"]
    press(bar, "Close")
    assert bar.isHidden()
    assert bar.text == ""


def test_the_unexpected_is_told_with_its_kind_and_that_the_text_is_kept(announcer, bar):
    announcer.unexpected("RecursionError")
    assert "RecursionError" in bar.text
    assert "Your text is kept" in bar.text
    assert bar.property("problem")


def test_a_note_can_be_written_where_a_link_leads_to_none(announcer, bar):
    written = []
    announcer.offer_to_create("项目/二期.md", written.append)
    assert "“二期”" in bar.text
    assert choices(bar) == ["Write it", "Close"]
    press(bar, "Write it")
    assert written == ["项目/二期.md"]
    assert bar.isHidden()


def test_what_writing_has_to_say_is_not_closed_with_the_offer(announcer, bar):
    def refuse(path):
        announcer.failed(NoteNotSaved("taken", path=path, reason="exists"))

    announcer.offer_to_create("a.md", refuse)
    press(bar, "Write it")
    assert not bar.isHidden()
    assert bar.property("problem")


def test_a_later_message_takes_the_place_of_an_earlier_one(announcer, bar):
    announcer.offer_to_create("a.md", lambda _path: None)
    announcer.say("另一句话", Choice("好", lambda: None))
    assert bar.text == "另一句话"
    assert choices(bar) == ["好", "Close"]


def test_after_a_problem_good_news_look_like_good_news(announcer, bar):
    announcer.unexpected("KeyError")
    announcer.say("All is well")
    assert not bar.property("problem")


def test_the_names_of_notes_are_never_read_as_markup(announcer, bar):
    announcer.offer_to_create("<b>bold & <img src=x>.md", lambda _path: None)
    assert "“<b>bold & <img src=x>”" in bar.text
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in bar.findChildren(QLabel))


def test_a_screen_reader_hears_the_same_words(announcer, bar):
    announcer.unexpected("OSError")
    assert bar.accessibleName() == bar.text
