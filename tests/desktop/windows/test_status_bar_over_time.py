"""The line at the bottom through a whole day: pauses from everywhere, vaults, providers and schemes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from core.index.model import Hold, IndexProgress
from core.llm.chat import Tier
from desktop.windows.status_bar import StatusBar
from tests.desktop.fake_link import model_state


@pytest.fixture
def bar(qtbot, theme):
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def asked(bar):
    """The pauses that reached the engine."""
    asked = []
    bar.pause_requested.connect(asked.append)
    return asked


PAUSED = IndexProgress(10, 10, 5, 40, hold=Hold.PAUSED)
BUSY = IndexProgress(10, 10, 5, 40)
DONE = IndexProgress(10, 10, 40, 40, idle=True)


def test_a_pause_begun_in_the_tray_is_ended_here(bar, asked):
    bar.show_progress(PAUSED)
    bar.show_paused(False)
    assert asked == [False]


def test_a_pause_ended_in_the_tray_can_be_begun_here_again(bar, asked):
    bar.show_paused(True)
    bar.show_progress(PAUSED)
    bar.show_progress(BUSY)
    bar.show_paused(True)
    assert asked == [True, True]


def test_a_pause_is_ended_though_a_note_was_read_meanwhile(bar, asked):
    bar.show_paused(True)
    bar.show_progress(PAUSED)
    bar.show_progress(DONE)  # a note that changes is read all the same, and that is told without the hold
    bar.show_paused(False)
    assert asked == [True, False]


@pytest.mark.parametrize("leave", ["show_no_vault", "show_starting"])
def test_a_pause_ends_with_its_engine(bar, asked, leave):
    bar.show_paused(True)
    bar.show_progress(PAUSED)
    getattr(bar, leave)()
    bar.show_paused(True)
    assert asked == [True, True]


@given(st.lists(st.sampled_from(["pause", "resume", "told paused", "told busy", "new engine"]), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_the_engine_is_always_asked_where_it_does_otherwise(theme, steps):
    """Whatever is said and told in between, a wish that the engine does not fulfil reaches it."""
    bar, asked, is_paused = StatusBar(theme), [], False
    bar.pause_requested.connect(asked.append)
    for step in steps:
        if step.startswith("told"):
            is_paused = step == "told paused"
            bar.show_progress(PAUSED if is_paused else BUSY)
        elif step == "new engine":
            is_paused = False
            bar.show_starting()
        else:
            wanted = step == "pause"
            before = len(asked)
            bar.show_paused(wanted)
            assert (len(asked) > before) or is_paused == wanted
            is_paused = wanted
    bar.deleteLater()


def test_without_a_vault_nothing_is_said_of_models(bar):
    bar.show_model(model_state(place="api.example.org"))
    bar.show_no_vault()
    assert bar.index.text() == "No vault open"
    assert bar.model.isHidden()
    bar.show_model(model_state())
    assert bar.model.text() == "Local model"


def test_a_tier_that_moves_to_this_machine_takes_its_host_along(bar):
    bar.show_model(model_state(Tier.FAST, place="api.example.org"))
    bar.show_model(model_state(Tier.PRECISE, place="api.example.org"))
    assert bar.model.text() == "api.example.org"
    bar.show_model(model_state(Tier.FAST))
    assert bar.model.text() == "api.example.org"
    bar.show_model(model_state(Tier.PRECISE))
    assert bar.model.text() == "Local model"


def test_the_names_of_all_models_are_in_the_tooltip(bar):
    bar.show_model(model_state(Tier.FAST, model="small"))
    bar.show_model(model_state(Tier.PRECISE, model="large"))
    assert "large, small" in bar.model.toolTip()


def test_without_a_model_the_tooltip_says_what_to_do(bar):
    bar.show_model(model_state(model="", place=""))
    assert "Set up a model" in bar.model.toolTip()


def test_one_real_model_counts_more_than_the_demonstration(bar):
    bar.show_model(model_state(Tier.FAST, demonstration=True))
    bar.show_model(model_state(Tier.PRECISE))
    assert bar.model.text() == "Local model"


def test_a_problem_that_is_mended_leaves_no_warning(bar):
    quiet = bar.index.icon().pixmap(16, 16).toImage()
    bar.show_starting()
    bar.show_progress(IndexProgress(1, 1, 0, 4, problem="no room"))
    warned = bar.index.icon().pixmap(16, 16).toImage()
    bar.show_progress(DONE)
    assert warned != quiet
    assert bar.index.icon().pixmap(16, 16).toImage() == quiet
    assert "no room" not in bar.index.toolTip()


def test_an_engine_that_stopped_is_told_in_its_words(bar):
    bar.show_stopped("引擎停止了。")
    assert bar.index.text() == "引擎停止了。"
    assert "引擎停止了。" in bar.index.accessibleName()


def test_the_note_being_read_is_in_the_tooltip_as_plain_words(bar):
    bar.show_progress(IndexProgress(3, 10, 0, 40, current="笔记/<i>计划</i>.md"))
    assert "<i>" not in bar.index.toolTip()
    assert "计划" in bar.index.toolTip()


@pytest.mark.parametrize(
    "progress",
    [
        IndexProgress(0, 10, 0, 0, hold=Hold.BATTERY),
        IndexProgress(0, 10, 0, 0, problem="x"),
        IndexProgress(0, 10, 0, 0, preparing="x"),
    ],
)
def test_while_notes_are_read_that_is_what_is_said(bar, progress):
    bar.show_progress(progress)
    assert bar.index.text() == "Reading notes: 0 of 10"


@pytest.mark.parametrize("hold", [Hold.PERSON, Hold.RETRY])
def test_short_holds_are_nobodys_business(bar, hold):
    bar.show_progress(IndexProgress(10, 10, 7, 40, hold=hold))
    assert bar.index.text() == "Words are searchable; meaning: 7 of 40 passages"


@pytest.mark.parametrize(
    ("usd", "words"), [(0, "0.00"), (0.004, "0.00"), (0.006, "0.01"), (1234.5, "1234.50")]
)
def test_any_cost_has_two_places(bar, usd, words):
    bar.show_cost(usd)
    assert bar.cost.text() == f"Today: {words} USD"
    assert words in bar.cost.accessibleName()


def test_what_can_be_pressed_is_reached_by_tab_and_the_cost_is_not(bar):
    reached = {
        button.objectName()
        for button in bar.findChildren(QToolButton)
        if button.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert reached == {"indexStatus", "modelStatus"}


def test_space_does_what_a_click_does(bar, qtbot):
    with qtbot.waitExposed(bar):
        bar.show()
    with qtbot.waitSignal(bar.details_requested):
        qtbot.keyClick(bar.index, Qt.Key.Key_Space)
    bar.hide()


def test_every_icon_follows_the_scheme_and_keeps_its_meaning(bar, theme):
    bar.show_progress(IndexProgress(1, 1, 0, 4, problem="no room"))
    bar.show_model(model_state(place="api.example.org"))
    buttons = (bar.index, bar.model, bar.cost)
    light = [button.icon().pixmap(16, 16).toImage() for button in buttons]
    theme.set_preference("dark")
    dark = [button.icon().pixmap(16, 16).toImage() for button in buttons]
    theme.set_preference("light")
    assert all(new != old for new, old in zip(dark, light, strict=True))
    assert [button.icon().pixmap(16, 16).toImage() for button in buttons] == light
