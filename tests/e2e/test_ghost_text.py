"""Ghost text from outside: real keys, a scripted endpoint that is fast, slow, cut, failing or overtaken."""

import asyncio
import os
import shutil
import threading

import pytest

from tests.e2e.program import Program, wait_until
from tests.scripted_replies import reset, say, status
from tests.scripted_server import ScriptedServer

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") or not shutil.which("xdotool"),
        reason="needs an X display and xdotool; `dev.py test` provides both on Linux",
    ),
    pytest.mark.timeout(240),
]

NOTE = "# Plan\n\n"
NOTHING = say("")


def at_caret(answers):
    """Answer by what stands right before the caret, whatever was asked on the way there; else nothing."""

    async def reply(exchange):
        asked = exchange.body["messages"][-1]["content"]
        found = (answer for end, answer in answers.items() if asked.endswith(end + "<caret/>"))
        await next(found, NOTHING)(exchange)

    return reply


def held(event, text):
    """Say it once the event is set."""

    async def reply(exchange):
        await asyncio.to_thread(event.wait, 60)
        await say(text)(exchange)

    return reply


class Desk:
    """The window on a vault of one note, with the caret at its end."""

    def __init__(self, program, server, file):
        self.program, self.server, self.file = program, server, file

    def script(self, answers):
        """Answer so from now on."""
        self.server.then(at_caret(answers))

    def shows(self, text, ghost):
        """Wait until the note and the ghost behind the caret are these."""
        self.program.wait_for("editor", lambda w: (w["text"], w["ghost"]) == (NOTE + text, ghost))

    def asked(self, end):
        """How often the endpoint was asked with these words before the caret."""
        texts = (chat.body["messages"][-1]["content"] for chat in self.server.chats)
        return sum(text.endswith(end + "<caret/>") for text in texts)


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """The program, with a server behind it that each test scripts anew."""
    folder = tmp_path_factory.mktemp("ghost")
    vault = folder / "vault"
    vault.mkdir()
    (vault / "README.md").write_text(NOTE, encoding="utf-8")  # opened of itself
    with ScriptedServer(NOTHING) as server:
        environment = {"OPENAI_BASE_URL": server.base_url, "HOME": str(folder)}
        arguments = ("--base-dir", str(folder / "base"), str(vault))
        with Program(*arguments, environment=environment) as program:
            program.wait_for("indexStatus", lambda w: "1 " in w["text"] or "Up to date" in w["text"])
            program.wait_for("editor", lambda w: "# Plan" in w["text"])
            program.click("editor")
            yield Desk(program, server, vault / "README.md")


@pytest.fixture
def desk(program):
    """The same window with nothing written yet; a look by key ends what refusals and failures led to."""
    program.server.then(NOTHING)
    program.program.key("ctrl+a", "BackSpace")
    program.program.wait_for("editor", lambda w: w["text"] == "")
    program.program.type(NOTE.strip())
    program.program.key("Return", "Return")
    program.shows("", "")
    before = len(program.server.chats)
    program.program.key("alt+backslash")
    wait_until(lambda: len(program.server.chats) > before, "the look by key")
    return program


BEGUN = "We open the beta in March because"
REST = " the waiting list passed two thousand people."


def test_a_ghost_is_taken_with_tab_undone_at_once_and_never_in_the_file(desk):
    desk.script({BEGUN: say(REST)})
    desk.program.type(BEGUN)
    desk.shows(BEGUN, REST)
    desk.program.key("ctrl+s")
    wait_until(lambda: desk.file.read_text(encoding="utf-8") == NOTE + BEGUN, "the note on disk")
    desk.shows(BEGUN, REST)

    desk.program.key("Tab")
    desk.shows(BEGUN + REST, "")
    desk.program.key("ctrl+z")
    desk.shows(BEGUN, "")


def test_what_is_refused_is_not_offered_there_again(desk):
    begun = "The jury met twice in"
    desk.script({begun: say(" April."), begun + " A": say("ugust.")})
    desk.program.type(begun)
    desk.shows(begun, " April.")
    desk.program.key("Escape")
    desk.shows(begun, "")
    desk.program.key("alt+backslash")
    wait_until(lambda: desk.asked(begun) >= 2, "the second look there")
    desk.program.type(" A")
    desk.shows(begun + " A", "ugust.")


