"""Days in the whole window: switching vaults in the middle of things, pauses, drafts, links, restarts."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QPushButton

from core.engine.model import NotesChanged
from core.index.model import Hold, IndexProgress
from desktop.bridge.vault_files import VaultFiles
from desktop.editor.links import link_at
from tests.desktop.app_fixture import Opened
from tests.desktop.fake_link import a_passage, index_details

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing")  # a pop-up, offscreen


class Day:
    """One run of the window on a vault, with what a person does there."""

    def __init__(self, opened, qtbot):
        self.opened, self.app, self.window = opened, opened.app, opened.frame.window
        self._qtbot = qtbot

    def wait(self, until):
        self._qtbot.waitUntil(until)

    def open_vault(self, folder):
        engines = len(self.opened.links)
        self.app.vaults.open(folder)
        self.wait(lambda: len(self.opened.links) > engines)

    def open(self, path):
        self.app.desk.open(path)
        self.wait(lambda: self.app.page.editor.path == path)

    def type(self, words):
        QTest.keyClicks(self.app.page.editor, words)

    def follow(self, written):
        self.app.keeper.follow(link_at(written, 1))

    def press(self, bar, words):
        next(b for b in bar.findChildren(QPushButton) if b.text() == words and not b.isHidden()).click()

    @property
    def calls(self):
        """What the engine that runs now was told, of pauses."""
        return [value for name, value in self.opened.link.calls if name == "set_paused"]


@pytest.fixture
def other(tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "Welcome.md").write_text("the other welcome\n", encoding="utf-8")
    (folder / "计划.md").write_text("the other plan\n", encoding="utf-8")
    return folder


@pytest.fixture
def start(qapp, qtbot, places, tmp_path, vault):
    """Start the window; every one started is closed in the end."""
    (vault / "Projects").mkdir()
    (vault / "Projects" / "Launch.md").write_text("# Launch\n\nwords\n")
    (vault / "Welcome.md").write_text("# Welcome\n")
    (vault / "计划.md").write_text("# 计划\n", encoding="utf-8")
    made = []

    def start():
        made.append(Opened(qapp, places, tmp_path))
        with qtbot.waitExposed(made[-1].frame.window):
            made[-1].start(vault)
        qtbot.waitUntil(lambda: bool(made[-1].links) and made[-1].app.desk.current is not None)
        return Day(made[-1], qtbot)

    yield start
    for opened in made:
        opened.close()
    qapp.setStyleSheet("")


@pytest.fixture
def day(start):
    return start()


def test_words_typed_as_the_vault_changes_reach_the_note_they_were_typed_into(day, vault, other):
    day.open("计划.md")
    day.type("typed ")
    day.open_vault(other)
    assert (vault / "计划.md").read_text(encoding="utf-8") == "typed # 计划\n"
    assert (other / "计划.md").read_text(encoding="utf-8") == "the other plan\n"


def test_a_note_asked_for_as_the_vault_changes_comes_up_in_neither(day, vault, other):
    day.app.desk.open("Projects/Launch.md")
    day.open_vault(other)
    day.wait(lambda: day.app.page.editor.path == "Welcome.md")
    day.type("typed ")
    day.app.desk.save()
    day.wait(lambda: (other / "Welcome.md").read_text() == "typed the other welcome\n")
    assert not (other / "Projects").exists()
    assert (vault / "Welcome.md").read_text() == "# Welcome\n"


def test_each_vault_comes_back_to_its_own_note(day, vault, other):
    day.open("Projects/Launch.md")
    day.open_vault(other)
    day.open("计划.md")
    day.open_vault(vault)
    day.wait(lambda: day.app.page.editor.path == "Projects/Launch.md")
    day.open_vault(other)
    day.wait(lambda: day.app.page.editor.path == "计划.md")


def test_a_pause_in_one_vault_is_none_in_the_next(day, other):
    day.window.status.show_paused(True)
    assert day.calls == [True]
    day.open_vault(other)
    assert day.calls == []
    day.window.status.show_paused(True)
    assert day.calls == [True]


def test_a_pause_begun_elsewhere_is_ended_in_the_details(day):
    day.app.bridge.set_paused(True)  # as the tray does
    day.opened.link.emit(IndexProgress(3, 3, 1, 9, hold=Hold.PAUSED))
    day.wait(lambda: day.window.status.index.text() == "Indexing is paused")
    day.opened.link.index.details_now = index_details(hold=Hold.PAUSED)
    day.window.status.index.click()
    resume = day.app.index_desk.popup.findChild(QPushButton, "pauseIndexing")
    day.wait(lambda: resume.text() == "Resume indexing")
    resume.click()
    assert day.calls == [True, False]


def test_the_list_of_vaults_follows_from_one_to_the_other(day, vault, other):
    day.open_vault(other)
    menu = day.window.header.vault_button.menu()
    day.wait(lambda: [action.text() for action in menu.actions()] == ["other", vault.name])
    menu.actions()[1].trigger()
    day.wait(lambda: day.window.header.vault_button.text() == vault.name)


def test_what_was_found_in_one_vault_is_not_offered_in_the_next(day, other, qtbot):
    day.opened.link.passages = [a_passage("Projects/Launch.md")]
    day.window.vault_pane.field.setText("launch")
    day.wait(lambda: len(day.window.vault_pane.hits.hits) == 2)
    day.open_vault(other)
    day.wait(day.window.vault_pane.tree.isVisible)
    assert day.window.vault_pane.field.text() == ""
    assert list(day.window.vault_pane.hits.hits) == []


def test_a_note_offered_by_a_link_is_written_where_the_link_leads(day, vault):
    day.open("Projects/Launch.md")
    day.follow("[costs](二期/成本.md)")
    assert "“成本”" in day.app.page.notice.text
    day.press(day.app.page.notice, "Write it")
    day.wait(lambda: day.app.page.editor.path == "Projects/二期/成本.md")
    assert (vault / "Projects" / "二期" / "成本.md").exists()
    assert day.app.page.notice.isHidden()
    day.open("Projects/Launch.md")
    day.follow("[costs](二期/成本.md)")
    day.wait(lambda: day.app.page.editor.path == "Projects/二期/成本.md")


def test_a_renamed_note_is_the_one_that_comes_back_after_a_restart(day, start, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", staticmethod(lambda *_args, **_kwargs: ("新计划", True)))
    day.open("计划.md")
    day.app.keeper.rename("计划.md")
    day.wait(lambda: day.app.page.editor.path == "新计划.md")
    assert "新计划" in day.window.windowTitle()
    day.opened.close()
    again = start()
    again.wait(lambda: again.app.page.editor.path == "新计划.md")


def test_one_can_go_back_to_a_note_under_its_new_name(day, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", staticmethod(lambda *_args, **_kwargs: ("新计划", True)))
    day.open("计划.md")
    day.open("Welcome.md")
    day.app.keeper.rename("计划.md")
    day.wait(lambda: "新计划.md" in day.window.vault_pane.tree.notes)
    day.window.back_action.trigger()
    day.wait(lambda: day.app.page.editor.path == "新计划.md")


def test_the_history_of_one_vault_ends_with_it(day, other):
    day.open("计划.md")
    day.open("Welcome.md")
    assert day.window.back_action.isEnabled()
    day.open_vault(other)
    day.wait(lambda: day.app.page.editor.path != "")
    assert not day.window.back_action.isEnabled()


def test_text_lost_in_a_note_that_is_gone_comes_back_as_a_note(start, vault, places):
    files = VaultFiles(vault, places)
    day = start()
    day.opened.close()
    files.keep_draft(files.read("计划.md"), "# 计划\n\n写了一半。\n", 0)
    (vault / "计划.md").unlink()
    again = start()
    again.wait(lambda: "“计划”" in again.app.page.draft_bar.text)
    again.press(again.app.page.draft_bar, "Restore it")
    again.wait(lambda: again.app.page.editor.path == "计划.md")
    assert (vault / "计划.md").read_text(encoding="utf-8") == "# 计划\n\n写了一半。\n"
    assert again.app.page.notice.isHidden()


def test_a_note_deleted_elsewhere_leaves_the_tree_and_its_text_stays(day, vault):
    day.open("计划.md")
    (vault / "计划.md").unlink()
    day.opened.link.emit(NotesChanged(changed=(), removed=("计划.md",)))
    day.wait(lambda: "计划.md" not in day.window.vault_pane.tree.notes)
    day.wait(lambda: "Its text is still here" in day.app.page.bar.text)
    assert day.app.page.editor.document().text() == "# 计划\n"
    day.press(day.app.page.bar, "Save it again")
    day.wait((vault / "计划.md").exists)


def test_nothing_is_thrown_away_by_a_key_after_the_marked_note_went_out_of_the_tree(day, vault, monkeypatch):
    thrown = []
    monkeypatch.setattr(VaultFiles, "trash", lambda _self, path: thrown.append(path))
    day.open("计划.md")
    day.window.vault_pane.tree.show_current("not listed.md")
    day.window.vault_pane.tree.trash_action.trigger()
    day.app.tasks.settle()
    assert thrown == []
