"""Theme at once, language with the next start, which may be now."""

import pytest

from core.settings import AppearanceSettings, Settings
from desktop.windows.settings_appearance import AppearancePage


@pytest.fixture
def page(qtbot, theme):
    page = AppearancePage(theme)
    page.told = []
    page.changed.connect(page.told.append)
    page.show_settings(Settings(appearance=AppearanceSettings("light", "en")))
    qtbot.addWidget(page)
    page.show()
    return page


def choose(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_a_restart_is_offered_only_for_another_language(page):
    assert not page.restart_button.isVisible()
    choose(page.theme_box, "dark")
    assert not page.restart_button.isVisible()
    choose(page.language_box, "zh_CN")
    assert page.restart_button.isVisible()
    choose(page.language_box, "en")
    assert not page.restart_button.isVisible()
    assert page.told[-1] == AppearanceSettings("dark", "en")


def test_it_is_asked_for_with_the_button(qtbot, page):
    choose(page.language_box, "zh_CN")
    with qtbot.waitSignal(page.restart_requested):
        page.restart_button.click()
    assert page.told[-1].language == "zh_CN"
