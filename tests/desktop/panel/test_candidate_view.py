"""One suggestion on the screen: its number, its origin, its words, its end."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core import errors
from core.assist.model import Candidate, Finish
from desktop.error_text import word
from desktop.panel.candidate_list import CandidateList
from desktop.panel.candidate_view import CandidateView


@pytest.fixture
def view(qtbot, theme):
    view = CandidateView(theme, 3, origin=1, wish="短一点")
    qtbot.addWidget(view)
    view.resize(320, 200)
    view.show()
    return view


@pytest.fixture
def several(qtbot, theme):
    several = CandidateList(theme)
    qtbot.addWidget(several)
    several.resize(320, 500)
    several.show()
    return several


def words(view):
    return [label.text() for label in view.findChildren(QLabel) if not label.isHidden()]


def test_it_says_what_it_was_made_from_and_why(view):
    assert words(view) == ["3 – from 1: 短一点"]


def test_the_finished_text_counts_where_it_differs_from_the_stream(view):
    view.add_text("三月开")
    view.finish_with(Candidate(3, "三月开放。", Finish.COMPLETE))
    assert view.text == "三月开放。"
    assert view.is_whole
    assert not view.is_under_way


def test_a_result_that_does_not_fit_its_schema_says_so(view):
    view.finish_with(Candidate(3, "{}", Finish.COMPLETE, problem="“title” is missing."))
    assert "“title” is missing." in words(view)


def test_one_that_broke_off_is_not_whole_and_says_so(view):
    view.finish_with(Candidate(3, "三月", Finish.INCOMPLETE))
    assert not view.is_whole
    assert any("broke off" in text for text in words(view))


def test_a_failure_keeps_the_words_that_came(view):
    view.add_text("三月")
    view.fail(errors.ModelUnreachable())
    assert view.text == "三月"
    assert any(word(errors.ModelUnreachable()).text in text for text in words(view))


def test_stopping_a_finished_one_changes_nothing(view):
    view.finish_with(Candidate(3, "三月。", Finish.COMPLETE))
    view.stop()
    assert view.is_whole
    assert words(view) == ["3 – from 1: 短一点"]


def test_being_chosen_is_told_to_a_screen_reader(view):
    view.add_text("三月")
    view.set_chosen(True)
    assert "chosen" in view.accessibleName()
    assert "三月" in view.accessibleName()


def test_a_press_anywhere_on_it_chooses_it(qtbot, view):
    with qtbot.waitSignal(view.pressed) as got:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton)
    assert got.args == [3]


def test_the_first_is_chosen_until_another_is(several):
    assert several.current is None
    first = several.add(1)
    several.add(2)
    assert several.current is first
    several.choose(2)
    several.choose(7)
    assert several.current.n == 2


def test_taking_the_chosen_one_away_chooses_the_first_of_the_others(several):
    for n in (1, 2, 3):
        several.add(n)
    several.choose(2)
    several.remove(2)
    assert [view.n for view in several.views] == [1, 3]
    assert several.current.n == 1
    several.remove(9)
    several.clear()
    assert several.views == []


def test_the_way_to_a_polished_one_is_its_ancestors_oldest_first(several):
    several.add(1)
    several.add(2, origin=1, wish="a")
    several.add(3)
    several.add(4, origin=2, wish="b")
    assert [view.n for view in several.history(4)] == [1, 2, 4]
    assert [view.n for view in several.history(3)] == [3]
