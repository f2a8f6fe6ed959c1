"""The settings dialog: one click to a local model, a key that goes to the keyring, nothing before Save."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core import errors
from core.engine.model import LocalEndpoint
from core.paths import places
from core.settings import AppearanceSettings, ProviderSettings, Settings, TierSettings, load
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.shortcuts import WindowKeys
from desktop.windows.settings_dialog import Around, SettingsDialog
from desktop.windows.settings_keys import NO_KEYS

OLLAMA = LocalEndpoint("Ollama", "http://127.0.0.1:11434/v1", ("qwen3:8b", "qwen3:1.7b"))
CONNECTED = Settings(
    providers=(ProviderSettings("Ollama", OLLAMA.base_url),),
    fast=TierSettings("Ollama", "qwen3:1.7b"),
    precise=TierSettings("Ollama", "qwen3:8b"),
)
NOTHING = Settings()
OPENAI_URL = "https://api.openai.com/v1"


class Keyring:
    """Keys in memory, and which thread asked for them."""

    def __init__(self, *, takes=True):
        self.takes, self.kept, self.threads = takes, {}, set()

    def get(self, base_url):
        self.threads.add(threading.current_thread())
        return self.kept.get(base_url, "")

    def set(self, base_url, key):
        self.threads.add(threading.current_thread())
        if self.takes:
            self.kept[base_url] = key
        return self.takes


@pytest.fixture
def keyring():
    return Keyring()


@pytest.fixture
def open_dialog(qtbot, theme, link, keyring, tmp_path):
    bridge, tasks = EngineBridge(link), TaskRunner()

    def open_dialog(settings=NOTHING):
        around = Around(
            places(tmp_path), WindowKeys({}, {"Open a folder": "Ctrl+O"}), has_tray=True,
            cost_today=lambda: 0.25, report=lambda: lambda: "# Versions\n\nPilotfish: 1",
        )  # fmt: skip
        dialog = SettingsDialog(settings, bridge, tasks, theme, around=around, keys=lambda: keyring)
        qtbot.addWidget(dialog, before_close_func=lambda dialog: dialog.reject())
        dialog.file = tmp_path / "config" / "config.toml"
        dialog.changes = []
        dialog.settings_changed.connect(dialog.changes.append)
        dialog.show()
        return dialog

    yield open_dialog
    tasks.shutdown()
    bridge.close()


def press(qtbot, dialog, name):
    button = next(button for button in dialog.findChildren(QPushButton, name) if button.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def save(qtbot, dialog):
    press(qtbot, dialog, "saveButton")
    qtbot.waitUntil(lambda: bool(dialog.changes))


def buttons(dialog, name):
    return [button for button in dialog.findChildren(QPushButton, name) if button.isVisible()]


def words(dialog, name):
    label = dialog.findChild(QLabel, name)
    return label.text() if label.isVisible() else ""


def begin_adding(qtbot, dialog, *, key="sk-secret"):
    press(qtbot, dialog, "addProviderButton")
    form = dialog.models_page.form
    form.key.setText(key)
    return form


def test_a_model_on_this_machine_is_one_click_away(qtbot, open_dialog, link):
    link.endpoints = [OLLAMA]
    dialog = open_dialog()
    qtbot.waitUntil(lambda: len(buttons(dialog, "useButton")) == 1)
    press(qtbot, dialog, "useButton")
    save(qtbot, dialog)
    assert load(dialog.file) == dialog.changes[0] == CONNECTED
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_where_nothing_is_found_it_says_what_to_do_and_looks_again(qtbot, open_dialog, link):
    dialog = open_dialog()
    note = dialog.models_page._local_note
    qtbot.waitUntil(lambda: "No model server was found" in note.text())
    link.endpoints = [OLLAMA]
    press(qtbot, dialog, "lookButton")
    qtbot.waitUntil(lambda: len(buttons(dialog, "useButton")) == 1)


def test_a_search_that_fails_is_a_search_that_found_nothing(qtbot, open_dialog, link):
    link.endpoints = errors.EngineStopped()
    dialog = open_dialog()
    qtbot.waitUntil(lambda: buttons(dialog, "lookButton") and buttons(dialog, "lookButton")[0].isEnabled())
    assert buttons(dialog, "useButton") == []


def test_a_provider_is_tested_added_and_its_key_goes_to_the_keyring(qtbot, open_dialog, link, keyring):
    link.models[OPENAI_URL] = ["gpt-5", "gpt-5-mini", "other"]
    dialog = open_dialog()
    begin_adding(qtbot, dialog)
    press(qtbot, dialog, "testButton")
    qtbot.waitUntil(lambda: words(dialog, "connectionResult") == "Connected. Models: 3")
    assert ("list_models", (OPENAI_URL, "sk-secret")) in link.calls
    press(qtbot, dialog, "addButton")
    assert keyring.kept == {}
    save(qtbot, dialog)
    assert keyring.kept == {OPENAI_URL: "sk-secret"}
    assert ("keep_key", (OPENAI_URL, "sk-secret")) in link.calls
    assert threading.main_thread() not in keyring.threads
    assert dialog.changes[0].fast == TierSettings("OpenAI", "gpt-5-mini")
    assert "sk-secret" not in dialog.file.read_text(encoding="utf-8")


def test_cancel_keeps_neither_settings_nor_key(qtbot, open_dialog, keyring):
    dialog = open_dialog()
    begin_adding(qtbot, dialog)
    press(qtbot, dialog, "addButton")
    press(qtbot, dialog, "cancelButton")
    assert (dialog.changes, keyring.kept, dialog.file.exists()) == ([], {}, False)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (errors.KeyRefused(host="api.openai.com"), "api.openai.com refused the key."),
        (errors.ModelUnreachable(host="h"), "Nothing answers at h. Start the model server"),
        (errors.AnswerMalformed(host="h"), "What h sent is not a model's answer."),
    ],
)
def test_a_failed_test_says_why(qtbot, open_dialog, link, error, expected):
    link.models[OPENAI_URL] = error
    dialog = open_dialog()
    begin_adding(qtbot, dialog)
    press(qtbot, dialog, "testButton")
    qtbot.waitUntil(lambda: words(dialog, "connectionResult").startswith(expected))
    assert buttons(dialog, "addButton")[0].isEnabled()  # a server that is off now may still be set up


def test_the_result_of_a_test_is_dropped_when_the_address_was_changed_meanwhile(qtbot, open_dialog, link):
    link.models[OPENAI_URL] = ["gpt-5"]
    dialog = open_dialog()
    form = begin_adding(qtbot, dialog)
    form.test()
    form.address.setText("https://other.example/v1")
    link.run(lambda _value: None, None)  # the answer has been handed over by now
    qtbot.wait(20)
    assert words(dialog, "connectionResult") == ""


def test_an_unencrypted_address_needs_consent(qtbot, open_dialog, link):
    address = "http://192.168.1.5:11434/v1"
    link.models[address] = errors.AddressNotSecure(host="192.168.1.5")
    dialog = open_dialog()
    form = begin_adding(qtbot, dialog, key="")
    form.address.setText(address)
    press(qtbot, dialog, "testButton")
    qtbot.waitUntil(form.consent.isVisible)
    form.consent.setChecked(True)
    press(qtbot, dialog, "addButton")
    save(qtbot, dialog)
    assert dialog.changes[0].providers[0].allow_http is True


def test_what_leaves_the_machine_is_said_before_anything_is_added(qtbot, open_dialog):
    dialog = open_dialog()
    form = begin_adding(qtbot, dialog)
    assert "go to api.openai.com" in words(dialog, "privacyNote")
    assert "system's keyring" in words(dialog, "privacyNote")
    form.address.setText("http://localhost:1234/v1")
    assert words(dialog, "privacyNote") == "Runs on this machine: nothing leaves it."
    form.address.setText("nonsense")
    assert not buttons(dialog, "addButton")[0].isEnabled()


def test_a_preset_fills_in_the_address_and_whether_a_key_is_needed(qtbot, open_dialog):
    dialog = open_dialog()
    form = begin_adding(qtbot, dialog)
    form.preset_box.setCurrentIndex(form.preset_box.findData("ollama"))
    form.preset_box.activated.emit(form.preset_box.currentIndex())
    assert form.address.text() == "http://127.0.0.1:11434/v1"
    assert not form.key.isEnabled()
    form.preset_box.setCurrentIndex(form.preset_box.findData("other"))
    form.preset_box.activated.emit(form.preset_box.currentIndex())
    assert (form.address.text(), form.key.isEnabled()) == ("", True)


def test_the_key_is_not_shown(qtbot, open_dialog):
    form = begin_adding(qtbot, open_dialog())
    assert form.key.displayText() != "sk-secret"


def test_each_tier_may_mean_another_model(qtbot, open_dialog, link):
    link.models[OLLAMA.base_url] = ["qwen3:8b", "qwen3:1.7b", "gemma3:4b"]
    dialog = open_dialog(CONNECTED)
    choice = dialog.models_page._choices["fast"]
    qtbot.waitUntil(lambda: choice.model_box.count() == 3)
    assert choice.model_box.currentText() == "qwen3:1.7b"
    choice.model_box.setCurrentText("gemma3:4b")
    save(qtbot, dialog)
    assert dialog.changes[0].fast == TierSettings("Ollama", "gemma3:4b")
    assert dialog.changes[0].precise == CONNECTED.precise


def test_a_tier_may_mean_the_built_in_model(qtbot, open_dialog):
    dialog = open_dialog(CONNECTED)
    choice = dialog.models_page._choices["precise"]
    choice.provider_box.setCurrentIndex(choice.provider_box.findData("local"))
    choice.provider_box.activated.emit(choice.provider_box.currentIndex())
    assert choice.model_box.isHidden()
    save(qtbot, dialog)
    assert dialog.changes[0].precise == TierSettings("local", "")


def test_a_stored_key_is_used_to_list_the_models_of_a_connected_provider(qtbot, open_dialog, link, keyring):
    keyring.kept[OPENAI_URL] = "sk-stored"
    open_dialog(Settings(providers=(ProviderSettings("OpenAI", OPENAI_URL),)))
    qtbot.waitUntil(lambda: ("list_models", (OPENAI_URL, "sk-stored")) in link.calls)
    assert threading.main_thread() not in keyring.threads


def test_a_provider_can_be_removed(qtbot, open_dialog):
    dialog = open_dialog(CONNECTED)
    press(qtbot, dialog, "removeButton")
    save(qtbot, dialog)
    assert dialog.changes[0] == Settings()


def test_without_a_keyring_it_says_that_the_key_was_not_kept(qtbot, open_dialog, keyring):
    keyring.takes = False
    dialog = open_dialog()
    begin_adding(qtbot, dialog)
    press(qtbot, dialog, "addButton")
    save(qtbot, dialog)
    assert "no keyring" in words(dialog, "settingsProblem")
    assert dialog.isVisible()


def test_settings_that_cannot_be_written_stay_in_the_dialog(qtbot, open_dialog):
    dialog = open_dialog(CONNECTED)
    dialog.file.parent.write_text("a file where a folder should be")
    press(qtbot, dialog, "saveButton")
    qtbot.waitUntil(lambda: "could not be saved" in words(dialog, "settingsProblem"))
    assert dialog.changes == []
    assert buttons(dialog, "saveButton")[0].isEnabled()


def test_theme_and_language_are_chosen_on_the_second_page(qtbot, open_dialog):
    dialog = open_dialog(CONNECTED)
    dialog.pages.show_page("appearancePage")
    page = dialog.appearance_page
    for box, value in ((page.theme_box, "dark"), (page.language_box, "zh_CN")):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    save(qtbot, dialog)
    assert dialog.changes[0].appearance == AppearanceSettings("dark", "zh_CN")
    assert dialog.changes[0].providers == CONNECTED.providers


def test_what_is_set_is_what_is_shown(open_dialog):
    dialog = open_dialog(Settings(appearance=AppearanceSettings("light", "en")))
    assert dialog.appearance_page.theme_box.currentData() == "light"
    assert dialog.appearance_page.language_box.currentData() == "en"


def test_before_there_is_an_engine_the_dialog_opens_all_the_same(qtbot, theme, keyring, tmp_path):
    tasks = TaskRunner()
    around = Around(places(tmp_path), NO_KEYS, has_tray=False, cost_today=lambda: 0.0, report=lambda: str)
    dialog = SettingsDialog(CONNECTED, EngineBridge(), tasks, theme, around=around, keys=lambda: keyring)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "still starting" in dialog.models_page._local_note.text()
    begin_adding(qtbot, dialog)
    press(qtbot, dialog, "testButton")
    assert "still starting" in words(dialog, "connectionResult")
    dialog.reject()
    tasks.shutdown()


def test_every_field_has_a_name(qtbot, open_dialog):
    dialog = open_dialog(CONNECTED)
    begin_adding(qtbot, dialog)
    focusable = [
        child
        for child in dialog.findChildren(QWidget)
        if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.objectName()
    ]
    nameless = [w.objectName() for w in focusable if not (w.accessibleName() or getattr(w, "text", str)())]
    assert [name for name in nameless if not name.startswith("qt_")] == []


def test_enter_in_a_field_does_not_press_a_button_far_away(qtbot, open_dialog):
    dialog = open_dialog()
    form = begin_adding(qtbot, dialog)
    assert not any(button.autoDefault() for button in form.findChildren(QPushButton))


def test_where_the_index_lies_is_told_on_the_page_of_privacy_at_once(open_dialog):
    dialog = open_dialog(CONNECTED)
    dialog.index_page.store.setText("s3://team/notes")
    dialog.index_page.store.textEdited.emit("s3://team/notes")
    assert "s3://team/notes" in dialog.privacy_page._who.text()


def test_the_form_for_a_provider_is_in_sight_with_its_buttons(qtbot, open_dialog):
    dialog = open_dialog(CONNECTED)
    dialog.resize(620, 420)
    form = begin_adding(qtbot, dialog)
    qtbot.waitUntil(lambda: not form.add_button.visibleRegion().isEmpty())


@pytest.mark.parametrize("work", ["completion", "vision", "transcription"])
def test_ghost_text_pictures_and_recordings_may_have_models_of_their_own(qtbot, open_dialog, link, work):
    link.models[OLLAMA.base_url] = ["qwen3:8b", "special"]
    dialog = open_dialog(CONNECTED)
    choice = dialog.models_page._choices[work]
    assert choice.value == TierSettings()
    choice.provider_box.setCurrentIndex(choice.provider_box.findData("Ollama"))
    choice.provider_box.activated.emit(choice.provider_box.currentIndex())
    choice.model_box.setCurrentText("special")
    save(qtbot, dialog)
    assert getattr(dialog.changes[0], work) == TierSettings("Ollama", "special")
    assert dialog.changes[0].fast == CONNECTED.fast
