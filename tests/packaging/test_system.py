"""System packages and displays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux needs packages")


@pytest.fixture
def system(tools, monkeypatch):
    """The module, with an apt that writes down what it was asked for; the machine has package lists."""
    module = tools.system
    module.asked, module.refusals = [], 0

    def scripted_apt(arguments):
        module.asked.append(arguments)
        if arguments[0] == "install" and module.refusals:
            module.refusals -= 1
            return False
        return True

    monkeypatch.setattr(module, "_apt", scripted_apt)
    monkeypatch.setattr(module, "_has_package_lists", lambda: True)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return module


def test_where_nothing_is_missing_nothing_is_done(system):
    system.require(list)
    assert system.asked == []


def test_root_gets_what_is_missing_installed_in_one_go(system):
    system.require(lambda: ["libegl1", "xvfb"], lambda: ["libegl1", "git"])
    assert system.asked == [["install", "-y", "--no-install-recommends", "git", "libegl1", "xvfb"]]


def test_lists_are_fetched_first_where_there_are_none(system, monkeypatch):
    monkeypatch.setattr(system, "_has_package_lists", lambda: False)
    system.require(lambda: ["xvfb"])
    assert [arguments[0] for arguments in system.asked] == ["update", "install"]


def test_old_lists_are_fetched_anew_when_installing_fails(system):
    system.refusals = 1
    system.require(lambda: ["xvfb"])
    assert [arguments[0] for arguments in system.asked] == ["install", "update", "install"]


def test_an_installation_that_fails_for_good_names_the_packages(system, tools):
    system.refusals = 2
    with pytest.raises(tools.environment.SetupFailed, match="xvfb"):
        system.require(lambda: ["xvfb"])


def test_anybody_else_is_shown_the_one_line_to_run(system, tools, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(tools.environment.SetupFailed) as caught:
        system.require(lambda: ["python3-venv"], lambda: ["libegl1"])
    line = "sudo apt-get install -y --no-install-recommends libegl1 python3-venv"
    assert line in str(caught.value).splitlines()[2]
    assert system.asked == []


def test_without_apt_the_packages_are_named(system, tools, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(tools.environment.SetupFailed, match="libegl1"):
        system.require(lambda: ["libegl1"])


def test_other_systems_need_nothing(system, monkeypatch):
    monkeypatch.setattr(system, "IS_LINUX", False)
    system.require(lambda: ["libegl1"])
    monkeypatch.delenv("DISPLAY", raising=False)
    assert system.has_display()
    with system.virtual_display() as environment:
        assert environment == dict(os.environ)


def test_a_library_is_found_by_asking_the_linker(tools):
    assert tools.system.has_library("libc.so.6")
    assert not tools.system.has_library("libpilotfish-gone.so.9")


def test_missing_libraries_are_told_by_their_package(tools, monkeypatch):
    monkeypatch.setattr(tools.system, "has_library", lambda name: name not in ("libEGL.so.1", "libgomp.so.1"))
    assert tools.system.missing_for_window() == ["libegl1"]
    assert tools.system.missing_for_engine() == ["libgomp1"]


def test_every_library_of_qt_is_found_and_none_is_asked_for_in_vain(tools):
    pyside = Path(PySide6.__file__).parent / "Qt"
    objects = [
        pyside / "lib" / f"libQt6{part}.so.6" for part in ("Core", "Gui", "Widgets", "Network", "DBus")
    ]
    objects += [pyside / "plugins" / "platforms" / f"libq{name}.so" for name in ("xcb", "offscreen")]
    linked = subprocess.run(["ldd", *map(str, objects)], capture_output=True, text=True, check=True).stdout
    assert "not found" not in linked
    assert [name for name in tools.system.QT_LIBRARIES if name not in linked] == []


def test_what_tests_need_is_told_program_by_program(tools, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "Xvfb" else f"/usr/bin/{name}")
    monkeypatch.setattr(tools.system, "has_chinese_font", lambda: False)
    monkeypatch.setattr(tools.system, "AT_SPI_LAUNCHERS", [Path("/nowhere")])
    assert tools.system.missing_for_tests() == ["xvfb", "at-spi2-core", "fonts-noto-cjk"]


def test_either_place_of_the_bus_of_screen_readers_will_do(tools, monkeypatch, tmp_path):
    monkeypatch.setattr(tools.system, "has_chinese_font", lambda: True)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(tools.system, "AT_SPI_LAUNCHERS", [Path("/nowhere"), tmp_path])
    assert tools.system.missing_for_tests() == []


def test_a_python_without_ensurepip_needs_debian_s_package(tools, monkeypatch):
    assert tools.system.missing_for_setup() == []
    monkeypatch.setattr(tools.system.importlib.util, "find_spec", lambda name: None)
    assert tools.system.missing_for_setup() == ["python3-venv"]


def test_a_font_with_chinese_is_looked_for(tools, monkeypatch):
    answers = iter([b"/fonts/NotoSansCJK.ttc\n", b""])

    def scripted(command, **options):
        return subprocess.CompletedProcess(command, 0, next(answers))

    monkeypatch.setattr(subprocess, "run", scripted)
    assert tools.system.has_chinese_font()
    assert not tools.system.has_chinese_font()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert not tools.system.has_chinese_font()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ""}, False),
    ],
)
def test_a_display_is_told_by_the_environment(tools, monkeypatch, variables, expected):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert tools.system.has_display() is expected


def test_a_virtual_display_is_free_of_others_and_gone_afterwards(tools, monkeypatch):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with tools.system.virtual_display() as one, tools.system.virtual_display() as two:
        assert one["DISPLAY"] != two["DISPLAY"]
        assert "WAYLAND_DISPLAY" not in one
        shown = subprocess.run(["xdotool", "getdisplaygeometry"], env=one, capture_output=True, check=True)
        assert shown.stdout.split() == [b"1440", b"900"]
        gone = one
    after = subprocess.run(["xdotool", "getdisplaygeometry"], env=gone, capture_output=True, check=False)
    assert after.returncode != 0


def test_a_display_that_does_not_start_is_explained(tools, monkeypatch, tmp_path):
    broken = tmp_path / "Xvfb"
    broken.write_text("#!/bin/sh\necho no screen today >&2\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(tools.environment.SetupFailed, match="no screen today"):
        tools.system.start_xvfb()


def test_a_server_that_does_not_want_to_end_is_ended(tools):
    stubborn = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    tools.system.stop(process, 0.1)
    assert process.returncode == -9
