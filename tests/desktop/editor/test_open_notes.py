"""Tabs and the desk: what opening, closing, renaming and starting again do."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.engine.model import NotesChanged
from core.errors import NoteNotSaved
from desktop.editor.note_desk import NoteDesk
from desktop.editor.note_page import NotePage
from desktop.editor.note_tabs import Mark
from desktop.editor.open_notes import OpenNotes

NAMES = ("one.md", "two.md", "三.md", "项目/计划.md")


class Memory:
    """Remembers in memory."""

    def __init__(self):
        self.notes = {}

    def open_notes(self, vault):
        return self.notes.get(vault, [])

    def set_open_notes(self, vault, notes):
        self.notes[vault] = notes


class Opening:
    """A page with its desk and tabs, and short words for what a person does."""

    def __init__(self, page, desk, tasks, open_notes):
        self.page, self.desk, self.tasks, self.notes = page, desk, tasks, open_notes

    @property
    def editor(self):
        return self.page.editor

    @property
    def tabs(self):
        return self.notes.tabs

    @property
    def shown(self):
        """The titles on the tabs."""
        return [self.tabs.tabText(n) for n in range(self.tabs.count())]

    @property
    def marks(self):
        return [tab.mark for tab in self.tabs._tabs]

    def look_at(self, *paths):
        for path in paths:
            self.desk.open(path)
            self.tasks.settle()

    def keep(self, *paths):
        for path in paths:
            self.look_at(path)
            self.tabs.kept.emit(path)

    def type(self, text):
        QTest.keyClicks(self.editor, text)

    def press(self, action):
        action.trigger()
        self.tasks.settle()


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def notes(vault):
    """A vault of four notes."""
    (vault / "项目").mkdir()
    for name in NAMES:
        (vault / name).write_text(f"# {name}\n\nwords\n", encoding="utf-8")
    return vault


@pytest.fixture
def desk(notes, files, tasks, theme, qtbot):
    """A page's desk."""
    page = NotePage(theme)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show_editor(True)
    desk = NoteDesk(page.editor, tasks, theme)
    desk.use(files)
    with qtbot.waitActive(page):
        page.show()
    desk.page = page
    yield desk
    desk.close()


@pytest.fixture
def opening(desk, notes, tasks, theme, memory):
    open_notes = OpenNotes(desk.page, desk, theme, desk)
    open_notes.remember_in(memory)
    open_notes.open_vault(notes)
    return Opening(desk.page, desk, tasks, open_notes)


def test_one_note_needs_no_tab(opening):
    opening.look_at("one.md")
    assert opening.tabs.isHidden()
    opening.keep("one.md")
    opening.look_at("三.md")
    assert not opening.tabs.isHidden()
    assert opening.shown == ["one", "三"]
    assert opening.tabs.currentIndex() == 1


def test_a_note_that_is_only_read_makes_room_and_one_that_is_written_in_stays(opening):
    opening.look_at("one.md", "two.md")
    assert opening.notes.paths == ["two.md"]
    opening.type("x")
    opening.look_at("三.md", "one.md")
    assert opening.notes.paths == ["two.md", "one.md"]


def test_a_click_on_a_tab_shows_its_note(opening):
    opening.keep("one.md", "two.md")
    opening.tabs.setCurrentIndex(0)
    assert opening.editor.path == "one.md"


def test_what_is_not_saved_is_marked_until_it_is(opening, qtbot):
    opening.keep("one.md", "two.md")
    opening.type("x")
    assert opening.marks == [Mark.NONE, Mark.UNSAVED]
    opening.desk.save()
    qtbot.waitUntil(lambda: opening.marks == [Mark.NONE, Mark.NONE])


def test_closing_saves_and_shows_the_neighbour(opening, vault):
    opening.keep("one.md", "two.md", "三.md")
    opening.look_at("two.md")
    opening.type("new")
    opening.press(opening.page.close_action)
    opening.tasks.settle()
    assert (vault / "two.md").read_text(encoding="utf-8").startswith("new# two")
    assert opening.editor.path == "三.md"
    assert opening.notes.paths == ["one.md", "三.md"]
    assert "two.md" not in opening.desk.open_notes


def test_closing_the_last_note_leaves_an_empty_page(opening):
    opening.look_at("one.md")
    opening.press(opening.page.close_action)
    assert (opening.editor.path, opening.notes.paths, opening.desk.current) == ("", [], None)
    opening.press(opening.page.close_action)  # nothing is there to close


def test_closing_another_tab_leaves_the_note_in_sight(opening):
    opening.keep("one.md", "two.md")
    opening.tabs.close_requested.emit("one.md")
    assert opening.editor.path == "two.md"
    assert opening.notes.paths == ["two.md"]


def test_a_note_that_was_closed_comes_back_for_good(opening):
    opening.keep("one.md", "two.md")
    opening.press(opening.page.close_action)
    opening.press(opening.page.reopen_action)
    assert opening.editor.path == "two.md"
    opening.look_at("三.md")
    assert opening.notes.paths == ["one.md", "two.md", "三.md"]
    opening.press(opening.page.reopen_action)
    assert opening.editor.path == "三.md"


