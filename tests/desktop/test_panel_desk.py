"""The panel joined to a real editor and real files: what is asked of the note happens in the note."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPushButton

from core.assist.model import Candidate, CandidateAdded, CandidateDone, Finish, NoteContext
from core.session.model import Outcome
from desktop.bridge.writing_place import WritingPlace
from desktop.editor.insertion_watch import InsertionWatch
from tests.desktop.app_fixture import Opened
from tests.desktop.fake_assist import POLISH, written

TEXT = "# Plan\n\nWe open in March,\nnot in May.\n\n- one\n- two\n"


@pytest.fixture
def opened(qapp, places, tmp_path, vault, qtbot):
    (vault / "Plan.md").write_text(TEXT, encoding="utf-8")
    opened = Opened(qapp, places, tmp_path / "base")
    opened.start(vault)
    app = opened.app
    qtbot.waitUntil(lambda: bool(opened.links))
    app.desk.open("Plan.md")
    qtbot.waitUntil(lambda: app.page.editor.path == "Plan.md")
    qtbot.waitUntil(lambda: app.panel.library.prompt("polish") is not None)
    yield opened
    opened.close()


@pytest.fixture
def text(opened):
    return lambda: opened.app.page.editor.document().text()


def run_polish(opened, qtbot, result):
    """Run a prompt and let the engine give one result."""
    panel = opened.app.panel
    panel.drafting.run_or_ask(POLISH)
    writing = opened.link.assist.written[-1]
    done = Candidate(1, result, Finish.COMPLETE)
    writing.send(CandidateAdded(1, result), CandidateDone(done), written(done))
    card = panel.conversation.cards[-1]
    qtbot.waitUntil(lambda: not card.is_under_way)
    return card


def test_the_engine_is_asked_for_its_library_when_it_starts(opened):
    assert opened.link.assist.calls[0][0] == "prompts"
    assert [pill.text() for pill in opened.app.panel.scenes.buttons] == ["Write", "Polish", "Ask", "Study"]


def test_a_prompt_with_nothing_selected_works_on_the_paragraph_and_replaces_it(opened, qtbot, text):
    editor = opened.app.page.editor
    editor.go_to(4, 3)
    card = run_polish(opened, qtbot, "We begin in June,\nwithout any hurry at all.")
    assert opened.link.assist.written[-1].request.note.selection == "We open in March,\nnot in May."
    card.replace_requested.emit()
    qtbot.waitUntil(lambda: card.review.is_open)
    card.review.accept()
    qtbot.waitUntil(lambda: "June" in text())
    assert text() == "# Plan\n\nWe begin in June,\nwithout any hurry at all.\n\n- one\n- two\n"
    editor.undo()
    assert text() == TEXT


def test_a_place_that_changed_meanwhile_is_left_alone_and_the_card_says_so(opened, qtbot, text):
    editor = opened.app.page.editor
    editor.go_to(3)
    card = run_polish(opened, qtbot, "Something else entirely, and longer than before.")
    QTextCursor(editor.document().findBlockByNumber(2)).insertText("Well, ")
    cursor = QTextCursor(editor.document().findBlockByNumber(3))
    cursor.insertText("really ")
    before = text()
    card.replacement_decided.emit("Something else")
    qtbot.waitUntil(lambda: "nothing was replaced" in card._status.text())
    assert text() == before


def test_append_and_new_note_reach_the_files(opened, qtbot, text, vault):
    card = run_polish(opened, qtbot, "三月开放。")
    card.append_requested.emit()
    qtbot.waitUntil(lambda: text().endswith("\n三月开放。\n"))
    card.new_note_requested.emit()
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "Polish.md")
    assert (vault / "Polish.md").read_text(encoding="utf-8") == "三月开放。\n"


def test_the_folder_button_of_the_panel_asks_for_a_folder(opened, qtbot):
    opened.app.panel.show_vault(False)
    button = opened.app.panel.findChild(QPushButton, "panelOpenFolder")
    with qtbot.waitSignal(opened.app.seat.folder_requested):
        opened.app.seat.folder_requested.disconnect(opened.app.vaults.choose)
        button.click()


def test_the_panels_actions_stand_in_the_windows_menu(opened):
    menu = [action.text() for action in opened.frame.window._menu.actions()]
    for words in (
        "Choose a prompt",
        "Check the facts",
        "Compare the models",
        "New conversation",
        "Conversations",
    ):
        assert words in menu


def test_notes_can_be_pinned_by_their_names(opened):
    panel = opened.app.panel
    panel.composer.set_text("see @Pla")
    assert [hit.path for hit in panel.suggestions.list.hits] == ["Plan.md"]


def test_what_was_filled_in_outlives_the_panel(opened, qtbot):
    opened.app.panel.drafting.memory.keep_form_values("polish", {"focus": "rhythm"})
    assert opened.app.state.form_values("polish") == {"focus": "rhythm"}


class Elsewhere(WritingPlace):
    """A place that only remembers what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.note = NoteContext("Other.md", title="Other", selection="other words")
        self.told = []

    def context(self):
        return self.note, "there"

    def owns(self, anchor):
        return anchor == "there"

    def select_block(self):
        self.told.append(("select_block",))

    def insert(self, anchor, text):
        self.told.append(("insert", anchor, text))

    def append(self, text):
        self.told.append(("append", text))

    def replace(self, anchor, text):
        self.told.append(("replace", anchor, text))

    def new_note(self, title, text):
        self.told.append(("new_note", title, text))


