"""The vault in the window: chosen, opened in place of another, greeted, and remembered as it was left."""

import errno
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from core import settings as settings_file
from core.engine.model import NotesChanged
from desktop import vault_desk
from tests.desktop.app_fixture import starting


@pytest.fixture
def filled(vault):
    """A vault with a few notes."""
    (vault / "Projects").mkdir()
    for name in ("Projects/Launch plan", "欢迎", "Welcome"):
        (vault / f"{name}.md").write_text(f"# {name}\n\nWe open in March.\n", encoding="utf-8")
    return vault


@pytest.fixture
def make(qapp, qtbot, places, tmp_path):
    with starting(qapp, qtbot, places, tmp_path) as start:
        yield start


@pytest.fixture
def opened(make, filled, qtbot):
    """The window on the filled vault, `Welcome` in the editor, the engine up."""
    opened = make(filled)
    qtbot.waitUntil(lambda: bool(opened.links) and opened.app.page.editor.path == "Welcome.md")
    return opened


def button(parent, text):
    return next(b for b in parent.findChildren(QPushButton) if b.text() == text and not b.isHidden())


def test_without_a_vault_the_window_offers_one(make):
    opened = make()
    assert opened.links == []
    assert opened.app.page.empty.title == "Choose the folder your notes are in"
    assert button(opened.app.page.empty, "Try the welcome vault")


def test_the_welcome_vault_opens_on_its_first_page(make, qtbot, tmp_path):
    opened = make()
    button(opened.app.page.empty, "Try the welcome vault").click()
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "Welcome.md")
    assert opened.app.opener.vault == tmp_path / "Pilotfish Welcome"


def test_a_folder_chosen_is_opened_and_remembered(make, filled, places, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(filled))
    opened = make()
    button(opened.app.page.empty, "Open a folder").click()
    qtbot.waitUntil(lambda: settings_file.load(places.settings_file).last_vault == str(filled))
    qtbot.waitUntil(lambda: bool(opened.configs))
    assert opened.configs[0].vault == filled


def test_the_last_vault_comes_back_with_its_note_and_line(make, filled, qtbot):
    first = make(filled)
    qtbot.waitUntil(lambda: bool(first.links))
    first.app.desk.open("Projects/Launch plan.md", 3)
    qtbot.waitUntil(lambda: first.app.page.editor.path == "Projects/Launch plan.md")
    first.close()
    second = make()
    qtbot.waitUntil(lambda: second.app.page.editor.path == "Projects/Launch plan.md")
    assert second.app.page.editor.line() == 3
    qtbot.waitUntil(lambda: second.app.pane.tree.open_folders() == ["Projects"])


@pytest.fixture
def elsewhere(make, tmp_path):
    """The window on an empty vault: what is opened next is read only when its test waits."""
    other = tmp_path / "other"
    other.mkdir()
    return make(other)


def test_a_note_asked_for_while_the_vault_is_read_is_not_replaced_by_the_front_page(elsewhere, filled, qtbot):
    elsewhere.app.vaults.open(filled)
    elsewhere.app.desk.open("Projects/Launch plan.md")
    qtbot.waitUntil(lambda: bool(elsewhere.app.pane.tree.notes and elsewhere.app.page.editor.path))
    assert elsewhere.app.tasks.settle()
    assert elsewhere.app.desk.open_notes == ["Projects/Launch plan.md"]


@pytest.mark.parametrize("asked", [False, True], ids=["the last one", "one asked for meanwhile"])
def test_where_the_note_on_its_way_is_gone_the_front_page_opens(elsewhere, filled, qtbot, asked):
    elsewhere.frame.state.set_last_place(filled, "Gone.md", 0)
    elsewhere.app.vaults.open(filled)
    if asked:
        elsewhere.app.desk.open("Gone too.md")
    qtbot.waitUntil(lambda: elsewhere.app.page.editor.path == "Welcome.md")


def test_the_front_page_greets_once(opened, qtbot):
    opened.app.desk.put_away("Welcome.md")
    with qtbot.waitSignal(opened.app.desk.open_failed):
        opened.app.desk.open("Gone.md")
    opened.app.tasks.settle()
    assert opened.app.desk.current is None
    assert opened.app.page.empty.title == "No note is open"


