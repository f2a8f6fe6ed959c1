"""Two to four models of any provider are chosen for a comparison, and the votes so far help to choose."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from core import errors
from core.llm.chat import Tier
from core.llm.offered import Offered
from core.session.model import ModelScore
from desktop.panel.compare_dialog import CompareDialog
from tests.desktop.fake_link import model_state
from tests.desktop.panel.late import Late


@pytest.fixture
def make(qtbot, qapp):
    def make(models=("a/x", "a/y"), checked=("a/x", "a/y")):
        dialog = CompareDialog("三月还是四月？", models, checked, None)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return make


def start(dialog):
    return dialog.findChild(QPushButton, "startComparison")


def label(dialog, name):
    found = dialog.findChild(QLabel, name)
    return found.text() if found.isVisible() else ""


def names(dialog):
    return [dialog.models.item(row).text() for row in range(dialog.models.count())]


def check(dialog, row, on=True):
    dialog.models.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def test_what_was_proposed_can_be_started_at_once(qtbot, make):
    dialog = make()
    assert names(dialog) == ["x  ·  a", "y  ·  a"]
    with qtbot.waitSignal(dialog.chosen) as got:
        qtbot.keyClick(dialog.models, Qt.Key.Key_Return)
    assert got.args == [["a/x", "a/y"]]
    assert not dialog.isVisible()


def test_the_space_bar_chooses_and_fewer_than_two_cannot_start(qtbot, make):
    dialog = make()
    dialog.models.setCurrentRow(1)
    qtbot.keyClick(dialog.models, Qt.Key.Key_Space)
    assert dialog.checked == ["a/x"]
    assert not start(dialog).isEnabled()
    assert "Chosen: 1" in label(dialog, "compareCount")


def test_more_than_four_cannot_start(make):
    dialog = make([f"a/{n}" for n in range(6)], ())
    for row in range(5):
        check(dialog, row)
    assert not start(dialog).isEnabled()
    check(dialog, 0, on=False)
    assert start(dialog).isEnabled()
    assert dialog.checked == ["a/1", "a/2", "a/3", "a/4"]


def test_what_providers_offer_comes_after_what_is_known_each_once(make):
    dialog = make()
    dialog.show_offered([Offered("a", ("y", "z")), Offered("b", ("org/big",))])
    assert names(dialog) == ["x  ·  a", "y  ·  a", "z  ·  a", "org/big  ·  b"]
    assert dialog.checked == ["a/x", "a/y"]


def test_those_of_last_time_are_chosen_as_they_come(make):
    dialog = make(("a/x",), ("a/z", "b/w"))
    dialog.show_offered([Offered("a", ("z",)), Offered("b", ("w",))], ("a/z", "b/w"))
    assert dialog.checked == ["a/z", "b/w"]


def test_a_choice_made_meanwhile_is_not_undone(make):
    dialog = make()
    check(dialog, 0, on=False)
    dialog.show_offered([Offered("a", ("x", "z"))], ("a/x", "a/y"))
    assert dialog.checked == ["a/y"]


def test_a_provider_that_does_not_answer_says_so_and_holds_nobody_up(make):
    dialog = make()
    dialog.show_offered([Offered("gone", ("m",), errors.ModelUnreachable()), Offered("b", ("w",))])
    assert label(dialog, "compareProblems").startswith("gone: ")
    assert names(dialog)[-2:] == ["m  ·  gone", "w  ·  b"]


def test_many_models_can_be_found_by_a_few_letters(qtbot, make):
    dialog = make()
    assert not dialog.field.isVisible()
    dialog.show_offered([Offered("b", tuple(f"qwen-{n}" for n in range(12)))])
    assert dialog.field.isVisible()
    qtbot.keyClicks(dialog.field, "QWEN 11")
    shown = [row for row in range(dialog.models.count()) if not dialog.models.item(row).isHidden()]
    assert [names(dialog)[row] for row in shown] == ["qwen-11  ·  b"]
    assert dialog.checked == ["a/x", "a/y"]  # what is out of sight stays chosen


def test_a_double_click_on_a_name_chooses_it(make):
    dialog = make(("a/x", "a/y"), ())
    dialog.models.itemDoubleClicked.emit(dialog.models.item(1))
    assert dialog.checked == ["a/y"]


def test_with_one_model_it_says_what_is_needed(make):
    dialog = make(("a/x",), ())
    assert "Two models are needed" in label(dialog, "compareCount")
    assert not start(dialog).isEnabled()


def test_the_votes_so_far_stand_below_by_kind_of_work(make):
    dialog = make()
    assert not dialog.scores.isVisible()
    scores = (ModelScore("ask", "x", 3, 2, 1, 4, 0, 3), ModelScore("ask", "y", 1, 0, 1, 0, 2))
    dialog.show_scores(scores, {"ask": "Questions"})
    table = dialog.scores
    rows = [[table.item(row, column).text() for column in range(7)] for row in range(2)]
    assert rows == [["Questions", "x", "2", "1", "4", "3", "–"], ["", "y", "–", "1", "–", "–", "2"]]
    assert table.isVisible()


@pytest.fixture
def asking(panel, link):
    panel.set_model(model_state(Tier.FAST, model="small"))
    panel.set_model(model_state(Tier.PRECISE, model="small"))
    link.offered = (Offered("ollama", ("small", "mid")), Offered("deepseek", ("chat", "reasoner")))
    link.assist.model_scores = (ModelScore("polish", "small", 1, 1, 0, 0, 0),)
    panel.composer.set_text("三月还是四月？")
    panel.commands.compare.trigger()
    return panel.comparing.dialog


def test_models_of_every_provider_can_be_asked_not_only_the_tiers(qtbot, panel, link, asking):
    qtbot.waitUntil(lambda: len(names(asking)) == 4)
    for row in (1, 2, 3):
        check(asking, row)
    start(asking).click()
    assert [one.request.model for one in link.asked] == [
        "ollama/small", "ollama/mid", "deepseek/chat", "deepseek/reasoner",
    ]  # fmt: skip
    assert panel.composer.edit.toPlainText() == ""
    assert len(panel.conversation.cards[-1].columns) == 4


def test_the_choice_is_kept_for_the_next_time(qtbot, panel, link, asking):
    qtbot.waitUntil(lambda: len(names(asking)) == 4)
    check(asking, 0, on=False)
    check(asking, 2)
    check(asking, 3)
    start(asking).click()
    panel.composer.set_text("again")
    panel.commands.compare.trigger()
    qtbot.waitUntil(lambda: panel.comparing.dialog.checked == ["deepseek/chat", "deepseek/reasoner"])


def test_the_kinds_of_work_are_called_what_they_are_called_elsewhere(qtbot, panel, asking):
    panel.library.load()
    qtbot.waitUntil(lambda: bool(panel.library.prompts))
    panel.commands.compare.trigger()
    table = panel.comparing.dialog.scores
    qtbot.waitUntil(lambda: table.rowCount() == 1)
    assert table.item(0, 0).text() == "Polish"


def test_leaving_it_asks_nobody_and_keeps_what_was_typed(panel, link, asking):
    asking.reject()
    assert link.asked == []
    assert panel.composer.edit.toPlainText() == "三月还是四月？"


def test_lists_that_come_after_it_was_closed_do_no_harm(panel, link):
    panel.composer.set_text("三月还是四月？")
    late = Late(link)
    panel.commands.compare.trigger()
    assert len(late.waiting) == 2  # what the providers offer, and how the models fared
    panel.comparing.dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    late.all_come()


def test_nothing_covers_anything_however_many_models_and_votes_there_are(qtbot, make):
    dialog = make()
    dialog.show_offered(
        [Offered("b", tuple(f"model {n}" for n in range(12))), Offered("c", (), errors.ModelUnreachable())]
    )
    dialog.show_scores([ModelScore(f"work {n}", "x", 1, 1, 0, 0, 0) for n in range(9)], {})
    parts = [dialog.field, dialog.models, dialog.findChild(QLabel, "compareCount"),
             dialog.findChild(QLabel, "compareProblems"), dialog.scores, start(dialog)]  # fmt: skip
    qtbot.waitUntil(
        lambda: all(above.geometry().bottom() < below.geometry().top() for above, below in pairwise(parts))
    )
