"""Prompts found by typing, asked for what they need, and run; scenes by click and key."""

from concurrent.futures import Future
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from core import errors
from core.assist.model import NoteContext, Work
from core.engine.model import NotesChanged, PromptsChanged
from core.llm.chat import Tier
from core.prompts.model import Problem, PromptList, Retrieval, SceneList, Titles
from core.prompts.naming import prompt_names
from core.text.matching import Term, make_terms
from desktop.panel.library import FIRST_SCENES
from tests.desktop.fake_assist import DRAFT, POLISH, SCENES

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stocked(qtbot, panel):
    """A panel that has read its prompts and scenes."""
    panel.engine_started()
    qtbot.waitUntil(lambda: panel.library.prompt("polish") is not None and len(panel.scenes.buttons) == 4)
    panel.activateWindow()
    panel.focus_composer()
    return panel


def type_in(panel, words):
    QTest.keyClicks(panel.composer.edit, words)


def shown(panel):
    return [hit.title for hit in panel.suggestions.list.hits] if panel.lookup.is_open else []


def field(panel, name):
    return panel.form.findChild(
        (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox)[0], f"field-{name}"
    ) or panel.form.findChild(QPlainTextEdit, f"field-{name}")


# Looking up


def test_a_slash_brings_all_prompts_those_of_the_scene_first(stocked):
    stocked.scenes.choose(2)
    type_in(stocked, "/")
    assert shown(stocked) == ["Polish", "Draft"]


@pytest.mark.parametrize("words", ["/poli", "/润色", "/smoother"])
def test_typing_on_finds_a_prompt_by_its_words_in_either_language(stocked, words):
    stocked.composer.set_text(words)
    assert shown(stocked) == ["Polish"]


def test_enter_takes_the_current_one_and_escape_leaves_the_list(stocked):
    type_in(stocked, "/")
    QTest.keyClick(stocked.composer.edit, KEY.Key_Escape)
    assert shown(stocked) == []
    type_in(stocked, "dra")
    QTest.keyClick(stocked.composer.edit, KEY.Key_Return)
    assert stocked.form.prompt is DRAFT
    assert stocked.composer.edit.toPlainText() == ""


def test_arrows_move_in_the_list_while_the_caret_stays_in_the_field(stocked):
    type_in(stocked, "/")
    first = stocked.suggestions.list.currentIndex().row()
    QTest.keyClick(stocked.composer.edit, KEY.Key_Down)
    assert stocked.suggestions.list.currentIndex().row() == first + 1
    assert stocked.composer.edit.hasFocus()


def test_an_at_sign_finds_notes_and_pins_the_one_taken(qtbot, stocked):
    stocked.lookup._notes = lambda: ["Projects/Launch plan.md", "日记/三月.md"]
    type_in(stocked, "see @Lau")
    assert shown(stocked) == ["Launch plan"]
    QTest.keyClick(stocked.composer.edit, KEY.Key_Tab)
    assert stocked.composer.edit.toPlainText() == "see "
    assert stocked.context_bar.sources(Retrieval.VAULT).notes == ("Projects/Launch plan.md",)


NOTES = make_terms(
    [
        Term("启动计划", "计划/启动计划.md"),
        Term("发布", "计划/启动计划.md"),
        Term("Launch plan", "Launch plan.md"),
    ]
)


@pytest.mark.parametrize("words", ["@qdjh", "@发布", "参考@启动", "比较，＠qd", "see @qdj"])
def test_a_note_is_found_by_pinyin_initials_alias_and_without_a_blank_before(qtbot, stocked, link, words):
    link.index.names["notes"] = NOTES
    stocked.composer.set_text(words)
    qtbot.waitUntil(lambda: shown(stocked) == ["启动计划"])
    QTest.keyClick(stocked.composer.edit, KEY.Key_Return)
    assert stocked.composer.edit.toPlainText() == words[: max(words.find("@"), words.find("＠"))]
    assert stocked.context_bar.sources(Retrieval.VAULT).notes == ("计划/启动计划.md",)


def test_notes_are_found_by_their_folder_as_well_after_those_of_that_name(qtbot, stocked, link):
    link.index.names["notes"] = NOTES
    stocked.lookup._notes = lambda: ["计划/三月.md", "计划/启动计划.md", "a.md"]
    stocked.composer.set_text("@计划")
    qtbot.waitUntil(lambda: shown(stocked) == ["启动计划", "三月"])


