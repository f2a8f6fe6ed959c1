"""Opening, leaving, going back; what happens to the files meanwhile."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from core.engine.model import NotesChanged
from core.errors import NoteMissing, NoteNotText
from desktop.editor.history import Place
from desktop.editor.note_desk import AT_HAND, NoteDesk


@pytest.fixture
def desk(editor, tasks, theme, files, vault):
    for name in ("one", "two", "三"):
        (vault / f"{name}.md").write_text(f"# {name}\n\nfirst\nsecond\nthird\n", encoding="utf-8")
    desk = NoteDesk(editor, tasks, theme)
    desk.use(files)
    yield desk
    desk.close()


def opened(desk, tasks, path, line=0):
    desk.open(path, line)
    assert tasks.settle()
    return desk.current


def test_a_note_comes_into_the_editor(desk, tasks, editor, qtbot):
    with qtbot.waitSignal(desk.opened) as signal:
        desk.open("三.md")
    assert signal.args == ["三.md"]
    assert editor.path == "三.md"
    assert not editor.isReadOnly()
    assert editor.document().text().startswith("# 三")


def test_a_citation_opens_at_its_line(desk, tasks, editor):
    opened(desk, tasks, "one.md", 4)
    assert editor.line() == 4


def test_the_note_last_asked_for_wins(desk, tasks, editor):
    desk.open("one.md")
    desk.open("two.md")
    assert tasks.settle()
    assert editor.path == "two.md"


def test_leaving_a_note_saves_it(desk, tasks, editor, vault):
    opened(desk, tasks, "one.md")
    QTest.keyClicks(editor, "typed ")
    opened(desk, tasks, "two.md")
    tasks.settle()
    assert (vault / "one.md").read_text().startswith("typed # one")


def test_coming_back_finds_caret_and_undo_as_they_were(desk, tasks, editor):
    opened(desk, tasks, "one.md", 3)
    QTest.keyClicks(editor, "typed ")
    opened(desk, tasks, "two.md")
    opened(desk, tasks, "one.md")
    assert editor.line() == 3
    editor.undo()
    assert "typed" not in editor.document().text()


def test_back_and_forward(desk, tasks, editor):
    opened(desk, tasks, "one.md", 3)
    opened(desk, tasks, "two.md")
    assert desk.history.can_go_back
    desk.back()
    assert (editor.path, editor.line()) == ("one.md", 3)
    desk.forward()
    assert editor.path == "two.md"
    assert not desk.history.can_go_forward


def test_a_jump_within_a_note_can_be_taken_back(desk, tasks, editor):
    opened(desk, tasks, "one.md", 2)
    opened(desk, tasks, "one.md", 5)
    desk.back()
    assert editor.line() == 2


def test_a_note_that_is_not_there_says_so_and_leaves_the_open_one(desk, tasks, editor, qtbot):
    opened(desk, tasks, "one.md")
    with qtbot.waitSignal(desk.open_failed) as signal:
        desk.open("nowhere.md")
    path, error = signal.args
    assert path == "nowhere.md"
    assert isinstance(error, NoteMissing)
    assert editor.path == "one.md"


def test_a_binary_file_is_refused(desk, vault, qtbot):
    (vault / "bin.md").write_bytes(bytes(range(256)) * 20)
    with qtbot.waitSignal(desk.open_failed) as signal:
        desk.open("bin.md")
    assert isinstance(signal.args[1], NoteNotText)


def test_a_change_on_disk_reaches_the_open_note(desk, tasks, editor, vault):
    opened(desk, tasks, "one.md")
    (vault / "one.md").write_text("changed\n")
    desk.files_changed(NotesChanged(("one.md", "other.md"), ()))
    assert tasks.settle()
    assert editor.document().text() == "changed\n"


def test_a_renamed_note_stays_open(desk, tasks, editor, files, vault):
    opened(desk, tasks, "one.md")
    files.rename("one.md", "new.md")
    desk.note_moved("one.md", "new.md")
    assert editor.path == "new.md"
    QTest.keyClicks(editor, "x")
    desk.save()
    tasks.settle()
    assert (vault / "new.md").read_text().startswith("x# one")


def told_of_a_rename(desk, tasks, old, new):
    desk.files_changed(NotesChanged((new,), (old,), ((old, new),)))
    assert tasks.settle()
    assert tasks.settle()  # what the look at the new file has led to


def test_a_note_renamed_elsewhere_is_followed_and_typing_goes_on(desk, tasks, editor, vault):
    opened(desk, tasks, "one.md")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, "x")
    (vault / "one.md").rename(vault / "改名.md")
    told_of_a_rename(desk, tasks, "one.md", "改名.md")
    assert editor.path == "改名.md"
    QTest.keyClicks(editor, "y")
    desk.save()
    assert tasks.settle()
    assert (vault / "改名.md").read_text().endswith("xy")
    assert not (vault / "one.md").exists()
    assert desk.current.problem is None


def test_a_save_that_missed_the_renamed_note_is_made_up_for(desk, tasks, files, vault):
    QTextCursor(opened(desk, tasks, "one.md").document).insertText("x")
    desk.keep_drafts()
    (vault / "one.md").rename(vault / "new.md")
    desk.save()
    assert tasks.settle()
    assert isinstance(desk.current.problem, NoteMissing)

    told_of_a_rename(desk, tasks, "one.md", "new.md")
    assert desk.current.problem is None
    assert [draft.path for draft in files.drafts()] == ["new.md"]
    desk.save()
    assert tasks.settle()
    assert (vault / "new.md").read_text().startswith("x")
    assert files.drafts() == []


def test_a_save_under_way_while_the_note_is_renamed_is_made_under_its_new_name(desk, tasks, vault):
    session = opened(desk, tasks, "one.md")
    QTextCursor(session.document).insertText("x")
    (vault / "one.md").rename(vault / "new.md")
    desk.files_changed(NotesChanged(("new.md",), ("one.md",), (("one.md", "new.md"),)))
    desk.save()  # stands behind the look at the new file, and still goes to the old one
    assert tasks.settle()
    assert tasks.settle()
    assert (session.path, session.problem) == ("new.md", None)
    desk.save()
    assert tasks.settle()
    assert (vault / "new.md").read_text().startswith("x")
    assert not session.is_dirty


def test_a_file_that_only_looks_like_the_renamed_note_is_not_followed(desk, tasks, editor, vault):
    opened(desk, tasks, "one.md")
    (vault / "one.md").unlink()
    (vault / "other.md").write_text("other words\n")
    told_of_a_rename(desk, tasks, "one.md", "other.md")
    assert editor.path == "one.md"
    assert isinstance(desk.current.problem, NoteMissing)


def test_where_the_reader_was_is_found_under_the_new_name(desk, tasks):
    desk.history.leave(Place("gone.md"))
    told_of_a_rename(desk, tasks, "gone.md", "new.md")
    assert desk.history.back(None) == Place("new.md")


def test_a_note_thrown_away_leaves_the_editor(desk, tasks, editor, qtbot):
    opened(desk, tasks, "one.md")
    desk.note_gone("one.md")
    assert desk.current is None
    assert editor.context() is None


def test_closing_saves_and_empties_the_desk(desk, tasks, editor, vault):
    opened(desk, tasks, "one.md")
    QTest.keyClicks(editor, "last words ")
    desk.close()
    assert (vault / "one.md").read_text().startswith("last words # one")
    assert editor.path == ""


def test_notes_long_unseen_are_let_go(desk, tasks, vault):
    for number in range(AT_HAND + 5):
        (vault / f"n{number}.md").write_text("x")
        opened(desk, tasks, f"n{number}.md")
    assert len(desk._sessions) == AT_HAND


def test_drafts_can_be_kept_at_once(desk, tasks, editor, files):
    opened(desk, tasks, "one.md")
    QTest.keyClicks(editor, "unsaved ")
    desk.keep_drafts()
    assert files.drafts()[0].text.startswith("unsaved ")
