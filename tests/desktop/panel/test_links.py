"""A web address is opened only after the person has seen it whole and agreed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from desktop.panel.links import ask_and_open


@pytest.fixture
def opened(monkeypatch):
    addresses = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: addresses.append(url.toString()))
    return addresses


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def choose(qtbot, box, words):
    button = next(button for button in box.findChildren(QPushButton) if words in button.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not box.isVisible())


def test_the_whole_address_is_shown_before_anything_is_opened(qtbot, window, opened):
    address = "https://a.example/path?q=" + "secret-" * 40
    box = ask_and_open(address, window)
    shown = box.text().replace("\u200b", "")
    assert address in shown
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert opened == []
    choose(qtbot, box, "browser")
    assert opened == [address]


def test_cancel_opens_nothing_and_is_what_enter_does(qtbot, window, opened):
    box = ask_and_open("https://a.example", window)
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    choose(qtbot, box, "Cancel")
    assert opened == []


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "//a.example", "note:x", ""]
)
def test_an_address_of_another_kind_is_not_even_asked_about(window, opened, address):
    assert ask_and_open(address, window) is None
    assert opened == []
