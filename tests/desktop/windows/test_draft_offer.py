"""Text that a crash left behind: offered note by note, restored where it belongs, never into another."""

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.bridge.vault_files import VaultFiles
from desktop.editor.editor import Editor
from desktop.editor.note_desk import NoteDesk
from desktop.widgets.message_bar import MessageBar
from desktop.windows.draft_offer import DraftOffer

NOTE = "# 计划\n\n三月开放。\n"
LOST = "# 计划\n\n三月开放，价格未定。\n"


@pytest.fixture
def bar(qtbot):
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def desk(qtbot, theme, tasks, files):
    editor = Editor(theme)
    qtbot.addWidget(editor)
    desk = NoteDesk(editor, tasks, theme)
    desk.use(files)
    yield desk
    desk.close()


class Crash:
    """What a crash left, and the bar that offers it."""

    def __init__(self, bar, desk, tasks, files):
        self.bar, self.desk, self.files, self.vault = bar, desk, files, files.vault
        self._tasks = tasks
        self.offer = DraftOffer(bar, desk, tasks)

    def lose(self, path, text=LOST, note=NOTE):
        """Write a note, and leave a draft of it."""
        (self.vault / path).parent.mkdir(parents=True, exist_ok=True)
        (self.vault / path).write_text(note, encoding="utf-8")
        self.files.keep_draft(self.files.read(path), text, 0)

    def look(self, files=None):
        self.offer.look(files or self.files)
        self.settle()

    def press(self, words):
        next(b for b in self.bar.findChildren(QPushButton) if b.text() == words and not b.isHidden()).click()

    def settle(self):
        """A restored note takes several tasks, each begun by the one before."""
        for _ in range(4):
            assert self._tasks.settle()


@pytest.fixture
def crash(bar, desk, tasks, files):
    return Crash(bar, desk, tasks, files)


def test_with_nothing_lost_nothing_is_said(crash):
    crash.look()
    assert crash.bar.text == ""
    assert crash.bar.isHidden()


def test_the_note_is_named_without_its_folders(crash):
    crash.lose("项目/二〇二六/计划.md")
    crash.look()
    assert "“计划”" in crash.bar.text
    assert "项目" not in crash.bar.text


def test_what_was_lost_comes_back_into_the_note(crash):
    crash.lose("计划.md")
    crash.look()
    crash.press("Restore it")
    crash.settle()
    assert crash.desk.current.path == "计划.md"
    assert crash.desk.current.document.text() == LOST
    assert crash.bar.isHidden()


def test_restored_text_is_undone_in_one_step(crash):
    crash.lose("计划.md")
    crash.look()
    crash.press("Restore it")
    crash.settle()
    crash.desk.current.document.undo()
    assert crash.desk.current.document.text() == NOTE


def test_the_note_may_be_open_already(crash):
    crash.lose("计划.md")
    crash.desk.open("计划.md")
    crash.look()
    crash.press("Restore it")
    crash.settle()
    assert crash.desk.current.document.text() == LOST


def test_once_the_note_is_saved_nothing_is_offered_again(crash):
    crash.lose("计划.md")
    crash.look()
    crash.press("Restore it")
    crash.settle()
    crash.desk.save()
    crash.settle()
    assert (crash.vault / "计划.md").read_text(encoding="utf-8") == LOST
    assert list(crash.files.drafts()) == []
    crash.look()
    assert crash.bar.isHidden()


def test_where_the_file_changed_meanwhile_the_person_decides(crash):
    crash.lose("计划.md")
    (crash.vault / "计划.md").write_text("# 别的话\n", encoding="utf-8")
    crash.look()
    crash.press("Restore it")
    crash.settle()
    assert crash.desk.current.conflict is not None
    assert crash.desk.current.document.text() == LOST
    assert (crash.vault / "计划.md").read_text(encoding="utf-8") == "# 别的话\n"


def test_a_draft_that_says_what_the_note_says_is_dropped_without_a_word(crash):
    crash.lose("计划.md", text=NOTE)
    crash.look()
    assert crash.bar.isHidden()
    assert list(crash.files.drafts()) == []


def test_several_are_offered_one_after_the_other(crash):
    crash.lose("one.md")
    crash.lose("two.md")
    crash.look()
    named = [crash.bar.text]
    crash.press("Discard it")
    named.append(crash.bar.text)
    crash.press("Discard it")
    assert sorted(text.split("”")[0] for text in named) == ["“one", "“two"]
    assert crash.bar.isHidden()


def test_a_discarded_draft_is_gone_for_good_and_the_note_as_it_was(crash):
    crash.lose("计划.md")
    crash.look()
    crash.press("Discard it")
    crash.settle()
    assert list(crash.files.drafts()) == []
    assert (crash.vault / "计划.md").read_text(encoding="utf-8") == NOTE


def test_two_restored_in_quick_succession_both_come_back(crash):
    crash.lose("one.md", text="one was lost\n")
    crash.lose("two.md", text="two was lost\n")
    crash.look()
    crash.press("Restore it")
    crash.press("Restore it")
    crash.settle()
    texts = {}
    for path in ("one.md", "two.md"):
        crash.desk.open(path)
        crash.settle()
        texts[path] = crash.desk.current.document.text()
    assert texts == {"one.md": "one was lost\n", "two.md": "two was lost\n"}


def test_a_note_that_is_gone_is_written_anew_with_the_text(crash):
    crash.lose("项目/计划.md")
    (crash.vault / "项目" / "计划.md").unlink()
    crash.look()
    crash.press("Restore it")
    crash.settle()
    assert crash.desk.current.path == "项目/计划.md"
    assert crash.desk.current.document.text() == LOST


def test_a_note_that_cannot_be_written_keeps_its_draft(crash, qtbot):
    crash.lose("项目/计划.md")
    (crash.vault / "项目" / "计划.md").unlink()
    (crash.vault / "项目").rmdir()
    (crash.vault / "项目").write_text("a file where the folder was")
    crash.look()
    with qtbot.waitSignal(crash.desk.open_failed) as told:
        crash.press("Restore it")
        crash.settle()
    assert told.args[0] == "项目/计划.md"
    assert [draft.text for draft in crash.files.drafts()] == [LOST]


@pytest.fixture
def other(tmp_path, places):
    """Another vault, with a note of the same name."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "计划.md").write_text("the other vault's plan\n", encoding="utf-8")
    return VaultFiles(folder, places)


def test_a_draft_never_reaches_a_note_of_the_same_name_in_another_vault(crash, other):
    crash.lose("计划.md")
    (crash.vault / "计划.md").unlink()
    (crash.vault / "计划.md").mkdir()  # can neither be read nor written
    crash.look()
    crash.press("Restore it")
    crash.settle()
    crash.desk.close()
    crash.desk.use(other)
    crash.look(other)
    crash.desk.open("计划.md")
    crash.settle()
    assert crash.desk.current.document.text() == "the other vault's plan\n"


def test_an_offer_is_taken_back_as_soon_as_another_vault_opens(crash, other):
    crash.lose("计划.md")
    crash.look()
    assert not crash.bar.isHidden()
    crash.offer.look(other)
    assert crash.bar.isHidden()


def test_drafts_of_one_vault_are_not_offered_in_another(crash, other):
    crash.lose("计划.md")
    crash.look(other)
    assert crash.bar.isHidden()


def test_a_damaged_draft_keeps_nobody_from_the_others(crash, places):
    crash.lose("计划.md")
    (places.recovery / "0000.json").write_text('{"vault": 3', encoding="utf-8")
    crash.look()
    assert "“计划”" in crash.bar.text
