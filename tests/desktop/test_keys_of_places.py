"""Keys that not the whole window hears, changed in the settings: the tree, scenes, suggestions, quick-ask."""

import gc
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.settings import KeySettings
from desktop.editor.find_bar import FindBar
from tests.desktop.app_fixture import Opened

Key = Qt.Key


@pytest.fixture
def opened(qapp, qtbot, places, tmp_path, vault):
    (vault / "计划.md").write_text("# 计划\n", encoding="utf-8")
    opened = Opened(qapp, places, tmp_path)
    with qtbot.waitExposed(opened.frame.window):
        opened.start(vault)
    qtbot.waitUntil(lambda: bool(opened.links) and len(opened.app.panel.library.prompts) > 0)
    qtbot.waitUntil(lambda: bool(opened.app.pane.tree.notes))
    yield opened
    opened.close()
    gc.enable()
    qapp.setStyleSheet("")


def use(opened, *keys):
    app = opened.app
    app.settings_desk.changed.emit(replace(app.settings, keys=tuple(KeySettings(*one) for one in keys)))


def test_a_note_is_renamed_by_another_key(opened):
    tree, wanted = opened.app.pane.tree, []
    tree.rename_requested.disconnect()
    tree.rename_requested.connect(wanted.append)
    tree.show_current("计划.md")
    tree.setFocus()
    use(opened, ("tree/F2", "F4"))
    QTest.keyClick(tree, Key.Key_F2)
    assert wanted == []
    QTest.keyClick(tree, Key.Key_F4)
    assert wanted == ["计划.md"]


def test_a_scene_is_chosen_by_another_key_and_its_pill_says_so(opened, qtbot):
    panel = opened.app.panel
    second = panel.scenes._pills[list(panel.scenes._scenes)[1]]
    use(opened, ("Ctrl+2", "Alt+2"))
    assert second.toolTip().endswith("(Alt+2)</qt>")
    QTest.keyClick(opened.app.window, Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert second.isChecked()
    panel.library.load()  # the pills are made anew
    qtbot.waitUntil(lambda: panel.scenes._pills[list(panel.scenes._scenes)[1]] is not second)
    again = panel.scenes._pills[list(panel.scenes._scenes)[1]]
    assert again.toolTip().endswith("(Alt+2)</qt>")


def test_scenes_are_on_the_page_of_keys_and_not_in_the_menu(opened):
    titles = opened.app.settings_desk.shortcuts.known().titles
    assert titles["Ctrl+9"] == "Scene 9"
    assert all("Scene" not in action.text() for action in opened.app.window._menu.actions())


def test_quick_ask_has_its_keys_however_late_it_is_made(opened):
    use(opened, ("quick_ask/Ctrl+J", "Ctrl+Shift+J"))
    commands = opened.app.quick.window.commands
    assert commands.journal.shortcut().toString() == "Ctrl+Shift+J"
    use(opened)
    assert commands.journal.shortcut().toString() == "Ctrl+J"


def test_the_page_shows_the_keys_of_every_place(opened):
    assert opened.app.quick.window.commands.take.shortcut().toString() == "Ctrl+T"
    names = opened.app.settings_desk.shortcuts.known().titles
    wanted = """documents/Del tree/F2 tree/Del conversations/F2 conversations/Del suggestions/1 suggestions/9
        quick_ask/Ctrl+Return quick_ask/Ctrl+T quick_ask/Esc companion/Ctrl+Alt+Z panel/Esc
        find/Alt+C find/Return find/Shift+Return find/Esc"""
    assert set(wanted.split()) <= set(names)
    assert len(names.values()) == len(set(names))


def test_no_key_is_left_that_cannot_be_changed(opened):
    assert opened.app.quick.window.commands.go.shortcut().toString() == "Esc"
    assert opened.app.settings_desk.shortcuts.known().others == {}


def test_the_bar_for_finding_is_told_of_keys_that_were_changed_before_it_came(opened):
    use(opened, ("find/Alt+C", "Alt+G"), ("find/Esc", "F4"))
    page = opened.app.page
    opened.app.desk.open("计划.md")
    page.find_action.trigger()
    bar = page.findChild(FindBar)
    assert bar.case.toolTip() == bar.case.accessibleName() == "Match case (Alt+G)"
    assert bar._end.toolTip() == "Close (F4)"
    use(opened)
    assert bar.case.toolTip() == "Match case (Alt+C)"


def test_the_panel_is_left_by_another_key_and_its_stop_button_says_so(opened):
    panel, stop = opened.app.panel, opened.app.panel.composer.stop_button
    left = []
    panel.editor_requested.connect(lambda: left.append(1))
    use(opened, ("panel/Esc", "F4"))
    assert stop.toolTip() == "Stop the answer (F4)"
    panel.focus_composer()
    QTest.keyClick(panel.composer.edit, Key.Key_Escape)
    assert left == []
    QTest.keyClick(panel.composer.edit, Key.Key_F4)
    assert left == [1]


def test_the_companion_has_the_key_that_was_set_before_it_was_made(opened, qtbot):
    assert opened.app.settings_desk.shortcuts.known().titles["companion/Ctrl+Alt+Z"] == "Take back"
    use(opened, ("companion/Ctrl+Alt+Z", "F4"))
    opened.app.companion.open()
    window = opened.app.companion.window
    with qtbot.waitActive(window):
        window.activateWindow()
    button, clicked = window.head.take_back_button, []
    button.show()
    window.head.take_back_requested.disconnect()
    window.head.take_back_requested.connect(lambda: clicked.append(1))
    QTest.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert clicked == []
    QTest.keyClick(window, Key.Key_F4)
    assert clicked == [1]
    assert "F4" in button.toolTip()


def test_where_no_note_is_open_the_key_in_force_is_named(opened):
    empty, say = opened.app.page.empty, opened.app.vaults.notices.no_note
    say()
    use(opened, ("Ctrl+P", "F4"))
    assert "press F4 and" in empty.text
    opened.app.vaults.notices.empty_vault()
    say()
    assert "press F4 and" in empty.text
    use(opened)
    assert "press Ctrl+P and" in empty.text
