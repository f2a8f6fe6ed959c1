"""The whole window: a vault is opened, notes are written, answers come in, everything is put away."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QPushButton, QWidget

from core import settings as settings_file
from core.engine.model import NotesChanged, Spent
from core.errors import EngineStopped
from core.index.model import IndexProgress
from desktop.error_text import word
from desktop.theme.theme import Theme
from tests.desktop.app_fixture import starting
from tests.desktop.fake_link import model_state


@pytest.fixture
def filled(vault):
    """A vault with a few notes."""
    (vault / "Projects").mkdir()
    (vault / "Projects" / "Launch plan.md").write_text(
        "# Launch plan\n\nWe open in March.\n\nSee [[欢迎]].\n"
    )
    (vault / "欢迎.md").write_text("# 欢迎\n\n这是一个笔记。\n", encoding="utf-8")
    (vault / "Welcome.md").write_text("# Welcome\n\nhello\n")
    return vault


@pytest.fixture
def make(qapp, qtbot, places, tmp_path):
    with starting(qapp, qtbot, places, tmp_path) as start:
        yield start


@pytest.fixture
def opened(make, filled, qtbot):
    """The window on the filled vault, `Launch plan` in the editor, the engine up."""
    opened = make(filled)
    qtbot.waitUntil(lambda: bool(opened.links) and opened.app.desk.current is not None)
    open_note(opened, qtbot, "Projects/Launch plan.md")
    return opened


def open_note(opened, qtbot, path, line=0):
    opened.app.desk.open(path, line)
    qtbot.waitUntil(lambda: opened.app.page.editor.path == path)


def type_at_end(editor, text):
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    editor.setTextCursor(cursor)
    QTest.keyClicks(editor, text)


def notice(opened):
    return opened.app.page.notice


def button(parent, text):
    return next(b for b in parent.findChildren(QPushButton) if b.text() == text and not b.isHidden())


# Opening


def test_the_engine_is_started_on_the_vault_and_told_of_the_open_note(opened, filled):
    assert opened.configs[0].vault == filled
    assert ("note_opened", "Projects/Launch plan.md") in opened.link.calls


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_second_start_brings_its_vault_to_the_front(opened, tmp_path, qtbot):
    other = tmp_path / "other"
    other.mkdir()
    (other / "README.md").write_text("x")
    opened.app.raise_window(str(other))
    qtbot.waitUntil(lambda: opened.app.opener.vault == other)
    opened.app.raise_window("")
    assert opened.app.opener.vault == other


# Writing


def test_what_is_typed_reaches_the_file_and_the_engine(opened, filled, qtbot):
    type_at_end(opened.app.page.editor, "Typed words.")
    QTest.keyClick(opened.app.page.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: ("note_saved", "Projects/Launch plan.md") in opened.link.calls)
    assert (filled / "Projects" / "Launch plan.md").read_text().endswith("Typed words.")


def test_an_inserted_answer_is_one_undo_step(opened, qtbot):
    editor = opened.app.page.editor
    before = editor.document().text()
    editor.go_to(3)
    opened.app.panel.insert_requested.emit(None, "The beta\nopens in March. ")
    qtbot.waitUntil(lambda: "The beta\nopens in March. We open" in editor.document().text())
    editor.undo()
    assert editor.document().text() == before


def test_an_answer_replaces_what_was_selected_and_the_file_is_copied_first(opened, places, qtbot):
    editor = opened.app.page.editor
    editor.go_to(3)
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    _, anchor = editor.context()
    opened.app.panel.replace_requested.emit(anchor, "三月开放。")
    qtbot.waitUntil(lambda: "三月开放。" in editor.document().text())
    copy = next(file for file in places.backups.rglob("*.md"))
    assert "We open in March" in copy.read_text(encoding="utf-8")
    assert "We open in March" not in editor.document().text()


def test_a_citation_opens_the_note_at_its_line(opened, qtbot):
    opened.app.panel.open_requested.emit("Welcome.md", 3)
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "Welcome.md")
    assert opened.app.page.editor.line() == 3
    opened.frame.window.back_action.trigger()
    assert opened.app.page.editor.path == "Projects/Launch plan.md"


def test_a_change_elsewhere_shows_in_tree_and_editor(opened, filled, qtbot):
    (filled / "New.md").write_text("new")
    (filled / "Projects" / "Launch plan.md").write_text("# Changed\n")
    opened.link.emit(NotesChanged(("New.md", "Projects/Launch plan.md"), ("Welcome.md",)))
    qtbot.waitUntil(lambda: opened.app.page.editor.document().text() == "# Changed\n")
    assert set(opened.app.pane.tree.notes) == {"New.md", "Projects/Launch plan.md", "欢迎.md"}


def test_a_great_many_changes_are_scanned_anew(opened, filled, qtbot):
    for number in range(3):
        (filled / f"n{number}.md").write_text("x")
    opened.link.emit(NotesChanged(tuple(f"gone{n}.md" for n in range(600)), ()))
    qtbot.waitUntil(lambda: len(opened.app.pane.tree.notes) == 6)
    assert "gone1.md" not in opened.app.pane.tree.notes


def test_a_link_leads_to_its_note(opened, qtbot):
    editor = opened.app.page.editor
    place = editor.cursorRect(editor.document().find("欢迎")).center()
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    qtbot.waitUntil(lambda: editor.path == "欢迎.md")


def test_a_link_to_nothing_offers_to_write_the_note(opened, filled, qtbot):
    from desktop.editor.links import LinkTarget

    opened.app.page.editor.link_activated.emit(LinkTarget(note="新的/笔记: x"))
    qtbot.waitUntil(lambda: "笔记  x" in notice(opened).text)
    button(notice(opened), "Write it").click()
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "新的/笔记  x.md")
    assert (filled / "新的" / "笔记  x.md").exists()


def test_renaming_follows_the_open_note(opened, filled, qtbot, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_more: ("发布/计划", True))
    opened.app.pane.tree.rename_action.trigger()
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "Projects/发布 计划.md")
    assert (filled / "Projects" / "发布 计划.md").exists()
    assert "Projects/Launch plan.md" not in opened.app.pane.tree.notes


def test_a_name_that_is_taken_is_refused_in_words(opened, filled, qtbot, monkeypatch):
    (filled / "Projects" / "Taken.md").write_text("mine")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_more: ("Taken", True))
    opened.app.pane.tree.rename_action.trigger()
    qtbot.waitUntil(lambda: bool(notice(opened).text))
    assert (filled / "Projects" / "Taken.md").read_text() == "mine"
    button(notice(opened), "Close").click()
    assert notice(opened).text == ""


def test_the_trash_takes_the_note_from_the_screen(opened, filled, qtbot, monkeypatch):
    trashed = []
    monkeypatch.setattr(
        "desktop.bridge.vault_files.QFile.moveToTrash", lambda name: trashed.append(name) or True
    )
    opened.app.pane.tree.trash_action.trigger()
    qtbot.waitUntil(lambda: bool(trashed))
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "")
    assert "Projects/Launch plan.md" not in opened.app.pane.tree.notes


def test_a_note_that_is_no_text_is_refused_in_words(opened, filled, qtbot):
    (filled / "bin.md").write_bytes(bytes(range(256)) * 40)
    opened.app.desk.open("bin.md")
    qtbot.waitUntil(lambda: bool(notice(opened).text))
    assert opened.app.page.editor.path == "Projects/Launch plan.md"


def test_unsaved_text_of_a_crash_is_offered_and_comes_back(make, filled, places, qtbot):
    from desktop.bridge.vault_files import VaultFiles

    files = VaultFiles(filled, places)
    files.keep_draft(files.read("Welcome.md"), "# Welcome\n\nhello, and more\n", 5)
    opened = make(filled)
    bar = opened.app.page.draft_bar
    qtbot.waitUntil(lambda: "Welcome" in bar.text)
    button(bar, "Restore it").click()
    qtbot.waitUntil(lambda: "and more" in opened.app.page.editor.document().toPlainText())
    assert opened.app.page.editor.path == "Welcome.md"
    qtbot.waitUntil(lambda: (filled / "Welcome.md").read_text() == "# Welcome\n\nhello, and more\n")


def test_a_draft_can_be_discarded(make, filled, places, qtbot):
    from desktop.bridge.vault_files import VaultFiles

    files = VaultFiles(filled, places)
    files.keep_draft(files.read("Welcome.md"), "other\n", 0)
    opened = make(filled)
    bar = opened.app.page.draft_bar
    qtbot.waitUntil(lambda: bool(bar.text))
    button(bar, "Discard it").click()
    qtbot.waitUntil(lambda: not files.drafts())
    assert (filled / "Welcome.md").read_text() == "# Welcome\n\nhello\n"


def test_both_versions_can_be_looked_at_side_by_side(opened, filled, qtbot):
    editor = opened.app.page.editor
    editor.go_to(3)
    QTest.keyClicks(editor, "Mine. ")
    file = filled / "Projects" / "Launch plan.md"
    file.write_text(file.read_text().replace("We open", "Theirs: we open"))
    opened.link.emit(NotesChanged(("Projects/Launch plan.md",), ()))
    qtbot.waitUntil(lambda: opened.app.desk.current.conflict is not None)
    button(opened.app.page.bar, "See both").click()
    dialog = opened.frame.window.findChild(QWidget, "comparison")
    assert dialog.isVisible()
    dialog.findChild(QPushButton, "takeTheirsButton").click()
    assert "Theirs: we open" in editor.document().text()
    assert "Mine." not in editor.document().text()


# The engine's words


def test_related_notes_are_looked_up_when_the_index_is_current(opened, qtbot):
    qtbot.waitUntil(lambda: bool(opened.link.searched))
    known = len(opened.link.searched)
    opened.link.emit(IndexProgress(3, 3, 9, 9, idle=True))
    qtbot.waitUntil(lambda: len(opened.link.searched) > known)


def test_progress_models_and_costs_are_told(opened, qtbot):
    status = opened.frame.window.status
    opened.link.emit(IndexProgress(3, 3, 9, 9, idle=True))
    opened.link.emit(model_state(place="api.example.org"))
    qtbot.waitUntil(lambda: status.model.text() == "api.example.org")
    assert status.index.text() == "Up to date: 3 notes"
    opened.link.emit(Spent(today_usd=0.25, month_usd=3.0, cap_usd=0.0))
    qtbot.waitUntil(lambda: status.cost.text() == "Today: 0.25 USD")
    opened.link.emit(Spent(today_usd=0.5, month_usd=3.25, cap_usd=0.0))
    qtbot.waitUntil(lambda: status.cost.text() == "Today: 0.50 USD")
    assert opened.app.state.cost_of(date.today()) == 0.5


def test_an_engine_that_stops_is_told(opened, qtbot):
    opened.link.emit(EngineStopped())
    qtbot.waitUntil(lambda: opened.frame.window.status.index.text() == word(EngineStopped()).text)


def test_indexing_pauses_from_the_status_bar(opened):
    opened.frame.window.status.pause_requested.emit(True)
    assert ("set_paused", True) in opened.link.calls


def test_new_settings_take_effect_at_once(opened, qtbot):
    from dataclasses import replace

    dark = replace(opened.app.settings, appearance=replace(opened.app.settings.appearance, theme="dark"))
    opened.app.show_settings()
    dialog = opened.frame.window.findChild(QWidget, "settingsDialog")
    dialog.settings_changed.emit(dark)
    dialog.reject()
    assert opened.app.theme.is_dark()
    assert ("reload_settings", None) in opened.link.calls


def test_damaged_settings_are_told_and_the_window_opens(make, filled, places, qtbot):
    places.settings_file.parent.mkdir(parents=True)
    places.settings_file.write_text("last_vault = [broken")
    opened = make(filled)
    qtbot.waitUntil(lambda: bool(notice(opened).text))
    qtbot.waitUntil(lambda: bool(opened.links))
    assert "config.toml" in notice(opened).text


def test_something_unexpected_is_told_once_and_the_window_stays(opened):
    opened.app.announcer.unexpected("ValueError in x.y")
    assert "ValueError in x.y" in notice(opened).text


# Leaving


def test_quitting_saves_ends_the_engine_and_leaves_no_thread(make, filled, qtbot):
    opened = make(filled)
    qtbot.waitUntil(lambda: bool(opened.links) and opened.app.desk.current is not None)
    type_at_end(opened.app.page.editor, "last words")
    opened.frame.window.close()
    assert opened.link.closed
    assert (filled / "Welcome.md").read_text().endswith("last words")


def test_quitting_twice_is_quitting_once(opened):
    opened.frame.window.close()
    opened.app.close()


# The window itself


def test_every_part_that_takes_the_focus_has_a_name_for_screen_readers(opened):
    nameless = []
    for widget in opened.frame.window.findChildren(QWidget):
        focusable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        interface = QAccessible.queryAccessibleInterface(widget)
        if widget.isVisible() and focusable and interface is not None:
            name = interface.text(QAccessible.Text.Name)
            if not name and not widget.accessibleName():
                nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


@pytest.mark.parametrize(
    "name",
    [
        "editor",
        "sidePanel",
        "vaultTree",
        "relatedNotes",
        "searchField",
        "indexStatus",
        "modelStatus",
        "costStatus",
    ],
)
def test_the_names_on_the_screen_are_there(opened, name):
    assert opened.frame.window.findChild(QWidget, name) is not None


def test_f6_goes_round_the_panes(opened, qtbot):
    window = opened.frame.window
    opened.app.page.editor.setFocus()
    order = []
    for _ in range(3):
        window.next_pane_action.trigger()
        order.append(next(p for p in ("vaultPane", "notePage", "sidePanel") if _is_in(window, p)))
    assert order == ["sidePanel", "vaultPane", "notePage"]
    window.last_pane_action.trigger()
    assert _is_in(window, "vaultPane")


def _is_in(window, name):
    focus = window.focusWidget()
    return focus is not None and window.findChild(QWidget, name).isAncestorOf(focus)


def test_no_two_actions_share_a_key(opened):
    keys = {}
    window = opened.frame.window
    for action in {*window.actions(), *opened.app.panel.actions(), *opened.app.pane.tree.actions()}:
        for key in action.shortcuts():
            keys.setdefault(key.toString(), []).append(action.text())
    assert {key: names for key, names in keys.items() if len(names) > 1} == {}


def test_the_title_names_note_and_vault(opened, filled):
    assert opened.frame.window.windowTitle() == f"Launch plan – {filled.name} – Pilotfish"


def test_a_fold_is_remembered_over_a_restart(make, filled, qtbot):
    first = make(filled)
    qtbot.waitUntil(lambda: bool(first.links))
    first.frame.window.left_action.trigger()
    first.close()
    assert not make(filled).frame.window.panes.is_shown("left")


def test_the_theme_belongs_to_the_settings(make, places):
    from dataclasses import replace

    base = settings_file.Settings()
    settings_file.save(replace(base, appearance=replace(base.appearance, theme="dark")), places.settings_file)
    opened = make()
    assert isinstance(opened.app.theme, Theme)
    assert opened.app.theme.is_dark()
