"""The pages of the settings, each on its own."""

from importlib.metadata import distributions
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from core.settings import (
    AtHandSettings,
    GhostSettings,
    IndexSettings,
    ProviderSettings,
    Settings,
    TierSettings,
)
from core.vault.discovery import FoundVault
from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.shortcuts import WindowKeys
from desktop.windows.key_conflicts import conflicts, normal
from desktop.windows.settings_about import AboutPage, licence_lines
from desktop.windows.settings_cost import CostPage
from desktop.windows.settings_diagnostics import DiagnosticsPage
from desktop.windows.settings_facts import PrivacyPage
from desktop.windows.settings_ghost import GhostPage
from desktop.windows.settings_index import IndexPage
from desktop.windows.settings_keys import COMMAND, QUICK_ASK, KeysPage
from desktop.windows.settings_vaults import VaultsPage

REMOTE = ProviderSettings("Far", "https://api.example.com/v1")
NEAR = ProviderSettings("Ollama", "http://127.0.0.1:11434/v1")
DEFAULTS = Settings()


def shown(qtbot, page, settings=DEFAULTS):
    qtbot.addWidget(page)
    page.changes = []
    if hasattr(page, "changed"):
        page.changed.connect(page.changes.append)
    page.show_settings(settings)
    with qtbot.waitExposed(page):
        page.show()
    return page


# Index


def test_the_index_is_shown_without_being_changed(qtbot, theme):
    index = IndexSettings(
        embedding_model="my/model", exclude=("a/", "*.x"), max_note_mib=25, pause_on_battery=False
    )
    page = shown(qtbot, IndexPage(), Settings(index=index))
    assert page.exclude.toPlainText() == "a/\n*.x"
    assert (page.largest.value(), page.battery.isChecked(), page.model.text()) == (25, False, "my/model")
    assert page.changes == []


def test_patterns_are_one_a_line_and_blank_lines_none(qtbot, theme):
    page = shown(qtbot, IndexPage())
    page.exclude.setPlainText(" 私人/ \n\n*.draft.md\n")
    assert page.changes[-1].exclude == ("私人/", "*.draft.md")


def test_the_rest_of_the_index_is_changed_one_by_one(qtbot, theme):
    page = shown(qtbot, IndexPage())
    page.largest.setValue(50)
    page.battery.click()
    QTest.keyClicks(page.model, " BAAI/bge-m3 ")
    QTest.keyClicks(page.endpoint, "http://localhost:1/v1")
    assert page.changes[-1] == IndexSettings(
        embedding_model="BAAI/bge-m3",
        embedding_endpoint="http://localhost:1/v1",
        max_note_mib=50,
        pause_on_battery=False,
    )


# Ghost text and keys


def test_ghost_text_is_switched_and_its_keys_are_named(qtbot, theme):
    page = shown(qtbot, GhostPage(), Settings(ghost=GhostSettings(take="F3")))
    assert "F3" in page._keys.text()
    page.enabled.click()
    page.model.click()
    page.in_code.click()
    assert page.changes[-1] == GhostSettings(enabled=False, model=False, in_code=True, take="F3")


def test_the_keys_of_ghost_text_are_told_as_they_are_and_none_that_was_taken_away(qtbot):
    page = shown(qtbot, GhostPage(), Settings(ghost=GhostSettings(take="Ctrl+Return", take_word="")))
    assert page._keys.text().splitlines()[0] == "Ctrl+Enter takes it  ·  Esc drops it"
    page.show_settings(Settings(ghost=GhostSettings(take="", take_word="", refuse="")))
    assert page._keys.text() == "The keys are changed under Keys."


@pytest.fixture
def keys(qtbot, theme):
    page = KeysPage(WindowKeys({}, {"Search": "Ctrl+F", "Side panel": "Shift+F9"}), has_tray=True)
    page.at_hand, page.ghost, page.tried = [], [], []
    page.at_hand_changed.connect(page.at_hand.append)
    page.ghost_changed.connect(page.ghost.append)
    page.hotkey_tried.connect(page.tried.append)
    return shown(qtbot, page, Settings(at_hand=AtHandSettings("Ctrl+Alt+Space")))


def test_the_keys_are_shown_and_nothing_is_tried_by_that(keys):
    assert keys.edit(QUICK_ASK).keySequence() == QKeySequence("Ctrl+Alt+Space")
    assert keys.edit("take").keySequence() == QKeySequence("Tab")
    assert (keys.at_hand, keys.ghost, keys.tried) == ([], [], [])


def test_a_key_for_quick_ask_is_tried_at_once(keys):
    keys.edit(QUICK_ASK).setKeySequence(QKeySequence("Meta+N"))
    assert keys.at_hand[-1].quick_ask == "Meta+N"
    assert keys.tried == ["Meta+N"]


def test_no_key_is_a_choice_too(keys):
    keys.edit(QUICK_ASK).clear()
    assert keys.at_hand[-1].quick_ask == ""
    assert keys.tried[-1] == ""


