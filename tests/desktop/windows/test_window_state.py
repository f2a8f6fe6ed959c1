"""What is remembered from one start to the next."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QByteArray

from desktop.windows.window_state import WindowState

DAY = date(2026, 11, 22)


def again(file):
    return WindowState(file)


def test_nothing_is_remembered_at_first(tmp_path):
    state = WindowState(tmp_path / "w.ini")
    assert state.geometry.isEmpty()
    assert state.pane("left", 240) == (240, False)
    assert state.last_place(Path("/v")) == ("", 0)
    assert state.open_folders(Path("/v")) == []
    assert state.cost_of(DAY) == 0


def test_everything_comes_back(tmp_path):
    file = tmp_path / "deep" / "w.ini"
    file.parent.mkdir()
    state = WindowState(file)
    state.geometry = QByteArray(b"\x01\x02")
    state.set_pane("right", 400, folded=True)
    state.set_last_place(Path("/笔记 [1]"), "a/中.md", 7)
    state.set_open_folders(Path("/笔记 [1]"), ["a", "a/b"])
    state.write()
    back = again(file)
    assert back.geometry == QByteArray(b"\x01\x02")
    assert back.pane("right", 380) == (400, True)
    assert back.last_place(Path("/笔记 [1]")) == ("a/中.md", 7)
    assert back.open_folders(Path("/笔记 [1]")) == ["a", "a/b"]


def test_vaults_are_kept_apart(tmp_path):
    state = WindowState(tmp_path / "w.ini")
    state.set_last_place(Path("/one"), "a.md", 1)
    assert state.last_place(Path("/two")) == ("", 0)


def test_the_cost_is_that_of_one_day(tmp_path):
    state = WindowState(tmp_path / "w.ini")
    state.keep_cost(DAY, 0.03)
    assert state.cost_of(DAY) == 0.03
    assert state.cost_of(date(2026, 11, 23)) == 0
    state.keep_cost(date(2026, 11, 23), 0.5)
    assert state.cost_of(date(2026, 11, 23)) == 0.5


def test_a_damaged_file_is_an_empty_one(tmp_path):
    file = tmp_path / "w.ini"
    file.write_bytes(
        b"[panes]\nleft=wide\n[vaults]\n2f76=[1,2\n[cost]\nday=2026-11-22\nusd=much\n\xff\xfe\x00"
    )
    state = WindowState(file)
    assert state.pane("left", 240) == (240, False)
    assert state.last_place(Path("/v")) == ("", 0)
    assert state.cost_of(DAY) == 0


def test_what_was_filled_into_a_form_is_there_at_the_next_start(tmp_path):
    state = WindowState(tmp_path / "window.ini")
    state.keep_form_values("我的/prompt", {"kind": "讲话", "tone": ""})
    state.write()
    assert WindowState(tmp_path / "window.ini").form_values("我的/prompt") == {"kind": "讲话", "tone": ""}
    assert WindowState(tmp_path / "window.ini").form_values("other") == {}
