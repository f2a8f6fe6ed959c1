"""The choice of the back end, and the two that are tried with stand-ins for their systems."""

import ctypes
from types import SimpleNamespace

import pytest

from desktop.hotkey import hotkey as module
from desktop.hotkey import macos, windows
from desktop.hotkey.backend import HotkeyState, HotkeyStatus
from desktop.hotkey.hotkey import Hotkey, make_backend_for
from desktop.hotkey.keys import parse


@pytest.mark.parametrize(
    ("name", "kind"), [("x11", "X11Hotkey"), ("portal", "PortalHotkey"), ("", "NoneType")]
)
def test_it_is_made_when_it_is_wanted(qapp, heard, monkeypatch, name, kind):
    monkeypatch.setattr(module, "hotkey_backend", lambda *_args: name)
    made = make_backend_for("id", "words")(heard.pressed, heard.changed)
    assert type(made).__name__ == kind


class FakeBackend:
    """Holds whatever it is given."""

    def __init__(self, pressed, changed):
        self.pressed, self.changed, self.held = pressed, changed, None

    def bind(self, combination):
        self.held = str(combination)
        self.changed(HotkeyStatus(HotkeyState.ACTIVE, "fake", self.held))

    def release(self):
        self.held = None


@pytest.fixture
def made():
    return []


@pytest.fixture
def hotkey(qapp, made):
    def make(pressed, changed):
        made.append(FakeBackend(pressed, changed))
        return made[-1]

    return Hotkey(make)


def test_a_press_is_handed_on(hotkey, made, qtbot):
    hotkey.use("ctrl+alt+space")
    assert hotkey.status == HotkeyStatus(HotkeyState.ACTIVE, "fake", "Ctrl+Alt+Space")
    with qtbot.waitSignal(hotkey.pressed):
        made[0].pressed()


def test_another_one_releases_the_first(hotkey, made):
    hotkey.use("F9")
    hotkey.use("F8")
    assert [backend.held for backend in made] == [None, "F8"]


def test_none_is_wanted(hotkey, made, qtbot):
    hotkey.use("F9")
    with qtbot.waitSignal(hotkey.changed) as signal:
        hotkey.use("")
    assert signal.args[0].state is HotkeyState.OFF
    assert made[0].held is None


@pytest.mark.parametrize("keys", ["A", "Shift+B", "nonsense", "Ctrl+"])
def test_a_key_that_is_typed_is_refused(hotkey, made, keys):
    hotkey.use(keys)
    assert hotkey.status.state is HotkeyState.REFUSED
    assert made == []


def test_without_a_back_end_it_says_so(qapp):
    hotkey = Hotkey(lambda _pressed, _changed: None)
    hotkey.use("F9")
    assert hotkey.status.state is HotkeyState.UNAVAILABLE


class User32:
    """Windows as far as hotkeys go."""

    def __init__(self, *, granted=True):
        self.granted, self.calls = granted, []

    def RegisterHotKey(self, *arguments):  # noqa: N802
        self.calls.append(("register", *arguments))
        return int(self.granted)

    def UnregisterHotKey(self, *arguments):  # noqa: N802
        self.calls.append(("unregister", *arguments))
        return 1


def on_windows(heard, *, granted=True, error=0):
    user32 = User32(granted=granted)
    return windows.WindowsHotkey(
        heard.pressed, heard.changed, user32=user32, last_error=lambda: error
    ), user32


def test_windows_registers_the_virtual_key_and_lets_it_go(qapp, heard):
    hotkey, user32 = on_windows(heard)
    hotkey.bind(parse("Ctrl+Alt+Space"))
    hotkey.release()
    hotkey.release()
    assert heard.state is HotkeyState.ACTIVE
    assert user32.calls == [
        ("register", None, windows.HOTKEY_ID, 0x4000 | 0x2 | 0x1, 0x20),
        ("unregister", None, windows.HOTKEY_ID),
    ]


@pytest.mark.parametrize(("error", "state"), [(1409, HotkeyState.TAKEN), (5, HotkeyState.REFUSED)])
def test_windows_tells_taken_from_refused(qapp, heard, error, state):
    hotkey, _ = on_windows(heard, granted=False, error=error)
    hotkey.bind(parse("Ctrl+Alt+Space"))
    assert heard.state is state


class Msg(ctypes.Structure):
    """`MSG` of winuser.h, as far as it is read."""

    _fields_ = (("hwnd", ctypes.c_void_p), ("message", ctypes.c_uint), ("wParam", ctypes.c_size_t))


@pytest.mark.parametrize(
    ("number", "which", "presses"),
    [(windows.WM_HOTKEY, windows.HOTKEY_ID, 1), (windows.WM_HOTKEY, 1, 0), (0x0100, windows.HOTKEY_ID, 0)],
)
def test_windows_message_is_told_from_all_others(qapp, heard, number, which, presses):
    hotkey, _ = on_windows(heard)
    message = Msg(None, number, which)
    taken, _result = hotkey.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message))
    assert heard.presses == presses
    assert taken is bool(presses)


class QuickMacHotKey:
    """The library as far as it is used."""

    def __init__(self):
        self.wanted = None
        self.unregistered = 0

    def mask(self, *keys):
        return sum(keys)

    def quickHotKey(self, *, virtualKey, modifierMask):  # noqa: N802, N803
        self.wanted = (virtualKey, modifierMask)

        def decorate(handler):
            handler.unregister = self._unregister
            self.handler = handler
            return handler

        return decorate

    def _unregister(self):
        self.unregistered += 1


CONSTANTS = SimpleNamespace(cmdKey=0x100, shiftKey=0x200, optionKey=0x800, controlKey=0x1000, kVK_Space=0x31)


def test_a_mac_registers_commands_and_options(heard):
    library = QuickMacHotKey()
    hotkey = macos.MacHotkey(heard.pressed, heard.changed, library=library, constants=CONSTANTS)
    hotkey.bind(parse("Ctrl+Alt+Space"))
    library.handler()
    hotkey.release()
    assert library.wanted == (0x31, 0x900)
    assert (heard.presses, heard.state, library.unregistered) == (1, HotkeyState.ACTIVE, 1)


def test_a_mac_without_such_a_key_refuses(heard):
    hotkey = macos.MacHotkey(heard.pressed, heard.changed, library=QuickMacHotKey(), constants=CONSTANTS)
    hotkey.bind(parse("Ctrl+Pause"))
    assert heard.state is HotkeyState.REFUSED


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("A", "kVK_ANSI_A"),
        ("7", "kVK_ANSI_7"),
        ("F5", "kVK_F5"),
        ("PgUp", "kVK_PageUp"),
        ("/", "kVK_ANSI_Slash"),
    ],
)
def test_the_keys_of_a_mac_have_carbons_names(key, name):
    assert macos.key_name(key) == name
