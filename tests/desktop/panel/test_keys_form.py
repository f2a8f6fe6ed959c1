"""What a prompt wants to know, told without a mouse; what was told is kept, and a mistake costs nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from core.assist.model import NoteContext
from core.prompts.model import Prompt, PromptList, Titles, Variable, VariableKind
from tests.desktop.fake_assist import DRAFT, POLISH
from tests.desktop.panel.keyboard import Keyboard

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ODD = Prompt(
    "odd",
    1,
    Titles("<b>Odd</b> & more", "怪 & 多"),
    "",
    candidates=9,
    variables=(
        Variable("who", VariableKind.TEXT, Titles("<img src=x>", "<img src=x>"), required=True),
        Variable("无", VariableKind.TEXT, Titles("", "")),
    ),
)
PLAIN = Prompt("plain", 1, Titles("Continue", "续写"), "", candidates=1)


@pytest.fixture
def panel_with(qtbot, panel, link):
    link.assist.library = PromptList((DRAFT, POLISH, ODD, PLAIN))
    panel.engine_started()
    qtbot.waitUntil(lambda: panel.library.prompt("odd") is not None and len(panel.scenes.buttons) == 4)
    panel.activateWindow()
    panel.focus_composer()
    return panel


@pytest.fixture
def open_form(panel_with):
    def show(prompt=DRAFT):
        panel_with.drafting.open_form(prompt)
        return panel_with.form

    return show


@pytest.fixture
def keys(panel):
    """Presses keys where the keyboard is."""

    return Keyboard(panel)


def problem(form):
    return next(label for label in form.findChildren(QLabel) if label.property("problem"))


def test_a_prompt_that_needs_something_is_typed_filled_and_run(keys, panel_with, link):
    keys("/draft", KEY.Key_Return)
    assert keys.name == "field-kind"
    keys("letter", KEY.Key_Tab)
    assert keys.name == "field-points"
    keys("in March", KEY.Key_Return, "for all", KEY.Key_Tab, KEY.Key_Tab)
    assert keys.name == "field-brief"
    keys(KEY.Key_Space, KEY.Key_Return)
    request = link.assist.written[-1].request
    assert request.values == {
        "kind": "letter", "points": "in March\nfor all", "tone": "formal", "brief": "yes"
    }  # fmt: skip
    assert request.candidates == 2
    assert panel_with.conversation.cards[-1].candidates.hasFocus()
    assert panel_with.form.isHidden()


def test_tab_takes_a_prompt_from_the_list_as_enter_does(keys, panel_with):
    keys("/draft", KEY.Key_Tab)
    assert panel_with.form.prompt is DRAFT
    assert keys.name == "field-kind"


def test_what_is_needed_and_missing_is_named_and_gets_the_caret(keys, open_form, link):
    form = open_form()
    keys(KEY.Key_Tab, "words", KEY.Key_Return, modifiers=Qt.KeyboardModifier.NoModifier)
    keys(KEY.Key_Return, modifiers=CTRL)
    assert link.assist.written == []
    assert "What to write" in problem(form).text()
    assert keys.name == "field-kind"
    keys("信", KEY.Key_Return)
    assert link.assist.written[-1].request.values["points"].startswith("words")


def test_blanks_do_not_count_as_an_answer(keys, open_form, link):
    form = open_form()
    keys("   ", KEY.Key_Return)
    assert link.assist.written == []
    assert not problem(form).isHidden()


def test_a_problem_goes_when_another_prompt_is_asked_about(keys, open_form):
    form = open_form()
    keys(KEY.Key_Return)
    open_form(POLISH)
    QApplication.processEvents()
    assert problem(form).isHidden()
    assert keys.name == "field-focus"


def test_enter_breaks_the_line_in_a_long_field_and_ctrl_enter_runs(keys, open_form, link):
    form = open_form()
    form.show_values({"kind": "letter"})
    form.findChild(QPlainTextEdit, "field-points").setFocus()
    keys("一", KEY.Key_Return, "二")
    assert link.assist.written == []
    keys(KEY.Key_Return, modifiers=CTRL)
    assert link.assist.written[-1].request.values["points"] == "一\n二"


def test_enter_that_ends_a_composition_does_not_run_the_prompt(keys, open_form, link):
    form = open_form()
    keys.compose("xin")
    keys(KEY.Key_Return)
    assert link.assist.written == []
    keys.commit("信")
    keys(KEY.Key_Return)
    assert link.assist.written[-1].request.values["kind"].endswith("信")
    assert form.isHidden()


def test_escape_closes_the_form_and_gives_the_keyboard_back(keys, panel_with, open_form, qtbot):
    panel_with.scenes.choose(1)
    form = open_form()
    keys("letter")
    with qtbot.assertNotEmitted(panel_with.editor_requested):
        keys(KEY.Key_Escape)
    assert form.prompt is None
    assert panel_with.composer.edit.hasFocus()
    assert panel_with.prompt_bar.isVisible()
    with qtbot.waitSignal(panel_with.editor_requested):
        keys(KEY.Key_Escape)


def test_escape_stops_what_runs_before_it_closes_the_form(panel_with, open_form, ask):
    asking = ask("why?")
    form = open_form()
    panel_with.leave()
    assert asking.cancelled
    assert form.prompt is DRAFT
    panel_with.leave()
    assert form.prompt is None


def test_words_in_the_composer_go_along_as_an_instruction(keys, panel_with, open_form, link):
    form = open_form()
    form.show_values({"kind": "letter"})
    panel_with.focus_composer()
    keys("not too long", KEY.Key_Return)
    request = link.assist.written[-1].request
    assert request.instruction == "not too long"
    assert "not too long" in panel_with.conversation.cards[-1].title


def test_a_form_that_lacks_something_keeps_the_words_in_the_composer(keys, panel_with, open_form):
    open_form()
    panel_with.focus_composer()
    keys("not too long", KEY.Key_Return)
    assert panel_with.composer.edit.toPlainText() == "not too long"


@pytest.mark.parametrize(("typed", "count"), [("7", 7), ("1", 1), ("0", 1), ("99", 9)])
def test_how_many_are_wanted_is_typed_between_one_and_nine(keys, open_form, link, typed, count):
    form = open_form(POLISH)
    form.count.setFocus()
    form.count.selectAll()
    keys(typed)
    form.run_button.click()
    asked = link.assist.written[-1].request.candidates
    assert 1 <= asked <= 9
    assert asked == count or typed in ("0", "99")


def test_arrows_change_how_many_are_wanted(keys, open_form, link):
    form = open_form(POLISH)
    form.count.setFocus()
    keys(KEY.Key_Up, KEY.Key_Up, KEY.Key_Down)
    form.run_button.click()
    assert link.assist.written[-1].request.candidates == POLISH.candidates + 1


def test_what_was_told_stands_there_the_next_time(keys, open_form):
    form = open_form()
    keys("周报", KEY.Key_Return)
    form = open_form()
    assert form.values()["kind"] == "周报"


def test_what_was_told_and_not_run_is_not_kept(keys, open_form):
    open_form()
    keys("周报", KEY.Key_Escape)
    assert open_form().values()["kind"] == ""


def test_what_was_told_of_one_prompt_is_not_told_to_another(keys, open_form):
    open_form()
    keys("周报", KEY.Key_Return)
    assert open_form(POLISH).values() == {"focus": ""}


def test_a_prompt_without_questions_has_the_keyboard_on_its_button(keys, open_form, link):
    form = open_form(PLAIN)
    assert form.run_button.hasFocus()
    assert not form.fill_button.isVisible()
    keys(KEY.Key_Space)
    assert link.assist.written[-1].request.prompt_id == "plain"


def test_a_choice_may_be_another_than_those_offered(keys, open_form, link):
    form = open_form()
    form.show_values({"kind": "letter", "tone": "像老朋友"})
    keys(KEY.Key_Return)
    assert link.assist.written[-1].request.values["tone"] == "像老朋友"


def test_a_name_from_a_file_is_never_read_as_markup(keys, open_form):
    form = open_form(ODD)
    keys(KEY.Key_Return)
    assert "<img src=x>" in problem(form).text()
    markup = [
        label.text() for label in form.findChildren(QLabel)
        if "<" in label.text() and label.textFormat() is not Qt.TextFormat.PlainText
    ]  # fmt: skip
    assert markup == []


def test_a_question_without_a_title_is_named_by_its_variable(open_form):
    form = open_form(ODD)
    assert {"无", "<img src=x>"} <= {label.text() for label in form.findChildren(QLabel)}


def test_each_field_and_button_has_a_name_and_is_reached_by_tab(keys, open_form):
    form = open_form()
    reached = []
    for _ in range(9):
        reached.append(QApplication.focusWidget())
        keys(KEY.Key_Tab)
    names = [widget.objectName() for widget in reached]
    wanted = [
        "field-kind",
        "field-points",
        "field-tone",
        "field-brief",
        "fillButton",
        "candidateCount",
        "runPrompt",
    ]
    places = [names.index(name) for name in wanted if name in names]
    assert {*wanted} <= {*names}
    assert places == sorted(places)
    assert all(widget.accessibleName() or widget.text() for widget in reached if form.isAncestorOf(widget))


@pytest.mark.parametrize("width", [320, 380, 700])
def test_the_form_stays_within_the_panel_however_long_its_questions(panel_with, open_form, width):
    question, name = (
        Titles("A long question " * 5, "很长的问题" * 8),
        Titles("很长的名字" * 12, "很长的名字" * 12),
    )
    variables = tuple(Variable(f"v{n}", VariableKind.TEXT, question) for n in range(12))
    long = Prompt("long", 1, name, "", variables=variables)
    panel_with.resize(width, 600)
    form = open_form(long)
    QApplication.processEvents()
    assert panel_with.width() == width
    assert form.geometry().right() <= panel_with.rect().right()
    assert panel_with.composer.isVisible()
    assert panel_with.composer.geometry().bottom() <= panel_with.rect().bottom()


def test_the_selection_is_what_is_worked_on_even_if_it_came_after_the_form(
    keys, open_form, panel_with, note, link
):
    open_form(POLISH)
    note.context = NoteContext("a.md", title="A", selection="选中的话。")
    panel_with.refresh_context()
    keys(KEY.Key_Return)
    assert link.assist.written[-1].request.note.selection == "选中的话。"
