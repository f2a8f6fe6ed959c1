"""The form that adds a provider: what it sends where, and that no key goes astray."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from core import errors
from core.llm.quirks import PRESETS
from desktop.bridge.engine_bridge import EngineBridge
from desktop.windows.settings_connection import OTHER, ConnectionForm

OPENAI = "https://api.openai.com/v1"
PRESET_NAMES = [preset.name for preset in PRESETS]


@pytest.fixture
def form(qtbot, theme, link):
    form = ConnectionForm(EngineBridge(link), theme)
    qtbot.addWidget(form)
    form.added = []
    form.accepted.connect(lambda *told: form.added.append(told))
    with qtbot.waitExposed(form):
        form.show()
    return form


def choose(form, name):
    """Choose a preset as a person does."""
    form.preset_box.setCurrentIndex(form.preset_box.findData(name))
    form.preset_box.activated.emit(form.preset_box.currentIndex())


def said(form):
    label = form.findChild(QLabel, "connectionResult")
    return label.text() if label.isVisible() else ""


def privacy(form):
    return form.findChild(QLabel, "privacyNote").text()


def try_it(form, qtbot):
    """Press the button and wait for its answer."""
    form.test_button.click()
    qtbot.waitUntil(form.test_button.isEnabled)
    return said(form)


def asked(link):
    return [told for name, told in link.calls if name == "list_models"]


# Presets


@pytest.mark.parametrize("name", PRESET_NAMES)
def test_every_preset_brings_an_address_that_can_be_try_it(form, name):
    choose(form, name)
    preset = next(preset for preset in PRESETS if preset.name == name)
    assert form.address.text() == preset.base_url
    assert form.test_button.isEnabled()
    assert form.key.isEnabled() is preset.needs_key


@pytest.mark.parametrize("name", PRESET_NAMES)
def test_a_preset_that_is_taken_as_it_is_gives_its_own_name(form, name):
    choose(form, name)
    form.add_button.click()
    assert form.added[0][0] == next(preset.title for preset in PRESETS if preset.name == name)


def test_another_provider_begins_with_nothing_and_cannot_be_added(form):
    choose(form, OTHER)
    assert form.address.text() == ""
    assert not form.add_button.isEnabled()
    assert not form.test_button.isEnabled()
    assert privacy(form) == ""


def test_another_provider_is_called_by_its_host(form):
    choose(form, OTHER)
    form.address.setText("https://llm.公司.example/v1")
    form.add_button.click()
    assert form.added[0][:2] == ("llm.公司.example", "https://llm.公司.example/v1")


def test_an_address_that_was_changed_is_not_called_by_the_presets_name(form):
    choose(form, "openai")
    form.address.setText("https://proxy.example.com/v1")
    form.add_button.click()
    assert form.added[0][0] == "proxy.example.com"


def test_an_address_of_ones_own_at_the_same_provider_keeps_the_presets_name(form):
    choose(form, "azure")
    form.address.setText("https://ours.openai.azure.com/openai/v1")
    form.add_button.click()
    assert form.added[0][0] == "Azure OpenAI"


def test_a_local_server_on_another_port_keeps_its_name(form):
    choose(form, "ollama")
    form.address.setText("http://127.0.0.1:9999/v1")
    form.add_button.click()
    assert form.added[0][0] == "Ollama"


# Keys


@pytest.mark.parametrize("then", ["ollama", "deepseek", OTHER])
def test_a_key_does_not_go_along_to_another_provider(form, link, qtbot, then):
    choose(form, "openai")
    form.key.setText("sk-for-openai")
    choose(form, then)
    form.address.setText("http://127.0.0.1:5/v1")
    try_it(form, qtbot)
    form.add_button.click()
    assert asked(link) == [("http://127.0.0.1:5/v1", "")]
    assert form.added[0][2] == ""


def test_a_key_is_cleared_of_the_blanks_that_copying_brings(form, link, qtbot):
    link.models[OPENAI] = ["gpt-5"]
    form.key.setText("  sk-x \n")
    form.address.setText(f" {OPENAI} ")
    try_it(form, qtbot)
    form.add_button.click()
    assert asked(link) == [(OPENAI, "sk-x")]
    assert form.added[0][1:3] == (OPENAI, "sk-x")


def test_beginning_again_forgets_the_key(form):
    form.key.setText("sk-x")
    form.begin()
    assert form.key.text() == ""
    assert form.preset_box.currentIndex() == 0


def test_the_key_cannot_be_copied_out_of_the_form(form):
    form.key.setText("sk-secret")
    assert form.key.echoMode() is QLineEdit.EchoMode.Password
    assert "sk-secret" not in form.key.displayText()
    assert "sk-secret" not in privacy(form)


# Testing


def test_what_a_test_found_goes_along_when_it_is_added(form, link, qtbot):
    link.models[OPENAI] = ["gpt-5", "gpt-5-mini"]
    assert try_it(form, qtbot) == "Connected. Models: 2"
    form.add_button.click()
    assert form.added == [("OpenAI", OPENAI, "", ["gpt-5", "gpt-5-mini"], False)]


def test_what_was_found_before_an_edit_is_forgotten(form, link, qtbot):
    link.models[OPENAI] = ["gpt-5"]
    try_it(form, qtbot)
    form.key.setText("another")
    assert said(form) == ""
    form.add_button.click()
    assert form.added[0][3] == []


def test_it_can_be_added_without_a_test(form):
    form.add_button.click()
    assert form.added == [("OpenAI", OPENAI, "", [], False)]


def test_while_a_test_is_under_way_it_says_so_and_cannot_be_asked_twice(form, link, qtbot):
    form.test_button.click()
    assert said(form) == "Connecting"
    assert not form.test_button.isEnabled()
    form.test_button.click()
    qtbot.waitUntil(form.test_button.isEnabled)
    assert len(asked(link)) == 1


def test_a_second_test_of_the_same_address_answers_again(form, link, qtbot):
    link.models[OPENAI] = errors.KeyRefused(host="api.openai.com")
    assert "refused the key" in try_it(form, qtbot)
    link.models[OPENAI] = ["gpt-5"]
    assert try_it(form, qtbot) == "Connected. Models: 1"


def test_a_problem_is_marked_as_one_and_a_success_is_not(form, link, qtbot):
    label = form.findChild(QLabel, "connectionResult")
    link.models[OPENAI] = errors.ModelUnreachable(host="api.openai.com")
    try_it(form, qtbot)
    assert label.property("problem") is True
    link.models[OPENAI] = []
    assert try_it(form, qtbot) == "Connected. Models: 0"
    assert label.property("problem") is False


def test_what_a_server_says_is_never_read_as_html(form, link, qtbot):
    link.models[OPENAI] = errors.ModelUnreachable(host="<img src='http://x.y/z'>")
    assert "<img" in try_it(form, qtbot)
    assert form.findChild(QLabel, "connectionResult").textFormat() is Qt.TextFormat.PlainText


def test_a_test_goes_on_where_the_engine_stops_in_the_middle(form, link, qtbot):
    link.models[OPENAI] = errors.EngineStopped()
    assert try_it(form, qtbot) != ""
    assert form.add_button.isEnabled()


# Consent


@pytest.fixture
def unencrypted(form, link, qtbot):
    """The form after an unencrypted address was refused."""
    link.models["http://nas.lan:1234/v1"] = errors.AddressNotSecure(host="nas.lan")
    choose(form, OTHER)
    form.address.setText("http://nas.lan:1234/v1")
    try_it(form, qtbot)
    return form


def test_consent_is_asked_for_only_where_it_is_needed(form, unencrypted):
    assert form.consent.isVisible()
    assert not form.consent.isChecked()
    choose(form, "openai")
    assert not form.consent.isVisible()


def test_consent_is_for_one_address_alone(form, unencrypted):
    form.consent.setChecked(True)
    form.address.setText("http://other.lan/v1")
    form.add_button.click()
    assert form.added[0][4] is False


def test_no_consent_is_no_consent(form, unencrypted):
    form.add_button.click()
    assert form.added[0][4] is False


def test_a_person_may_consent_by_keyboard(form, unencrypted):
    form.consent.setFocus()
    QTest.keyClick(form.consent, Qt.Key.Key_Space)
    form.add_button.click()
    assert form.added[0][4] is True


# What leaves the machine


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/v1", "http://localhost/v1", "http://[::1]:8080/v1"])
def test_this_machine_is_called_so(form, address):
    form.address.setText(address)
    assert privacy(form) == "Runs on this machine: nothing leaves it."


@pytest.mark.parametrize("address", ["https://localhost.evil.example/v1", "http://127.0.0.1.evil.example/v1"])
def test_a_host_that_only_looks_like_this_machine_is_named(form, address):
    form.address.setText(address)
    assert "evil.example" in privacy(form)


@pytest.mark.parametrize("address", ["", "   ", "no address", "https://", "http://[::1", "例子"])
def test_what_is_no_address_can_be_neither_tested_nor_added(form, address):
    form.address.setText(address)
    assert not form.test_button.isEnabled()
    assert not form.add_button.isEnabled()
    assert privacy(form) == ""


def test_cancel_tells_nothing(form, qtbot):
    form.key.setText("sk")
    with qtbot.waitSignal(form.cancelled):
        form._cancel_button.click()
    assert form.added == []