def test_names_that_come_again_leave_the_choice_where_it_is(qtbot, stocked, link):
    link.index.names["notes"] = NOTES
    stocked.composer.set_text("@")
    qtbot.waitUntil(lambda: len(shown(stocked)) == 2)
    QTest.keyClick(stocked.composer.edit, KEY.Key_Down)
    stocked._note_names.changed.emit()
    assert stocked.suggestions.list.currentIndex().row() == 1


def test_another_vault_has_other_names(qtbot, stocked, link):
    link.index.names["notes"] = NOTES
    stocked.composer.set_text("@La")
    qtbot.waitUntil(lambda: shown(stocked) == ["Launch plan"])
    link.index.names["notes"] = make_terms([Term("Lager", "Lager.md")])
    stocked.clear()
    stocked.composer.set_text("@Lag")
    qtbot.waitUntil(lambda: shown(stocked) == ["Lager"])


@pytest.mark.parametrize("mark", ["／", "、"])
def test_what_the_key_types_with_a_chinese_input_method_brings_prompts_too(stocked, mark):
    stocked.composer.set_text(f"{mark}润色")
    assert shown(stocked) == ["Polish"]
    assert stocked.drafting.draft() is None


def test_a_hash_holds_the_search_to_a_tag(stocked):
    type_in(stocked, "#work")
    QTest.keyClick(stocked.composer.edit, KEY.Key_Return)
    assert stocked.context_bar.sources(Retrieval.VAULT).tags == ("work",)


def test_an_address_is_no_lookup(stocked):
    type_in(stocked, "mail a@b.c")
    assert shown(stocked) == []


def test_every_word_of_a_description_must_be_found(stocked):
    type_in(stocked, "/smoother clear")
    assert shown(stocked) == ["Polish"]
    stocked.composer.set_text("/smoother xyz")
    assert shown(stocked) == []


@pytest.mark.parametrize("letters", ["rs", "润", "pol"])
def test_a_prompt_is_found_by_pinyin_initials_as_in_quick_ask(qtbot, stocked, letters):
    stocked.composer.set_text(f"/{letters}")
    qtbot.waitUntil(lambda: shown(stocked) == ["Polish"])


def test_names_that_come_late_fill_the_list_that_is_wanted(qtbot, stocked, link, monkeypatch):
    held = []
    monkeypatch.setattr(link.assist, "prompt_names", lambda _language: held.append(Future()) or held[-1])
    stocked.library.load()
    type_in(stocked, "/rs")
    qtbot.waitUntil(lambda: bool(held))
    assert shown(stocked) == []
    for one in held:
        one.set_result(prompt_names((DRAFT, POLISH)))
    qtbot.waitUntil(lambda: shown(stocked) == ["Polish"])


def test_a_name_that_no_prompt_has_is_told_and_sent_only_after_escape(qtbot, stocked):
    type_in(stocked, "/xyz")
    qtbot.waitUntil(lambda: shown(stocked) == ["No prompt is called “xyz”"])
    QTest.keyClick(stocked.composer.edit, KEY.Key_Return)
    assert stocked.composer.edit.toPlainText() == "/xyz"
    QTest.keyClick(stocked.composer.edit, KEY.Key_Escape)
    assert shown(stocked) == []
    with qtbot.waitSignal(stocked.composer.edit.submitted):
        QTest.keyClick(stocked.composer.edit, KEY.Key_Return)


@pytest.mark.parametrize("words", ["/etc/hosts", "/etc hosts"])
def test_what_is_no_name_is_no_prompt_that_is_missing(qtbot, stocked, words):
    qtbot.waitUntil(lambda: stocked.library.find("x") == [] and stocked.library.knows_names)
    type_in(stocked, words)
    assert shown(stocked) == []


def test_a_mistake_in_an_own_prompt_is_told_and_opens_at_its_line(qtbot, stocked, link):
    problem = Problem(".pilotfish/prompts/mine.md", 7, "The variable “tone” is not known.")
    link.assist.library = PromptList((DRAFT, POLISH), (problem,))
    stocked.library.load()
    qtbot.waitUntil(lambda: bool(stocked.library.problems))
    type_in(stocked, "/mine")
    (hit,) = stocked.suggestions.list.hits
    assert "mine.md, line 7" in hit.title
    assert "tone" in hit.detail
    with qtbot.waitSignal(stocked.open_requested) as got:
        QTest.keyClick(stocked.composer.edit, KEY.Key_Return)
    assert got.args == [".pilotfish/prompts/mine.md", 7]


