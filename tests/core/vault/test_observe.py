"""The system's notifications, and when they cannot be trusted."""

from __future__ import annotations

import ctypes
import errno
import sys
import threading
from pathlib import Path

import pytest
from watchdog.observers import inotify_c
from watchdog.observers.inotify_c import InotifyConstants, InotifyEvent, Mask, WatchDescriptor

from core.vault import observe
from core.vault.model import RescanReason
from core.vault.observe import TellingInotify, file_system_of, is_remote, relative, watch_limit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/nas rw - nfs4 server:/export rw
41 22 0:36 / /mnt/my\\040share rw - cifs //server/share rw
42 22 0:37 / /home/wei/云盘 rw shared:4 - fuse.rclone remote: rw
43 22 8:2 / /mnt/usb rw - fuseblk /dev/sdb1 rw
44 22 0:40 / /mnt/nas/local rw - ext4 /dev/sdc1 rw
45 22 0:41 / /mnt/c rw - 9p C:\\134 rw
46 22 0:42 / /mnt/c rw - tmpfs tmpfs rw
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/wei/notes", "ext4"),
        ("/mnt/nas", "nfs4"),
        ("/mnt/nas/notes", "nfs4"),
        ("/mnt/nasty", "ext4"),
        ("/mnt/nas/local/notes", "ext4"),
        ("/mnt/my share/notes", "cifs"),
        ("/home/wei/云盘/笔记", "fuse.rclone"),
        ("/mnt/usb/x", "fuseblk"),
        ("/mnt/c/notes", "tmpfs"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(path, kind):
    assert file_system_of(path, MOUNTS) == kind


def test_without_any_mount_nothing_is_told():
    assert file_system_of("/x", "") == ""


def test_the_disk_of_this_test_is_no_network(tmp_path):
    assert not is_remote(tmp_path)


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "drvfs"])
def test_network_folders_are_recognised(kind, monkeypatch):
    line = f"22 1 8:1 / / rw - {kind} x rw\n"
    monkeypatch.setattr(Path, "read_text", lambda self, **options: line)
    assert is_remote(Path("/anything"))


def test_where_mounts_cannot_be_read_the_folder_counts_as_local(monkeypatch):
    def refuse(self, **options):
        raise OSError(errno.ENOENT, "No such file")

    monkeypatch.setattr(Path, "read_text", refuse)
    assert not is_remote(Path("/anything"))
    assert watch_limit() == 0


def test_the_limit_of_this_system_is_known():
    assert watch_limit() > 0


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/v/a/b.md", "a/b.md"),
        ("/v", ""),
        ("/value/x.md", None),
        ("/", None),
        (b"/v/\xe7\xac\x94.md", "笔.md"),
    ],
)
def test_paths_of_events_are_told_relative_to_the_vault(path, expected):
    assert relative(Path("/v"), path) == expected


@pytest.fixture
def lost():
    return []


@pytest.fixture
def observer(tmp_path, lost):
    events = []
    running = observe.observe(tmp_path, events.append, lost.append)
    yield running
    observe.stop(running)


def limit_watches(monkeypatch, allowed: int) -> None:
    """Let the system refuse every further folder, as it does when the user's limit is reached."""
    real = inotify_c.inotify_add_watch
    left = [None] * allowed

    def add_watch(descriptor, path, mask):
        if left:
            left.pop()
            return real(descriptor, path, mask)
        ctypes.set_errno(errno.ENOSPC)
        return -1

    monkeypatch.setattr(inotify_c, "inotify_add_watch", add_watch)


def test_a_full_queue_is_told(observer, lost):
    overflow = InotifyEvent(WatchDescriptor(-1), Mask(InotifyConstants.IN_Q_OVERFLOW), 0, b"")
    observer._telling.handle_event(overflow)
    assert lost == [RescanReason.OVERFLOW]


def test_books_that_watchdog_mixed_up_are_told_and_not_relied_on(observer, lost, monkeypatch):
    def mixed_up(self, event):
        raise KeyError(b"/vault/moved")

    assert observe.is_working(observer)
    monkeypatch.setattr(inotify_c.InotifyFD, "handle_event", mixed_up)
    observer._telling.handle_event(
        InotifyEvent(WatchDescriptor(4), Mask(InotifyConstants.IN_IGNORED), 0, b"")
    )
    assert lost == [RescanReason.OVERFLOW]
    assert not observe.is_working(observer)


def test_a_broken_observer_can_still_be_stopped(tmp_path, monkeypatch, caplog):
    running = observe.observe(tmp_path, lambda event: None, lambda reason: None)

    def fail():
        raise KeyError("broken")

    monkeypatch.setattr(running, "_clear_emitters", fail)
    observe.stop(running, seconds=0.1)  # for which its thread does not end
    assert "stopping to watch failed" in caplog.text
    monkeypatch.undo()
    observe.stop(running)
    assert not observe.is_working(running)


def test_a_limit_that_leaves_folders_unwatched_is_told(tmp_path, lost, monkeypatch):
    for number in range(10):
        (tmp_path / str(number)).mkdir()
    limit_watches(monkeypatch, 4)
    running = observe.observe(tmp_path, lambda event: None, lost.append)
    observe.stop(running)
    assert set(lost) == {RescanReason.LIMIT}
    assert len(lost) == 7


def test_a_limit_that_leaves_no_watch_at_all_is_an_error_and_nothing_keeps_running(
    tmp_path, lost, monkeypatch
):
    limit_watches(monkeypatch, 0)
    before = threading.active_count()
    with pytest.raises(OSError, match="watch limit"):
        observe.observe(tmp_path, lambda event: None, lost.append)
    assert threading.active_count() == before


def test_a_folder_that_cannot_be_watched_for_another_reason_is_not_called_a_limit(lost, monkeypatch):
    def refuse(self, *arguments):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(inotify_c.InotifyFD, "add_callback", refuse)
    instance = TellingInotify(lost.append)
    with pytest.raises(OSError, match="Input/output"):
        instance.add_callback(b"/", Mask(0), None, None)
    instance.close()
    assert lost == []


def test_reading_a_note_is_no_event(tmp_path):
    note, marker = tmp_path / "n.md", tmp_path / "marker.md"
    note.write_text("x", encoding="utf-8")
    events, seen = [], threading.Event()

    def on_event(event):
        events.append(event)
        if event.src_path.endswith("marker.md"):
            seen.set()

    running = observe.observe(tmp_path, on_event, lambda reason: None)
    note.read_text(encoding="utf-8")
    marker.touch()
    assert seen.wait(60)
    observe.stop(running)
    assert [event for event in events if event.src_path.endswith("n.md")] == []
