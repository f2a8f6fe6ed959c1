"""Everything that helps at the caret, put together as the window does it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest

from core.settings import GhostSettings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.editor.note_desk import NoteDesk
from desktop.editor.note_page import NotePage
from desktop.editor.writing_aids import WritingAids
from tests.desktop.editor.ghost_desk import suggestion
from tests.desktop.fake_link import FakeLink


@pytest.fixture
def page(qtbot, theme):
    page = NotePage(theme)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show_editor(True)
    return page


@pytest.fixture
def editor(page):
    """The page's editor in place of one that stands alone."""
    page.show()
    return page.editor


@pytest.fixture
def make_aids(theme, tasks):
    pages = []

    def make(page, bridge):
        pages.append(page)
        desk = NoteDesk(page.editor, tasks, theme)
        return WritingAids(page, desk, theme=theme, bridge=bridge, tasks=tasks)

    yield make
    for page in pages:
        page.editor.show_nothing()  # as closing the window does, before its tasks end


def test_from_a_pause_to_the_words_in_the_note(write, page, make_aids, qtbot):
    desk, link = write("|"), FakeLink()
    bridge = EngineBridge(link)
    aids = make_aids(page, bridge)
    QTest.keyClicks(desk.editor, "We ")
    qtbot.waitUntil(lambda: len(link.completed) == 1)
    link.completed[0].offer(suggestion("在三月开放测试版"))
    qtbot.waitUntil(lambda: bool(aids.ghost.text))
    aids.use(replace(GhostSettings(), take="Ctrl+J"))
    QTest.keyClick(desk.editor, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert desk.text == "We 在三月开放测试版"
    bridge.close()


def test_a_picture_goes_into_the_vault_that_is_open(  # noqa: PLR0917
    write, page, make_aids, tasks, vault, tmp_path
):
    desk = write("|")
    aids = make_aids(page, EngineBridge())
    picture = tmp_path / "a.png"
    picture.write_bytes(b"x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    desk.editor.insertFromMimeData(data)
    assert tasks.settle(timeout_s=30)
    assert desk.text == ""
    aids.open_vault(vault)
    desk.editor.insertFromMimeData(data)
    assert tasks.settle(timeout_s=30)
    assert desk.text == "![a](a.png)"
