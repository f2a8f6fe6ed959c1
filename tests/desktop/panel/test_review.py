"""A rewrite is looked at before it takes the place of anything."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.assist.model import NoteContext
from core.text.diff import diff
from desktop.panel.review import is_small
from tests.desktop.fake_link import a_quote, model_chosen, quotes_found

OLD = "我们计划在三月开放测试，因为等候名单已经超过两千人，试点流失率降到了百分之三。"
NEW = "我们决定在四月启动公测，因为等候名单已突破两千人，试点流失率降至 3%。"
SELECTED = NoteContext("a.md", title="A", selection=OLD)


@pytest.fixture
def rewritten(qtbot, panel, ask, note):
    """The card of a finished rewrite of the selection."""

    def make(text=NEW, selection=OLD):
        note.context = NoteContext("a.md", title="A", selection=selection)
        panel.refresh_context()
        asking = ask("改得简洁些")
        asking.send(quotes_found(a_quote()), model_chosen())
        asking.say(text)
        asking.end(text)
        card = panel.conversation.cards[-1]
        qtbot.waitUntil(lambda: card.can_replace)
        return card

    return make


def open_diff(qtbot, card):
    qtbot.mouseClick(card.actions_row.replace_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.review.is_open)
    return card.findChild(QWidget, "diffView")


def test_replace_shows_the_changes_in_place_of_the_answer_and_touches_nothing(qtbot, panel, rewritten):
    card = rewritten()
    with qtbot.assertNotEmitted(panel.replace_requested, wait=50):
        view = open_diff(qtbot, card)
    assert view.isVisible()
    assert not card.view.isVisible()
    assert not card.actions_row.isVisible()


def test_what_was_accepted_goes_to_the_place_of_the_request(qtbot, panel, rewritten):
    card = rewritten()
    view = open_diff(qtbot, card)
    with qtbot.waitSignal(panel.replace_requested) as got:
        qtbot.mouseClick(view.findChild(QPushButton, "acceptAllButton"), Qt.MouseButton.LeftButton)
    assert got.args == ["anchor", NEW]
    assert not card.review.is_open
    assert card.view.isVisible()


def test_rejecting_everything_brings_the_answer_back(qtbot, panel, rewritten):
    card = rewritten()
    view = open_diff(qtbot, card)
    with qtbot.assertNotEmitted(panel.replace_requested):
        qtbot.mouseClick(view.findChild(QPushButton, "rejectAllButton"), Qt.MouseButton.LeftButton)
    assert card.view.isVisible()
    assert card.actions_row.isVisible()


def test_the_key_shows_the_changes_and_pressed_again_accepts_them(qtbot, panel, rewritten):
    card = rewritten()
    panel.commands.replace.trigger()
    qtbot.waitUntil(lambda: card.review.is_open)
    with qtbot.waitSignal(panel.replace_requested) as got:
        panel.commands.replace.trigger()
    assert got.args == ["anchor", NEW]


def test_the_changes_take_the_keyboard(qtbot, panel, rewritten):
    card = rewritten()
    panel.activateWindow()
    view = open_diff(qtbot, card)
    qtbot.waitUntil(view.text.hasFocus)
    QTest.keyClick(view.text, Qt.Key.Key_Escape)
    assert not card.review.is_open


def test_one_small_change_goes_in_at_once(qtbot, panel, rewritten):
    card = rewritten("我们在四月开放。", selection="我们在三月开放。")
    with qtbot.waitSignal(panel.replace_requested) as got:
        qtbot.mouseClick(card.actions_row.replace_button, Qt.MouseButton.LeftButton)
    assert got.args[1] == "我们在四月开放。"
    assert not card.review.is_open


def test_the_same_text_is_said_to_be_the_same(qtbot, panel, rewritten):
    card = rewritten(OLD)
    with qtbot.assertNotEmitted(panel.replace_requested):
        qtbot.mouseClick(card.actions_row.replace_button, Qt.MouseButton.LeftButton)
    assert "already" in card.findChild(QLabel, "answerStatus").text()


def test_an_engine_that_stopped_does_not_keep_the_changes_from_being_seen(qtbot, panel, rewritten, link):
    link.compares = False
    card = rewritten()
    open_diff(qtbot, card)
    assert "测" in card.findChild(QWidget, "diffText").toPlainText()


def test_asking_again_in_the_same_card_forgets_the_changes(qtbot, panel, rewritten):
    card = rewritten()
    open_diff(qtbot, card)
    card.begin()
    assert not card.review.is_open


@pytest.mark.parametrize(
    ("old", "new", "small"),
    [
        ("在三月开放", "在四月开放", True),
        ("在三月开放", "在四\u200b月开放", False),
        ("见说明。", "见 https://x.example", False),
        ("一\n二", "一二", False),
        ("短", "一句长到应该先看一眼再决定要不要放进去的完整的话", False),
        ("甲在三月来，乙五月走。", "甲在四月来，乙六月走。", False),
    ],
)
def test_only_one_short_plain_change_is_small(old, new, small):
    assert is_small(diff(old, new)) is small
