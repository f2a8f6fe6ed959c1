"""Pictures and recordings of the note: offered where they are linked, sent only when asked."""

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton

from core.engine.assist_model import HearingModel
from core.llm.chat import LOCAL
from tests.desktop.app_fixture import Opened

TEXT = "# Trip\n\nWe saw this fish: ![[领航鱼.png]]\n\nNothing here.\n\nListen to ![[memo.m4a]] again.\n"


@pytest.fixture
def opened(qapp, qtbot, places, tmp_path, vault):
    (vault / "Trip.md").write_text(TEXT, encoding="utf-8")
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    assert image.save(str(vault / "领航鱼.png"))
    (vault / "memo.m4a").write_bytes(b"\0\0\0\x20ftypM4A " + b"\0" * 20)
    run = Opened(qapp, places, tmp_path / "base")
    run.start(vault)
    qtbot.waitUntil(lambda: bool(run.links) and run.app.bridge.attached)
    run.app.desk.open("Trip.md")
    qtbot.waitUntil(lambda: run.app.page.editor.path == "Trip.md")
    yield run
    run.close()
    gc.enable()
    qapp.setStyleSheet("")


@pytest.fixture
def offers(opened):
    bar = opened.app.panel.context_bar

    def shown():
        chips = bar.findChildren(QPushButton, "mediaOffer")
        return [chip for chip in chips if not chip.isHidden()]

    return shown


def stand_in(opened, line):
    """Put the caret into a line, from 1."""
    editor = opened.app.page.editor
    cursor = editor.textCursor()
    cursor.setPosition(editor.document().findBlockByNumber(line - 1).position())
    editor.setTextCursor(cursor)


def test_a_picture_is_offered_where_it_is_linked_and_sent_only_when_asked(qtbot, opened, offers, vault):
    stand_in(opened, 3)
    qtbot.waitUntil(lambda: len(offers()) == 1)
    composer = opened.app.panel.composer
    assert composer.attachments.paths == ()
    assert offers()[0].text() == "领航鱼.png"
    qtbot.mouseClick(offers()[0], Qt.MouseButton.LeftButton)
    assert composer.attachments.paths == (str((vault / "领航鱼.png").resolve()),)
    assert offers() == []


def test_what_goes_along_is_not_offered_again_until_it_is_taken_off(qtbot, opened, offers):
    stand_in(opened, 3)
    qtbot.waitUntil(lambda: len(offers()) == 1)
    qtbot.mouseClick(offers()[0], Qt.MouseButton.LeftButton)
    stand_in(opened, 5)
    stand_in(opened, 3)
    opened.app.tasks.settle()
    assert offers() == []
    opened.app.panel.composer.attachments.clear()
    qtbot.waitUntil(lambda: len(offers()) == 1)


def test_elsewhere_in_the_note_nothing_is_offered(qtbot, opened, offers):
    stand_in(opened, 3)
    qtbot.waitUntil(lambda: len(offers()) == 1)
    stand_in(opened, 5)
    qtbot.waitUntil(lambda: offers() == [])


def test_a_linked_recording_is_transcribed_and_pinned_when_asked(qtbot, opened, offers):
    assist = opened.links[-1].assist
    assist.hearing = HearingModel("ears", "vLLM", LOCAL)
    stand_in(opened, 7)
    qtbot.waitUntil(lambda: len(offers()) == 1)
    assert "transcribed" in offers()[0].toolTip()
    assert not assist.heard
    qtbot.mouseClick(offers()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(assist.heard))
    assist.heard[-1].hear((0.0, "三月开放测试。"))
    bar = opened.app.panel.context_bar
    qtbot.waitUntil(lambda: bar.pinned == ("document://memo.m4a",))
    opened.app.tasks.settle()
    assert offers() == []
    (pin,) = bar.findChildren(QPushButton, "pinnedNote")
    qtbot.mouseClick(pin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(offers()) == 1)
