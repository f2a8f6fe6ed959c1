"""The companion stays with the note that somebody writes in."""

import pytest

from core.engine.model import NotesChanged
from core.vault.following import SETTLE_S
from desktop.bridge.vault_files import VaultFiles
from desktop.companion.follower import Follower, followed_at

PLAN = "# 计划\n\n三月开放。\n\n- 一\n- 二\n"


class Clock:
    """Time that passes when the test says so."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def follower(tasks, clock, qtbot):
    follower = Follower(tasks, now=clock)
    yield follower
    follower.stop()


@pytest.fixture
def save(vault, follower, clock, tasks):
    """Write a note as another editor does, and let the watcher tell of it."""

    def write(path, text, *, told=True):
        (vault / path).write_text(text, encoding="utf-8")
        if told:
            follower.notes_changed(NotesChanged((path,), ()))
            tasks.settle()

    return write


@pytest.fixture
def begun(follower, files, save, tasks):
    save("计划.md", PLAN, told=False)
    save("Other.md", "other words\n", told=False)
    follower.start(files)
    tasks.settle()
    return follower


def settled(follower, clock):
    """Let things come to rest."""
    clock.now += SETTLE_S
    follower._take()
    return follower.current


def words(follower):
    return follower.current.place.words if follower.current else None


def test_it_begins_with_the_note_that_was_saved_last(begun):
    assert begun.current.place.path == "Other.md"
    assert begun.current.context.selection == ""
    assert begun.current.context.block == "other words"


def test_an_empty_vault_has_nothing_to_begin_with(follower, files, tasks):
    follower.start(files)
    tasks.settle()
    assert follower.current is None


def test_the_block_that_was_changed_outside_is_the_selection(begun, save, clock, qtbot):
    with qtbot.waitSignal(begun.changed):
        save("计划.md", PLAN.replace("三月", "四月"))
        settled(begun, clock)
    assert words(begun) == "四月开放。"
    assert begun.current.context.selection == "四月开放。"
    assert begun.current.context.heading_path == ("计划",)


def test_of_two_notes_saved_in_a_row_the_first_is_never_shown(begun, save, clock):
    shown = []
    begun.changed.connect(lambda: begun.current and shown.append(begun.current.place.path))
    save("计划.md", PLAN + "\n末。\n")
    save("New.md", "new\n")
    settled(begun, clock)
    assert shown == ["New.md"]


def test_the_followed_note_is_looked_at_at_once(begun, save):
    save("Other.md", "other words, changed\n")
    assert words(begun) == "other words, changed"


def test_a_sync_of_many_notes_leads_nowhere_and_their_next_change_is_told_apart(
    begun, save, clock, vault, tasks
):
    paths = ["计划.md", *(f"{n}.md" for n in range(50))]
    for path in paths:
        save(path, PLAN + "\n同步来的。\n", told=False)
    begun.notes_changed(NotesChanged(tuple(paths), ()))
    tasks.settle()
    assert settled(begun, clock).place.path == "Other.md"
    clock.now += 60
    save("计划.md", PLAN.replace("- 二", "- 两") + "\n同步来的。\n")
    settled(begun, clock)
    assert words(begun) == "- 两"


def test_in_a_sync_the_note_at_hand_is_looked_at_all_the_same(begun, save, tasks):
    save("Other.md", "other words, synced\n", told=False)
    begun.notes_changed(NotesChanged(("a.md", "b.md", "c.md", "d.md", "Other.md"), ()))
    tasks.settle()
    assert words(begun) == "other words, synced"


def test_our_own_save_counts_too_and_is_no_news_when_the_watcher_tells_of_it(begun, save, clock, tasks):
    save("计划.md", PLAN + "\n自己写的。\n", told=False)
    begun.note_saved("计划.md")
    tasks.settle()
    settled(begun, clock)
    assert words(begun) == "自己写的。"
    rewritten = []
    begun.rewritten.connect(rewritten.append)
    begun.notes_changed(NotesChanged(("计划.md",), ()))
    tasks.settle()
    assert rewritten == []


def test_while_nobody_looks_our_own_saves_are_known_and_those_of_others_followed(begun, save, clock, tasks):
    begun.is_resting = True
    save("计划.md", PLAN + "\n自己写的。\n", told=False)
    begun.note_saved("计划.md")
    tasks.settle()
    assert settled(begun, clock).place.path == "Other.md"
    save("计划.md", PLAN + "\n自己写的，别人接着写。\n")
    settled(begun, clock)
    assert words(begun) == "自己写的，别人接着写。"


def test_after_another_program_saved_our_own_save_does_not_lead_away(begun, save, clock, tasks):
    save("Other.md", "theirs\n")
    save("计划.md", PLAN + "\n自己写的。\n", told=False)
    begun.note_saved("计划.md")
    tasks.settle()
    assert settled(begun, clock).place.path == "Other.md"


def test_what_was_written_from_here_stays_at_hand(begun, save, files, tasks, clock):
    save("计划.md", PLAN + "\n待换。\n")
    settled(begun, clock)
    done = files.place_writer().replace(begun.current.place, "换好了。")
    begun.remember(done.after.path, done.after.text)
    begun.go_on_at(followed_at(done.place))
    assert words(begun) == "换好了。"
    begun.notes_changed(NotesChanged(("计划.md",), ()))
    tasks.settle()
    assert words(begun) == "换好了。"


def test_a_note_that_is_removed_is_let_go_of(begun, vault):
    (vault / "Other.md").unlink()
    begun.notes_changed(NotesChanged((), ("Other.md",)))
    assert begun.current is None


def test_a_note_that_cannot_be_read_is_left_out(begun, vault, tasks):
    (vault / "bad.md").write_bytes(b"\x00\x01\x02" * 50)
    begun.notes_changed(NotesChanged(("bad.md", "gone.md"), ()))
    tasks.settle()
    assert begun.current.place.path == "Other.md"


def test_without_a_known_change_the_block_above_can_be_taken(begun):
    begun.select_block()
    assert words(begun) == "other words"
    assert begun.current.context.selection == "other words"
    begun.select_block()
    assert words(begun) == "other words"


def test_stopped_it_follows_nothing(begun, save, files):
    begun.stop()
    assert begun.current is None
    assert begun.files is None
    save("计划.md", PLAN + "\n新。\n")
    assert begun.current is None


def test_what_comes_back_late_from_another_vault_concerns_nobody(begun, tmp_path, places, tasks):
    other = tmp_path / "other"
    other.mkdir()
    (other / "Theirs.md").write_text("theirs\n", encoding="utf-8")
    begun.notes_changed(NotesChanged(("计划.md",), ()))
    begun.start(VaultFiles(other, places))
    tasks.settle()
    assert begun.current.place.path == "Theirs.md"


def test_a_vault_that_went_away_is_followed_no_more_and_nothing_breaks(
    follower, tmp_path, places, tasks, caplog
):
    follower.start(VaultFiles(tmp_path / "gone", places))
    tasks.settle()
    assert follower.current is None
    assert "VaultMissing" in caplog.text


def test_the_wait_ends_by_itself(begun, save, clock, qtbot):
    save("计划.md", PLAN + "\n末。\n")
    clock.now += SETTLE_S
    qtbot.waitUntil(lambda: words(begun) == "末。")