@pytest.fixture
def elsewhere(opened):
    place = Elsewhere()
    opened.app.seat.use(place)
    return place


def test_the_panel_sees_the_note_of_the_place_in_use(opened, elsewhere):
    panel = opened.app.panel
    assert "11" in panel.context_bar._chips["selection"].text()
    elsewhere.note = NoteContext("Other.md", title="Other", selection="words")
    elsewhere.changed.emit()
    assert "5" in panel.context_bar._chips["selection"].text()
    opened.app.seat.use_editor()
    assert not panel.context_bar._chips["selection"].isVisibleTo(panel)
    elsewhere.changed.emit()
    assert not panel.context_bar._chips["selection"].isVisibleTo(panel)


def test_results_go_to_the_place_in_use_and_replacements_to_where_they_were_asked_for(opened, elsewhere):
    panel = opened.app.panel
    panel.insert_requested.emit(None, "a")
    panel.append_requested.emit("b")
    panel.new_note_requested.emit("c", "d")
    panel.block_requested.emit()
    opened.app.seat.use_editor()
    panel.replace_requested.emit("there", "e")
    assert elsewhere.told == [
        ("insert", None, "a"),
        ("append", "b"),
        ("new_note", "c", "d"),
        ("select_block",),
        ("replace", "there", "e"),
    ]


def test_a_replacement_asked_for_in_the_editor_goes_there_from_anywhere(opened, qtbot, text):
    editor = opened.app.page.editor
    editor.selectAll()
    _, anchor = editor.context()
    opened.app.seat.use(Elsewhere())
    opened.app.panel.replace_requested.emit(anchor, "四月。")
    qtbot.waitUntil(lambda: text() == "四月。")


def test_another_place_used_once_more_is_not_joined_twice(opened, elsewhere, qtbot):
    opened.app.seat.use_editor()
    opened.app.seat.use(elsewhere)
    heard = []
    opened.app.panel.requests.done = heard.append
    elsewhere.done.emit("Put in.")
    assert heard == ["Put in."]


def outcomes_of(opened):
    return [outcome for _, outcome in opened.link.assist.outcomes]


def test_an_inserted_text_that_is_changed_and_undone_is_known_for_it(opened, qtbot, text):
    editor = opened.app.page.editor
    editor.go_to(1, 6)
    card = run_polish(opened, qtbot, " for the spring")
    watch = opened.app.findChild(InsertionWatch)
    watch._settling.setInterval(10)
    card.insert_requested.emit()
    qtbot.waitUntil(lambda: "for the spring" in text())
    cursor = QTextCursor(editor.document())
    cursor.setPosition(editor.document().text().index("spring"))
    cursor.insertText("late ")
    qtbot.waitUntil(lambda: outcomes_of(opened) == [Outcome.INSERTED, Outcome.EDITED])
    editor.undo()
    editor.undo()
    qtbot.waitUntil(lambda: outcomes_of(opened)[-1] is Outcome.REFUSED)
    assert text() == TEXT