@pytest.mark.parametrize("kind", ["missing", "a file"])
def test_a_folder_that_cannot_be_used_says_so_and_offers_another(make, tmp_path, qtbot, kind):
    place = tmp_path / "elsewhere"
    if kind == "a file":
        place.write_text("no folder")
    opened = make(place)
    qtbot.waitUntil(opened.app.page.empty.isVisible)
    assert str(place) in opened.app.page.empty.title or "elsewhere" in opened.app.page.empty.title
    assert button(opened.app.page.empty, "Open a folder")
    assert opened.links == []


def test_an_empty_vault_offers_the_first_note(make, vault, qtbot):
    opened = make(vault)
    qtbot.waitUntil(opened.app.page.empty.isVisible)
    assert opened.app.window.focusWidget() is button(opened.app.page.empty, "New note")
    QTest.keyClick(opened.app.window.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "Untitled.md")
    assert (vault / "Untitled.md").read_text() == ""
    QTest.keyClicks(opened.app.page.editor, "hello")
    opened.app.desk.save()
    qtbot.waitUntil(lambda: (vault / "Untitled.md").read_text() == "hello")


def test_a_vault_whose_last_note_went_offers_the_first_one_again(make, vault, qtbot, monkeypatch):
    (vault / "Welcome.md").write_text("# 欢迎\n", encoding="utf-8")
    opened = make(vault)
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "Welcome.md")
    monkeypatch.setattr(opened.app.opener.files, "trash", lambda path: (vault / path).unlink())
    opened.app.keeper.trash("Welcome.md")
    qtbot.waitUntil(lambda: opened.app.page.empty.title == "There are no notes here yet")


def test_with_no_note_open_it_says_whether_there_are_any(make, vault, qtbot):
    opened = make(vault)
    page = opened.app.page
    qtbot.waitUntil(lambda: page.empty.title == "There are no notes here yet" and bool(opened.links))
    (vault / "来了.md").write_text("新的\n", encoding="utf-8")
    opened.link.emit(NotesChanged(("来了.md",), ()))
    qtbot.waitUntil(lambda: page.empty.title == "No note is open")
    assert all(button.isHidden() for button in page.empty.findChildren(QPushButton))
    (vault / "来了.md").unlink()
    opened.link.emit(NotesChanged((), ("来了.md",)))
    qtbot.waitUntil(lambda: page.empty.title == "There are no notes here yet")


def test_another_vault_takes_the_place_of_the_first(opened, filled, tmp_path, qtbot):
    other = tmp_path / "other"
    other.mkdir()
    (other / "README.md").write_text("# Other\n")
    first = opened.link
    QTest.keyClicks(opened.app.page.editor, "typed")
    opened.app.vaults.open(other)
    qtbot.waitUntil(lambda: len(opened.links) == 2 and opened.app.page.editor.path == "README.md")
    qtbot.waitUntil(lambda: first.closed)
    assert opened.app.pane.tree.notes == ["README.md"]
    assert (filled / "Welcome.md").read_text(encoding="utf-8").startswith("typed")


def test_a_welcome_vault_that_cannot_be_made_is_told(make, qtbot, monkeypatch):
    def full(_home):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(vault_desk, "welcome_vault", full)
    opened = make()
    button(opened.app.page.empty, "Try the welcome vault").click()
    qtbot.waitUntil(lambda: bool(opened.app.page.notice.text))
    assert opened.app.opener.vault is None


def test_the_vault_that_is_open_is_not_opened_again(opened, filled):
    opened.app.vaults.switch(str(filled))
    opened.app.vaults.switch("")
    assert len(opened.links) == 1
    assert opened.app.page.editor.path == "Welcome.md"


def test_a_dialog_that_is_closed_opens_nothing(opened, filled, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: asked.append(given) or "")
    opened.frame.window.folder_requested.emit()
    assert [given[-1] for given in asked] == [str(filled)]
    assert opened.app.opener.vault == filled


def test_what_is_excluded_leaves_the_tree(opened, qtbot):
    index = replace(opened.app.settings.index, exclude=("Projects/",))
    opened.app._settings_changed(replace(opened.app.settings, index=index))
    qtbot.waitUntil(lambda: "Projects/Launch plan.md" not in opened.app.pane.tree.notes)
