"""When ghost text is asked for, and what becomes of the answers: real keys, a scripted engine."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLineEdit

from core.complete.model import Fate, Region
from core.complete.rhythm import Rhythm
from core.settings import GhostSettings
from desktop.bridge.engine_bridge import EngineBridge
from desktop.editor.ghost_asker import GhostAsker
from tests.desktop.editor.ghost_desk import ALT, suggestion
from tests.desktop.fake_link import FakeLink

LONG_S = 600.0
"""A pause that no test waits for."""


@pytest.fixture
def link():
    return FakeLink()


@pytest.fixture
def ask(write, desk, link, qtbot, monkeypatch):
    """Open a text at `|` with an engine behind it; pauses are as long as `pause_s` says, short at first."""
    desk.pause_s = 0.002
    monkeypatch.setattr(Rhythm, "pause_s", lambda _self, *, boundary=False: desk.pause_s)
    bridge = EngineBridge(link)
    desk.asker = GhostAsker(desk.editor, desk.watch, desk.ghost, bridge)
    desk.link = link

    def begin(text):
        write(text)
        desk.wait_for = lambda n: qtbot.waitUntil(lambda: len(link.completed) == n)
        desk.rest = lambda: qtbot.waitUntil(lambda: not desk.asker._pause.isActive())
        return desk

    yield begin
    bridge.close()


def offered(desk, qtbot, *texts, to=-1):
    """Answer a look and wait until it is on the screen."""
    desk.link.completed[to].offer(*(suggestion(text) for text in texts))
    qtbot.waitUntil(lambda: bool(desk.painted))


def test_a_pause_after_typing_asks_with_the_carets_surroundings(ask):
    desk = ask("# Plan\n\n## 时间\nfirst\n| end\nafter")
    desk.type("We open")
    desk.wait_for(1)
    request = desk.link.completed[0].request
    assert request.path == "note.md"
    assert request.before.endswith("first\nWe open")
    assert request.after == " end\nafter"
    assert request.title == "Plan"
    assert request.outline == ("Plan", "时间")
    assert request.region is Region.TEXT
    assert not request.asked


def test_the_answer_is_shown_and_what_became_of_it_reported(ask, qtbot):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    offered(desk, qtbot, " open the beta")
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "We open the beta"
    assert [outcome.fate for outcome in desk.link.outcomes] == [Fate.SHOWN, Fate.ACCEPTED]


def test_a_taken_suggestion_is_followed_by_the_next_look(ask, qtbot):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    offered(desk, qtbot, " open")
    desk.key(Qt.Key.Key_Tab)
    desk.wait_for(2)
    assert desk.link.completed[1].request.before == "We open"


def test_typing_through_asks_nothing(ask, qtbot):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    offered(desk, qtbot, " open the beta")
    desk.type(" open")
    assert desk.painted == " the beta"
    assert not desk.asker._pause.isActive()
    assert len(desk.link.completed) == 1


def test_a_late_answer_that_says_what_was_typed_is_shown(ask, qtbot):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    desk.type(" op")
    offered(desk, qtbot, " wait", " open the beta", to=0)
    assert desk.painted == "en the beta"


def test_a_late_answer_that_says_something_else_is_dropped(ask, qtbot):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    desk.type(" x")
    desk.wait_for(2)
    desk.link.completed[0].offer(suggestion(" open"))
    offered(desk, qtbot, "y", to=1)
    assert desk.painted == "y"


def test_the_look_before_ends_when_the_next_has_begun(ask):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    desk.type(" x")
    desk.wait_for(2)
    assert desk.link.completed[0].cancelled
    assert not desk.link.completed[1].cancelled


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Backspace, Qt.Key.Key_Home])
def test_an_answer_for_another_caret_is_dropped(ask, key, qapp):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    desk.key(key)
    assert desk.link.completed[0].cancelled
    desk.link.completed[0].offer(suggestion(" open"))
    qapp.processEvents()
    assert desk.painted == ""


def test_a_growing_answer_grows_on_the_screen(ask, qtbot):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    offered(desk, qtbot, " open")
    desk.link.completed[0].offer(suggestion(" open the beta"))
    qtbot.waitUntil(lambda: desk.painted == " open the beta")


def test_enter_on_a_list_item_asks_at_the_next_one(ask):
    desk = ask("- one|")
    desk.key(Qt.Key.Key_Return)
    desk.wait_for(1)
    assert desk.link.completed[0].request.before == "- one\n- "


@pytest.mark.parametrize("text", ["wo|rd", "[[Pilot|", "---\ntitle: a|\n---\n", "<!-- a | -->", "#tag|"])
def test_places_where_a_suggestion_would_be_in_the_way_ask_nothing(ask, text):
    desk = ask(text)
    desk.type("x")
    desk.rest()
    assert desk.link.completed == []


def test_code_asks_only_where_the_person_set_it_so(ask):
    desk = ask("```\ncode |\n```")
    desk.type("y")
    desk.rest()
    assert desk.link.completed == []
    desk.asker.use(replace(GhostSettings(), in_code=True))
    desk.type("x")
    desk.wait_for(1)
    assert desk.link.completed[0].request.region is Region.CODE


def test_switched_off_nothing_is_asked_but_by_key(ask):
    desk = ask("|")
    desk.asker.use(replace(GhostSettings(), enabled=False))
    desk.type("We")
    desk.rest()
    assert desk.link.completed == []
    desk.key(Qt.Key.Key_Backslash, ALT)
    desk.wait_for(1)
    assert desk.link.completed[0].request.asked


def test_asking_by_key_needs_no_pause_and_no_boundary(ask, qtbot):
    desk = ask("wo|rd")
    desk.key(Qt.Key.Key_Backslash, ALT)
    assert len(desk.link.completed) == 1
    offered(desk, qtbot, "nderful wo")
    desk.key(Qt.Key.Key_Tab)
    assert desk.text == "wonderful word"


def test_a_paste_asks_nothing(ask):
    desk = ask("|")
    data = QMimeData()
    data.setText("pasted words. ")
    desk.editor.insertFromMimeData(data)
    desk.rest()
    assert desk.link.completed == []


def test_a_pause_in_the_middle_of_a_composition_asks_nothing(ask):
    desk = ask("|")
    desk.type("We")
    desk.compose("kai")
    assert not desk.asker._pause.isActive()
    desk.key(Qt.Key.Key_Backslash, ALT)
    assert desk.link.completed == []
    desk.compose(commit="开")
    desk.wait_for(1)
    assert desk.link.completed[0].request.before == "We开"


def test_the_empty_event_after_a_word_does_not_end_the_pause(ask):
    desk = ask("|")
    desk.compose("kai'hui")
    desk.compose(commit="开会")
    desk.say_nothing()
    desk.wait_for(1)
    assert desk.link.completed[0].request.before == "开会"


def test_a_composition_that_comes_to_nothing_lets_the_pause_go_on(ask):
    desk = ask("|")
    desk.type("We")
    desk.compose("k")
    assert not desk.asker._pause.isActive()
    desk.give_up()
    desk.wait_for(1)
    assert desk.link.completed[0].request.before == "We"


def test_a_pause_that_ends_while_qt_hears_of_the_word_is_waited_for_again(ask):
    desk = ask("|")
    desk.type("We")
    desk.watch._heard.start()
    desk.asker._paused()
    assert desk.link.completed == []
    desk.wait_for(1)


def test_what_was_waited_for_is_forgotten_when_the_caret_goes_elsewhere(ask):
    desk = ask("|\nMore")
    desk.type("We")
    desk.compose("k")
    desk.caret(4)
    desk.give_up()
    desk.rest()
    assert desk.link.completed == []


def test_letters_taken_away_before_the_word_comes_ask_once(ask):
    desk = ask("|")
    desk.pause_s = LONG_S
    desk.compose("kai")
    desk.compose()
    desk.compose(commit="开")
    desk.pause_s = 0.002
    desk.compose(commit="，")
    desk.say_nothing()
    desk.wait_for(1)
    desk.rest()
    assert [look.request.before for look in desk.link.completed] == ["开，"]


def composing(desk):
    """What the engine was told about the input method, in order."""
    return [value for name, value in desk.link.calls if name == "composing"]


def test_the_engine_is_told_once_that_and_when_an_input_method_composes(ask):
    desk = ask("|")
    for letters in ("k", "ka", "kai"):
        desk.compose(letters)
    assert composing(desk) == [True]
    desk.compose(commit="开")
    desk.say_nothing()
    assert composing(desk) == [True, False]


def test_the_engine_is_free_again_when_another_note_comes_in_the_middle_of_a_composition(ask, open_text):
    desk = ask("|")
    desk.compose("kai")
    open_text("other")
    assert composing(desk) == [True, False]


def test_a_look_that_waits_for_an_engine_is_repeated_when_the_composition_came_to_nothing(ask):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    desk.compose("k")
    desk.give_up()
    desk.wait_for(2)
    assert [look.request.before for look in desk.link.completed] == ["We", "We"]


def test_a_look_that_found_nothing_is_not_repeated(ask, qtbot):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    desk.link.completed[0].end()
    qtbot.waitUntil(lambda: desk.asker._handle is None)
    desk.compose("k")
    desk.give_up()
    assert not desk.asker._pause.isActive()


def test_a_look_from_before_is_typed_through_by_the_word_that_was_composed(ask, qtbot):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    desk.pause_s = LONG_S
    desk.compose("kai'hui")
    assert not desk.link.completed[0].cancelled
    desk.compose(commit="开会")
    offered(desk, qtbot, "开会讨论。", to=0)
    assert desk.painted == "讨论。"


def test_a_refused_text_is_named_in_the_next_look_there(ask, qtbot):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    offered(desk, qtbot, " open the beta")
    desk.key(Qt.Key.Key_Escape)
    assert [outcome.fate for outcome in desk.link.outcomes] == [Fate.SHOWN, Fate.REFUSED]
    desk.type(" op")
    desk.wait_for(2)
    assert desk.link.completed[1].request.refused == ("en the beta",)


def test_two_refusals_in_a_row_hold_it_back_until_it_is_asked_for(ask, qtbot):
    desk = ask("|")
    for turn, word in enumerate(["We", " and"], start=1):
        desk.type(word)
        desk.wait_for(turn)
        offered(desk, qtbot, " open")
        desk.key(Qt.Key.Key_Escape)
    desk.type(" so")
    desk.rest()
    assert len(desk.link.completed) == 2
    desk.key(Qt.Key.Key_Backslash, ALT)
    desk.wait_for(3)


def test_nothing_is_asked_when_the_focus_has_left(ask, qtbot):
    desk = ask("|")
    other = QLineEdit(desk.editor)
    other.show()
    desk.type("We")
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    desk.rest()
    assert desk.link.completed == []


def test_another_note_ends_the_look(ask, open_text):
    desk = ask("|")
    desk.type("We")
    desk.wait_for(1)
    open_text("another")
    assert desk.link.completed[0].cancelled


def test_the_surroundings_of_a_look_are_cut_to_what_it_may_hold(ask):
    desk = ask("x" * 9000 + " |" + "y" * 3000)
    desk.key(Qt.Key.Key_Backslash, ALT)
    request = desk.link.completed[0].request
    assert len(request.before) == 4000
    assert len(request.after) == 1000
