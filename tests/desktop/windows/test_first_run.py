"""The guide of a first start: vault, model, key, each to be passed over."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from core.engine.model import LocalEndpoint
from core.settings import Settings, TierSettings
from core.vault.discovery import FoundVault
from desktop.bridge.engine_bridge import EngineBridge
from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.windows.first_run import SHOWN, SUGGESTED_KEY, FirstRun
from desktop.windows.settings_keys import QUICK_ASK
from tests.desktop.fake_link import FakeLink
from tests.desktop.widgets.tab_walk import walked

OLLAMA = LocalEndpoint("Ollama", "http://127.0.0.1:11434/v1", ("qwen3:8b", "qwen3:1.7b"))


@pytest.fixture
def link():
    link = FakeLink()
    link.endpoints = [OLLAMA]
    yield link
    link.close()


@pytest.fixture
def bridge(qapp, link):
    return EngineBridge(link)


@pytest.fixture
def guide(qtbot, theme, bridge):
    guide = FirstRun(Settings(), bridge)
    guide.settings = []
    guide.settings_changed.connect(guide.settings.append)
    qtbot.addWidget(guide)
    with qtbot.waitActive(guide):
        guide.show()
    return guide


def button(guide, name):
    return next(found for found in guide.findChildren(QPushButton, name) if found.isVisible())


def test_the_vaults_of_other_programs_are_one_click_away(guide, qtbot):
    guide.show_vaults([FoundVault(Path("/a/主库"), "Obsidian"), FoundVault(Path("/b"), "Logseq")])
    qtbot.waitUntil(lambda: len(guide.findChildren(QPushButton, "foundVaultButton")) == 2)
    qtbot.waitUntil(guide.findChildren(QPushButton, "foundVaultButton")[0].isVisible)
    with qtbot.waitSignal(guide.vault_chosen) as signal:
        button(guide, "foundVaultButton").click()
    assert signal.args == ["/a/主库"]
    assert guide.steps.currentIndex() == 1


def test_a_folder_is_another_one_only_where_some_are_offered(guide):
    assert button(guide, "openFolderButton").text() == "Choose a folder …"
    guide.show_vaults([FoundVault(Path("/a"), "Obsidian")])
    assert button(guide, "openFolderButton").text() == "Another folder …"
    guide.show_vaults([])
    assert button(guide, "openFolderButton").text() == "Choose a folder …"


def test_the_keyboard_begins_at_the_folder_and_not_at_the_way_past_it(guide):
    assert guide.focusWidget() is button(guide, "openFolderButton")


def test_tab_goes_down_each_step(guide, qtbot):
    assert walked(guide, begin="openFolderButton") == [
        *("openFolderButton", "welcomeVaultButton", "nextStepButton"),
    ]
    guide.show_vaults([FoundVault(Path("/a"), "Obsidian"), FoundVault(Path("/b"), "Logseq")])
    qtbot.waitUntil(guide.findChildren(QPushButton, "foundVaultButton")[1].isVisible)
    assert walked(guide, begin="foundVaultButton") == [
        *("foundVaultButton", "foundVaultButton", "openFolderButton", "welcomeVaultButton", "nextStepButton"),
    ]
    guide.go_on()
    qtbot.waitUntil(lambda: any(b.isVisible() for b in guide.findChildren(QPushButton, "foundModelButton")))
    assert walked(guide, begin="foundModelButton") == [
        *("foundModelButton", "connectModelButton", "quotesOnlyButton", "nextStepButton"),
    ]
    guide.go_on()
    assert walked(guide, begin="suggestKeyButton") == [
        *("suggestKeyButton", "quick_askKey", "quickAskCommand", "copyCommandButton", "nextStepButton"),
    ]


def test_only_so_many_are_offered(guide):
    guide.show_vaults([FoundVault(Path(f"/{n}"), "Obsidian") for n in range(SHOWN + 3)])
    assert len(guide.findChildren(QPushButton, "foundVaultButton")) == SHOWN


@pytest.mark.parametrize(
    ("name", "signal", "step"),
    [("openFolderButton", "folder_requested", 0), ("welcomeVaultButton", "welcome_requested", 1)],
)
def test_another_folder_or_the_welcome_vault(guide, qtbot, name, signal, step):
    with qtbot.waitSignal(getattr(guide, signal)):
        button(guide, name).click()
    assert guide.steps.currentIndex() == step


def test_an_opened_vault_leads_on(guide):
    guide.vault_is_open()
    assert guide.steps.currentIndex() == 1


def test_what_runs_on_this_machine_is_connected_with_one_click(guide, qtbot):
    guide.vault_is_open()
    qtbot.waitUntil(lambda: bool(guide.findChildren(QPushButton, "foundModelButton")))
    found = guide.findChild(QPushButton, "foundModelButton")
    assert "qwen3:8b" in found.text()
    found.click()
    settings = guide.settings[-1]
    assert settings.providers[0].base_url == OLLAMA.base_url
    assert settings.precise == TierSettings("Ollama", "qwen3:8b")
    assert guide.steps.currentIndex() == 2


def test_models_are_looked_for_again_once_there_is_an_engine(guide, bridge, link, qtbot):
    bridge.detach()
    guide._take_vault("/a")
    assert "Looking" in guide._model_note.text()
    bridge.attach(link)
    guide.vault_is_open()
    qtbot.waitUntil(lambda: bool(guide.findChildren(QPushButton, "foundModelButton")))


def test_where_none_runs_the_programs_are_named(guide, link, qtbot):
    link.endpoints = []
    guide.vault_is_open()
    qtbot.waitUntil(lambda: "Ollama" in guide._model_note.text())


def test_a_failed_look_is_none_found(guide, link, qtbot):
    link.endpoints = OSError("no network")
    guide.vault_is_open()
    qtbot.waitUntil(lambda: "No model server" in guide._model_note.text())


def test_without_a_vault_nothing_is_promised(guide, bridge):
    bridge.detach()
    guide.go_on()
    assert "No model server" in guide._model_note.text()


def test_a_key_leads_to_the_settings(guide, qtbot):
    guide.vault_is_open()
    with qtbot.waitSignal(guide.models_requested):
        button(guide, "connectModelButton").click()
    assert guide.steps.currentIndex() == 2


def test_quotes_only_is_a_choice(guide):
    guide.vault_is_open()
    button(guide, "quotesOnlyButton").click()
    assert guide.steps.currentIndex() == 2
    assert guide.settings == []


@pytest.fixture
def last(guide):
    guide.go_on()
    guide.go_on()
    return guide


def test_the_suggested_key_is_tried_and_kept(last, qtbot):
    with qtbot.waitSignal(last.hotkey_tried) as signal:
        button(last, "suggestKeyButton").click()
    assert signal.args == [SUGGESTED_KEY]
    assert last.settings[-1].at_hand.quick_ask == SUGGESTED_KEY


def test_a_taken_key_is_said(last):
    last.show_hotkey(HotkeyStatus(HotkeyState.TAKEN))
    assert "Another program" in last.keys._status.text()


def test_the_last_step_closes(last, qtbot):
    assert last.next_button.text() == "Done"
    with qtbot.waitSignal(last.accepted):
        last.next_button.click()


def test_settings_made_elsewhere_meanwhile_are_kept(last):
    last.follow(Settings(fast=TierSettings("x", "y")))
    last.keys.edit(QUICK_ASK).setKeySequence("F9")
    assert last.settings[-1].fast == TierSettings("x", "y")


def test_the_steps_are_counted(guide):
    assert guide._count.text() == "Step 1 of 3"
    guide.go_on()
    assert guide._count.text() == "Step 2 of 3"
