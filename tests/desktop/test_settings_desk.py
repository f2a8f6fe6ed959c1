"""Settings and guide in the whole program: what is chosen happens, and what is dropped is undone."""

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QPushButton
from shiboken6 import isValid

from core.settings import AtHandSettings, KeySettings, Settings, load, save
from core.vault.discovery import FoundVault
from desktop import first_steps, restart
from desktop.first_steps import FirstSteps
from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.windows.settings_keys import QUICK_ASK
from tests.desktop.app_fixture import Opened


class Grants:
    """A desktop that grants every key."""

    def __init__(self, _pressed, changed):
        self._changed = changed

    def bind(self, combination):
        self._changed(HotkeyStatus(HotkeyState.ACTIVE, "fake", str(combination)))

    def release(self):
        pass


@pytest.fixture
def others(tmp_path, monkeypatch):
    """One vault of another program, and none of the person's own."""
    found = [FoundVault(tmp_path / "found", "Logseq")]
    monkeypatch.setattr("core.vault.discovery.find_vaults", lambda _home: found)
    monkeypatch.setattr(first_steps, "find_vaults", lambda _home: found)


@pytest.fixture
def opened(qapp, qtbot, places, vault, others):
    tmp_path = vault.parent
    (tmp_path / "found").mkdir()
    (vault / "Welcome.md").write_text("# Welcome\n")
    opened = Opened(qapp, places, tmp_path)
    opened.app.at_hand.hotkey._make_backend = Grants
    with qtbot.waitExposed(opened.frame.window):
        opened.start(vault)
    qtbot.waitUntil(lambda: bool(opened.links))
    yield opened
    if opened.app.settings_desk.dialog is not None:
        opened.app.settings_desk.dialog.reject()
    opened.close()
    qapp.setStyleSheet("")


@pytest.fixture
def dialog(opened, qtbot):
    opened.app.show_settings("keysPage")
    dialog = opened.app.settings_desk.dialog
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_the_page_that_was_asked_for_is_shown_and_the_dialog_is_one(opened, dialog):
    assert dialog.pages.current_name == "keysPage"
    opened.app.show_settings("indexPage")
    assert opened.app.settings_desk.dialog is dialog
    assert dialog.pages.current_name == "indexPage"


def test_a_key_is_tried_at_once_and_said(opened, dialog):
    dialog.keys_page.edit(QUICK_ASK).setKeySequence(QKeySequence("Ctrl+Alt+N"))
    assert "Ctrl+Alt+N" in dialog.keys_page._status.text()


def test_a_key_that_was_only_tried_is_let_go(opened, dialog):
    dialog.keys_page.edit(QUICK_ASK).setKeySequence(QKeySequence("Ctrl+Alt+N"))
    dialog.reject()
    assert opened.app.at_hand.hotkey.status.state is HotkeyState.OFF


def test_a_saved_key_is_in_force_and_in_the_file(opened, dialog, qtbot, places):
    dialog.keys_page.edit(QUICK_ASK).setKeySequence(QKeySequence("Ctrl+Alt+N"))
    with qtbot.waitSignal(opened.app.settings_desk.changed):
        dialog.save()
    assert opened.app.at_hand.hotkey.status.trigger == "Ctrl+Alt+N"
    assert load(places.settings_file).at_hand == AtHandSettings("Ctrl+Alt+N")


def test_the_windows_own_keys_are_in_the_way_of_others(opened, dialog):
    dialog.keys_page.edit("take").setKeySequence(QKeySequence("Ctrl+O"))
    assert "Open a folder" in dialog.keys_page.warning("take")


def test_a_vault_of_another_program_is_opened_from_the_settings(opened, dialog, qtbot, tmp_path):
    page = dialog.vaults_page
    qtbot.waitUntil(lambda: len(page.findChildren(QPushButton, "openVaultButton")) >= 2)
    page.open_requested.emit(str(tmp_path / "found"))
    assert opened.app.opener.vault == tmp_path / "found"
    assert opened.app.settings_desk.dialog is None


def test_both_vaults_are_remembered_and_switched_beside_the_note(opened, qtbot, vault, tmp_path):
    qtbot.waitUntil(lambda: opened.app.settings.vaults == (str(vault),))
    opened.app.vaults.switch(str(tmp_path / "found"))
    both = (str(tmp_path / "found"), str(vault))
    qtbot.waitUntil(lambda: opened.app.settings.vaults == both)
    header = opened.app.window.header
    assert header.vault_button.text() == "found"
    actions = header.vault_button.menu().actions()
    assert [action.text() for action in actions] == ["found", vault.name]
    actions[1].trigger()
    assert opened.app.opener.vault == vault


def test_recent_questions_are_forgotten(opened, dialog, places):
    window = opened.app.quick.window
    window._recent.add("secret question")
    dialog.privacy_page.forget_button.click()
    assert window._recent.questions == ()
    assert window.head.field.text() == ""
    assert not (places.state / "questions.json").exists()


def test_the_report_holds_what_only_the_window_knows(opened, dialog, qtbot):
    dialog.pages.show_page("diagnosticsPage")
    qtbot.waitUntil(dialog.diagnostics_page.view.save_button.isEnabled)
    text = dialog.diagnostics_page.view.text.toPlainText()
    assert "qt platform: offscreen" in text
    assert "hotkey: off" in text


