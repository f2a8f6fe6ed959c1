"""The small parts of a card: who speaks, what went wrong, what can be done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from core.llm.chat import Tier
from desktop.error_sentences import Action
from desktop.error_text import Worded
from desktop.panel.answer_actions import AnswerActions
from desktop.panel.model_notice import ModelNotice
from desktop.panel.model_text import model_text, named_model
from desktop.panel.problem_box import ProblemBox
from tests.desktop.fake_link import model_chosen, model_state


@pytest.fixture
def notice(qtbot):
    notice = ModelNotice()
    qtbot.addWidget(notice)
    return notice


@pytest.fixture
def problem(qtbot, theme):
    box = ProblemBox(theme)
    qtbot.addWidget(box)
    return box


def labels(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.text() and not label.isHidden()]


def test_a_model_is_named_with_the_place_that_sees_the_text():
    assert named_model("qwen3", "local") == "qwen3, on this machine"
    assert named_model("gpt", "api.example.com") == "gpt, at api.example.com"


@pytest.mark.parametrize("tier", list(Tier))
def test_every_state_of_a_tier_has_words(tier):
    states = [
        None,
        model_state(tier),
        model_state(tier, place="api.example.com"),
        model_state(tier, model="", place=""),
        model_state(tier, demonstration=True),
    ]
    assert len({model_text(state) for state in states}) == len(states)


def test_nobody_is_named_before_somebody_was_chosen(notice):
    assert notice.isHidden()


def test_without_quotes_the_warning_does_not_speak_of_them(notice):
    notice.show_model(model_chosen(demonstration=True), has_quotes=False)
    assert labels(notice) == ["Demonstration model on this machine: its words may be wrong."]


def test_the_warning_goes_when_a_real_model_answers(notice):
    notice.show_model(model_chosen(demonstration=True), has_quotes=True)
    notice.show_model(model_chosen(model="big"), has_quotes=True)
    assert labels(notice) == ["big, on this machine"]
    assert notice.findChild(QPushButton, "connectModel").isHidden()


def test_a_models_name_is_never_read_as_html(notice):
    notice.show_model(model_chosen(model="<img src='file:///x'>"), has_quotes=False)
    assert notice.findChild(QLabel).textFormat() is Qt.TextFormat.PlainText


def test_no_problem_says_nothing(problem):
    assert problem.isHidden()
    assert problem.text == ""


@pytest.mark.parametrize("action", list(Action))
def test_trying_again_is_always_offered_and_the_settings_where_they_help(problem, action):
    problem.show_problem(Worded("It rained.", "Take cover.", action))
    assert labels(problem)[-2:] == ["It rained.", "Take cover."]
    assert not problem.findChild(QPushButton, "retryButton").isHidden()
    assert problem.findChild(QPushButton, "problemSettings").isHidden() is (
        action is not Action.OPEN_SETTINGS
    )
    assert problem.accessibleName() == "It rained. Take cover."


def test_a_problem_without_a_hint_takes_no_room_for_one(problem):
    problem.show_problem(Worded("It rained.", "", Action.RETRY))
    assert labels(problem) == ["It rained."]


def test_what_a_server_said_is_shown_as_text(problem):
    problem.show_problem(Worded("<a href='x'>click</a>", "<b>now</b>", Action.NONE))
    texts = [label for label in problem.findChildren(QLabel) if label.text()]
    assert {label.textFormat() for label in texts} == {Qt.TextFormat.PlainText}


def test_the_buttons_of_a_problem_say_what_the_person_wants(problem, qtbot):
    problem.show_problem(Worded("x", "y", Action.OPEN_SETTINGS))
    problem.show()
    for name, signal in (
        ("retryButton", problem.retry_requested),
        ("problemSettings", problem.settings_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(problem.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def actions(qtbot, theme, **given):
    row = AnswerActions(theme, **({"has_selection": False} | given))
    qtbot.addWidget(row)
    return row


def test_the_tooltip_of_insert_can_say_what_becomes_of_the_text(qtbot, theme):
    row = actions(qtbot, theme)
    row.explain_insert("Numbers in brackets are left out")
    assert "Numbers in brackets" in row.insert_button.toolTip()
    assert "Ctrl+Enter" in row.insert_button.toolTip()


def test_replace_is_there_only_for_a_selection(qtbot, theme):
    assert actions(qtbot, theme).replace_button.isHidden()
    assert not actions(qtbot, theme, has_selection=True).replace_button.isHidden()


def test_one_thumb_at_most_is_shown(qtbot, theme):
    row = actions(qtbot, theme)
    for vote, shown in ((True, (True, False)), (False, (False, True)), (None, (False, False))):
        row.show_vote(vote)
        assert (row.good_button.isChecked(), row.bad_button.isChecked()) == shown


def test_the_row_says_what_is_possible(qtbot, theme):
    row = actions(qtbot, theme)
    row.enable(insert=True, replace=False, again=True)
    assert row.insert_button.isEnabled()
    assert row.copy_button.isEnabled()
    assert not row.replace_button.isEnabled()
    row.enable(insert=False, replace=False, again=False)
    assert not any(b.isEnabled() for b in (row.insert_button, row.copy_button, row.more_button))
