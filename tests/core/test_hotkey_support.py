"""Which way of global hotkeys a session offers."""

import sys
from types import SimpleNamespace

import pytest

from core.cli import doctor
from core.hotkey_support import hotkey_backend
from core.settings import AtHandSettings, Settings


@pytest.mark.parametrize(
    ("platform", "qt", "environment", "name"),
    [
        ("win32", "windows", {}, "windows"),
        ("darwin", "cocoa", {}, "macos"),
        ("linux", "xcb", {"DISPLAY": ":0"}, "x11"),
        ("linux", "wayland", {"WAYLAND_DISPLAY": "wayland-0"}, "portal"),
        ("linux", "xcb", {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "portal"),
        ("linux", "", {"DISPLAY": ":0"}, "x11"),
        ("linux", "", {"WAYLAND_DISPLAY": "wayland-0"}, "portal"),
        ("linux", "", {}, ""),
        ("linux", "offscreen", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ""),
    ],
)
def test_one_back_end_a_desktop(platform, qt, environment, name):
    assert hotkey_backend(platform, qt, environment) == name


@pytest.mark.parametrize(
    ("environment", "keys", "text", "ok"),
    [
        ({"DISPLAY": ":0"}, "Ctrl+Alt+Space", "x11, Ctrl+Alt+Space", True),
        ({"WAYLAND_DISPLAY": "w"}, "", "portal, no key chosen (Settings > Keys)", True),
        ({}, "F9", "none on this desktop", False),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one way each")
def test_doctor_names_the_way_and_the_key(monkeypatch, environment, keys, text, ok):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    context = SimpleNamespace(settings=Settings(at_hand=AtHandSettings(keys)))
    finding = doctor._hotkey(context)
    assert (finding.text, finding.ok) == (text, ok)
    assert ok or "pilotfish quick-ask" in finding.hint
