import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from core.assist.model import NoteContext
from desktop.bridge.engine_bridge import EngineBridge
from desktop.panel.side_panel import SidePanel
from desktop.theme.theme import Theme
from tests.desktop.fake_link import FakeLink, a_citation, a_quote, model_chosen, quotes_found


def test_send_stream_insert(qtbot, qapp):
    link = FakeLink()
    bridge = EngineBridge(link)
    panel = SidePanel(bridge, Theme("light"), lambda: (NoteContext("a.md", title="A"), "anchor"))
    qtbot.addWidget(panel)
    panel.show()
    qtbot.keyClicks(panel.composer.edit, "why?")
    qtbot.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    asking = link.asked[0]
    asking.send(quotes_found(a_quote()), model_chosen())
    asking.say("Open ", "in March [1].")
    asking.end("Open in March [1].", citations=(a_citation(),))
    card = panel.conversation.cards[0]
    button = card.findChild(QPushButton, "insertButton")
    qtbot.waitUntil(button.isEnabled)
    with qtbot.waitSignal(panel.insert_requested) as got:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert got.args == [None, "Open in March.\n\nSources: [[Pilot review]]"]
    bridge.close()
