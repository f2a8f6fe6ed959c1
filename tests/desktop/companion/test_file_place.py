"""Results of the companion go into the file, safely, and can be taken back."""

import pytest

from core.engine.model import NotesChanged
from core.errors import NoteNotSaved
from core.vault.changed_block import Lines
from core.vault.place import Place
from desktop.companion.file_place import FilePlace
from desktop.companion.follower import Follower, followed_at

PLAN = "# 计划\r\n\r\n三月开放。\r\n\r\n- 一\r\n- 二\r\n"
TEXT = PLAN.replace("\r\n", "\n")


@pytest.fixture
def file(vault):
    file = vault / "项目 计划.md"
    file.write_bytes(PLAN.encode("gbk"))
    return file


@pytest.fixture
def follower(tasks, files, file, qtbot):
    follower = Follower(tasks)
    follower.start(files)
    tasks.settle()
    yield follower
    follower.stop()


@pytest.fixture
def saves():
    return []


@pytest.fixture
def place(follower, files, tasks, saves):
    return FilePlace(follower, lambda: files, tasks, lambda: saves.append("saved"))


def at(follower, words):
    """Follow this block."""
    lines, wanted = TEXT.split("\n"), words.split("\n")
    start = next(n for n in range(len(lines)) if lines[n : n + len(wanted)] == wanted)
    follower.go_on_at(followed_at(Place("项目 计划.md", TEXT, Lines(start, start + len(wanted)))))
    return follower.current.place


def read(file):
    return file.read_bytes().decode("gbk")


def test_what_a_request_sees_is_the_block_that_is_followed(place, follower):
    anchor = at(follower, "三月开放。")
    context, given = place.context()
    assert context.selection == "三月开放。"
    assert given == anchor
    assert place.owns(given)
    assert not place.owns("a caret")


def test_without_a_note_there_is_nothing_to_see_or_to_write_in(place, follower, tasks, saves):
    follower.stop()
    place.insert(None, "x")
    place.append("x")
    tasks.settle()
    assert place.context() is None
    assert saves == []


def test_a_replacement_is_written_in_the_notes_own_encoding_and_told(place, follower, file, qtbot, saves):
    anchor = at(follower, "三月开放。")
    with qtbot.waitSignals([place.done, place.saved]) as _:
        place.replace(anchor, "四月开放。")
    assert read(file) == PLAN.replace("三月", "四月")
    assert saves == ["saved"]
    assert follower.current.place.words == "四月开放。"
    assert place.can_take_back


def test_what_is_told_names_the_note(place, follower, qtbot):
    with qtbot.waitSignal(place.done) as got:
        place.replace(at(follower, "三月开放。"), "四月开放。")
    assert "项目 计划" in got.args[0]


def test_an_insertion_goes_below_the_block_and_into_a_list_as_items(place, follower, file, qtbot):
    at(follower, "三月开放。")
    with qtbot.waitSignal(place.done):
        place.insert(None, "\n\n还有一句。")
    assert read(file) == PLAN.replace("三月开放。", "三月开放。\r\n\r\n还有一句。")
    with qtbot.waitSignal(place.done):
        place.insert(Place("项目 计划.md", TEXT, Lines(4, 5)), "不是列表的话。\n\n两段。")
    assert "- 一\r\n- 不是列表的话。\r\n- 两段。\r\n- 二\r\n" in read(file)


def test_an_appended_text_stands_at_the_end(place, follower, file, qtbot):
    at(follower, "三月开放。")
    with qtbot.waitSignal(place.done):
        place.append("末。")
    assert read(file) == PLAN + "\r\n末。\r\n"


def test_a_new_note_lies_beside_the_one_that_is_followed(place, follower, vault, qtbot):
    (vault / "下").mkdir()
    (vault / "下" / "笔记.md").write_text("x", encoding="utf-8")
    follower.go_on_at(followed_at(Place("下/笔记.md", "x", Lines(0, 1))))
    with qtbot.waitSignal(place.note_made) as got:
        place.new_note("标题", "内容")
    assert got.args == ["下/标题.md"]
    assert (vault / "下" / "标题.md").read_text(encoding="utf-8") == "内容\n"


