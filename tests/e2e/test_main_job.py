"""The main job from outside: the real program and built-in models, a real screen, mouse and keyboard."""

import os
import shutil
from pathlib import Path

import pytest

from tests.e2e.program import Program, wait_until
from tests.scripted_replies import say, stall
from tests.scripted_server import ScriptedServer

WELCOME = Path(__file__).parents[2] / "resources" / "vault"
NOTE = "Projects/Launch plan.md"

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") or not shutil.which("xdotool"),
        reason="needs an X display and xdotool; `dev.py test` provides both on Linux",
    ),
    pytest.mark.timeout(420),
]


@pytest.fixture
def vault(tmp_path):
    return Path(shutil.copytree(WELCOME, tmp_path / "vault"))


@pytest.fixture
def base(tmp_path):
    return tmp_path / "base"


def open_note(program, words):
    """Find a note through the search field and open it with the keyboard."""
    program.click("searchField")
    program.key("ctrl+a")
    program.type(words)
    program.wait_for("searchHits")
    program.key("Down", "Return")


def ready(program):
    program.wait_for("indexStatus", lambda w: "Up to date" in w["text"])


def answered(program):
    return program.wait_for("insertButton", lambda w: w["enabled"])


def test_ask_the_built_in_model_and_insert_its_answer(vault, base):
    with Program("--base-dir", str(base), str(vault)) as program:
        ready(program)

        (vault / "Outside.md").write_text("# Outside\n\nA zanzibarian remark.\n", encoding="utf-8")
        open_note(program, "zanzibarian")
        program.wait_for("editor", lambda w: "zanzibarian" in w["text"])

        open_note(program, "Launch plan")
        editor = program.wait_for("editor", lambda w: "# Launch plan" in w["text"])
        before = (vault / NOTE).read_bytes()

        program.click("composer")
        program.type("When does the beta open?")
        program.key("Return")
        program.wait_for("answerCard")
        answered(program)
        program.click("insertButton")
        program.wait_for("editor", lambda w: w["text"] != editor["text"])
        wait_until(lambda: (vault / NOTE).read_bytes() != before, "the note to be saved")
        inserted = program.all("editor")[-1]["text"]
        assert len(inserted) > len(editor["text"])

        program.click("editor")
        program.key("ctrl+z")
        program.wait_for("editor", lambda w: w["text"] == editor["text"])
        wait_until(lambda: (vault / NOTE).read_bytes() == before, "the undone note to be saved")


@pytest.fixture
def server(monkeypatch):
    with ScriptedServer(say("The beta opens in March [1].")) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        yield server


def test_rewrite_a_selection_replace_it_and_take_it_back(vault, base, server):
    server.then(say("三月开始公测。"))
    file = vault / "Projects/Pricing.md"
    before = file.read_bytes()
    with Program("--base-dir", str(base), str(vault)) as program:
        ready(program)
        open_note(program, "Pricing")
        editor = program.wait_for("editor", lambda w: "# Pricing" in w["text"])
        program.click("editor")
        program.key("ctrl+a")
        program.click("composer")
        program.type("make it one sentence")
        program.key("Return")
        program.click("replaceButton")
        assert file.read_bytes() == before
        program.click("acceptButton")
        program.wait_for("editor", lambda w: w["text"].strip() == "三月开始公测。")
        wait_until(lambda: file.read_text(encoding="utf-8").strip() == "三月开始公测。", "the save")
        program.click("editor")
        program.key("ctrl+z")
        program.wait_for("editor", lambda w: w["text"] == editor["text"])


def test_stop_ends_the_stream_at_the_server(vault, base, server):
    server.then(stall("The beta"))
    with Program("--base-dir", str(base), str(vault)) as program:
        ready(program)
        program.click("composer")
        program.type("When does the beta open?")
        program.key("Return")
        program.wait_for("answerCard")
        wait_until(lambda: bool(server.chats), "the request to reach the server")
        program.click("stopButton")
        server.disconnects.wait(30)
        program.wait_for("sendButton")


def test_words_typed_just_before_a_crash_are_there_after_it(vault, base, server):
    file = vault / "Projects/Pricing.md"
    with Program("--base-dir", str(base), str(vault)) as program:
        ready(program)
        open_note(program, "Pricing")
        program.wait_for("editor", lambda w: "# Pricing" in w["text"])
        program.click("editor")
        program.key("ctrl+End")
        program.type(" unsaved words")
        drafts = base / "state" / "recovery"
        wait_until(
            lambda: any("unsaved words" in f.read_text(encoding="utf-8") for f in [file, *drafts.glob("*")]),
            "the words to be on disk",
        )
        program.kill()
    with Program("--base-dir", str(base), str(vault)) as program:
        ready(program)
        saved = "unsaved words" in file.read_text(encoding="utf-8")
        assert saved or program.wait_for("messageBar")
