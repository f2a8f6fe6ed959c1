"""Quick-ask in the whole program: its answers in the note, in the journal, on the way to their source."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from core.errors import NoteNotSaved
from tests.desktop.app_fixture import Opened
from tests.desktop.fake_link import a_citation, model_chosen, model_state

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def filled(vault):
    (vault / "Launch.md").write_text("# Launch\n\nWe open in March.\n")
    (vault / "Welcome.md").write_text("# Welcome\n\nhello\n")
    return vault


@pytest.fixture
def opened(qapp, qtbot, places, tmp_path, request):
    """The program, on a vault unless the test wants none."""
    opened = Opened(qapp, places, tmp_path)
    wants_vault = getattr(request, "param", True)
    with qtbot.waitExposed(opened.frame.window):
        opened.start(request.getfixturevalue("filled") if wants_vault else "")
    if wants_vault:
        qtbot.waitUntil(lambda: bool(opened.links) and opened.app.desk.current is not None)
    yield opened
    opened.close()
    qapp.setStyleSheet("")


@pytest.fixture
def quick(opened, qtbot):
    opened.app.at_hand.quick_ask()
    window = opened.app.quick.window
    qtbot.waitUntil(window.isVisible)
    return window


def answer(opened, quick, qtbot, text="In March."):
    quick.head.field.setText("When?")
    QTest.keyClick(quick.head.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened.link.asked))
    opened.link.asked[-1].send(model_chosen())
    opened.link.asked[-1].end(text, citations=(a_citation(path="Launch.md", line=3),))
    qtbot.waitUntil(quick.commands.insert.isEnabled)


def test_ctrl_enter_puts_the_answer_into_the_open_note_as_a_paragraph(opened, quick, qtbot):
    editor = opened.app.page.editor
    editor.go_to(3, 5)
    answer(opened, quick, qtbot)
    QTest.keyClick(quick.head.field, Qt.Key.Key_Return, CTRL)
    assert "hello\n\nIn March.\n\nSources: [[Launch]]" in editor.toPlainText()
    editor.undo()
    assert editor.toPlainText() == "# Welcome\n\nhello\n"
    assert "Welcome" in quick.foot.words
    qtbot.waitUntil(lambda: not quick.isVisible())


def test_ctrl_j_writes_into_todays_note_and_tells_the_engine(opened, quick, qtbot, filled):
    answer(opened, quick, qtbot)
    QTest.keyClick(quick.head.field, Qt.Key.Key_J, CTRL)
    path = f"{date.today().isoformat()}.md"
    qtbot.waitUntil(lambda: not quick.isVisible())
    assert (filled / path).read_text().startswith("**When?**\n\nIn March.")
    assert ("note_saved", path) in opened.link.calls


def test_a_journal_that_is_open_shows_the_answer_beside_what_is_being_typed(opened, quick, qtbot, filled):
    path = f"{date.today().isoformat()}.md"
    (filled / path).write_text("# Today\n\nmorning\n")
    opened.app.desk.open(path)
    qtbot.waitUntil(lambda: opened.app.page.editor.path == path)
    editor = opened.app.page.editor
    editor.go_to(1, 7)
    QTest.keyClicks(editor, ", a good day")
    answer(opened, quick, qtbot)
    QTest.keyClick(quick.head.field, Qt.Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: "**When?**" in editor.toPlainText())
    assert editor.toPlainText().startswith("# Today, a good day\n\nmorning\n\n**When?**\n\nIn March.")


def test_a_journal_that_cannot_be_written_is_said_and_the_answer_stays(opened, quick, qtbot, monkeypatch):
    answer(opened, quick, qtbot)

    def full(*_args):
        raise NoteNotSaved("full", reason="disk_full", path="x")

    monkeypatch.setattr(opened.app.opener.files, "add_to_journal", full)
    QTest.keyClick(quick.head.field, Qt.Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: bool(quick.foot.words))
    assert quick.isVisible()
    assert quick.text_for_note.startswith("In March.")


def test_without_an_open_note_the_way_out_is_named(opened, quick, qtbot):
    opened.app.desk.close()
    answer(opened, quick, qtbot)
    QTest.keyClick(quick.head.field, Qt.Key.Key_Return, CTRL)
    assert "Ctrl+J" in quick.foot.words
    assert quick.isVisible()


@pytest.mark.parametrize("opened", [False], indirect=True)
def test_without_a_vault_it_says_what_is_missing(opened, quick):
    assert "folder" in quick.foot.words


def test_a_citation_opens_the_note_in_the_main_window(opened, quick, qtbot):
    answer(opened, quick, qtbot)
    card = quick.answer.findChild(object, "answerCard")
    card.open_requested.emit("Launch.md", 3)
    qtbot.waitUntil(lambda: opened.app.page.editor.path == "Launch.md")
    assert opened.app.page.editor.line() == 3
    assert not quick.isVisible()


def test_a_failed_question_is_asked_again_on_retry(opened, quick, qtbot):
    answer(opened, quick, qtbot)
    quick.answer.findChild(object, "answerCard").retry_requested.emit()
    qtbot.waitUntil(lambda: len(opened.link.asked) == 2)
    assert opened.link.asked[1].request == opened.link.asked[0].request


def test_models_known_before_the_window_is_made_are_shown(opened, qtbot):
    opened.app.bridge.model_changed.emit(model_state(model="early"))
    assert opened.app.quick.window.head._model.whole_text().startswith("early")
    opened.app.bridge.model_changed.emit(model_state(model="later"))
    assert opened.app.quick.window.head._model.whole_text().startswith("later")


def test_another_vault_drops_the_answer(opened, quick, qtbot, tmp_path):
    answer(opened, quick, qtbot)
    other = tmp_path / "other"
    other.mkdir()
    opened.app.vaults.open(other)
    assert quick.text_for_note == ""


def test_the_window_is_made_soon_after_the_start_so_that_the_first_call_is_quick(opened, qtbot):
    opened.app.at_hand._soon.setInterval(0)
    qtbot.waitUntil(lambda: opened.app.quick._window is not None)
    assert not opened.app.quick.window.isVisible()


def test_quitting_takes_quick_ask_along(opened, quick):
    opened.close()
    assert opened.app.quick._window is None


def test_toggle_puts_it_away_where_the_person_is_in_it(opened, quick, qtbot):
    qtbot.waitUntil(quick.isActiveWindow)
    opened.app.quick.toggle()
    assert not quick.isVisible()
    opened.app.quick.toggle()
    assert quick.isVisible()
    assert quick.findChild(QToolButton, "quickSend").isVisible()