def test_close_the_others_keeps_one(opening):
    opening.keep("one.md", "two.md", "三.md")
    opening.tabs.others_requested.emit("two.md")
    opening.tasks.settle()
    assert opening.notes.paths == ["two.md"]
    assert opening.editor.path == "two.md"


def test_the_keys_go_from_tab_to_tab(opening):
    opening.keep("one.md", "two.md", "三.md")
    opening.press(opening.page.next_note_action)
    assert opening.editor.path == "one.md"
    opening.press(opening.page.previous_note_action)
    assert opening.editor.path == "三.md"


def test_dragging_arranges(opening):
    opening.keep("one.md", "two.md", "三.md")
    opening.tabs.moveTab(2, 0)
    assert opening.notes.paths == ["三.md", "one.md", "two.md"]
    assert opening.shown == ["三", "one", "two"]
    assert opening.tabs.currentIndex() == 0


def break_saving(opening, monkeypatch):
    def fail(*_args, **_more):
        raise NoteNotSaved("The disk is full.", path="two.md", reason="full")

    monkeypatch.setattr(opening.desk._files, "write", fail)


def test_a_note_that_cannot_be_saved_is_not_closed(opening, monkeypatch, qtbot):
    opening.keep("one.md", "two.md")
    break_saving(opening, monkeypatch)
    opening.type("x")
    opening.desk.save()
    qtbot.waitUntil(lambda: opening.marks[1] is Mark.STUCK)
    opening.look_at("one.md")
    opening.tabs.close_requested.emit("two.md")
    assert opening.editor.path == "two.md"
    assert opening.notes.paths == ["one.md", "two.md"]
    opening.tabs.others_requested.emit("one.md")
    assert opening.notes.paths == ["one.md", "two.md"]


def test_a_note_whose_last_save_fails_comes_back(opening, monkeypatch, qtbot):
    opening.keep("one.md", "two.md")
    break_saving(opening, monkeypatch)
    opening.type("x")
    opening.press(opening.page.close_action)
    qtbot.waitUntil(lambda: opening.notes.paths == ["one.md", "two.md"])
    assert opening.marks == [Mark.NONE, Mark.STUCK]
    opening.look_at("two.md")
    assert opening.editor.note.text().startswith("x# two")


def test_tabs_follow_renaming_and_the_trash(opening):
    opening.keep("one.md", "two.md")
    opening.desk.note_moved("one.md", "项目/一.md")
    assert opening.shown == ["一", "two"]
    opening.desk.note_gone("two.md")
    assert opening.notes.paths == ["项目/一.md"]
    opening.press(opening.page.reopen_action)
    assert opening.editor.path == ""


def test_a_tab_of_a_file_that_goes_away_goes_too_unless_its_text_is_at_hand(opening, memory, vault):
    memory.notes[vault] = ["one.md", "two.md"]
    opening.notes.open_vault(vault)
    opening.look_at("two.md")
    opening.notes.files_changed(NotesChanged((), ("one.md", "two.md")))
    assert opening.notes.paths == ["two.md"]


def test_the_tab_of_a_file_renamed_while_it_was_not_at_hand_has_its_new_name(opening, memory, vault):
    memory.notes[vault] = ["one.md", "two.md"]
    opening.notes.open_vault(vault)
    opening.notes.files_changed(NotesChanged(("new.md",), ("one.md",), (("one.md", "new.md"),)))
    assert opening.notes.paths == ["new.md", "two.md"]


def test_the_tabs_of_a_vault_come_back_unread(opening, memory, vault):
    opening.keep("one.md", "项目/计划.md")
    opening.look_at("三.md")
    opening.desk.close()
    assert memory.notes == {vault: ["one.md", "项目/计划.md"]}
    opening.notes.open_vault(vault)
    assert opening.shown == ["one", "计划"]
    assert opening.desk.open_notes == []
    opening.look_at("one.md")
    assert opening.tabs.currentIndex() == 0


def test_another_vault_has_tabs_of_its_own(opening, memory):
    other = Path("/其他")
    memory.notes[other] = ["b.md"]
    opening.notes.open_vault(other)
    assert opening.notes.paths == ["b.md"]
    opening.notes.open_vault(None)
    assert opening.notes.paths == []


def test_a_tab_whose_note_cannot_be_opened_goes(opening, memory, vault):
    memory.notes[vault] = ["gone.md", "one.md", "two.md"]
    opening.notes.open_vault(vault)
    opening.look_at("gone.md")
    assert opening.notes.paths == ["one.md", "two.md"]


def test_typing_goes_on_after_a_tab_was_chosen_by_key(opening):
    opening.keep("one.md", "two.md")
    opening.editor.setFocus()
    QTest.keyClick(opening.editor, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert opening.editor.path == "one.md"
    assert opening.editor.hasFocus()
