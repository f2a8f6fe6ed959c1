"""Who had the focus before quick-ask, on a real X server without and with a window manager's word."""

import shutil
import subprocess
import sys

import pytest
from Xlib.error import DisplayConnectionError, DisplayError

from desktop.palette import x11
from desktop.palette.x11 import FocusMemory, is_composited, is_x11

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is Linux's")


@pytest.fixture(scope="module")
def server():
    """The name of an X server of our own; Qt itself stays offscreen."""
    assert shutil.which("Xvfb"), "Xvfb is needed, as for the tests of the hotkey"
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield f":{process.stdout.readline().strip()}"
    process.terminate()
    process.communicate(timeout=60)


@pytest.fixture
def display(server):
    from Xlib.display import Display

    display = Display(server)
    yield display
    display.close()


@pytest.fixture
def on_x11(monkeypatch, display):
    """Let the module take itself to be on that server."""
    monkeypatch.setattr(x11, "is_x11", lambda: True)
    monkeypatch.setattr(x11, "connection", lambda: display)


@pytest.fixture
def window(display):
    """Make windows of another program, in sight."""
    from Xlib import X

    made = []

    def make():
        root = display.screen().root
        window = root.create_window(0, 0, 50, 50, 0, X.CopyFromParent, event_mask=X.FocusChangeMask)
        window.map()
        display.sync()
        made.append(window)
        return window

    yield make
    for one in made:
        one.destroy()
    display.screen().root.delete_property(display.intern_atom("_NET_ACTIVE_WINDOW"))
    display.sync()


def focus(display, window):
    from Xlib import X

    window.set_input_focus(X.RevertToPointerRoot, X.CurrentTime)
    display.sync()


def focused(display):
    found = display.get_input_focus().focus
    return getattr(found, "id", found)


def say_active(display, window):
    """Set the property in which a window manager names the active window."""
    from Xlib import Xatom

    root = display.screen().root
    root.change_property(display.intern_atom("_NET_ACTIVE_WINDOW"), Xatom.WINDOW, 32, [window.id])
    display.sync()


def test_whoever_had_the_focus_has_it_again(on_x11, display, window):
    before, ours = window(), window()
    focus(display, before)
    memory = FocusMemory()
    memory.remember()
    focus(display, ours)
    memory.give_back()
    assert focused(display) == before.id


def test_it_is_given_back_once(on_x11, display, window):
    before, ours = window(), window()
    focus(display, before)
    memory = FocusMemory()
    memory.remember()
    memory.give_back()
    focus(display, ours)
    memory.give_back()
    assert focused(display) == ours.id


def test_without_anything_remembered_nothing_moves(on_x11, display, window):
    ours = window()
    focus(display, ours)
    FocusMemory().give_back()
    assert focused(display) == ours.id


def test_a_window_that_is_gone_meanwhile_is_no_failure(on_x11, display, window):
    before, ours = window(), window()
    focus(display, before)
    memory = FocusMemory()
    memory.remember()
    before.destroy()
    focus(display, ours)
    memory.give_back()
    assert focused(display) == ours.id


def test_the_last_one_remembered_counts(on_x11, display, window):
    first, second, ours = window(), window(), window()
    memory = FocusMemory()
    for one in (first, second):
        focus(display, one)
        memory.remember()
    focus(display, ours)
    memory.give_back()
    assert focused(display) == second.id


def test_a_window_manager_is_asked_to_do_it(on_x11, display, server, window):
    """It learns by a message to the root window who is to be active."""
    from Xlib import X
    from Xlib.display import Display

    before, ours = window(), window()
    say_active(display, before)
    memory = FocusMemory()
    memory.remember()
    focus(display, ours)
    manager = Display(server)
    manager.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
    manager.sync()
    memory.give_back()
    manager.sync()
    events = [manager.next_event() for _ in range(manager.pending_events())]
    asked = [event for event in events if event.type == X.ClientMessage]
    manager.close()
    assert [event.window.id for event in asked] == [before.id]
    assert focused(display) == ours.id  # it is the manager that moves the focus


def test_windows_are_blended_when_somebody_blends_them(on_x11, display, window):
    from Xlib import X

    assert not is_composited()
    manager = window()
    atom = display.intern_atom(f"_NET_WM_CM_S{display.get_default_screen()}")
    manager.set_selection_owner(atom, X.CurrentTime)
    display.sync()
    assert is_composited()


def test_a_server_that_gives_no_second_connection_is_not_blended_and_remembers_nothing(monkeypatch):
    monkeypatch.setattr(x11, "is_x11", lambda: True)
    monkeypatch.setattr(x11, "connection", lambda: None)
    assert not is_composited()
    memory = FocusMemory()
    memory.remember()
    memory.give_back()
    assert memory._window == 0


@pytest.mark.parametrize(
    "error", [DisplayError(":9"), DisplayConnectionError(":9", "refused"), OSError("no")]
)
def test_no_connection_is_logged_and_no_failure(monkeypatch, caplog, error):
    def refuse():
        raise error

    monkeypatch.setattr("Xlib.display.Display", refuse)
    x11.connection.cache_clear()
    with caplog.at_level("INFO"):
        assert x11.connection() is None
    x11.connection.cache_clear()
    assert "no second connection" in caplog.text


def test_elsewhere_windows_are_blended_and_the_system_gives_the_focus_back(qapp, monkeypatch):
    def never():
        raise AssertionError("nobody may ask for an X server here")

    monkeypatch.setattr(x11, "connection", never)
    assert not is_x11()
    assert is_composited()
    memory = FocusMemory()
    memory.remember()
    memory.give_back()
