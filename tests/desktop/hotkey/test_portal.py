"""The portal of global shortcuts, on a private bus with a desktop that says yes or no."""

import shutil
import subprocess
import sys

import pytest
from PySide6.QtTest import QTest

from desktop.hotkey import portal_client
from desktop.hotkey.backend import HotkeyState
from desktop.hotkey.keys import parse
from desktop.hotkey.portal import PortalHotkey
from tests.desktop.hotkey.mock_portal import MockPortal

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="portals are Linux's")

APP_ID = "org.example.Pilotfish"


@pytest.fixture(scope="module")
def bus():
    """The address of a session bus of our own."""
    program = shutil.which("dbus-daemon")
    assert program, "install dbus-daemon"
    daemon = subprocess.Popen(
        [program, "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.communicate(timeout=60)


@pytest.fixture
def portal(bus):
    made = []

    def make(**how):
        made.append(MockPortal(bus, **how))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def hotkey(qapp, bus, heard):
    hotkey = PortalHotkey(
        heard.pressed, heard.changed, app_id=APP_ID, description="Ask your notes", bus_address=bus
    )
    yield hotkey
    hotkey.release()


def bind(hotkey, heard, qtbot, keys="Ctrl+Alt+Space"):
    hotkey.bind(parse(keys))
    assert heard.state is HotkeyState.WAITING
    qtbot.waitUntil(lambda: heard.state is not HotkeyState.WAITING)
    return heard.statuses[-1]


def test_the_desktop_grants_a_shortcut_and_words_it(hotkey, heard, portal, qtbot):
    desktop = portal()
    status = bind(hotkey, heard, qtbot)
    assert (status.state, status.trigger) == (HotkeyState.ACTIVE, "Press Ctrl+Alt+Leertaste")
    assert desktop.registered == APP_ID
    assert desktop.triggers == ["CTRL+ALT+space"]
    desktop.press()
    qtbot.waitUntil(lambda: heard.presses == 1)


def test_presses_of_other_shortcuts_and_sessions_are_not_ours(hotkey, heard, portal, qtbot):
    desktop = portal()
    bind(hotkey, heard, qtbot)
    desktop.press("something-else")
    desktop.press(session="/org/freedesktop/portal/desktop/session/1/other")
    desktop.press()
    qtbot.waitUntil(lambda: heard.presses > 0)
    QTest.qWait(50)
    assert heard.presses == 1


@pytest.mark.parametrize("answer", [(1, "the person"), (2, "the desktop")])
def test_both_refusals_are_no_success(hotkey, heard, portal, qtbot, answer):
    desktop = portal(answers={"BindShortcuts": answer[0]})
    status = bind(hotkey, heard, qtbot)
    assert status.state is HotkeyState.REFUSED
    assert answer[1] in status.reason
    desktop.answers = {"CreateSession": answer[0]}
    assert bind(hotkey, heard, qtbot).state is HotkeyState.REFUSED


def test_a_response_that_binds_nothing_is_a_refusal(hotkey, heard, portal, qtbot):
    portal(binds=False)
    assert bind(hotkey, heard, qtbot).state is HotkeyState.REFUSED


def test_a_program_that_is_not_installed_is_refused_by_name(hotkey, heard, portal, qtbot):
    portal(installed=False)
    status = bind(hotkey, heard, qtbot)
    assert status.state is HotkeyState.UNAVAILABLE
    assert "app id" in status.reason


def test_an_older_portal_needs_no_name(hotkey, heard, portal, qtbot):
    portal(needs_name=False)
    assert bind(hotkey, heard, qtbot).state is HotkeyState.ACTIVE


def test_a_desktop_without_shortcuts_says_so(hotkey, heard, portal, qtbot):
    portal(shortcuts=False)
    assert bind(hotkey, heard, qtbot).state is HotkeyState.UNAVAILABLE


def test_without_a_portal_there_is_none(hotkey, heard, bus, qtbot):
    assert bind(hotkey, heard, qtbot).state is HotkeyState.UNAVAILABLE


@pytest.mark.parametrize("address", ["unix:path=/nowhere/at/all", "nonsense"])
def test_without_a_bus_there_is_none(qapp, heard, qtbot, address):
    hotkey = PortalHotkey(heard.pressed, heard.changed, app_id=APP_ID, description="", bus_address=address)
    assert bind(hotkey, heard, qtbot).state is HotkeyState.UNAVAILABLE
    hotkey.release()


def impatient_from(desktop, method, monkeypatch):
    """Give the desktop little time from this call on; what comes before may take its own."""
    serve = getattr(desktop, method)

    def served(message):
        monkeypatch.setattr(portal_client, "_ANSWER_S", 0.05)
        return serve(message)

    setattr(desktop, method, served)


def test_a_portal_that_never_answers_is_given_up(hotkey, heard, portal, qtbot, monkeypatch):
    impatient_from(portal(answers={"CreateSession": None}), "_CreateSession", monkeypatch)
    status = bind(hotkey, heard, qtbot)
    assert status.state is HotkeyState.UNAVAILABLE
    assert "never answered" in status.reason


def test_the_person_may_take_time_and_quitting_does_not_wait(hotkey, heard, portal, qtbot, monkeypatch):
    desktop = portal(answers={"BindShortcuts": None})
    impatient_from(desktop, "_BindShortcuts", monkeypatch)
    hotkey.bind(parse("Ctrl+Alt+Space"))
    qtbot.waitUntil(lambda: bool(desktop.triggers))
    QTest.qWait(200)
    assert heard.state is HotkeyState.WAITING
    hotkey.release()


def test_a_session_that_the_desktop_ends_is_reported(hotkey, heard, portal, qtbot):
    desktop = portal()
    bind(hotkey, heard, qtbot)
    desktop.end_session()
    qtbot.waitUntil(lambda: heard.state is HotkeyState.UNAVAILABLE)


def test_after_release_nothing_is_heard(hotkey, heard, portal, qtbot):
    desktop = portal()
    bind(hotkey, heard, qtbot)
    hotkey.release()
    desktop.press()
    QTest.qWait(100)
    assert heard.presses == 0
    assert heard.state is HotkeyState.ACTIVE


def test_another_combination_takes_the_place_of_the_first(hotkey, heard, portal, qtbot):
    desktop = portal()
    bind(hotkey, heard, qtbot)
    bind(hotkey, heard, qtbot, "Meta+N")
    assert desktop.triggers == ["CTRL+ALT+space", "LOGO+n"]
    desktop.press()
    qtbot.waitUntil(lambda: heard.presses == 1)
