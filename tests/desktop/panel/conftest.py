"""A side panel over a scripted engine and a note that the test can change."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from core.assist.model import NoteContext
from desktop.panel.side_panel import SidePanel

NOTE = NoteContext(
    "Projects/Launch plan.md", title="Launch plan", block="We open the beta.", before="# Plan\n\n"
)


@dataclass
class OpenNote:
    """What the editor would say of itself."""

    context: NoteContext | None = NOTE
    anchor: object = "anchor"

    def __call__(self):
        return (self.context, self.anchor) if self.context else None


@pytest.fixture(autouse=True)
def widgets_are_deleted(qapp):
    """Widgets closed by one test do not linger to be restyled by the next."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def note():
    return OpenNote()


@pytest.fixture
def panel(qtbot, theme, bridge, note):
    panel = SidePanel(bridge, theme, note)
    qtbot.addWidget(panel)
    panel.resize(380, 700)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def ask(panel, link):
    """Send a request as a person would; returns the engine's side of it."""

    def send(text="why?"):
        panel.composer.set_text(text)
        panel.composer.submit()
        return link.asked[-1]

    return send
