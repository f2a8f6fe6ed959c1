"""The guide of a first start on its less trodden paths: slow engines, odd names, keys only."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QKeySequenceEdit, QLabel, QPushButton, QWidget

from core.engine.model import LocalEndpoint
from core.settings import AppearanceSettings, ProviderSettings, Settings, TierSettings
from core.vault.discovery import FoundVault
from desktop.bridge.engine_bridge import EngineBridge
from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.windows.first_run import SHOWN, SUGGESTED_KEY, FirstRun
from desktop.windows.settings_keys import QUICK_ASK
from tests.desktop.fake_link import FakeLink

OLLAMA = LocalEndpoint("Ollama", "http://127.0.0.1:11434/v1", ("qwen3:8b", "qwen3:1.7b"))
STUDIO = LocalEndpoint("LM Studio", "http://127.0.0.1:1234/v1", ("通义千问-7b",))


@pytest.fixture
def link():
    link = FakeLink()
    link.endpoints = [OLLAMA, STUDIO]
    yield link
    link.close()


@pytest.fixture
def bridge(qapp, link):
    return EngineBridge(link)


@pytest.fixture
def begin(qtbot, theme, bridge):
    def begin(settings=None):
        guide = FirstRun(settings or Settings(), bridge)
        guide.settings = []
        guide.settings_changed.connect(guide.settings.append)
        qtbot.addWidget(guide)
        with qtbot.waitExposed(guide):
            guide.show()
        return guide

    return begin


@pytest.fixture
def guide(begin):
    return begin()


def buttons(guide, name):
    return guide.findChildren(QPushButton, name)


def title(guide):
    labels = guide.steps.currentWidget().findChildren(QLabel)
    return next(label.text() for label in labels if label.property("title"))


def until_models_are_offered(guide, qtbot, count=2):
    qtbot.waitUntil(lambda: len(buttons(guide, "foundModelButton")) == count)


# Names


@pytest.mark.parametrize("name", ["R&D", "研发 & 设计", "a&b&c", "<b>fett", "مذكرات 🗒"])
def test_a_vault_is_called_by_its_name_whatever_letters_are_in_it(guide, name):
    guide.show_vaults([FoundVault(Path(f"/x/{name}"), "Obsidian")])
    button = buttons(guide, "foundVaultButton")[0]
    assert button.text().replace("&&", "&").startswith(name)
    assert button.shortcut().isEmpty()


def test_two_vaults_of_one_name_are_told_apart(guide):
    guide.show_vaults([FoundVault(Path("/工作/笔记"), "Obsidian"), FoundVault(Path("/家/笔记"), "Logseq")])
    shown = [button.text() for button in guide.findChildren(QPushButton, "foundVaultButton")]
    assert shown == ["笔记 (工作)  ·  Obsidian", "笔记 (家)  ·  Logseq"]


def test_the_whole_path_is_in_the_tooltip_and_no_html(guide, qtbot):
    path = Path("/home/<img src='x'>/库")
    guide.show_vaults([FoundVault(path, "Obsidian")])
    tip = buttons(guide, "foundVaultButton")[0].toolTip()
    assert "/库" in tip
    assert "<img" not in tip


def test_a_model_server_shows_a_few_of_its_models(guide, link, qtbot):
    link.endpoints = [LocalEndpoint("vLLM", "http://127.0.0.1:8000/v1", tuple(f"m{n}" for n in range(9)))]
    guide.vault_is_open()
    until_models_are_offered(guide, qtbot, 1)
    text = buttons(guide, "foundModelButton")[0].text()
    assert "vLLM" in text
    assert "m0, m1, m2" in text
    assert "m3" not in text


def test_only_so_many_model_servers_are_offered(guide, link, qtbot):
    link.endpoints = [
        LocalEndpoint(f"S{n}", f"http://127.0.0.1:{8000 + n}/v1", ("m",)) for n in range(SHOWN + 4)
    ]
    guide.vault_is_open()
    until_models_are_offered(guide, qtbot, SHOWN)


# Slow and quick


def test_an_engine_that_was_there_before_offers_each_model_once(guide, link, qtbot):
    """With an engine of an earlier vault the search runs at the step, and again when the vault opens."""
    guide._take_vault("/a")
    until_models_are_offered(guide, qtbot)
    guide.vault_is_open()
    link.run(lambda _none: None, None)  # the second answer has been handed over
    QTest.qWait(20)
    texts = [button.text() for button in buttons(guide, "foundModelButton")]
    assert len(texts) == len(set(texts)) == 2


def test_the_vaults_that_were_found_later_take_the_place_of_the_first(guide, qtbot):
    guide.show_vaults([FoundVault(Path("/a"), "Obsidian")])
    guide.show_vaults([FoundVault(Path("/a"), "Obsidian"), FoundVault(Path("/b"), "Logseq")])
    qtbot.waitUntil(lambda: len(buttons(guide, "foundVaultButton")) == 2)
    assert [button.text() for button in buttons(guide, "foundVaultButton")] == [
        "a  ·  Obsidian",
        "b  ·  Logseq",
    ]


def test_a_server_that_was_stopped_meanwhile_is_no_longer_offered(guide, link, qtbot):
    guide.vault_is_open()
    until_models_are_offered(guide, qtbot)
    link.endpoints = []
    guide.vault_is_open()
    qtbot.waitUntil(lambda: "No model server" in guide._model_note.text())
    assert [button for button in buttons(guide, "foundModelButton") if not button.isHidden()] == []


def test_an_engine_that_comes_after_the_person_went_on_changes_no_step(guide, qtbot):
    guide.go_on()
    guide.go_on()
    guide.vault_is_open()
    assert guide.steps.currentIndex() == 2


def test_an_answer_that_comes_after_the_guide_is_closed_is_harmless(guide, link, qtbot):
    guide.vault_is_open()
    guide.reject()
    link.run(lambda _none: None, None)
    QTest.qWait(20)
    assert not guide.isVisible()
    assert guide.settings == []


# Choices


def test_the_second_server_is_taken_as_well_as_the_first(guide, qtbot):
    guide.vault_is_open()
    until_models_are_offered(guide, qtbot)
    buttons(guide, "foundModelButton")[1].click()
    settings = guide.settings[-1]
    assert settings.providers == (ProviderSettings("LM Studio", STUDIO.base_url),)
    assert settings.fast == settings.precise == TierSettings("LM Studio", "通义千问-7b")


def test_settings_that_were_there_are_kept_with_every_choice(begin, qtbot):
    before = Settings(appearance=AppearanceSettings("dark", "zh_CN"), vaults=("/库",))
    guide = begin(before)
    guide.vault_is_open()
    until_models_are_offered(guide, qtbot)
    buttons(guide, "foundModelButton")[0].click()
    buttons(guide, "suggestKeyButton")[0].click()
    after = guide.settings[-1]
    assert (after.appearance, after.vaults) == (before.appearance, before.vaults)
    assert after.providers[0].name == "Ollama"
    assert after.at_hand.quick_ask == SUGGESTED_KEY


def test_a_provider_of_the_same_name_gets_a_number(begin, qtbot):
    guide = begin(Settings(providers=(ProviderSettings("Ollama", "http://nas:1/v1"),)))
    guide.vault_is_open()
    until_models_are_offered(guide, qtbot)
    buttons(guide, "foundModelButton")[0].click()
    assert [provider.name for provider in guide.settings[-1].providers] == ["Ollama", "Ollama 2"]


def test_passing_over_every_step_changes_nothing(guide, qtbot):
    with qtbot.waitSignal(guide.accepted):
        for _ in range(guide.steps.count()):
            guide.next_button.click()
    assert guide.settings == []


def test_escape_leaves_at_any_step(guide):
    guide.go_on()
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()
    assert guide.settings == []


# Keys


@pytest.fixture
def last(guide):
    guide.go_on()
    guide.go_on()
    return guide


def test_another_key_may_be_pressed_instead(last, qtbot):
    with qtbot.waitSignal(last.hotkey_tried) as tried:
        last.keys.edit(QUICK_ASK).setKeySequence("Meta+Space")
    assert tried.args == ["Meta+Space"]
    assert last.settings[-1].at_hand.quick_ask == "Meta+Space"


def test_a_taken_key_can_be_given_up_for_another(last):
    buttons(last, "suggestKeyButton")[0].click()
    last.show_hotkey(HotkeyStatus(HotkeyState.TAKEN))
    last.keys.edit(QUICK_ASK).setKeySequence("Ctrl+Alt+P")
    last.show_hotkey(HotkeyStatus(HotkeyState.ACTIVE, "x11", "Ctrl+Alt+P"))
    assert last.settings[-1].at_hand.quick_ask == "Ctrl+Alt+P"
    assert "Ctrl+Alt+P" in last.keys._status.text()
    assert last.keys._status.property("problem") is False


def test_choosing_a_key_stays_at_the_step_to_show_how_it_went(last):
    buttons(last, "suggestKeyButton")[0].click()
    assert last.isVisible()
    assert last.steps.currentIndex() == 2
    assert last.next_button.text() == "Done"


# For everybody


def test_each_step_has_a_title_of_its_own(guide):
    titles = [title(guide)]
    for _ in range(guide.steps.count() - 1):
        guide.go_on()
        titles.append(title(guide))
    assert len(set(titles)) == 3
    assert all(titles)


def test_the_guide_is_walked_by_keyboard_alone(guide, qtbot):
    guide.show_vaults([FoundVault(Path("/a"), "Obsidian")])
    first = buttons(guide, "foundVaultButton")[0]
    first.setFocus()
    with qtbot.waitSignal(guide.vault_chosen):
        QTest.keyClick(first, Qt.Key.Key_Space)
    until_models_are_offered(guide, qtbot)
    QTest.keyClick(buttons(guide, "quotesOnlyButton")[0], Qt.Key.Key_Space)
    with qtbot.waitSignal(guide.accepted):
        QTest.keyClick(guide.next_button, Qt.Key.Key_Space)


def test_enter_does_not_press_a_button_that_was_not_chosen(guide, qtbot):
    with qtbot.assertNotEmitted(guide.welcome_requested), qtbot.assertNotEmitted(guide.folder_requested):
        QTest.keyClick(guide, Qt.Key.Key_Return)
    assert guide.steps.currentIndex() == 0


@pytest.mark.parametrize("step", [0, 1, 2])
def test_everything_that_takes_the_focus_has_a_name(guide, qtbot, step):
    for _ in range(step):
        guide.go_on()
    nameless = [
        widget
        for widget in guide.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parentWidget(), QKeySequenceEdit)
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_tab_gets_out_of_the_field_for_a_key(last):
    last.keys.edit(QUICK_ASK).setFocus()
    seen = set()
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget().objectName())
    assert {"suggestKeyButton", "nextStepButton"} <= seen
    assert last.settings == []
