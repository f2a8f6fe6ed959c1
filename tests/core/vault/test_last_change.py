"""What a save did to a note, told with what was known of it."""

from dataclasses import replace

import pytest

from core.vault.changed_block import Lines
from core.vault.known_texts import KnownTexts
from core.vault.last_change import LastChange, end_of, last_change
from core.vault.model import FileStamp, NoteText
from core.vault.place import Place

TEXT = "---\nupdated: 1\n---\n# 计划\n\n三月开放。\n\nLast words.\n\n"


def note(text=TEXT, path="计划.md"):
    return NoteText(path, text, "utf-8", b"", ("\n",), "", FileStamp(0, 0, 0))


@pytest.fixture
def known():
    known = KnownTexts()
    known.keep("计划.md", TEXT)
    return known


def test_the_block_that_was_written_in_is_told_and_the_text_is_known_from_then_on(known):
    now = TEXT.replace("三月", "四月")
    assert last_change(note(now), known, None) == LastChange(Place("计划.md", now, Lines(5, 6)), is_new=True)
    assert known.get("计划.md") == now


def test_of_a_note_never_seen_nothing_is_told_but_its_end(known):
    change = last_change(note("words\n\n", "new.md"), known, None)
    assert change == LastChange(Place("new.md", "words\n\n", Lines(1, 1)), is_new=True)


def test_the_same_text_once_more_is_no_news_and_the_block_stays(known):
    before = Place("计划.md", TEXT, Lines(5, 6))
    assert last_change(note(), known, before) == LastChange(before, is_new=False)


def test_another_date_in_the_front_matter_leaves_the_block_where_it_stands(known):
    now = TEXT.replace("updated: 1", "updated: 2\nby: me")
    change = last_change(note(now), known, Place("计划.md", TEXT, Lines(5, 6)))
    assert change.is_new
    assert change.place.words == "三月开放。"


def test_a_block_of_another_note_is_not_kept(known):
    elsewhere = Place("b.md", TEXT, Lines(5, 6))
    assert last_change(note(), known, elsewhere).place.lines == Lines(8, 8)


def test_a_block_that_is_gone_without_words_coming_is_not_kept(known):
    known.keep("计划.md", "")
    before = Place("计划.md", "别的", Lines(0, 1))
    assert last_change(replace(note(""), text=""), known, before).place.lines == Lines(0, 0)


@pytest.mark.parametrize(("text", "end"), [("", 0), ("\n\n", 0), ("a", 1), ("a\n", 1), ("a\n\nb\n \n", 3)])
def test_the_end_of_a_note_is_below_its_last_words(text, end):
    assert end_of(text) == Lines(end, end)
