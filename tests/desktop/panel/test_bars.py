"""The bars above the conversation: scene, tier, model, and what goes along."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from core.assist.earlier import EARLIER
from core.assist.model import NoteContext, Work
from core.llm.chat import Tier
from core.prompts.model import Retrieval
from desktop.panel.context_bar import ContextBar
from desktop.panel.model_line import ModelLine
from desktop.panel.scene_bar import SceneBar
from desktop.panel.tier_switch import TierSwitch
from desktop.panel.welcome import Welcome
from tests.desktop.fake_assist import a_preview
from tests.desktop.fake_link import model_state

PLAIN = NoteContext(
    "a/Plan.md", title="Plan", heading_path=("Plan",), block="A block.", before="x", after="y"
)
SELECTED = NoteContext("a/Plan.md", title="Plan", block="A block.", selection="Some words", before="x")


@pytest.fixture
def context_bar(qtbot, theme):
    bar = ContextBar(theme)
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def scenes(qtbot, theme):
    bar = SceneBar(theme)
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def tiers(qtbot, theme):
    switch = TierSwitch()
    qtbot.addWidget(switch)
    return switch


@pytest.fixture
def line(qtbot, theme):
    line = ModelLine(theme)
    qtbot.addWidget(line)
    line.resize(400, 24)
    return line


def chips(bar):
    return [chip.text() for chip in bar.findChildren(QPushButton) if not chip.isHidden()]


def press(qtbot, bar, name):
    qtbot.mouseClick(bar.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_without_a_selection_block_note_and_passages_go_along(context_bar):
    context_bar.show_context(PLAIN)
    assert chips(context_bar) == ["This block", "Plan", "Passages"]
    assert context_bar.applied(PLAIN) == PLAIN
    assert context_bar.use_passages


def test_a_selection_takes_the_place_of_the_block(context_bar):
    context_bar.show_context(SELECTED)
    assert chips(context_bar) == ["Selection (10)", "Plan", "Passages"]


def test_with_no_note_open_only_passages_go_along(context_bar):
    context_bar.show_context(None)
    assert chips(context_bar) == ["Passages"]
    assert context_bar.applied(None) is None


@pytest.mark.parametrize(
    ("chip", "gone"),
    [
        ("blockChip", {"block": ""}),
        ("noteChip", {"title": "", "heading_path": (), "before": "", "after": ""}),
    ],
)
def test_what_is_switched_off_is_not_sent(context_bar, qtbot, chip, gone):
    context_bar.show_context(PLAIN)
    press(qtbot, context_bar, chip)
    sent = context_bar.applied(PLAIN)
    assert {name: getattr(sent, name) for name in gone} == gone
    press(qtbot, context_bar, chip)
    assert context_bar.applied(PLAIN) == PLAIN


def test_a_selection_switched_off_is_not_sent(context_bar, qtbot):
    context_bar.show_context(SELECTED)
    press(qtbot, context_bar, "selectionChip")
    assert context_bar.applied(SELECTED).selection == ""


def test_with_everything_switched_off_nothing_of_the_note_is_sent(context_bar, qtbot):
    context_bar.show_context(PLAIN)
    for chip in ("blockChip", "noteChip", "passagesChip"):
        press(qtbot, context_bar, chip)
    assert context_bar.applied(PLAIN) is None
    assert not context_bar.use_passages


def test_another_selection_is_switched_on_again(context_bar, qtbot):
    context_bar.show_context(SELECTED)
    press(qtbot, context_bar, "selectionChip")
    context_bar.show_context(NoteContext("a.md", selection="Other words"))
    assert context_bar.findChild(QPushButton, "selectionChip").isChecked()


def test_what_was_switched_off_stays_off_while_the_caret_moves(context_bar, qtbot):
    context_bar.show_context(PLAIN)
    press(qtbot, context_bar, "noteChip")
    context_bar.show_context(NoteContext("a/Plan.md", title="Plan", block="Another block."))
    assert not context_bar.findChild(QPushButton, "noteChip").isChecked()


def test_a_note_name_is_shown_letter_by_letter_and_shortened(context_bar):
    context_bar.show_context(NoteContext("R&D.md", title="R&D " + "很长的名字" * 20, block="x"))
    chip = context_bar.findChild(QPushButton, "noteChip")
    assert chip.text().startswith("R&&D")
    assert len(chip.text()) < 35
    assert chip.accessibleName().endswith("名字")


def test_the_chips_flow_into_more_lines_where_the_panel_is_narrow(context_bar):
    context_bar.show_context(SELECTED)
    assert context_bar.heightForWidth(600) < context_bar.heightForWidth(160) < context_bar.heightForWidth(60)


def test_asking_is_the_first_scene_and_writing_one_click_away(scenes, qtbot):
    assert scenes.work is Work.ASK
    with qtbot.waitSignal(scenes.changed):
        press(qtbot, scenes, "sceneWrite")
    assert scenes.work is Work.WRITE


def test_a_suggested_scene_gives_way_to_what_the_person_chose(scenes, qtbot):
    scenes.suggest(Work.WRITE)
    assert scenes.work is Work.WRITE
    scenes.suggest(None)
    assert scenes.work is Work.ASK
    press(qtbot, scenes, "sceneWrite")
    scenes.suggest(None)
    assert scenes.work is Work.WRITE


def test_a_tier_is_one_click_or_one_call_away(tiers, qtbot):
    assert tiers.tier is Tier.FAST
    press(qtbot, tiers, "tierPrecise")
    assert tiers.tier is Tier.PRECISE
    tiers.toggle()
    assert tiers.tier is Tier.FAST


def test_each_tier_says_which_model_it_means(tiers):
    tiers.set_model(model_state(Tier.FAST, model="small"))
    tiers.set_model(model_state(Tier.PRECISE, model="big", place="api.example.com"))
    fast, precise = (tiers.findChild(QPushButton, name) for name in ("tierFast", "tierPrecise"))
    assert fast.accessibleName() == "Faster: small, on this machine"
    assert precise.accessibleName() == "More precise: big, at api.example.com"
    assert "Ctrl+Shift+M" in fast.toolTip()


def test_a_change_of_tier_carries_its_model(tiers, qtbot):
    big = model_state(Tier.PRECISE, model="big")
    tiers.set_model(big)
    with qtbot.waitSignal(tiers.changed) as got:
        tiers.toggle()
    assert got.args == [big]


@pytest.mark.parametrize(
    ("state", "words", "offers"),
    [
        (None, "Getting ready", False),
        (model_state(model="qwen3:8b"), "qwen3:8b, on this machine", False),
        (model_state(model="gpt", place="api.example.com"), "gpt, at api.example.com", False),
        (model_state(model="", place=""), "No model: quotes from your notes", True),
        (model_state(demonstration=True), "Demonstration model", True),
    ],
)
def test_the_line_under_the_switch_says_who_sees_the_text(line, state, words, offers):
    line.show_state(state)
    label = line.findChild(QLabel, "tierModel")
    assert label.accessibleName() == words
    assert line.findChild(QPushButton, "connectButton").isHidden() is not offers


def test_one_click_on_the_line_leads_to_the_settings(line, qtbot):
    line.show_state(model_state(model="", place=""))
    with qtbot.waitSignal(line.settings_requested):
        press(qtbot, line, "connectButton")


def test_a_very_long_model_name_is_shortened_in_the_middle(line):
    line.show()
    line.show_state(model_state(model="organisation/very-long-name-of-a-model-" * 5, place="host.example"))
    label = line.findChild(QLabel, "tierModel")
    assert "…" in label.text()
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    assert label.whole_text().endswith("host.example")
    line.close()


def test_the_examples_follow_the_scene_and_fill_the_composer(qtbot, theme):
    welcome = Welcome(theme)
    qtbot.addWidget(welcome)
    asking = {row.words for row in welcome._rows}
    welcome.show_scene(Work.WRITE)
    writing = {row.words for row in welcome._rows}
    assert len(asking) == len(writing) == 3
    assert not asking & writing
    with qtbot.waitSignal(welcome.example_chosen) as got:
        qtbot.mouseClick(welcome._rows[0], Qt.MouseButton.LeftButton)
    assert got.args[0] in writing


# Pictures of earlier turns


def earlier(bar):
    return bar.findChild(QPushButton, "earlierPicturesChip")


def test_earlier_pictures_are_shown_where_there_are_some_and_left_out_with_one_click(qtbot, context_bar):
    context_bar.show()
    assert earlier(context_bar).isHidden()
    context_bar.show_cost(replace(a_preview(), earlier_pictures=2))
    assert earlier(context_bar).text() == "Earlier pictures (2)"
    with qtbot.waitSignal(context_bar.changed):
        press(qtbot, context_bar, "earlierPicturesChip")
    assert context_bar.sources(Retrieval.VAULT).without == {EARLIER}
    assert "take them along" in earlier(context_bar).toolTip()
    press(qtbot, context_bar, "earlierPicturesChip")
    assert context_bar.without == frozenset()


def test_left_out_among_all_parts_the_chip_shows_it(context_bar):
    context_bar.show_cost(replace(a_preview(), earlier_pictures=1))
    context_bar.leave_out(frozenset({EARLIER, "passage:1"}))
    assert not earlier(context_bar).isChecked()


def test_where_nobody_sees_them_that_is_said_and_nothing_can_be_chosen(context_bar):
    context_bar.show_cost(replace(a_preview(), earlier_pictures=1, sees_earlier=False))
    chip = earlier(context_bar)
    assert "not sent" in chip.text()
    assert not chip.isEnabled()
    assert "sees no pictures" in chip.accessibleDescription()


def test_another_conversation_has_none_of_them(context_bar):
    context_bar.show_cost(replace(a_preview(), earlier_pictures=1))
    context_bar.leave_out(frozenset({EARLIER, "passage:1"}))
    context_bar.begin_conversation()
    assert earlier(context_bar).isHidden()
    assert earlier(context_bar).isChecked()
    assert context_bar.without == {"passage:1"}


def test_while_nothing_is_typed_the_chip_stays(context_bar):
    context_bar.show_cost(replace(a_preview(), earlier_pictures=1))
    context_bar.show_cost(None)
    assert not earlier(context_bar).isHidden()
