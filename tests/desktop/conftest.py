"""Fixtures of the window's tests: offscreen, in our own look, and nothing left behind."""

import gc
import os
import threading
from contextlib import contextmanager

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before the application exists; never the person's own screen

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.paths import places as places_below
from desktop.bridge.engine_bridge import EngineBridge
from desktop.bridge.tasks import TaskRunner
from desktop.bridge.vault_files import VaultFiles
from desktop.theme.theme import Theme
from desktop.theme.translation import install_translators
from tests.desktop.fake_link import FakeLink

PATIENCE_S = 60
"""How long a test waits for what it expects: a machine that is busy with something else is no failure."""

for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
    wait.__kwdefaults__["timeout"] = PATIENCE_S * 1000
for wait in (TaskRunner.settle, TaskRunner.shutdown):
    wait.__kwdefaults__["timeout_s"] = PATIENCE_S


@pytest.fixture
def theme(qapp):
    """The light theme, applied; the application is as plain as before afterwards."""
    theme = Theme("light")
    theme.apply(qapp)
    yield theme
    qapp.setStyleSheet("")


@contextmanager
def speaking(application, language):
    """The interface in this language for a while."""
    translators = install_translators(application, language)
    assert translators
    yield
    for translator in translators:
        application.removeTranslator(translator)


@pytest.fixture
def chinese(qapp):
    """The interface in Chinese for one test."""
    with speaking(qapp, "zh_CN"):
        yield


@pytest.fixture
def english(qapp):
    """The interface in English as a person reads it: with what is one said to be one."""
    with speaking(qapp, "en"):
        yield


@pytest.fixture(scope="session", autouse=True)
def clipboard_empty_at_the_end():
    """Leave nothing of Python's for Qt to destroy once Python has ended."""
    yield
    if (application := QApplication.instance()) is not None:
        application.clipboard().clear()


@pytest.fixture(scope="package", autouse=True)
def garbage_is_ours():
    """Collect no garbage on threads beside, as in the program: it would destroy widgets and timers there."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.collect()
    gc.unfreeze()
    gc.enable()


@pytest.fixture(scope="module", autouse=True)
def no_garbage_of_the_module(garbage_is_ours):
    """Free what is old as well; each test itself frees what is young."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def nothing_left_behind(request):
    """Fail a test that leaves a thread running or a window open."""
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in before and not thread.daemon]
    assert not left, f"threads left running: {left}"
    if (app := QApplication.instance()) is not None:
        visible = [widget for widget in app.topLevelWidgets() if widget.isVisible()]
        assert not visible, f"windows left open: {visible}"
    gc.collect(1)


@pytest.fixture
def places(tmp_path):
    """Folders of ours, away from the person's."""
    return places_below(tmp_path / "base")


@pytest.fixture
def vault(tmp_path):
    """An empty folder for notes."""
    folder = tmp_path / "笔记 vault"
    folder.mkdir()
    return folder


@pytest.fixture
def files(vault, places):
    """The vault's files as the window reads and writes them."""
    return VaultFiles(vault, places)


@pytest.fixture
def tasks(qapp):
    """A task runner that has nothing under way when the test ends."""
    runner = TaskRunner()
    yield runner
    runner.settle()
    assert runner.shutdown()


@pytest.fixture
def link():
    """An engine that says what the test tells it to."""
    link = FakeLink()
    yield link
    link.close()


@pytest.fixture
def bridge(qapp, link):
    """The bridge to that engine."""
    bridge = EngineBridge(link)
    yield bridge
    bridge.close()