def test_keys_of_ghost_text_are_bound_anew(keys):
    keys.edit("take_word").setKeySequence(QKeySequence("Ctrl+Shift+Right"))
    assert keys.ghost[-1].take_word == "Ctrl+Shift+Right"
    assert keys.tried == []


def test_a_conflict_is_shown_at_both_and_goes_away(keys):
    keys.edit("next").setKeySequence(QKeySequence("Ctrl+Right"))
    assert keys.warning("next") == "Also: Take a word"
    assert keys.warning("take_word") == "Also: Next suggestion"
    keys.edit("next").setKeySequence(QKeySequence("Ctrl+F"))
    assert keys.warning("next") == "Also: Search"
    assert keys.warning("take_word") == ""


@pytest.mark.parametrize(
    ("status", "words", "is_problem"),
    [
        (HotkeyStatus(HotkeyState.OFF), "No key yet", False),
        (HotkeyStatus(HotkeyState.WAITING), "permission", False),
        (HotkeyStatus(HotkeyState.ACTIVE, "x11", "Ctrl+Alt+Space"), "every program: Ctrl+Alt+Space", False),
        (HotkeyStatus(HotkeyState.TAKEN), "Another program", True),
        (HotkeyStatus(HotkeyState.REFUSED), "cannot be used", True),
        (HotkeyStatus(HotkeyState.UNAVAILABLE), "Bind the command below", True),
    ],
)
def test_every_state_of_the_hotkey_has_its_words(keys, status, words, is_problem):
    keys.show_hotkey(status)
    assert words in keys._status.text()
    assert bool(keys._status.property("problem")) is is_problem


def test_the_command_to_bind_is_there_to_be_copied(keys):
    keys.findChild(QPushButton, "copyCommandButton").click()
    assert QGuiApplication.clipboard().text() == COMMAND


def test_without_a_tray_the_window_cannot_be_sent_there(qtbot, theme):
    page = shown(qtbot, KeysPage(has_tray=False))
    assert not page.keep_running.isEnabled()


def test_staying_in_the_tray_is_chosen(keys):
    keys.keep_running.click()
    assert keys.at_hand[-1] == AtHandSettings("Ctrl+Alt+Space", keep_running=True)


def test_the_guide_shows_the_one_key_alone(qtbot, theme):
    page = shown(qtbot, KeysPage(has_tray=True, only_quick_ask=True))
    visible = [edit.objectName() for edit in page._edits.values() if edit.isVisible()]
    assert visible == ["quick_askKey"]


@pytest.mark.parametrize(
    ("wanted", "fixed", "found"),
    [
        ({"a": "Ctrl+A"}, {}, {}),
        ({"a": "Ctrl+A", "b": "ctrl+a"}, {}, {"a": ["b"], "b": ["a"]}),
        ({"a": "Shift+Ctrl+A"}, {"x": "Ctrl+Shift+A"}, {"a": ["x"]}),
        ({"a": "", "b": ""}, {"x": ""}, {}),
        ({"a": "F9"}, {"x": "F9", "y": "F9"}, {"a": ["x", "y"]}),
    ],
)
def test_conflicts_are_found_however_a_key_is_written(qapp, wanted, fixed, found):
    assert conflicts(wanted, fixed) == found


def test_what_is_no_key_is_none(qapp):
    assert normal("") == ""


# Vaults


def rows(page):
    return [row for row in page.findChildren(QWidget, "vaultRow") if row.isVisible()]


def test_vaults_are_listed_opened_and_forgotten(qtbot, theme):
    page = shown(qtbot, VaultsPage(), Settings(vaults=("/a/主库", "/b")))
    assert len(rows(page)) == 2
    with qtbot.waitSignal(page.open_requested) as signal:
        rows(page)[1].findChild(QPushButton, "openVaultButton").click()
    assert signal.args == ["/b"]
    rows(page)[0].findChild(QPushButton, "forgetVaultButton").click()
    assert page.changes == [("/b",)]
    qtbot.waitUntil(lambda: len(rows(page)) == 1)


def test_vaults_of_other_programs_are_offered_once(qtbot, theme):
    page = shown(qtbot, VaultsPage(), Settings(vaults=("/a",)))
    page.show_found([FoundVault(Path("/a"), "Obsidian"), FoundVault(Path("/c"), "Logseq")])
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    with qtbot.waitSignal(page.open_requested) as signal:
        rows(page)[1].findChild(QPushButton, "openVaultButton").click()
    assert signal.args == ["/c"]


def test_another_folder_is_asked_for(qtbot, theme):
    page = shown(qtbot, VaultsPage())
    with qtbot.waitSignal(page.choose_requested):
        page.findChild(QPushButton, "chooseFolderButton").click()


def test_every_button_of_a_vault_says_which(qtbot, theme):
    page = shown(qtbot, VaultsPage(), Settings(vaults=("/a", "/b")))
    names = [button.accessibleName() for row in rows(page) for button in row.findChildren(QPushButton)]
    assert names == ["Open: /a", "Forget: /a", "Open: /b", "Forget: /b"]


