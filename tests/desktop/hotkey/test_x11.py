"""The grab on a real X server, with keys that a real program presses."""

import gc
import os
import subprocess
import sys

import pytest
from PySide6.QtTest import QTest

from desktop.hotkey.backend import HotkeyState
from desktop.hotkey.keys import parse
from desktop.hotkey.x11 import X11Hotkey, _with_locks

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is Linux's")


@pytest.fixture
def hotkey(qapp, xvfb, heard):
    hotkey = X11Hotkey(heard.pressed, heard.changed, display_name=xvfb)
    yield hotkey
    hotkey.release()


@pytest.fixture
def press(xvfb):
    def press(keys):
        environment = {**os.environ, "DISPLAY": xvfb}
        subprocess.run(["xdotool", "key", keys], env=environment, check=True, timeout=30)

    return press


def test_the_combination_is_heard_and_no_other_key(hotkey, heard, press, qtbot):
    hotkey.bind(parse("Ctrl+Alt+N"))
    assert heard.state is HotkeyState.ACTIVE
    assert heard.statuses[-1].trigger == "Ctrl+Alt+N"
    for keys in ("n", "ctrl+n", "alt+n", "ctrl+alt+m", "ctrl+alt+shift+n"):
        press(keys)
    press("ctrl+alt+n")
    qtbot.waitUntil(lambda: heard.presses > 0)
    QTest.qWait(100)
    assert heard.presses == 1


def test_it_is_heard_with_the_lock_keys_on(hotkey, heard, press, qtbot):
    hotkey.bind(parse("Ctrl+Alt+N"))
    press("Caps_Lock")
    try:
        press("ctrl+alt+n")
        qtbot.waitUntil(lambda: heard.presses == 1)
    finally:
        press("Caps_Lock")
    press("Num_Lock")
    try:
        press("ctrl+alt+n")
        qtbot.waitUntil(lambda: heard.presses == 2)
    finally:
        press("Num_Lock")


def test_the_key_is_consumed_and_a_second_program_is_told_it_is_taken(hotkey, xvfb, heard, qapp):
    hotkey.bind(parse("Ctrl+Alt+N"))
    second_heard = type(heard)()
    second = X11Hotkey(second_heard.pressed, second_heard.changed, display_name=xvfb)
    second.bind(parse("Ctrl+Alt+N"))
    assert second_heard.state is HotkeyState.TAKEN
    second.bind(parse("Ctrl+Alt+B"))
    assert second_heard.state is HotkeyState.ACTIVE
    second.release()


def test_a_released_key_is_free_for_others(hotkey, xvfb, heard, qapp):
    hotkey.bind(parse("Ctrl+Alt+N"))
    hotkey.release()
    second = X11Hotkey(heard.pressed, heard.changed, display_name=xvfb)
    second.bind(parse("Ctrl+Alt+N"))
    assert heard.state is HotkeyState.ACTIVE
    second.release()


def test_another_combination_takes_the_place_of_the_first(hotkey, heard, press, qtbot):
    hotkey.bind(parse("Ctrl+Alt+N"))
    hotkey.bind(parse("F9"))
    press("ctrl+alt+n")
    press("F9")
    qtbot.waitUntil(lambda: heard.presses == 1)
    QTest.qWait(100)
    assert heard.presses == 1


def test_a_press_that_comes_while_the_key_is_grabbed_anew_is_heard(hotkey, heard, press, qtbot):
    hotkey.bind(parse("F9"))
    press("F9")
    hotkey.bind(parse("F9"))  # waits for replies, and reads what came before them
    qtbot.waitUntil(lambda: heard.presses == 1)


def test_a_keyboard_that_is_changed_keeps_its_hotkey(hotkey, heard, press, xvfb, qtbot):
    hotkey.bind(parse("Ctrl+Alt+N"))
    subprocess.run(
        ["xdotool", "key", "U6F22"], env={**os.environ, "DISPLAY": xvfb}, check=True, timeout=30
    )  # a character no keyboard has: xdotool changes the mapping for it

    def is_heard():  # the key is grabbed anew as soon as the change is known here
        press("ctrl+alt+n")
        return heard.presses > 0

    qtbot.waitUntil(is_heard)


# python-xlib leaves the sockets of a failed connection to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_without_an_x_server_it_says_so(qapp, heard):
    hotkey = X11Hotkey(heard.pressed, heard.changed, display_name=":987")
    hotkey.bind(parse("Ctrl+Alt+N"))
    assert heard.state is HotkeyState.UNAVAILABLE
    hotkey.release()
    gc.collect()


def test_a_server_that_dies_is_reported_once(qapp, heard, qtbot, xvfb):
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "100x100x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    hotkey = X11Hotkey(heard.pressed, heard.changed, display_name=f":{server.stdout.readline().strip()}")
    hotkey.bind(parse("F9"))
    server.terminate()
    server.communicate(timeout=60)
    qtbot.waitUntil(lambda: heard.state is HotkeyState.UNAVAILABLE)
    hotkey.release()
    assert [status.state for status in heard.statuses] == [HotkeyState.ACTIVE, HotkeyState.UNAVAILABLE]


@pytest.mark.parametrize(("num_lock", "count"), [(0, 2), (16, 4)])
def test_a_grab_is_made_for_every_state_of_the_locks(num_lock, count):
    assert len(set(_with_locks(5, num_lock))) == count
