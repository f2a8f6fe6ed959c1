"""`>` runs a prompt and `@` takes a note along, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from core.assist.model import NoteContext
from core.errors import ModelUnreachable
from core.llm.chat import Tier
from desktop.bridge.note_names import FRESH_S
from desktop.palette import quick_ask as module
from desktop.palette.marks import wanted_at
from desktop.palette.offers import Offers
from tests.desktop.fake_assist import DRAFT, POLISH
from tests.desktop.fake_link import model_chosen

Key, Modifier = Qt.Key, Qt.KeyboardModifier
LETTER = "A sentence of another program."


@pytest.fixture
def up(quick, qtbot):
    """The window on the screen, its field empty."""
    with qtbot.waitExposed(quick):
        quick.come_up()
    qtbot.waitUntil(quick.isActiveWindow)
    quick.head.field.clear()
    return quick


def _wanted(text):
    return wanted_at(text, len(text))


def press(quick, key, modifier=Modifier.NoModifier):
    QTest.keyClick(quick.head.field, key, modifier)


def look_up(quick, qtbot, text, first):
    """Type this and wait until `first` leads the list."""
    quick.head.field.clear()
    for letter in text:
        quick.head.field.insert(letter)  # as an input method commits it
    qtbot.waitUntil(lambda: quick.lookup.is_open and quick.lookup.list.hits[0].title == first)


def run(quick, link, qtbot, text="> pol", first="Polish"):
    """Run a prompt with Enter and return the request."""
    before = len(link.assist.written)
    look_up(quick, qtbot, text, first)
    press(quick, Key.Key_Return)
    qtbot.waitUntil(lambda: len(link.assist.written) == before + 1)
    return link.assist.written[-1]


@pytest.mark.parametrize("text", ["> pol", "> Polish", "> rs", "》润", "> smoother"])
def test_a_prompt_is_found_by_name_initials_and_purpose_and_run_with_enter(up, link, qtbot, text):
    request = run(up, link, qtbot, text).request
    assert (request.prompt_id, request.candidates, request.tier) == ("polish", 1, Tier.FAST)
    assert request.note.path == "Projects/Launch plan.md"
    assert up.head.prompt_chip.text() == "Polish"
    assert not up.lookup.is_open
    assert up.foot.words == "Works on “Launch plan”."


def test_the_result_streams_and_goes_into_the_note_as_it_is(up, link, qtbot):
    writing = run(up, link, qtbot)
    writing.send(model_chosen())
    writing.write("We open in **March**.")
    qtbot.waitUntil(up.commands.insert.isEnabled)
    assert up.text_for_note == "We open in **March**."
    assert not up.joins_prose
    with qtbot.waitSignal(up.insert_requested) as signal:
        press(up, Key.Key_Return, Modifier.ControlModifier)
    assert signal.args == ["We open in **March**."]
    with qtbot.waitSignal(up.journal_requested) as signal:
        press(up, Key.Key_J, Modifier.ControlModifier)
    assert signal.args == ["Polish", "We open in **March**."]


def test_a_prompt_that_fails_says_so_and_can_be_run_again(up, link, qtbot):
    writing = run(up, link, qtbot)
    writing.send(ModelUnreachable("gone", host="localhost"))
    qtbot.waitUntil(lambda: not up.asker.busy)
    assert not up.commands.insert.isEnabled()
    up.ask_again()
    assert len(link.assist.written) == 2
    assert link.assist.written[1].request == writing.request


def test_what_is_selected_elsewhere_comes_before_the_open_note(up, link, qtbot, monkeypatch):
    monkeypatch.setattr(module, "selected_elsewhere", lambda **_not: LETTER)
    press(up, Key.Key_T, Modifier.ControlModifier)
    note = run(up, link, qtbot).request.note
    assert (note.path, note.selection, note.block, note.text) == ("", LETTER, LETTER, LETTER)


def test_with_nothing_to_work_on_it_says_what_to_do(up, link, qtbot, open_note):
    open_note.clear()
    look_up(up, qtbot, ">pol", "Polish")
    press(up, Key.Key_Return)
    assert "Ctrl+T" in up.foot.words
    assert link.assist.written == []
    assert up.head.prompt_chip.isVisible()  # a selection taken along now, and Enter runs it


def test_tab_takes_a_prompt_up_to_say_more_first(up, link, qtbot, forms):
    look_up(up, qtbot, ">pol", "Polish")
    press(up, Key.Key_Tab)
    assert link.assist.written == []
    assert up.prompting.form_is_open  # it has a field, which may stay empty
    QTest.keyClicks(up.prompting.area.findChild(QLineEdit, "field-focus"), "commas")
    QTest.keyClicks(up.head.field, "for the board")
    press(up, Key.Key_Return)
    request = link.assist.written[-1].request
    assert (request.instruction, request.values) == ("for the board", {"focus": "commas"})
    assert forms.kept["polish"] == {"focus": "commas"}
    assert not up.prompting.form_is_open


def test_a_prompt_that_needs_a_value_asks_for_it(up, link, qtbot):
    look_up(up, qtbot, ">dra", "Draft")
    press(up, Key.Key_Return)
    field = up.prompting.area.findChild(QLineEdit, "field-kind")
    qtbot.waitUntil(field.hasFocus)
    height = up.height()
    QTest.keyClick(field, Key.Key_Return)
    assert link.assist.written == []
    assert up.height() > height  # by the sentence that says what is missing
    QTest.keyClicks(field, "a letter")
    QTest.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: len(link.assist.written) == 1)
    values = link.assist.written[0].request.values
    assert values == {"kind": "a letter", "points": "", "tone": "formal", "brief": ""}
    assert up.head.field.hasFocus()
    assert up.answer.isVisible()


def test_values_given_once_are_there_the_next_time(up, link, qtbot, forms):
    forms.kept["draft"] = {"kind": "a letter"}
    assert run(up, link, qtbot, ">dra", "Draft").request.values["kind"] == "a letter"


def test_a_prompt_that_asks_for_something_needs_no_note(up, link, qtbot, forms, open_note):
    open_note.clear()
    forms.kept["draft"] = {"kind": "a letter"}
    assert run(up, link, qtbot, ">dra", "Draft").request.note is None


def test_a_continuation_joins_the_words_of_the_open_note_but_not_another_programs(up, link, qtbot, forms):
    forms.kept["draft"] = {"kind": "a letter"}
    run(up, link, qtbot, ">dra", "Draft")
    assert up.joins_prose
    up.head.take(LETTER)
    up.prompting.leave()
    run(up, link, qtbot, ">dra", "Draft")
    assert not up.joins_prose


def test_escape_leaves_the_list_then_the_prompt_then_the_window(up, qtbot):
    look_up(up, qtbot, ">pol", "Polish")
    press(up, Key.Key_Escape)
    assert not up.lookup.is_open
    look_up(up, qtbot, ">pol", "Polish")
    press(up, Key.Key_Tab)
    press(up, Key.Key_Escape)
    assert up.prompting.prompt is None
    assert not up.head.prompt_chip.isVisible()
    assert not up.prompting.form_is_open
    assert up.isVisible()
    press(up, Key.Key_Escape)
    assert not up.isVisible()


def test_backspace_before_the_first_letter_drops_what_was_chosen_last(up, link, qtbot):
    run(up, link, qtbot)
    up.head.pins.add("a.md")
    press(up, Key.Key_Backspace)
    assert up.prompting.prompt is None
    press(up, Key.Key_Backspace)
    assert up.head.pins.paths == ()


def test_the_chip_of_a_prompt_puts_it_away(up, link, qtbot):
    run(up, link, qtbot)
    up.head.prompt_chip.click()
    assert up.prompting.prompt is None
    assert up.head.field.hasFocus()


def test_a_word_that_is_no_prompt_is_not_asked(up, link):
    up.head.field.setText("> zzzzzz")
    press(up, Key.Key_Return)
    assert link.asked == []
    assert "No prompt" in up.foot.words


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab])
@pytest.mark.parametrize(
    ("text", "first"), [("@launch", "Launch plan"), ("@qdjh", "启动计划"), ("@启动", "启动计划")]
)
def test_a_note_is_found_by_name_or_initials_and_goes_along(up, link, qtbot, *, key, text, first):
    look_up(up, qtbot, text, first)
    press(up, key)
    assert up.head.field.text() == ""
    assert up.head.field.hasFocus()
    chip = up.findChild(QPushButton, "quickPin")
    assert chip.text() == f"@{first}"
    QTest.keyClicks(up.head.field, "When?")
    press(up, Key.Key_Return)
    qtbot.waitUntil(lambda: len(link.asked) == 1)
    (path,) = link.asked[0].request.sources.notes
    assert path.endswith(f"{first}.md")


def test_a_note_in_the_middle_of_a_question_leaves_the_question(up, qtbot):
    look_up(up, qtbot, "compare @Launch", "Launch plan")
    press(up, Key.Key_Down)
    press(up, Key.Key_Return)
    assert up.head.field.text() == "compare "
    assert up.head.pins.paths == ("Meetings/Launch review.md",)


def test_pinned_notes_go_along_with_a_prompt_too(up, link, qtbot, open_note):
    open_note.clear()
    up.head.pins.add("启动计划.md")
    assert run(up, link, qtbot).request.sources.notes == ("启动计划.md",)


def test_a_note_is_taken_once_and_left_out_with_its_chip(up):
    for path in ("a.md", "b & c.md", "a.md"):
        up.head.pins.add(path)
    assert up.head.pins.paths == ("a.md", "b & c.md")
    second = up.head.pins.buttons[1]
    assert (second.text(), second.accessibleName()) == ("@b && c", "Goes along: b & c")
    second.click()
    assert up.head.pins.paths == ("a.md",)
    assert up.head.field.hasFocus()


def test_the_arrows_stop_at_both_ends_of_the_list(up, qtbot):
    look_up(up, qtbot, "@", "Launch plan")
    press(up, Key.Key_Up)
    assert up.lookup.list.currentIndex().row() == 0
    for _ in range(9):
        press(up, Key.Key_Down)
    assert up.lookup.list.currentIndex().row() == 2


def test_a_click_takes_a_note(up, qtbot):
    look_up(up, qtbot, "@", "Launch plan")
    index = up.lookup.list.model().index(1, 0)
    QTest.mouseClick(
        up.lookup.list.viewport(), Qt.MouseButton.LeftButton, pos=up.lookup.list.visualRect(index).center()
    )
    assert up.head.pins.paths == ("启动计划.md",)


def test_the_button_takes_what_is_chosen_in_the_list(up, link, qtbot):
    look_up(up, qtbot, "@La", "Launch plan")
    up.head.ask_button.click()
    assert up.head.pins.paths == ("Projects/Launch plan.md",)
    assert link.asked == []
    look_up(up, qtbot, ">pol", "Polish")
    up.head.ask_button.click()
    qtbot.waitUntil(lambda: len(link.assist.written) == 1)


def test_a_list_over_an_answer_does_not_move_the_window(up, link, qtbot):
    run(up, link, qtbot).write("words " * 300)
    qtbot.waitUntil(lambda: not up.asker.busy)
    size, place = up.size(), up.pos()
    press(up, Key.Key_Backspace)
    look_up(up, qtbot, "@La", "Launch plan")
    assert (up.size(), up.pos()) == (size, place)
    assert not up.answer.isVisible()
    press(up, Key.Key_Escape)
    assert up.answer.isVisible()
    assert (up.size(), up.pos()) == (size, place)


def test_a_question_that_comes_up_selected_opens_no_list(quick, recent, qtbot):
    recent.add("what about @")
    quick.head.field.setText("what about @")
    with qtbot.waitExposed(quick):
        quick.come_up()
    assert not quick.lookup.is_open


def test_another_vault_takes_prompt_and_notes_away(up, link, qtbot):
    run(up, link, qtbot)
    up.head.pins.add("a.md")
    up.forget()
    assert up.head.pins.paths == ()
    assert up.prompting.prompt is None


def test_the_room_of_the_recent_questions_is_the_lists_while_it_is_open(quick, recent, qtbot):
    recent.add("an old question")
    with qtbot.waitExposed(quick):
        quick.come_up()
    assert quick.list.isVisible()
    look_up(quick, qtbot, "@La", "Launch plan")
    assert not quick.list.isVisible()
    assert quick.lookup.list.height() >= 2 * quick.lookup.list.sizeHintForRow(0)


def test_names_of_notes_are_asked_for_once_in_a_while(bridge, library, link, monkeypatch, qtbot):
    now, asked, names = [100.0], [], link.index.note_names
    monkeypatch.setattr("desktop.bridge.note_names.time.monotonic", lambda: now[0])
    monkeypatch.setattr(link.index, "note_names", lambda: asked.append(1) or names())
    offers = Offers(bridge, library)
    wanted = _wanted("@启动")
    with qtbot.waitSignal(offers.changed):
        assert offers.find(wanted) == []
    assert [hit.title for hit in offers.find(wanted)] == ["启动计划"]
    assert len(asked) == 1
    now[0] += FRESH_S
    offers.find(wanted)
    assert len(asked) == 2


def test_names_of_prompts_are_asked_for_once_a_reading(bridge, library, link, qtbot):
    offers = Offers(bridge, library)
    wanted = _wanted("> rs")

    def asked():
        return [name for name, _ in link.assist.calls].count("prompt_names")

    with qtbot.waitSignal(offers.changed):
        assert offers.find(wanted) == []
    assert [hit.path for hit in offers.find(wanted)] == ["polish"]
    assert asked() == 1
    with qtbot.waitSignal(library.names_changed):
        library.load()
    assert asked() == 2


def test_without_an_engine_prompts_are_found_by_their_words(bridge, library):
    bridge.detach()
    offers = Offers(bridge, library)
    assert [hit.path for hit in offers.find(_wanted("> smoother"))] == ["polish"]
    assert offers.find(_wanted("@a")) == []


def test_names_that_cannot_be_told_are_none(bridge, library, link, monkeypatch, qtbot):
    monkeypatch.setattr(link.index, "note_names", lambda: link.future(ModelUnreachable("x", host="h")))
    offers = Offers(bridge, library)
    with qtbot.captureExceptions() as errors:
        assert offers.find(_wanted("@La")) == []
        link.run(lambda _: None, None)
        qtbot.wait(10)
    assert errors == []
    assert offers.prompt("polish") is POLISH
    assert offers.title_of(DRAFT) == "Draft"


def test_chinese_titles_in_a_chinese_window(chinese, up, qtbot):
    look_up(up, qtbot, "》rs", "润色")
    assert up.lookup.list.hits[0].detail == "更清楚、更通顺"


def test_a_selection_taken_along_is_named_in_the_view(up, link, qtbot):
    up.head.take(LETTER)
    writing = run(up, link, qtbot)
    assert isinstance(writing.request.note, NoteContext)
    assert up.foot.words == "Works on “Another program”."
