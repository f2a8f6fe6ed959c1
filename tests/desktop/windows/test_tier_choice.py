"""One tier's row: provider, model, and what is told of a change."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.settings import LOCAL_PROVIDER, TierSettings
from desktop.windows.tier_choice import TierChoice

MODELS = {"Ollama": ["qwen3:8b", "gemma3:4b"], "远方": ["deepseek-chat"], "Bare": []}


@pytest.fixture
def row(qtbot, theme):
    row = TierChoice(theme, "fast", "Faster")
    qtbot.addWidget(row)
    return row


@pytest.fixture
def told(row):
    told = []
    row.changed.connect(told.append)
    return told


def listed(box):
    return [box.itemText(n) for n in range(box.count())]


def choose(row, provider):
    """Choose as a person does: with a click in the list."""
    row.provider_box.setCurrentIndex(row.provider_box.findData(provider))
    row.provider_box.activated.emit(row.provider_box.currentIndex())


@pytest.mark.parametrize(
    "chosen",
    [
        TierSettings("Ollama", "gemma3:4b"),
        TierSettings("远方", "deepseek-chat"),
        TierSettings("Ollama", "a model:typed by hand"),
        TierSettings("Bare", ""),
        TierSettings(LOCAL_PROVIDER, ""),
    ],
)
def test_what_is_shown_is_what_is_chosen_and_nothing_is_told(row, told, chosen):
    row.show_choices(MODELS, chosen)
    assert row.value == chosen
    assert told == []


def test_the_demonstration_stands_behind_the_providers(row):
    row.show_choices(MODELS, TierSettings("", ""))
    assert listed(row.provider_box) == ["Ollama", "远方", "Bare", "Demonstration model"]


def test_with_no_provider_only_the_demonstration_is_left_and_needs_no_model(row):
    row.show_choices({}, TierSettings("", ""))
    assert listed(row.provider_box) == ["Demonstration model"]
    assert row.model_box.isHidden()
    assert row.value == TierSettings(LOCAL_PROVIDER, "")


def test_another_provider_brings_its_first_model(row, told):
    row.show_choices(MODELS, TierSettings("Ollama", "gemma3:4b"))
    choose(row, "远方")
    assert told == [TierSettings("远方", "deepseek-chat")]
    assert listed(row.model_box) == ["deepseek-chat"]


def test_a_provider_that_lists_no_models_waits_for_a_name(row, told):
    row.show_choices(MODELS, TierSettings("Ollama", "gemma3:4b"))
    choose(row, "Bare")
    row.model_box.setCurrentText(" my-model ")
    assert told[0] == TierSettings("Bare", "")
    assert told[-1] == TierSettings("Bare", "my-model")


def test_going_to_the_demonstration_and_back(row, told):
    row.show_choices(MODELS, TierSettings("Ollama", "gemma3:4b"))
    choose(row, LOCAL_PROVIDER)
    assert row.model_box.isHidden()
    choose(row, "Ollama")
    assert not row.model_box.isHidden()
    assert told == [TierSettings(LOCAL_PROVIDER, ""), TierSettings("Ollama", "qwen3:8b")]


def test_a_name_typed_by_hand_is_told_and_not_added_to_the_list(row, told, qtbot):
    row.show_choices(MODELS, TierSettings("Ollama", ""))
    row.model_box.lineEdit().selectAll()
    QTest.keyClicks(row.model_box, "llama4")
    QTest.keyClick(row.model_box, Qt.Key.Key_Return)
    assert told[-1] == TierSettings("Ollama", "llama4")
    assert listed(row.model_box) == MODELS["Ollama"]


def test_showing_it_anew_tells_nothing_and_forgets_what_was_listed(row, told):
    row.show_choices(MODELS, TierSettings("Ollama", "gemma3:4b"))
    row.show_choices({"Other": ["x"]}, TierSettings("Other", "x"))
    assert told == []
    assert listed(row.provider_box) == ["Other", "Demonstration model"]
    assert listed(row.model_box) == ["x"]


def test_a_provider_that_is_gone_gives_its_place_and_its_model_to_the_first(row, told):
    """A model of one provider shown under the name of another would be asked for in vain."""
    row.show_choices(MODELS, TierSettings("Gone", "its-own-model"))
    assert row.value == TierSettings("Ollama", "qwen3:8b")
    assert told == []


def test_both_boxes_say_which_tier_they_are_of(row):
    assert row.provider_box.accessibleName() == "Faster: provider"
    assert row.model_box.accessibleName() == "Faster: model"


@pytest.mark.parametrize("name", ["R&D server", "提供商" * 30, "ספק"])
def test_any_name_of_a_provider_comes_back_as_it_is(row, name):
    row.show_choices({name: ["m"]}, TierSettings(name, "m"))
    assert row.value == TierSettings(name, "m")


@pytest.fixture
def work_row(qtbot, theme):
    """A row that need not be chosen: pictures, which the demonstration model cannot see."""
    row = TierChoice(theme, "vision", "Pictures", automatic="As “More precise”", on_machine="")
    qtbot.addWidget(row)
    return row


def test_work_without_a_choice_of_its_own_says_what_serves_it(work_row):
    work_row.show_choices(MODELS, TierSettings())
    assert listed(work_row.provider_box) == ["As “More precise”", "Ollama", "远方", "Bare"]
    assert work_row.value == TierSettings()
    assert work_row.model_box.isHidden()


def test_work_is_given_a_model_and_given_back(work_row):
    work_row.show_choices(MODELS, TierSettings())
    choose(work_row, "远方")
    assert work_row.value == TierSettings("远方", "deepseek-chat")
    choose(work_row, "")
    assert work_row.value == TierSettings()


def test_the_built_in_provider_may_go_by_another_name(qtbot, theme):
    row = TierChoice(theme, "transcription", "Recordings", automatic="Any", on_machine="Only here")
    qtbot.addWidget(row)
    row.show_choices({}, TierSettings(LOCAL_PROVIDER))
    assert row.provider_box.currentText() == "Only here"
    assert row.value == TierSettings(LOCAL_PROVIDER)
