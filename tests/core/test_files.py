"""Atomic writes on a real disk, and when the disk or the process fails."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from core import files
from core.files import content_hash, resolve, sync_folder, write_atomically, write_new

KILLED_WRITER = """
import os, sys
from pathlib import Path
from core.files import write_atomically
target = Path(sys.argv[1])
print("ready", flush=True)
turn = 0
while True:
    turn += 1
    write_atomically(target, (b"%08d\\n" % turn) * 20_000)
"""


@pytest.fixture(params=["nameless", "named"])
def way(request, monkeypatch):
    """Both ways of writing: with a file that has no name yet, and where the system does not know such."""
    if request.param == "named":
        monkeypatch.setattr(files, "_open_nameless", lambda folder: None)
    return request.param


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_equal_bytes_have_equal_hashes_and_others_do_not():
    assert content_hash("笔记".encode()) == content_hash("笔记".encode())
    assert content_hash(b"a") != content_hash(b"b")


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path, way):
    target = tmp_path / "笔记.md"
    target.write_bytes(b"old" * 1000)
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["笔记.md"]


def test_a_file_that_was_not_there_is_made(tmp_path, way):
    write_atomically(tmp_path / "new.md", b"x")
    assert (tmp_path / "new.md").read_bytes() == b"x"


def test_a_new_file_gets_the_mode_that_the_user_wants(tmp_path, way):
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new.md", b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new.md").stat().st_mode) == 0o640


def test_mode_and_attributes_are_kept(tmp_path, way):
    target = tmp_path / "n.md"
    target.write_bytes(b"old")
    target.chmod(0o604)
    with contextlib.suppress(OSError):  # a file system without attributes has none to lose
        os.setxattr(target, "user.tag", "重要".encode())
    before = {name: os.getxattr(target, name) for name in os.listxattr(target)}
    write_atomically(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o604
    assert {name: os.getxattr(target, name) for name in os.listxattr(target)} == before


def test_a_link_stays_a_link_to_the_changed_file(tmp_path, way):
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "link.md").symlink_to("real.md")
    write_atomically(tmp_path / "link.md", b"new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


def test_a_second_name_of_the_file_keeps_the_old_bytes(tmp_path, way):
    (tmp_path / "a.md").write_bytes(b"old")
    os.link(tmp_path / "a.md", tmp_path / "b.md")
    write_atomically(tmp_path / "a.md", b"new")
    assert (tmp_path / "b.md").read_bytes() == b"old"


def test_a_check_that_fails_at_the_last_moment_stops_the_write(tmp_path, way):
    target = tmp_path / "n.md"
    target.write_bytes(b"old")

    def refuse():
        raise KeyError("changed meanwhile")

    with pytest.raises(KeyError):
        write_atomically(target, b"new", check=refuse)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["n.md"]


@pytest.mark.parametrize("call", ["fsync", "fdopen", "replace"])
def test_whatever_fails_the_old_file_is_whole_and_no_stray_file_left(tmp_path, way, monkeypatch, call):
    target = tmp_path / "n.md"
    target.write_bytes(b"old")

    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    owner = Path if call == "replace" else os
    monkeypatch.setattr(owner, call, fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["n.md"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path, way):
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "gone" / "n.md", b"x")


def test_a_very_long_name_can_be_written(tmp_path, way):
    target = tmp_path / ("长" * 80 + ".md")
    write_atomically(target, b"x")
    assert target.read_bytes() == b"x"


def test_a_circle_of_links_is_an_error_of_the_system(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OSError, match="symbolic links"):
        resolve(tmp_path / "a")


def test_a_system_without_nameless_files_is_recognised(tmp_path, monkeypatch):
    def refuse(path, flags, mode=0o777):
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(os, "open", refuse)
    assert files._open_nameless(tmp_path) is None


def test_a_real_error_is_not_taken_for_a_missing_ability(tmp_path, monkeypatch):
    def refuse(path, flags, mode=0o777):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OSError, match="Read-only"):
        files._open_nameless(tmp_path)


def test_where_attributes_cannot_be_kept_the_text_still_is(tmp_path, way, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError(errno.ENOTSUP, "Operation not supported")

    for call in ("fchown", "fchmod", "listxattr"):
        monkeypatch.setattr(os, call, refuse)
    (tmp_path / "n.md").write_bytes(b"old")
    write_atomically(tmp_path / "n.md", b"new")
    assert (tmp_path / "n.md").read_bytes() == b"new"


def test_windows_tries_again_while_another_program_holds_the_file(tmp_path, monkeypatch):
    (tmp_path / "new").write_bytes(b"new")
    replace, refusals = Path.replace, [1, 2, 3]

    def busy(self, target):
        if refusals:
            refusals.pop()
            raise PermissionError(errno.EACCES, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(files, "REPLACE_PAUSE_SECONDS", 0)
    new, target = tmp_path / "new", tmp_path / "n.md"
    monkeypatch.setattr(files.os, "name", "nt")
    try:
        files._replace(new, target)
    finally:
        monkeypatch.setattr(files.os, "name", "posix")
    assert target.read_bytes() == b"new"


def test_elsewhere_a_refusal_is_final(tmp_path, monkeypatch):
    def refuse(self, target):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        files._replace(tmp_path / "a", tmp_path / "b")


def test_a_new_file_never_replaces_another(tmp_path, way):
    (tmp_path / "n.md").write_bytes(b"old")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "n.md", b"new")
    assert (tmp_path / "n.md").read_bytes() == b"old"
    assert names(tmp_path) == ["n.md"]


def test_a_new_file_is_made_without_hard_links_too(tmp_path, way, monkeypatch):
    link = os.link

    def refuse(source, target, **options):
        if str(source).startswith("/proc"):
            return link(source, target, **options)
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_new(tmp_path / "n.md", b"new")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "n.md", b"again")
    assert (tmp_path / "n.md").read_bytes() == b"new"
    assert names(tmp_path) == ["n.md"]


def test_a_claimed_name_is_given_up_when_filling_it_fails(tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(files, "_open_nameless", lambda folder: None)
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(files, "_replace", refuse)
    with pytest.raises(OSError, match="not permitted"):
        write_new(tmp_path / "n.md", b"new")
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_synced_is_no_error_but_a_broken_disk_is(tmp_path, monkeypatch):
    sync_folder(tmp_path / "gone")
    for number, is_error in [(errno.EINVAL, False), (errno.EIO, True)]:

        def fail(descriptor, number=number):
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", fail)
        if is_error:
            with pytest.raises(OSError, match="error"):
                sync_folder(tmp_path)
        else:
            sync_folder(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="needs files without a name")
def test_while_the_old_bytes_are_compared_the_new_ones_have_no_name(tmp_path):
    (tmp_path / "n.md").write_bytes(b"old")
    seen = []
    write_atomically(tmp_path / "n.md", b"new", check=lambda: seen.append(names(tmp_path)))
    assert seen == [["n.md"]]
    assert (tmp_path / "n.md").read_bytes() == b"new"


def test_a_killed_writer_leaves_the_old_bytes_or_the_new_ones_and_nothing_else(tmp_path):
    target = tmp_path / "笔记.md"
    target.write_bytes(b"00000000\n" * 20_000)
    for _ in range(8):
        command = [sys.executable, "-c", KILLED_WRITER, str(target)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(files.__file__).parents[1])
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        before = target.stat().st_ino
        while target.stat().st_ino == before:  # at least one whole write has happened
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        lines = target.read_bytes().split(b"\n")
        assert len(lines) == 20_001
        assert len(set(lines[:-1])) == 1
    left = [name for name in names(tmp_path) if name != "笔记.md"]
    assert len(left) <= 2  # only a kill between giving the name and the rename leaves a file, and a whole one