def test_the_report_says_that_the_input_method_does_not_answer(opened, dialog, qtbot, monkeypatch):
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    monkeypatch.delenv("QT_IM_MODULES", raising=False)
    dialog.pages.show_page("diagnosticsPage")
    qtbot.waitUntil(dialog.diagnostics_page.view.save_button.isEnabled)
    text = dialog.diagnostics_page.view.text.toPlainText()
    assert "input method: The session names fcitx, which does not answer. Start fcitx5" in text


def test_the_report_says_how_it_is_when_somebody_looks(opened, dialog, qtbot, monkeypatch):
    tried = HotkeyStatus(HotkeyState.TAKEN, backend="x11")
    monkeypatch.setattr(opened.app.settings_desk._hotkey, "status", tried)
    dialog.pages.show_page("diagnosticsPage")
    qtbot.waitUntil(dialog.diagnostics_page.view.save_button.isEnabled)
    assert "hotkey: taken x11" in dialog.diagnostics_page.view.text.toPlainText()


@pytest.fixture
def steps(opened, qtbot):
    steps = FirstSteps(opened.app)
    qtbot.waitUntil(steps.guide.isVisible)
    yield steps
    if isValid(steps) and steps.guide.isVisible():
        steps.guide.reject()


def test_the_guide_says_whose_key_is_pressed_for_quick_ask(steps):
    steps.guide.keys.edit(QUICK_ASK).setKeySequence("Ctrl+P")
    assert steps.guide.keys.warning(QUICK_ASK) == "Also: Search notes"


def test_the_guide_opens_what_is_chosen(steps, opened, qtbot, tmp_path):
    qtbot.waitUntil(lambda: bool(steps.guide.findChildren(QPushButton, "foundVaultButton")))
    steps.guide.findChild(QPushButton, "foundVaultButton").click()
    assert opened.app.opener.vault == tmp_path / "found"


def test_the_guide_asks_for_a_folder(steps, opened, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "found"))
    steps.guide.folder_requested.emit()
    assert opened.app.opener.vault == tmp_path / "found"


def test_the_guides_key_is_kept_and_nothing_else_is_lost(steps, opened, qtbot, places, vault):
    qtbot.waitUntil(lambda: opened.app.settings.last_vault == str(vault))
    steps.guide.keys.edit(QUICK_ASK).setKeySequence(QKeySequence("Ctrl+Alt+Space"))
    assert opened.app.at_hand.hotkey.status.state is HotkeyState.ACTIVE
    qtbot.waitUntil(lambda: places.settings_file.exists() and load(places.settings_file) != Settings())
    opened.app.tasks.settle()
    kept = load(places.settings_file)
    assert (kept.at_hand.quick_ask, kept.last_vault) == ("Ctrl+Alt+Space", str(vault))


def test_the_guide_leads_to_the_models(steps, opened):
    steps.guide.models_requested.emit()
    assert opened.app.settings_desk.dialog.pages.current_name == "modelsPage"


def test_a_finished_guide_hears_nothing_any_more(steps, opened, qtbot):
    steps.guide.accept()
    opened.app.at_hand.hotkey.use("")
    opened.app.opener.engine_started.emit()


def test_another_key_for_an_action_is_in_force_once_it_is_saved(opened, dialog, qtbot, places):
    dialog.keys_page.edit("Ctrl+O").setKeySequence(QKeySequence("Ctrl+Alt+O"))
    with qtbot.waitSignal(opened.app.settings_desk.changed):
        dialog.save()
    (action,) = [one for one in opened.app.window.findChildren(QAction) if "Open a folder" in one.text()]
    assert [key.toString() for key in action.shortcuts()] == ["Ctrl+Alt+O"]
    assert load(places.settings_file).keys == (KeySettings("Ctrl+O", "Ctrl+Alt+O"),)


def test_keys_that_were_set_before_are_in_force_from_the_start(qapp, qtbot, places, vault, others):
    (vault.parent / "found").mkdir()
    save(Settings(keys=(KeySettings("Ctrl+O", "F11"),)), places.settings_file)
    opened = Opened(qapp, places, vault.parent)
    with qtbot.waitExposed(opened.frame.window):
        opened.start(vault)
    try:
        (action,) = [one for one in opened.app.window.findChildren(QAction) if "Open a folder" in one.text()]
        qtbot.waitUntil(lambda: [key.toString() for key in action.shortcuts()] == ["F11"])
    finally:
        opened.close()
        qapp.setStyleSheet("")


def test_another_language_is_saved_before_the_program_begins_anew(opened, dialog, qtbot, qapp, places):
    page = dialog.appearance_page
    page.language_box.setCurrentIndex(page.language_box.findData("zh_CN"))
    page.language_box.activated.emit(page.language_box.currentIndex())
    with qtbot.waitSignal(opened.app.window.closing):
        page.restart_button.click()
    assert restart.is_wanted(qapp)
    qapp.setProperty("pilotfishRestart", None)
    assert load(places.settings_file).appearance.language == "zh_CN"