# The form


def open_form(panel, prompt=DRAFT):
    panel.drafting.open_form(prompt)
    return panel.form


def test_the_form_has_a_field_for_each_variable_with_its_default(stocked):
    form = open_form(stocked)
    assert isinstance(form.findChild(QLineEdit, "field-kind"), QLineEdit)
    assert isinstance(form.findChild(QPlainTextEdit, "field-points"), QPlainTextEdit)
    assert form.findChild(QComboBox, "field-tone").currentText() == "formal"
    assert form.findChild(QCheckBox, "field-brief").accessibleName() == "Briefly"
    assert form.count.value() == 2
    assert form.findChild(QLineEdit, "field-kind").hasFocus()


def test_how_many_are_wanted_can_be_read_in_its_field(qtbot, stocked):
    form = open_form(stocked)
    field = form.count.lineEdit()
    qtbot.waitUntil(lambda: field.width() >= form.count.fontMetrics().horizontalAdvance(form.count.text()))
    assert form.count.rect().contains(field.geometry().center())


def test_one_suggestion_is_no_plural(stocked):
    count = open_form(stocked).count
    count.setValue(1)
    assert count.text() == "1 suggestion"
    count.setValue(2)
    assert count.text() == "2 suggestions"


def test_what_was_filled_in_runs_the_prompt_and_is_there_the_next_time(stocked, link):
    form = open_form(stocked)
    QTest.keyClicks(form.findChild(QLineEdit, "field-kind"), "a speech")
    form.findChild(QCheckBox, "field-brief").setChecked(True)
    form.count.setValue(5)
    QTest.keyClick(form.findChild(QLineEdit, "field-kind"), KEY.Key_Return)
    request = link.assist.written[-1].request
    assert request.values == {"kind": "a speech", "points": "", "tone": "formal", "brief": "yes"}
    assert (request.prompt_id, request.candidates) == ("draft", 5)
    assert form.isHidden()
    assert open_form(stocked).values()["kind"] == "a speech"


def test_what_else_is_wanted_stands_in_the_composer(stocked, link):
    open_form(stocked, POLISH)
    type_in(stocked, "keep my jokes")
    QTest.keyClick(stocked.composer.edit, KEY.Key_Return)
    assert link.assist.written[-1].request.instruction == "keep my jokes"
    assert stocked.conversation.cards[-1].title == "Polish: keep my jokes"


def test_a_prompt_needs_no_words_of_ones_own(stocked, link):
    open_form(stocked, POLISH)
    stocked.focus_composer()
    QTest.keyClick(stocked.composer.edit, KEY.Key_Return)
    assert len(link.assist.written) == 1


def test_a_needed_field_that_is_empty_is_asked_for(stocked, link):
    form = open_form(stocked)
    QTest.mouseClick(form.run_button, Qt.MouseButton.LeftButton)
    assert link.assist.written == []
    assert any(
        "What to write" in label.text() and "needed" in label.text() for label in form.findChildren(QLabel)
    )


def test_a_prompt_on_the_bar_runs_at_once_unless_something_needed_is_missing(stocked, link):
    chips = stocked.prompt_bar.findChildren(QPushButton, "promptChip")
    assert [chip.text() for chip in chips] == []  # asking has none here
    stocked.scenes.choose(1)
    draft, polish = stocked.prompt_bar.buttons
    QTest.mouseClick(polish, Qt.MouseButton.LeftButton)
    assert link.assist.written[-1].request.prompt_id == "polish"
    QTest.mouseClick(draft, Qt.MouseButton.LeftButton)
    assert stocked.form.prompt is DRAFT


def test_escape_closes_the_form_and_gives_the_field_back(stocked):
    form = open_form(stocked)
    QTest.keyClick(form.findChild(QLineEdit, "field-kind"), KEY.Key_Escape)
    assert form.isHidden()
    assert stocked.composer.edit.hasFocus()
    assert not stocked.composer.send_button.isEnabled()


def test_the_model_proposes_values_that_stay_the_persons_to_change(qtbot, stocked, link):
    link.assist.proposed = {"kind": "会议邀请", "unknown": "x", "tone": ""}
    form = open_form(stocked)
    QTest.mouseClick(form.fill_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: form.values()["kind"] == "会议邀请")
    assert form.values()["tone"] == "formal"
    assert link.assist.calls[-1][0] == "fill"


