"""How Qt is led to the input method of a session, and what is said where none answers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.input_method import answers, complaint, named_method, qt_environment


@pytest.fixture
def with_ibus(tmp_path):
    """A PATH on which ibus is installed."""
    (tmp_path / "bin").mkdir()
    daemon = tmp_path / "bin" / "ibus-daemon"
    daemon.write_text("#!/bin/sh\n", encoding="utf-8")
    daemon.chmod(0o755)
    return {"PATH": str(daemon.parent)}


FCITX = "wayland;fcitx;ibus;compose"
IBUS = "wayland;ibus;compose"


@pytest.mark.parametrize(
    ("environment", "modules"),
    [
        ({}, None),
        ({"QT_IM_MODULE": ""}, None),
        ({"QT_IM_MODULE": "ibus"}, None),
        ({"QT_IM_MODULE": "fcitx"}, FCITX),
        ({"QT_IM_MODULE": "fcitx5"}, FCITX),
        ({"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx", "GTK_IM_MODULE": "fcitx"}, FCITX),
        ({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus", "GTK_IM_MODULE": "ibus"}, None),
        ({"XMODIFIERS": "@im=fcitx"}, FCITX),
        ({"GTK_IM_MODULE": "fcitx"}, FCITX),
        ({"GTK_IM_MODULE": "ibus"}, IBUS),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, FCITX),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=ibus"}, IBUS),
        ({"QT_IM_MODULE": "wayland", "XMODIFIERS": "@im=ibus"}, IBUS),
        ({"QT_IM_MODULE": "xim"}, None),
        ({"QT_IM_MODULE": "wayland"}, None),
        ({"QT_IM_MODULE": "none", "XMODIFIERS": "@im=fcitx"}, None),
        ({"QT_IM_MODULE": "compose", "GTK_IM_MODULE": "fcitx"}, None),
        ({"QT_IM_MODULE": "qtvirtualkeyboard", "XMODIFIERS": "@im=fcitx"}, None),
        ({"QT_IM_MODULES": "wayland;fcitx"}, FCITX),
        ({"QT_IM_MODULES": "fcitx;wayland"}, "fcitx;wayland;ibus;compose"),
        ({"QT_IM_MODULES": "wayland;fcitx", "QT_IM_MODULE": "fcitx"}, FCITX),
        ({"QT_IM_MODULES": "wayland;ibus"}, IBUS),
        ({"QT_IM_MODULES": FCITX}, None),
        ({"QT_IM_MODULES": "wayland", "QT_IM_MODULE": "fcitx"}, None),
        ({"XMODIFIERS": "@im=none", "GTK_IM_MODULE": "simple"}, None),
    ],
)
def test_qt_is_led_to_what_the_session_names(with_ibus, environment, modules):
    wanted = qt_environment(environment | with_ibus)
    assert wanted == ({} if modules is None else {"QT_IM_MODULES": modules})
    assert qt_environment(environment | with_ibus | wanted) == {}


@pytest.mark.parametrize("module", ["fcitx", "ibus", "wayland;fcitx;ibus;compose"])
def test_where_ibus_is_not_installed_fcitx_is_reached_over_the_portal(tmp_path, module):
    environment = {"QT_IM_MODULES" if ";" in module else "QT_IM_MODULE": module, "PATH": str(tmp_path)}
    assert qt_environment(environment)["IBUS_USE_PORTAL"] == "1"


def test_a_session_without_an_input_method_is_left_as_it_is(tmp_path):
    assert qt_environment({"PATH": str(tmp_path), "QT_IM_MODULE": "none"}) == {}
    assert qt_environment({"PATH": str(tmp_path)}) == {}


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"QT_IM_MODULE": "fcitx5"}, "fcitx"),
        ({"QT_IM_MODULES": "wayland;ibus"}, "ibus"),
        ({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"XMODIFIERS": "@im=ibus"}, "ibus"),
        ({"GTK_IM_MODULE": "fcitx"}, "fcitx"),
        ({"XMODIFIERS": "@im=none"}, ""),
        ({}, ""),
    ],
)
def test_qt_s_own_variables_are_heard_before_those_of_others(environment, named):
    assert named_method(environment) == named


@pytest.fixture
def address(tmp_path):
    """Write the file in which ibus and fcitx5 leave their address, for a process."""
    folder = tmp_path / ".config" / "ibus" / "bus"
    folder.mkdir(parents=True)

    def write(process):
        text = f"# made by ibus-daemon\nIBUS_ADDRESS=unix:path=/tmp/dbus\nIBUS_DAEMON_PID={process}\n"
        (folder / "0123-unix-0").write_text(text, encoding="utf-8")

    return write


needs_proc = pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="input methods of Linux")
NOBODY = 2**22 + 1
"""No process has so high a number on Linux."""


@needs_proc
def test_what_has_left_its_address_and_runs_answers(tmp_path, address):
    address(os.getpid())
    assert answers({}, tmp_path)
    assert answers({"XDG_CONFIG_HOME": str(tmp_path / ".config")}, tmp_path / "other")
    assert complaint({"QT_IM_MODULE": "fcitx"}, tmp_path) == ""


@pytest.mark.parametrize("process", [NOBODY, "", "x", "../self", "-1"])
def test_what_has_ended_without_a_word_does_not(tmp_path, address, process):
    address(process)
    assert not answers({}, tmp_path)


def test_without_an_address_nobody_answers(tmp_path, address):
    assert not answers({}, tmp_path / "elsewhere")
    address(1)
    (tmp_path / ".config" / "ibus" / "bus" / "0123-unix-0").write_bytes(b"IBUS_DAEMON_PID=\xff\xfe")
    assert not answers({}, tmp_path)


@pytest.mark.parametrize(("method", "program"), [("fcitx", "fcitx5"), ("ibus", "ibus-daemon")])
def test_an_input_method_that_does_not_answer_is_named_with_what_to_start(tmp_path, method, program):
    said = complaint({"QT_IM_MODULE": method}, tmp_path)
    assert f"names {method}," in said
    assert said.endswith(f"Start {program}, then Pilotfish.")


@needs_proc
def test_one_that_runs_and_is_not_named_is_told_of_where_that_matters(tmp_path, address):
    address(os.getpid())
    assert "QT_IM_MODULE" in complaint({"DISPLAY": ":0"}, tmp_path)
    assert complaint({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, tmp_path) == ""


def test_where_none_is_wanted_nothing_is_said(tmp_path):
    assert complaint({}, tmp_path) == ""
