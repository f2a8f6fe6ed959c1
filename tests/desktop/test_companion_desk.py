"""The panel leaves the window for one of its own, works on files there, and comes back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from core.assist.model import Candidate, CandidateAdded, CandidateDone, Finish
from core.engine.model import NotesChanged
from core.prompts.model import Placement, Scope
from tests.desktop.app_fixture import Opened
from tests.desktop.fake_assist import POLISH, written

PLAN = "# Plan\n\nWe open in March.\n\nLast words.\n"


def begin(qapp, places, base, vault, qtbot):
    opened = Opened(qapp, places, base)
    opened.start(vault)
    app = opened.app
    qtbot.waitUntil(lambda: bool(opened.links))
    app.desk.open("Plan.md")
    qtbot.waitUntil(lambda: app.page.editor.path == "Plan.md")
    qtbot.waitUntil(lambda: app.panel.library.prompt("polish") is not None)
    return opened


@pytest.fixture
def start(qapp, places, tmp_path, vault, qtbot):
    (vault / "Plan.md").write_text(PLAN, encoding="utf-8")
    (vault / "旅行.md").write_text("# 旅行\n\n去山里。\n", encoding="utf-8")
    runs = []

    def run():
        runs.append(begin(qapp, places, tmp_path / "base", vault, qtbot))
        return runs[-1]

    yield run
    for opened in runs:
        opened.close()


@pytest.fixture
def opened(start):
    return start()


@pytest.fixture
def companion(opened, qtbot):
    desk = opened.app.companion
    qtbot.mouseClick(opened.app.panel.head.detach_button, Qt.MouseButton.LeftButton)
    qtbot.waitExposed(desk.window)
    qtbot.waitUntil(lambda: desk.follower.current is not None)
    return desk


def save_outside(opened, vault, path, text):
    """Write as another editor does, and let the engine tell of it."""
    (vault / path).write_text(text, encoding="utf-8")
    opened.link.emit(NotesChanged((path,), ()))


def follow_change(opened, companion, vault, qtbot, now="We open in April."):
    save_outside(opened, vault, "Plan.md", PLAN.replace("We open in March.", now))
    qtbot.waitUntil(lambda: companion.follower.current.place.words == now)


def run_polish(opened, qtbot, result):
    opened.app.panel.drafting.run_or_ask(POLISH)
    writing = opened.link.assist.written[-1]
    done = Candidate(1, result, Finish.COMPLETE)
    writing.send(CandidateAdded(1, result), CandidateDone(done), written(done))
    card = opened.app.panel.conversation.cards[-1]
    qtbot.waitUntil(lambda: not card.is_under_way)
    return card


def test_the_button_takes_the_panel_into_a_window_of_its_own_and_folds_its_room(opened, companion):
    panel, window = opened.app.panel, opened.frame.window
    assert panel.window() is companion.window
    assert panel.isVisible()
    assert not window.panes.is_shown("right")
    assert "Back" in panel.head.detach_button.accessibleName()


def test_the_same_button_brings_it_back(opened, companion, qtbot):
    panel, window = opened.app.panel, opened.frame.window
    qtbot.mouseClick(panel.head.detach_button, Qt.MouseButton.LeftButton)
    assert panel.window() is window
    assert window.panes.is_shown("right")
    assert not companion.window.isVisible()
    assert panel.context_bar._chips["note"].text() == "Plan"


def test_closing_the_window_brings_it_back_too_and_it_can_be_opened_again(opened, companion, qtbot):
    companion.window.close()
    assert opened.app.panel.window() is opened.frame.window
    companion.open()
    assert opened.app.panel.window() is companion.window


def test_the_room_of_the_panel_says_where_it_is(opened, companion, qtbot):
    window = opened.frame.window
    window.right_action.trigger()
    page = window.findChild(QWidget, "companionStandIn")
    assert page.isVisible()
    qtbot.mouseClick(page.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert opened.app.panel.window() is window


def test_the_block_that_was_changed_outside_is_what_will_be_sent(opened, companion, vault, qtbot):
    follow_change(opened, companion, vault, qtbot)
    assert companion.window.head.note.whole_text() == "Plan"
    assert companion.window.head.words.whole_text() == "“We open in April.”"
    chip = opened.app.panel.context_bar._chips["selection"]
    assert chip.isVisible()
    assert chip.text() == "Changed block (17)"
    companion.toggle()
    opened.app.page.editor.selectAll()
    qtbot.waitUntil(lambda: "Selection" in chip.text())


def test_a_change_outside_does_not_turn_the_scene(opened, companion, vault, qtbot):
    scene = opened.app.panel.scenes.scene
    follow_change(opened, companion, vault, qtbot)
    assert opened.app.panel.scenes.scene is scene


def test_a_prompt_for_the_whole_note_is_not_narrowed_to_the_block_that_nobody_selected(
    opened, companion, vault, qtbot
):
    follow_change(opened, companion, vault, qtbot)
    summary = replace(POLISH, id="summary", scope=Scope.NOTE, placement=Placement.INSERT)
    opened.app.panel.drafting.run_or_ask(summary)
    note = opened.link.assist.written[-1].request.note
    assert note.selection == ""
    assert note.before.endswith("# Plan\n\nWe open in April.")
    assert note.text == PLAN.replace("March", "April")


def test_a_rewrite_goes_into_the_file_and_can_be_taken_back(opened, companion, vault, qtbot):
    follow_change(opened, companion, vault, qtbot)
    now = (vault / "Plan.md").read_text(encoding="utf-8")
    card = run_polish(opened, qtbot, "We begin in June,\nwithout any hurry at all.")
    card.replace_requested.emit()
    qtbot.waitUntil(lambda: card.review.is_open)
    card.review.accept()
    qtbot.waitUntil(lambda: "Replaced" in card._status.text())
    after = now.replace("We open in April.", "We begin in June,\nwithout any hurry at all.")
    assert (vault / "Plan.md").read_text(encoding="utf-8") == after
    assert companion.window.head.take_back_button.isVisible()
    qtbot.waitUntil(lambda: opened.app.page.editor.document().text() == after)  # it is open here as well
    qtbot.mouseClick(companion.window.head.take_back_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: (vault / "Plan.md").read_text(encoding="utf-8") == now)
    qtbot.waitUntil(lambda: not companion.window.head.take_back_button.isVisible())


def test_where_somebody_wrote_on_the_card_shows_both_texts(opened, companion, vault, qtbot):
    follow_change(opened, companion, vault, qtbot)
    card = run_polish(opened, qtbot, "We begin in June,\nwithout any hurry at all.")
    theirs = PLAN.replace("We open in March.", "We open in May, they say.")
    (vault / "Plan.md").write_text(theirs, encoding="utf-8")
    card.replacement_decided.emit(card.text_for_note)
    qtbot.waitUntil(lambda: card.review.is_open)
    assert "has changed" in card._status.text()
    assert (vault / "Plan.md").read_text(encoding="utf-8") == theirs
    card.review.accept()
    after = PLAN.replace("We open in March.", "We begin in June,\nwithout any hurry at all.")
    qtbot.waitUntil(lambda: (vault / "Plan.md").read_text(encoding="utf-8") == after)


def test_what_is_typed_in_our_editor_is_in_the_file_before_it_is_written_to(opened, companion, vault, qtbot):
    follow_change(opened, companion, vault, qtbot)
    editor = opened.app.page.editor
    qtbot.waitUntil(lambda: "April" in editor.document().text())
    editor.go_to(5)
    editor.insertPlainText("Typed here. ")
    opened.app.panel.insert_requested.emit(None, "Put in.")
    wanted = "# Plan\n\nWe open in April.\n\nPut in.\n\nTyped here. Last words.\n"
    qtbot.waitUntil(lambda: (vault / "Plan.md").read_text(encoding="utf-8") == wanted)
    qtbot.waitUntil(lambda: editor.document().text() == wanted)


def test_a_result_asked_for_in_the_companion_goes_to_its_file_from_the_main_window_too(
    opened, companion, vault, qtbot
):
    follow_change(opened, companion, vault, qtbot)
    card = run_polish(opened, qtbot, "June.")
    companion.close()
    card.replacement_decided.emit("June.")
    qtbot.waitUntil(lambda: "June." in (vault / "Plan.md").read_text(encoding="utf-8"))


def test_nothing_to_take_back_any_more_is_said(opened, companion, vault, qtbot):
    follow_change(opened, companion, vault, qtbot)
    card = run_polish(opened, qtbot, "June.")
    card.replacement_decided.emit("June.")
    qtbot.waitUntil(lambda: companion.place.can_take_back)
    file = vault / "Plan.md"
    file.write_text(file.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    companion.place.take_back()
    qtbot.waitUntil(lambda: "nothing was taken back" in card._status.text())


def test_a_citation_is_read_in_the_main_window(opened, companion, qtbot):
    opened.frame.window.showMinimized()
    opened.app.panel.open_requested.emit("旅行.md", 3)
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "旅行.md")
    assert not opened.frame.window.isMinimized()


def test_the_main_window_may_be_closed_meanwhile(opened, companion, vault, qtbot):
    opened.frame.window.close()
    assert not opened.frame.window.isVisible()
    assert companion.window.isVisible()
    follow_change(opened, companion, vault, qtbot)


def test_closed_after_the_main_window_it_ends_the_program(opened, companion, qtbot):
    opened.frame.window.close()
    with qtbot.waitSignal(opened.frame.window.closing):
        companion.window.close()
    assert not companion.window.isVisible()


def test_the_button_shows_the_main_window_again_after_it_was_closed(opened, companion, qtbot):
    opened.frame.window.close()
    qtbot.mouseClick(opened.app.panel.head.detach_button, Qt.MouseButton.LeftButton)
    assert opened.frame.window.isVisible()
    assert opened.app.panel.window() is opened.frame.window


def test_the_key_that_ends_the_program_works_in_the_companion_too(opened, companion, qtbot):
    opened.frame.window.close()
    with qtbot.waitSignal(opened.frame.window.closing):
        QTest.keyClick(companion.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_the_settings_are_shown_over_the_main_window(opened, companion, qtbot):
    opened.frame.window.close()
    opened.app.panel.settings_requested.disconnect(opened.app.seat.settings_requested)
    opened.app.panel.settings_requested.emit()
    assert opened.frame.window.isVisible()


def test_where_the_tray_keeps_the_program_closing_only_puts_the_panel_back(opened, companion, qtbot):
    opened.frame.window.hides_on_close = True
    opened.frame.window.close()
    with qtbot.assertNotEmitted(opened.frame.window.closing):
        companion.window.close()
    assert opened.app.panel.window() is opened.frame.window


def test_open_at_the_end_it_is_open_at_the_next_start(start, qtbot):
    first = start()
    first.app.companion.open()
    first.frame.window.quit()
    first.close()
    second = start()
    assert second.app.companion.is_open
    assert second.app.panel.window() is second.app.companion.window
    qtbot.waitUntil(lambda: second.app.companion.follower.current is not None)
    second.app.companion.close()
    second.close()
    assert not start().app.companion.is_open


def test_at_the_end_the_panel_is_where_it_is_remembered(start):
    first = start()
    first.app.companion.open()
    first.frame.window.quit()
    first.close()
    second = start()
    second.app.companion.close()
    assert second.frame.window.panes.is_shown("right")


def test_somebody_who_has_used_it_finds_what_was_written_before_it_was_opened(start, vault, qtbot):
    first = start()
    first.app.companion.open()
    first.app.companion.close()
    first.close()
    second = start()
    desk = second.app.companion
    assert not desk.is_open
    qtbot.waitUntil(lambda: desk.follower.current is not None)
    save_outside(second, vault, "旅行.md", "# 旅行\n\n去海边。\n")
    qtbot.waitUntil(lambda: desk.follower.current.place.words == "去海边。")
    qtbot.waitUntil(lambda: second.app.panel.context_bar._chips["note"].text() == "Plan")
    desk.open()
    assert second.app.panel.context_bar._chips["note"].text() == "旅行"


def test_closed_and_opened_again_it_goes_on_where_it_was(opened, companion, vault, qtbot):
    follow_change(opened, companion, vault, qtbot)
    companion.toggle()
    assert not opened.app.companion.is_open
    companion.open()
    assert companion.follower.current.place.words == "We open in April."


def test_another_vault_is_followed_once_it_is_open(opened, companion, tmp_path, qtbot):
    other = tmp_path / "another"
    other.mkdir()
    (other / "Theirs.md").write_text("theirs\n", encoding="utf-8")
    opened.app.vaults.switch(str(other))
    qtbot.waitUntil(
        lambda: (
            companion.follower.current is not None and companion.follower.current.place.path == "Theirs.md"
        )
    )
    assert companion.place.context()[0].path == "Theirs.md"


def test_when_the_engine_is_there_a_vault_that_is_followed_already_is_not_begun_anew(
    opened, companion, qtbot
):
    changes = []
    companion.follower.changed.connect(lambda: changes.append(companion.follower.current))
    companion.begin()
    opened.app.tasks.settle()
    assert changes == []


def test_the_tray_opens_it(opened, qtbot):
    opened.app.at_hand.companion_requested.emit()
    assert opened.app.companion.is_open
    opened.app.at_hand.companion_requested.emit()
    assert opened.app.companion.is_open


def test_its_key_stands_in_the_menu(opened):
    words = {action.text(): action for action in opened.frame.window._menu.actions()}
    assert words["Panel in a window of its own"].shortcut().toString() == "Ctrl+Shift+F9"
    words["Panel in a window of its own"].trigger()
    assert opened.app.companion.is_open


def test_nothing_of_it_is_made_before_it_is_wanted(opened):
    assert opened.app.companion._parts is None
    opened.app.companion.close()
    assert opened.app.companion._parts is None