def test_values_that_cannot_be_proposed_are_told_and_the_form_works_on(qtbot, stocked, link):
    link.assist.proposed = errors.ModelTimedOut()
    form = open_form(stocked)
    QTest.mouseClick(form.fill_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: any(label.text() and label.property("problem") for label in form.findChildren(QLabel))
    )
    assert form.fill_button.isEnabled()


def test_a_prompt_that_replaces_works_on_the_block_where_nothing_is_selected(qtbot, stocked):
    with qtbot.waitSignal(stocked.block_requested):
        stocked.drafting.run_or_ask(POLISH)


def test_with_a_selection_the_block_is_left_alone(qtbot, stocked, note):
    note.context = NoteContext("a.md", block="b", selection="s")
    with qtbot.assertNotEmitted(stocked.block_requested):
        stocked.drafting.run_or_ask(POLISH)


# Scenes


def test_until_the_engine_has_spoken_there_are_two_scenes(panel):
    assert [pill.text() for pill in panel.scenes.buttons] == ["Ask", "Write"]
    assert panel.scenes.scene is FIRST_SCENES[0]


def test_the_scene_in_force_stays_when_the_others_arrive(stocked):
    assert stocked.scenes.scene.id == "ask"
    assert stocked.scenes.work is Work.ASK


def test_ctrl_and_a_number_switch_the_scene(stocked):
    QTest.keyClick(stocked.composer.edit, KEY.Key_2, CTRL)
    assert stocked.scenes.scene.id == "polish"
    QTest.keyClick(stocked.composer.edit, KEY.Key_9, CTRL)
    assert stocked.scenes.scene.id == "polish"


def test_a_scene_brings_its_tier_temperature_and_reach(qtbot, stocked, ask, link):
    stocked.scenes.choose(4)
    assert stocked.tiers.tier is Tier.PRECISE
    request = ask("什么是复盘？").request
    assert request.work is Work.ASK
    assert request.sources.retrieval is Retrieval.NOTE
    stocked.stop()
    stocked.scenes.choose(1)
    request = ask("写个开头").request
    assert (request.work, request.temperature) == (Work.WRITE, 0.7)


def test_a_narrow_bar_keeps_the_scene_in_force_and_a_menu_for_the_rest(qtbot, stocked):
    stocked.resize(320, 600)
    stocked.scenes.choose(4)
    stocked.scenes.setFixedWidth(130)
    qtbot.waitUntil(stocked.scenes.more_button.isVisible)
    current = next(pill for pill in stocked.scenes.buttons if pill.isChecked())
    assert current.isVisible()
    stocked.scenes._fill_menu()
    hidden = [pill.text() for pill in stocked.scenes.buttons if not pill.isVisible()]
    assert [action.text() for action in stocked.scenes.menu.actions()][: len(hidden)] == hidden
    stocked.scenes.menu.actions()[0].trigger()
    assert stocked.scenes.scene.title.en == hidden[0]


def test_an_own_prompt_that_changed_on_disk_is_read_anew_and_offered(qtbot, stocked, link, bridge):
    mine = replace(POLISH, id="mine", title=Titles("Mine", "我的"), own=True)
    link.assist.library = PromptList((DRAFT, POLISH, mine))
    before = len(link.assist.calls)
    bridge.handle_event(NotesChanged(("a.md",), ()))
    assert len(link.assist.calls) == before
    bridge.handle_event(PromptsChanged())
    assert link.assist.calls[-1] == ("prompts", ("en",))
    qtbot.waitUntil(lambda: stocked.library.prompt("mine") == mine)


def test_scenes_that_went_away_give_way_to_the_first(qtbot, stocked):
    stocked.scenes.choose(4)
    stocked.library.take_scenes(SceneList(SCENES[:2]))
    assert stocked.scenes.scene.id == "write"


# No vault


def test_without_a_vault_the_panel_says_what_to_do(qtbot, panel):
    panel.show_vault(False)
    words = " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())
    assert "Open a folder" in words
    assert "Getting ready" not in words
    assert not panel.composer.isVisible()
    with qtbot.waitSignal(panel.folder_requested):
        QTest.mouseClick(panel.welcome.findChild(QPushButton, "panelOpenFolder"), Qt.MouseButton.LeftButton)
    panel.show_vault(True)
    assert panel.composer.isVisible()
