"""Settings and guide for somebody who does not see them: every stop of the Tab key says what it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from core.paths import places
from core.settings import ProviderSettings, Settings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.windows.first_run import FirstRun
from desktop.windows.settings_dialog import Around, SettingsDialog
from desktop.windows.settings_keys import NO_KEYS

SETTINGS = Settings(vaults=("/a",), providers=(ProviderSettings("Far", "https://api.example.com/v1"),))


def nameless(window):
    """Return the widgets that Tab reaches and a screen reader cannot name."""
    reached = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QScrollArea)
        and widget.window() is window  # the list of a closed box is a window of its own
        and not widget.objectName().startswith("qt_")
        and not (isinstance(widget, QLineEdit) and widget.parent() is not window and _is_part(widget))
    ]  # fmt: skip
    assert len(reached) > 3
    return [f"{type(widget).__name__} {widget.objectName()}" for widget in reached if not _name(widget)]


def _is_part(field):
    """Whether the field is the inside of a spin box or a key field, which has the name itself."""
    return bool(field.parent().accessibleName())


def _name(widget):
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


@pytest.fixture
def dialog(qtbot, theme, tasks, tmp_path):
    around = Around(places(tmp_path), NO_KEYS, has_tray=True, cost_today=lambda: 0.0, report=lambda: str)
    dialog = SettingsDialog(SETTINGS, EngineBridge(), tasks, theme, around=around, keys=dict)
    qtbot.addWidget(dialog, before_close_func=lambda dialog: dialog.reject())
    dialog.show()
    return dialog


def test_every_page_of_the_settings(dialog):
    assert nameless(dialog) == []


def test_the_guide(qtbot, theme):
    guide = FirstRun(SETTINGS, EngineBridge())
    qtbot.addWidget(guide)
    assert nameless(guide) == []
