"""Three facts at the bottom."""

import pytest
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


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (IndexProgress(3, 10, 0, 40), "Reading notes: 3 of 10"),
        (IndexProgress(10, 10, 7, 40), "Words are searchable; meaning: 7 of 40 passages"),
        (
            IndexProgress(10, 10, 0, 40, preparing="quantising"),
            "Words are searchable; preparing search by meaning",
        ),
        (IndexProgress(10, 10, 40, 40, idle=True), "Up to date: 10 notes"),
        (IndexProgress(1, 1, 40, 40), "Reading your notes …"),
        (IndexProgress(10, 10, 5, 40, problem="no model"), "Search works by words only"),
        (IndexProgress(10, 10, 5, 40, hold=Hold.PAUSED), "Indexing is paused"),
        (IndexProgress(3, 10, 5, 40, hold=Hold.PAUSED), "Indexing is paused"),
        (IndexProgress(3, 10, 5, 40, hold=Hold.BATTERY), "Reading notes: 3 of 10"),
        (
            IndexProgress(10, 10, 5, 40, hold=Hold.BATTERY),
            "Words are searchable; meaning waits for the plug",
        ),
    ],
)
def test_the_index_is_told_in_words(bar, progress, words):
    bar.show_progress(progress)
    assert bar.index.text() == words
    assert words in bar.index.accessibleName()


def test_a_problem_has_its_reason_in_the_tooltip(bar):
    bar.show_progress(IndexProgress(1, 1, 0, 4, problem="the model <b>cannot</b> be loaded"))
    assert "cannot" in bar.index.toolTip()
    assert "<b>cannot" not in bar.index.toolTip()


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([model_state()], "Local model"),
        ([model_state(demonstration=True)], "Demonstration model"),
        ([model_state(place="")], "No model"),
        ([model_state(), model_state(Tier.PRECISE, place="api.example.org")], "api.example.org"),
        ([model_state(place="b.org"), model_state(Tier.PRECISE, place="a.org")], "a.org, b.org"),
    ],
)
def test_where_the_text_goes_is_always_told(bar, states, words):
    for state in states:
        bar.show_model(state)
    assert bar.model.text() == words


def test_cost_is_shown_in_cents(bar):
    bar.show_cost(0.0312)
    assert bar.cost.text() == "Today: 0.03 USD"


def test_the_index_leads_to_its_details(bar, qtbot):
    with qtbot.waitSignal(bar.details_requested):
        bar.index.click()


def test_a_pause_is_told_once_wherever_it_was_asked(bar):
    told = []
    bar.pause_requested.connect(told.append)
    for paused in (True, True, False, False, True):
        bar.show_paused(paused)
    assert told == [True, False, True]


def test_the_model_leads_to_the_settings(bar, qtbot):
    with qtbot.waitSignal(bar.settings_requested):
        bar.model.click()


def test_every_part_has_its_name(bar):
    names = {button.objectName() for button in bar.findChildren(QToolButton)}
    assert {"indexStatus", "modelStatus", "costStatus"} <= names


def test_icons_follow_the_scheme(bar, theme):
    before = bar.index.icon().pixmap(16, 16).toImage()
    theme.set_preference("dark")
    assert bar.index.icon().pixmap(16, 16).toImage() != before