def test_a_block_that_reads_otherwise_is_shown_and_nothing_is_written(place, follower, file, qtbot):
    anchor = at(follower, "三月开放。")
    theirs = PLAN.replace("三月", "三月底").encode("gbk")
    file.write_bytes(theirs)
    with qtbot.waitSignal(place.differs) as got:
        place.replace(anchor, "四月开放。")
    there, old, wanted = got.args
    assert (old, wanted) == ("三月底开放。", "四月开放。")
    assert file.read_bytes() == theirs
    with qtbot.waitSignal(place.done):
        place.replace(there, wanted)
    assert read(file) == PLAN.replace("三月", "四月")


def test_a_replacement_for_another_kind_of_place_is_refused(place, qtbot):
    with qtbot.waitSignal(place.replace_refused):
        place.replace("a caret", "x")


def test_the_last_change_is_taken_back_once_to_the_byte(place, follower, file, qtbot):
    with qtbot.waitSignal(place.done):
        place.replace(at(follower, "三月开放。"), "四月开放。\n\n真的。")
    with qtbot.waitSignal(place.saved):
        place.take_back()
    assert file.read_bytes() == PLAN.encode("gbk")
    assert follower.current.place.words == "三月开放。"
    assert not place.can_take_back
    with qtbot.assertNotEmitted(place.saved, wait=30):
        place.take_back()


def test_after_somebody_wrote_on_there_is_nothing_to_take_back(place, follower, file, qtbot, tasks):
    with qtbot.waitSignal(place.done):
        place.replace(at(follower, "三月开放。"), "四月开放。")
    file.write_bytes(file.read_bytes() + "又写了。\r\n".encode("gbk"))
    with qtbot.waitSignal(place.take_back_changed):
        follower.notes_changed(NotesChanged(("项目 计划.md",), ()))
    assert not place.can_take_back


def test_somebody_quicker_than_the_watcher_is_not_undone(place, follower, file, qtbot):
    with qtbot.waitSignal(place.done):
        place.replace(at(follower, "三月开放。"), "四月开放。")
    file.write_bytes(file.read_bytes() + "又写了。\r\n".encode("gbk"))
    after = file.read_bytes()
    with qtbot.waitSignal(place.take_back_refused):
        place.take_back()
    assert file.read_bytes() == after


def test_what_the_notes_encoding_cannot_hold_is_told_and_nothing_changes(place, follower, file, qtbot):
    with qtbot.waitSignal(place.failed) as got:
        place.replace(at(follower, "三月开放。"), "三月 🎉")
    assert isinstance(got.args[0], NoteNotSaved)
    assert file.read_bytes() == PLAN.encode("gbk")


def test_a_disk_that_is_full_when_it_is_taken_back_is_told(place, follower, files, qtbot, monkeypatch):
    with qtbot.waitSignal(place.done):
        place.replace(at(follower, "三月开放。"), "四月开放。")

    class Full:
        def take_back(self, _written):
            raise NoteNotSaved("No room.", path="x", reason="disk_full")

    monkeypatch.setattr(files, "place_writer", Full)
    with qtbot.waitSignal(place.failed):
        place.take_back()


def test_once_another_vault_is_open_nothing_of_the_old_one_is_seen(follower, tasks, files):
    place = FilePlace(follower, lambda: None, tasks)
    assert place.context() is None
    place.replace(follower.current.place, "x")
    tasks.settle()
    assert not place.can_take_back


def test_forgetting_says_so_once(place, follower, qtbot):
    with qtbot.waitSignal(place.done):
        place.replace(at(follower, "三月开放。"), "四月开放。")
    with qtbot.waitSignal(place.take_back_changed):
        place.forget()
    with qtbot.assertNotEmitted(place.take_back_changed):
        place.forget()


def test_the_block_above_is_taken_where_none_is_known(place, follower):
    assert place.context()[0].selection == ""
    place.select_block()
    assert place.context()[0].selection == "- 二"