# Privacy, cost


def test_nobody_sees_anything_while_every_model_is_here(qtbot, theme, places):
    page = shown(qtbot, PrivacyPage(places), Settings(providers=(NEAR,)))
    assert "No model elsewhere" in page._who.text()
    assert "never leaves it" in page._who.text()


def test_a_service_that_reads_every_note_is_named(qtbot, theme, places):
    index = IndexSettings(embedding_model="m", embedding_endpoint="https://vectors.example.com/v1")
    page = shown(qtbot, PrivacyPage(places), Settings(index=index))
    assert "vectors.example.com: every note" in page._who.text()


def test_an_index_that_lies_elsewhere_is_not_said_to_stay_here(qtbot, theme, places):
    index = IndexSettings(store_url="s3://team/notes?region=eu")
    page = shown(qtbot, PrivacyPage(places), Settings(index=index))
    assert "never leaves it" not in page._who.text()
    assert "s3://team/notes: the index lies there" in page._who.text()
    assert "region" not in page._who.text()


def test_recordings_are_spoken_of_where_a_model_elsewhere_could_hear_them(qtbot, theme, places):
    said = "A recording goes there only after you have said yes"
    assert said in shown(qtbot, PrivacyPage(places), Settings(providers=(REMOTE,)))._who.text()
    assert said not in shown(qtbot, PrivacyPage(places), Settings(providers=(NEAR,)))._who.text()


def test_the_machines_that_see_a_request_are_named(qtbot, theme, places):
    page = shown(qtbot, PrivacyPage(places), Settings(providers=(NEAR, REMOTE)))
    assert page._who.text().startswith("api.example.com:")


def test_recent_questions_are_forgotten_once(qtbot, theme, places):
    page = shown(qtbot, PrivacyPage(places))
    with qtbot.waitSignal(page.forget_requested):
        page.forget_button.click()
    assert not page.forget_button.isEnabled()


def test_folders_are_named_with_what_is_in_them(qtbot, theme, places):
    page = shown(qtbot, PrivacyPage(places))
    names = [button.accessibleName() for button in page.findChildren(QPushButton, "showFolderButton")]
    assert names == ["Show: Settings", "Show: Index and backups", "Show: Drafts and logs"]


def test_the_cost_of_the_day_and_of_each_model_is_told(qtbot, theme):
    settings = Settings(providers=(NEAR, REMOTE), fast=TierSettings("Ollama", "qwen"),
                        precise=TierSettings("Far", "big"))  # fmt: skip
    page = shown(qtbot, CostPage(lambda: 0.12345, theme), settings)
    assert page._today.text() == "Today: 0.1235 USD"
    assert page._models.text() == "Faster: qwen, on this machine, free\nMore precise: big, api.example.com"


# Diagnostics, about


@pytest.fixture
def diagnostics(qtbot, theme, tasks):
    made = []

    def report():
        made.append(1)
        return "# Versions\n\nall of it\n"

    page = DiagnosticsPage(lambda: report, tasks, theme)
    page.made = made
    qtbot.addWidget(page)
    page.show()
    return page


def test_the_report_is_made_when_somebody_looks_and_shown_in_full(diagnostics, qtbot):
    assert diagnostics.made == []
    assert not diagnostics.view.save_button.isEnabled()
    diagnostics.refresh()
    diagnostics.refresh()
    qtbot.waitUntil(diagnostics.view.save_button.isEnabled)
    assert diagnostics.view.text.toPlainText() == "# Versions\n\nall of it\n"
    assert diagnostics.made == [1]


def test_what_is_saved_is_what_is_shown(diagnostics, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    diagnostics.refresh()
    qtbot.waitUntil(diagnostics.view.save_button.isEnabled)
    with qtbot.waitSignal(diagnostics.view.saved):
        diagnostics.view.save_button.click()
    assert file.read_text() == diagnostics.view.text.toPlainText()


def test_a_place_that_cannot_be_written_is_said(diagnostics, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path), ""))
    diagnostics.view.save()
    qtbot.waitUntil(lambda: bool(diagnostics.view.result.text()))
    assert "did not work" in diagnostics.view.result.text()


def test_no_place_is_no_file(diagnostics, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    diagnostics.view.save()
    assert list(tmp_path.iterdir()) == []


def test_every_installed_package_has_a_line_with_its_licence():
    lines = licence_lines(distributions())
    assert lines == sorted(lines, key=str.lower)
    assert any(line.startswith("PySide6") and "LGPL" in line for line in lines)
    assert all(": " in line and len(line) < 200 for line in lines)


def test_about_fills_its_list_when_somebody_looks(qtbot, theme):
    page = AboutPage()
    qtbot.addWidget(page)
    assert page.licences.toPlainText() == ""
    page.refresh()
    assert page.licences.toPlainText().startswith("Python 3.")
    assert "LanceDB" in page.licences.toPlainText() or "lancedb" in page.licences.toPlainText()
    assert page.licences.focusPolicy() is not Qt.FocusPolicy.NoFocus
