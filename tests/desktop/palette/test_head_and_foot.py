"""The upper and the lower part of quick-ask, each on its own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from core.llm.chat import Tier
from desktop.palette.foot import Foot
from desktop.palette.head import Head
from tests.desktop.fake_link import model_state


@pytest.fixture
def head(qtbot, theme):
    head = Head(theme)
    qtbot.addWidget(head)
    head.resize(640, 90)
    with qtbot.waitExposed(head):
        head.show()
    return head


@pytest.fixture
def foot(qtbot, theme):
    foot = Foot()
    qtbot.addWidget(foot)
    foot.resize(640, 40)
    with qtbot.waitExposed(foot):
        foot.show()
    return foot


def picture(button):
    return button.icon().pixmap(20, 20).toImage()


# What goes along


def test_a_text_that_goes_along_is_shown_short_and_on_one_line(head):
    head.take("第一行\n\n  第二行\t" + "很长" * 100)
    shown = head.take_button.text()
    assert "第一行 第二行" in shown
    assert "\n" not in shown
    assert shown.endswith("…”")
    assert len(shown) < 80


def test_the_whole_text_is_in_the_tooltip_and_no_html(head):
    text = "<img src='http://x.y/z'>\n第二行"
    head.take(text)
    document = QTextDocument()
    document.setHtml(head.take_button.toolTip())
    assert document.toPlainText() == text


def test_screen_readers_hear_the_text_with_a_single_ampersand(head):
    head.take("R&D")
    assert head.take_button.text() == "With “R&&D”"
    assert head.take_button.accessibleName() == "With “R&D”"


def test_a_brace_in_the_text_is_a_brace(head):
    head.take("{text} {0} {")
    assert head.take_button.text() == "With “{text} {0} {”"


def test_nothing_taken_offers_to_take_something(head):
    head.take("words")
    head.take("")
    assert head.taken == ""
    assert not head.take_button.isChecked()
    assert "Ctrl+T" in head.take_button.text()


def test_a_click_asks_and_takes_nothing_by_itself(head, qtbot):
    with qtbot.waitSignal(head.take_requested):
        head.take_button.click()
    assert head.taken == ""


# Models


def test_the_tier_is_switched_by_a_click_and_by_keyboard(head):
    assert head.tier is Tier.FAST
    head.tier_button.click()
    assert head.tier is Tier.PRECISE
    head.tier_button.setFocus()
    QTest.keyClick(head.tier_button, Qt.Key.Key_Space)
    assert head.tier is Tier.FAST


def test_the_tier_is_spoken(head):
    before = head.tier_button.accessibleName()
    head.tier_button.click()
    assert head.tier_button.text() in head.tier_button.accessibleName()
    assert head.tier_button.accessibleName() != before


def test_before_a_model_is_known_none_is_named(head):
    assert head._model.whole_text() == ""
    head.set_model(model_state(Tier.PRECISE))
    assert head._model.whole_text() == ""


def test_each_tier_has_its_model_and_a_change_is_shown(head):
    head.set_model(model_state(Tier.FAST, model="小模型"))
    head.set_model(model_state(Tier.PRECISE, model="big", place="h.example"))
    assert head._model.whole_text() == "小模型, on this machine"
    head.set_model(model_state(Tier.FAST, model="other"))
    assert head._model.whole_text() == "other, on this machine"
    head.tier_button.click()
    assert head._model.whole_text() == "big, at h.example"


def test_a_very_long_name_of_a_model_makes_nothing_wider(head):
    width = head.minimumSizeHint().width()
    head.set_model(model_state(model="a-very-long-name-" * 20))
    assert head.minimumSizeHint().width() == width
    assert "…" in head._model.text()


# Asking and stopping


def test_the_button_stops_while_an_answer_is_under_way(head):
    idle = picture(head.ask_button)
    head.set_busy(True)
    assert head.ask_button.accessibleName() == "Stop"
    assert picture(head.ask_button) != idle
    head.set_busy(False)
    assert head.ask_button.accessibleName() == "Ask"
    assert picture(head.ask_button) == idle


@pytest.mark.parametrize("busy", [True, False])
def test_the_button_tells_of_a_click_in_either_state(head, qtbot, busy):
    head.set_busy(busy)
    with qtbot.waitSignal(head.ask_requested):
        head.ask_button.click()


def test_pictures_follow_the_theme(head, theme):
    glass, button = head._glass.pixmap().toImage(), picture(head.ask_button)
    theme.set_preference("dark")
    assert head._glass.pixmap().toImage() != glass
    assert picture(head.ask_button) != button


# Foot


def an_action(foot, text="Insert", keys="Ctrl+Return"):
    action = QAction(text, foot)
    action.setShortcut(QKeySequence(keys))
    return action


def test_an_action_is_shown_with_its_key(foot):
    button = foot.add(an_action(foot, keys="Ctrl+J"), "quickInsert")
    assert button.text().startswith("Insert")
    assert QKeySequence("Ctrl+J").toString(QKeySequence.SequenceFormat.NativeText) in button.text()
    assert button.accessibleName() == "Insert"
    assert foot.findChild(QWidget, "quickInsert") is button


def test_a_click_does_what_the_key_does(foot, qtbot):
    action = an_action(foot)
    button = foot.add(action, "quickInsert")
    with qtbot.waitSignal(action.triggered):
        button.click()


def test_a_button_can_be_pressed_when_its_action_can(foot, qtbot):
    action = an_action(foot)
    action.setEnabled(False)
    button = foot.add(action, "quickInsert")
    with qtbot.assertNotEmitted(action.triggered):
        button.click()
    action.setEnabled(True)
    assert button.isEnabled()
    action.setEnabled(False)
    assert not button.isEnabled()


def test_a_click_leaves_the_focus_where_it_was_but_tab_reaches_the_button(foot):
    button = foot.add(an_action(foot), "quickInsert")
    assert button.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_line_is_said_and_taken_back(foot):
    foot.say("已复制。")
    assert foot.words == "已复制。"
    foot.say("")
    assert foot.words == ""


def test_a_problem_is_marked_until_the_next_line(foot):
    foot.say("That did not work.", problem=True)
    assert foot._status.property("problem") is True
    foot.say("Copied.")
    assert foot._status.property("problem") is False


def test_a_long_line_is_shortened_before_a_button_is(foot):
    button = foot.add(an_action(foot), "quickInsert")
    whole = button.sizeHint().width()
    foot.say("很长的一句话。" * 60)
    QTest.qWait(1)
    assert button.width() >= whole
    assert "…" in foot._status.text()
    assert foot.words == "很长的一句话。" * 60
