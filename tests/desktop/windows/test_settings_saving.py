"""Saving the settings: what happens when something is slow, in the wrong order, or breaks."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from core import settings as settings_file
from core.paths import places as places_below
from core.settings import AtHandSettings, IndexSettings, ProviderSettings, Settings, TierSettings
from desktop.windows import settings_dialog
from desktop.windows.settings_dialog import Around, SettingsDialog
from desktop.windows.settings_keys import NO_KEYS

OPENAI = "https://api.openai.com/v1"
DEFAULTS = Settings()


class SlowKeyring:
    """A keyring that waits, as for its password, until the test lets it go on."""

    def __init__(self):
        self.asked, self.may_go_on = threading.Event(), threading.Event()
        self.kept = {}
        self.error = None

    def get(self, base_url):
        return self.kept.get(base_url, "")

    def set(self, base_url, key):
        self.asked.set()
        assert self.may_go_on.wait(60)
        if self.error is not None:
            raise self.error
        self.kept[base_url] = key
        return True


@pytest.fixture
def keyring():
    keyring = SlowKeyring()
    keyring.may_go_on.set()
    yield keyring
    keyring.may_go_on.set()


@pytest.fixture
def open_dialog(qtbot, theme, bridge, keyring, tasks, tmp_path):  # noqa: PLR0917 -- fixtures
    def open_dialog(settings=DEFAULTS):
        around = Around(
            places_below(tmp_path),
            NO_KEYS,
            has_tray=True,
            cost_today=lambda: 0.0,
            report=lambda: lambda: "report",
        )
        dialog = SettingsDialog(settings, bridge, tasks, theme, around=around, keys=lambda: keyring)
        qtbot.addWidget(dialog, before_close_func=lambda dialog: dialog.reject())
        dialog.file = tmp_path / "config" / "config.toml"
        dialog.changes = []
        dialog.settings_changed.connect(dialog.changes.append)
        dialog.show()
        return dialog

    return open_dialog


def press(dialog, name):
    QApplication.processEvents()  # a row that was just added is laid out by an event
    next(b for b in dialog.findChildren(QPushButton, name) if b.isVisible()).click()


def add_openai(dialog, key="sk-new"):
    press(dialog, "addProviderButton")
    dialog.models_page.form.key.setText(key)
    press(dialog, "addButton")


def problem(dialog):
    label = dialog.findChild(QLabel, "settingsProblem")
    return label.text() if label.isVisible() else ""


def saved(dialog, qtbot):
    press(dialog, "saveButton")
    qtbot.waitUntil(lambda: bool(dialog.changes))
    return settings_file.load(dialog.file)


# Nothing, everything


def test_saving_what_was_not_changed_writes_the_same_again(open_dialog, qtbot):
    settings = Settings(last_vault="/库", vaults=("/库",), at_hand=AtHandSettings("F9"))
    dialog = open_dialog(settings)
    assert saved(dialog, qtbot) == settings


def test_what_no_page_shows_is_kept(open_dialog, qtbot):
    settings = Settings(
        completion=TierSettings("x", "y"), vision=TierSettings("v", "w"),
        index=IndexSettings(store_url="db://team/notes"),
    )  # fmt: skip
    dialog = open_dialog(settings)
    dialog.ghost_page.enabled.click()
    dialog.index_page.battery.click()
    found = saved(dialog, qtbot)
    assert (found.completion, found.vision) == (settings.completion, settings.vision)
    assert found.index.store_url == "db://team/notes"


def test_every_page_adds_to_one_draft(open_dialog, qtbot):
    dialog = open_dialog(Settings(vaults=("/a", "/b")))
    press_on_page(dialog, "vaultsPage", "forgetVaultButton")
    dialog.index_page.exclude.setPlainText("私人/")
    dialog.ghost_page.model.click()
    dialog.keys_page.edit("next").setKeySequence("F4")
    dialog.keys_page.keep_running.click()
    found = saved(dialog, qtbot)
    assert found.vaults == ("/b",)
    assert found.index.exclude == ("私人/",)
    assert (found.ghost.model, found.ghost.next) == (False, "F4")
    assert found.at_hand.keep_running


def press_on_page(dialog, page, name):
    dialog.pages.show_page(page)
    press(dialog, name)


def test_the_two_pages_of_ghost_text_do_not_undo_each_other(open_dialog, qtbot):
    dialog = open_dialog()
    dialog.keys_page.edit("take").setKeySequence("F3")
    dialog.ghost_page.in_code.click()
    dialog.keys_page.edit("refuse").setKeySequence("F4")
    ghost = dialog.draft.ghost
    assert (ghost.take, ghost.in_code, ghost.refuse) == ("F3", True, "F4")
    assert "F3 takes it" in dialog.ghost_page._keys.text()


def test_a_provider_that_is_connected_is_at_once_told_under_privacy_and_cost(open_dialog):
    dialog = open_dialog()
    add_openai(dialog)
    assert dialog.privacy_page._who.text().startswith("api.openai.com:")
    assert "api.openai.com" in dialog.cost_page._models.text()


# Keys


def test_the_key_of_a_provider_that_was_taken_out_again_is_not_kept(open_dialog, qtbot, keyring, link):
    dialog = open_dialog()
    add_openai(dialog)
    press(dialog, "removeButton")
    assert saved(dialog, qtbot).providers == ()
    assert keyring.kept == {}
    assert not [told for name, told in link.calls if name == "keep_key"]


def test_the_last_key_that_was_typed_for_an_address_is_kept(open_dialog, qtbot, keyring):
    dialog = open_dialog()
    add_openai(dialog, "sk-wrong")
    press(dialog, "removeButton")
    add_openai(dialog, "sk-right")
    saved(dialog, qtbot)
    assert keyring.kept == {OPENAI: "sk-right"}


def test_a_keyring_that_takes_its_time_holds_nothing_up_but_the_saving(open_dialog, qtbot, keyring):
    keyring.may_go_on.clear()
    dialog = open_dialog()
    add_openai(dialog)
    press(dialog, "saveButton")
    assert keyring.asked.wait(60)
    assert not dialog.findChild(QPushButton, "saveButton").isEnabled()
    dialog.ghost_page.enabled.click()  # the window still answers
    assert not dialog.file.exists()
    keyring.may_go_on.set()
    qtbot.waitUntil(lambda: bool(dialog.changes))
    assert settings_file.load(dialog.file) == dialog.changes[0]


def test_cancel_while_the_keyring_waits_writes_nothing(open_dialog, qtbot, keyring, tasks):
    keyring.may_go_on.clear()
    dialog = open_dialog()
    add_openai(dialog)
    press(dialog, "saveButton")
    assert keyring.asked.wait(60)
    press(dialog, "cancelButton")
    keyring.may_go_on.set()
    qtbot.waitUntil(lambda: bool(keyring.kept))
    tasks.settle()
    assert (dialog.changes, dialog.file.exists()) == ([], False)


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError("locked")])
def test_a_keyring_that_breaks_leaves_the_dialog_open_and_says_so(open_dialog, qtbot, keyring, error):
    keyring.error = error
    dialog = open_dialog()
    add_openai(dialog)
    press(dialog, "saveButton")
    qtbot.waitUntil(lambda: "could not be saved" in problem(dialog))
    assert not dialog.file.exists()
    keyring.error = None
    assert saved(dialog, qtbot).providers[0].base_url == OPENAI
    assert keyring.kept == {OPENAI: "sk-new"}


# The file


def test_a_file_that_cannot_be_written_can_be_saved_once_it_can(open_dialog, qtbot):
    dialog = open_dialog()
    dialog.ghost_page.enabled.click()
    dialog.file.parent.write_text("in the way")
    press(dialog, "saveButton")
    qtbot.waitUntil(lambda: "could not be saved" in problem(dialog))
    dialog.file.parent.unlink()
    assert saved(dialog, qtbot).ghost.enabled is False
    assert problem(dialog) == ""


def test_what_is_told_is_what_was_written(open_dialog, qtbot, monkeypatch):
    """A change made while the file is being written is not in it, so it is not told either."""
    writing, may_write = threading.Event(), threading.Event()

    def slowly(settings, file):
        writing.set()
        assert may_write.wait(60)
        settings_file.save(settings, file)

    monkeypatch.setattr(settings_dialog, "save", slowly)
    dialog = open_dialog()
    press(dialog, "saveButton")
    assert writing.wait(60)
    dialog.ghost_page.enabled.click()
    may_write.set()
    qtbot.waitUntil(lambda: bool(dialog.changes))
    assert dialog.changes == [settings_file.load(dialog.file)]


def test_two_quick_clicks_save_once(open_dialog, qtbot, tasks):
    dialog = open_dialog()
    save = dialog.findChild(QPushButton, "saveButton")
    QTest.mouseDClick(save, Qt.MouseButton.LeftButton)
    save.click()
    save.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    tasks.settle()
    assert len(dialog.changes) == 1


def test_escape_is_cancel(open_dialog):
    dialog = open_dialog()
    dialog.ghost_page.enabled.click()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert (dialog.changes, dialog.file.exists()) == ([], False)


# The pages that take a moment


def test_report_and_licences_are_made_only_when_somebody_looks(open_dialog, qtbot):
    dialog = open_dialog()
    assert dialog.diagnostics_page.view.text.toPlainText() == ""
    assert dialog.about_page.licences.toPlainText() == ""
    dialog.pages.show_page("diagnosticsPage")
    qtbot.waitUntil(lambda: dialog.diagnostics_page.view.text.toPlainText() == "report")
    assert dialog.about_page.licences.toPlainText() == ""
    dialog.pages.show_page("aboutPage")
    assert "PySide6" in dialog.about_page.licences.toPlainText()


def test_a_search_that_lands_on_a_page_fills_it_too(open_dialog, qtbot):
    dialog = open_dialog()
    QTest.keyClicks(dialog.pages.search, "diagnostics")
    qtbot.waitUntil(dialog.diagnostics_page.view.save_button.isEnabled)


def test_a_stored_key_that_cannot_be_read_is_no_key(open_dialog, qtbot, keyring, link, monkeypatch):
    def broken(_base_url):
        raise OSError("locked")

    monkeypatch.setattr(keyring, "get", broken)
    open_dialog(Settings(providers=(ProviderSettings("OpenAI", OPENAI),)))
    qtbot.waitUntil(lambda: ("list_models", (OPENAI, "")) in link.calls)
