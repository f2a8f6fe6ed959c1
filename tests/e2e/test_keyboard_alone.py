"""Three journeys by keyboard alone: ask and insert, accept a rewrite, import a document."""

import os
import shutil
from pathlib import Path

import pytest

from tests.e2e.program import REPOSITORY, Program, wait_until, xdotool
from tests.scripted_replies import say
from tests.scripted_server import ScriptedServer

WELCOME = REPOSITORY / "resources" / "vault"

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") or not shutil.which("xdotool"),
        reason="needs an X display and xdotool; `dev.py test` provides both on Linux",
    ),
    pytest.mark.timeout(300),
]


@pytest.fixture
def vault(tmp_path):
    vault = tmp_path / "vault"
    vault.mkdir()
    for note in ("Launch plan", "Pricing", "Pilot review"):
        shutil.copy(WELCOME / "Projects" / f"{note}.md", vault)
    (tmp_path / "Offer.txt").write_text("The zeppelin costs 9 USD a month.\n", encoding="utf-8")
    return vault


@pytest.fixture
def program(vault, tmp_path):
    with ScriptedServer(say("The beta opens in March [1].")) as server:
        environment = {"OPENAI_BASE_URL": server.base_url, "HOME": str(tmp_path), "LANG": "C.UTF-8"}
        with Program("--base-dir", str(tmp_path / "base"), str(vault), environment=environment) as program:
            program.wait_for("indexStatus", lambda w: "Up to date" in w["text"])
            program.server = server
            # There is no window manager here, which would give a new window the focus.
            xdotool("search", "--onlyvisible", "--name", "Pilotfish", "windowfocus")
            yield program


def open_note(program: Program, name: str) -> None:
    program.key("ctrl+p")
    program.wait_for("searchField", lambda w: w["focus"])
    program.key("ctrl+a")
    program.type(name)
    program.wait_for("searchHits")
    program.key("Down", "Return")
    program.wait_for("editor", lambda w: f"# {name}" in w["text"] and w["focus"])


def request(program: Program, words: str) -> None:
    program.key("ctrl+l")
    program.wait_for("composer", lambda w: w["focus"])
    program.type(words)
    program.key("Return")


def saved(file: Path, words: str) -> None:
    wait_until(lambda: words in file.read_text(encoding="utf-8"), f"{words!r} in {file.name}")


def test_asking_rewriting_and_importing_need_no_mouse(program, vault, tmp_path):
    open_note(program, "Launch plan")
    request(program, "When does the beta open?")
    program.wait_for("insertButton", lambda w: w["enabled"])
    program.key("ctrl+Return")
    saved(vault / "Launch plan.md", "The beta opens in March.")

    program.server.then(say("三月开始公测。"))
    open_note(program, "Pricing")
    program.key("ctrl+a")
    request(program, "make it one sentence")
    program.wait_for("replaceButton", lambda w: w["enabled"])
    program.key("ctrl+shift+Return")
    program.wait_for("acceptButton")
    program.key("ctrl+shift+Return")
    saved(vault / "Pricing.md", "三月开始公测。")
    assert program.all("editor")[-1]["text"].strip() == "三月开始公测。"

    program.key("ctrl+shift+i")
    program.wait_for("fileNameEdit", lambda w: w["focus"])
    program.type(str(tmp_path / "Offer.txt"))
    program.key("Return")
    program.wait_for("documentsHead", lambda w: "(1)" in w["text"])