def test_words_and_clauses_are_taken_one_by_one(desk):
    begun = "Every boat"
    desk.script({begun: say(" is checked at noon, then it may leave.")})
    desk.program.type(begun)
    desk.shows(begun, " is checked at noon, then it may leave.")
    desk.program.key("ctrl+Right")
    desk.shows(begun + " is", " checked at noon, then it may leave.")
    desk.program.key("ctrl+End")
    desk.shows(begun + " is checked at noon,", " then it may leave.")
    desk.program.type(" then")
    desk.shows(begun + " is checked at noon, then", " it may leave.")


def test_a_wrong_key_taken_back_brings_the_ghost_again(desk):
    begun = "Our cook"
    desk.script({begun: say(" makes bread.")})
    desk.program.type(begun)
    desk.shows(begun, " makes bread.")
    desk.program.type(" mx")
    desk.shows(begun + " mx", "")
    desk.program.key("BackSpace")
    desk.shows(begun + " m", "akes bread.")


def test_other_candidates_come_by_key(desk):
    begun = "The lamp"
    others = iter((" glows.", " hums.", " swings."))

    async def each_another(exchange):
        await say(next(others))(exchange)

    desk.script({begun: each_another})
    desk.program.type(begun)
    desk.shows(begun, " glows.")
    desk.program.key("alt+backslash")
    wait_until(lambda: desk.asked(begun) >= 3, "the other candidates")
    seen = set()

    def all_were_seen():
        desk.program.key("alt+bracketright")
        seen.add(desk.program.all("editor")[-1]["ghost"])
        return seen >= {" glows.", " hums.", " swings."}

    wait_until(all_were_seen, "three candidates", seen)


def test_a_slow_answer_that_still_fits_is_shown_behind_what_was_typed_meanwhile(desk):
    begun, event = "Nobody", threading.Event()
    desk.script({begun: held(event, " came to the meeting.")})
    desk.program.type(begun)
    wait_until(lambda: desk.asked(begun) == 1, "the request")
    desk.program.type(" ca")
    desk.shows(begun + " ca", "")
    event.set()
    desk.shows(begun + " ca", "me to the meeting.")
    assert desk.asked(begun + " ca") == 0


def test_answers_in_the_wrong_order_show_what_fits_the_caret(desk):
    begun, then, event = "The ferry", " sails at eight and", threading.Event()
    desk.script({begun: held(event, " sank."), begun + then: say(" comes back at nine.")})
    desk.program.type(begun)
    wait_until(lambda: desk.asked(begun) == 1, "the first request")
    desk.program.type(then)
    desk.shows(begun + then, " comes back at nine.")
    event.set()
    desk.program.key("ctrl+Right")
    desk.shows(begun + then + " comes", " back at nine.")
    desk.program.key("Tab")
    desk.shows(begun + then + " comes back at nine.", "")


@pytest.mark.parametrize("cut", [say(" moved to Friday", finish=None), reset(" moved to Friday")])
def test_what_came_of_an_answer_that_was_cut_can_be_taken(desk, cut):
    begun = "The review"
    desk.script({begun: cut})
    desk.program.type(begun)
    desk.shows(begun, " moved to Friday")
    desk.program.key("Tab")
    desk.shows(begun + " moved to Friday", "")


@pytest.mark.parametrize("code", [401, 500])
def test_an_endpoint_that_fails_is_not_heard_of_and_serves_again_when_it_is_back(desk, code):
    begun = "The museum"
    desk.server.then(status(code, "not today"))
    desk.program.type(begun)
    wait_until(lambda: desk.asked(begun) >= 1, "the request")
    desk.program.type(" opens")
    desk.shows(begun + " opens", "")
    desk.script({begun + " opens": say(" on Sunday.")})
    desk.program.key("alt+backslash")
    desk.shows(begun + " opens", " on Sunday.")
    desk.program.key("Tab")
    desk.shows(begun + " opens on Sunday.", "")
