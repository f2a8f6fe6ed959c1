"""Pinyin typed with the real ibus: what is composed is neither sent nor completed, and what went in is."""

import os
import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.e2e.program import Program, wait_until
from tests.scripted_replies import say
from tests.scripted_server import ScriptedServer

NEEDED = ("ibus", "ibus-daemon", "dbus-daemon", "xdotool")
ENGINE = Path("/usr/share/ibus/component/libpinyin.xml")

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") or not all(map(shutil.which, NEEDED)) or not ENGINE.exists(),
        reason="needs an X display, xdotool and ibus with pinyin (Debian: ibus ibus-libpinyin dbus-daemon)",
    ),
    pytest.mark.timeout(240),
]

NOTE = "# Plan\n\n"
REST = "，然后讨论下一步。"


class Desk:
    """The window with the caret at the end of its note, and a keyboard that writes Chinese."""

    def __init__(self, program, server):
        self.program, self.server = program, server

    def sees(self, name, text, pale):
        """Wait until a field holds this text, and this composed or suggested at its caret."""
        self.program.wait_for(name, lambda w: (w["text"], w["ghost"]) == (text, pale))

    def go_to_request(self):
        """Go there by key: two clicks may come so fast after each other that they are one double click."""
        self.program.key("ctrl+l")
        self.program.wait_for("composer", lambda w: w["focus"])

    def compose(self, name, letters):
        """Type letters and return, once they are understood, the text before and what they are taken for."""
        before = self.program.wait_for(name)["text"]
        self.program.type(letters)
        composed = self.program.wait_for(name, lambda w: w["ghost"] in ("你好", "开会"))
        assert composed["text"] == before
        return before, composed["ghost"]


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """The variables of a session of its own in which ibus writes pinyin."""
    home = tmp_path_factory.mktemp("session")
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "CACHE", "DATA")}
    variables = {"HOME": str(home), "GSETTINGS_BACKEND": "memory", "QT_IM_MODULE": "ibus", **folders}
    environment = os.environ | variables
    with ExitStack() as ends:
        bus = ends.enter_context(
            running("dbus-daemon", "--session", "--nofork", "--print-address", env=environment)
        )
        address = {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
        ends.enter_context(running("ibus-daemon", "--replace", "--panel=disable", env=environment | address))
        wait_until(lambda: writes_pinyin(environment | address), "ibus with pinyin")
        yield variables | address


def writes_pinyin(environment):
    """Choose pinyin, and return whether that was heard."""
    for command in (["ibus", "engine", "libpinyin"], ["ibus", "engine"]):
        done = subprocess.run(
            command, env=environment, timeout=60, check=False, capture_output=True, text=True
        )
    return done.stdout.strip() == "libpinyin"


@contextmanager
def running(*command, env):
    """Run a process as long as the block takes."""
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, env=env, **quiet) as process:
        try:
            yield process
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def desk(session, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pinyin")
    vault = folder / "vault"
    vault.mkdir()
    (vault / "README.md").write_text(NOTE, encoding="utf-8")  # opened of itself
    with ScriptedServer(say(REST)) as server:
        environment = {"OPENAI_BASE_URL": server.base_url, **session}
        with Program("--base-dir", str(folder / "base"), str(vault), environment=environment) as program:
            program.wait_for("indexStatus", lambda w: "1 " in w["text"] or "Up to date" in w["text"])
            program.wait_for("editor", lambda w: "# Plan" in w["text"])
            program.click("editor")
            program.key("ctrl+End")
            wait_for_pinyin(program)
            program.key("comma")
            program.wait_for("editor", lambda w: (w["text"], w["ghost"]) == (NOTE + "，", REST))
            yield Desk(program, server)


def wait_for_pinyin(program):
    """Return once a letter is composed: the first ones may come before ibus knows the window."""

    def composes():
        program.key("n")
        heard = program.wait_for("editor", lambda w: w["ghost"] or w["text"] != NOTE)
        program.key("Escape" if heard["text"] == NOTE else "BackSpace")
        program.wait_for("editor", lambda w: (w["text"], w["ghost"]) == (NOTE, ""))
        return heard["text"] == NOTE

    wait_until(composes, "the first composed letter")


def test_ghost_text_makes_way_for_pinyin_and_follows_the_word(desk):
    asked = len(desk.server.chats)
    before, word = desk.compose("editor", "nihao")
    assert len(desk.server.chats) == asked
    desk.program.key("space")
    desk.sees("editor", before + word, REST)

    asked = len(desk.server.chats)
    desk.compose("editor", "kaihui")
    assert len(desk.server.chats) == asked
    desk.program.key("Escape")
    desk.sees("editor", before + word, REST)
    desk.program.key("Tab")
    desk.sees("editor", before + word + REST, "")


def test_enter_in_the_request_field_puts_the_letters_in_and_sends_nothing(desk):
    desk.go_to_request()
    before, _ = desk.compose("composer", "nihao")
    desk.program.key("Return")
    desk.sees("composer", before + "nihao", "")
    assert not desk.program.all("stopButton")


def test_what_is_composed_goes_in_when_the_person_clicks_elsewhere(desk):
    desk.go_to_request()
    before, word = desk.compose("composer", "kaihui")
    desk.program.click("editor")
    desk.sees("composer", before + word, "")
