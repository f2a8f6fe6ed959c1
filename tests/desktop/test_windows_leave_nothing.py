"""Dialogs opened and closed leave no widget, thread or file behind; `dev.py bench windows` does more."""

import gc
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from desktop.first_steps import FirstSteps
from tests.desktop.app_fixture import Opened

CYCLES = 3


@pytest.fixture
def opened(qapp, qtbot, places, tmp_path, vault):
    (vault / "Welcome.md").write_text("# Welcome\n\n你好\n", encoding="utf-8")
    opened = Opened(qapp, places, tmp_path)
    with qtbot.waitExposed(opened.frame.window):
        opened.start(vault)
    qtbot.waitUntil(lambda: bool(opened.links) and len(opened.app.panel.library.prompts) > 0)
    qtbot.waitUntil(lambda: opened.app.at_hand.tray is not None)  # with it comes the window of quick-ask
    yield opened
    opened.close()
    qapp.setStyleSheet("")


def settings(app):
    app.show_settings()


def first_steps(app):
    FirstSteps(app)


def new_scene(app):
    next(one for one in app.panel.scenes.findChildren(QAction) if one.text() == "New scene …").trigger()


def import_results(app):
    app.documents.show_results()


def cycle(app, open_it, qtbot):
    """Open a window, let Escape close it, and let what it asked for come to its end."""
    open_it(app)
    window = next(one for one in windows() if one.isVisible())
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in windows()))
    assert app.tasks.settle()
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def windows():
    """Return the dialogs."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]


def held():
    """Return what a leak would make more of."""
    gc.collect()
    files = Path("/proc/self/fd")
    return {
        "widgets": len(QApplication.allWidgets()),
        "threads": threading.active_count(),
        "files": len(list(files.iterdir())) if files.exists() else 0,
        "dialogs": sum(isinstance(one, QDialog) for one in gc.get_objects()),
    }


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(
    "open_it",
    [settings, first_steps, new_scene, import_results],
    ids=lambda it: it.__name__,
)
def test_a_window_leaves_nothing_behind(opened, qtbot, open_it):
    for _ in range(2):  # what is made once and stays
        cycle(opened.app, open_it, qtbot)
    before = held()
    for _ in range(CYCLES):
        cycle(opened.app, open_it, qtbot)
    after = held()  # fewer where a thread had still held on to something before
    assert {name: count for name, count in after.items() if count > before[name]} == {}
