"""Three journeys by what a screen reader has: names, roles and actions. No mouse, no keyboard, no widget."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e import reader as a11y
from tests.e2e.program import REPOSITORY
from tests.e2e.reader import Reader, Session
from tests.scripted_replies import say
from tests.scripted_server import ScriptedServer

WELCOME = REPOSITORY / "resources" / "vault"

pytestmark = [
    pytest.mark.skipif(not a11y.is_there(), reason=a11y.MISSING),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A vault of three notes, and a document beside it."""
    folder = tmp_path_factory.mktemp("journeys")
    vault = folder / "vault"
    vault.mkdir()
    for note in ("Launch plan", "Pricing", "Pilot review"):
        shutil.copy(WELCOME / "Projects" / f"{note}.md", vault)
    (folder / "Offer.txt").write_text("The zeppelin costs 9 USD a month.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server():
    with ScriptedServer(say("The beta opens in March [1].")) as server:
        yield server


@pytest.fixture(scope="module")
def program(folder, server):
    """The program in English, as a screen reader meets it; ends with the journeys."""
    settings = folder / "base" / "config" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[appearance]\nlanguage = "en"\n', encoding="utf-8")
    with Session() as session:
        environment = {**session.environment, "OPENAI_BASE_URL": server.base_url, "HOME": str(folder)}
        command = [sys.executable, "-m", "desktop", "--base-dir", str(folder / "base"), str(folder / "vault")]
        process = subprocess.Popen(command, env=environment, cwd=REPOSITORY)
        try:
            with Reader(session) as reader:
                reader.find("text", "Request")
                yield reader
        finally:
            process.terminate()
            process.wait(30)


def open_note(program: Reader, name: str) -> None:
    """Find a note in the tree and open it."""
    program.press("tree item", name)
    program.wait(lambda: f"# {name}" in program.text("text", "Note editor"), f"the note {name}")


def saved(program: Reader, file: Path, words: str) -> None:
    program.wait(lambda: words in file.read_text(encoding="utf-8"), f"{words!r} in {file.name}")


def test_a_question_is_asked_and_its_answer_inserted(program, folder):
    open_note(program, "Launch plan")
    program.press("check box", "Ask")
    program.write("text", "Request", "When does the beta open?")
    program.press("push button", "Send")
    program.press("push button", "Insert")
    saved(program, folder / "vault" / "Launch plan.md", "The beta opens in March.")
    assert "The beta opens in March." in program.text("text", "Note editor")


def test_a_rewrite_is_looked_at_and_accepted(program, folder, server):
    open_note(program, "Pricing")
    server.then(say("三月开始公测。"))
    before = program.text("text", "Note editor")
    program.select("text", "Note editor", 0, len(before))
    program.press("check box", "Write")
    program.write("text", "Request", "make it one sentence")
    program.press("push button", "Send")
    program.press("push button", "Replace")
    program.press("push button", "Accept")
    saved(program, folder / "vault" / "Pricing.md", "三月开始公测。")
    assert program.text("text", "Note editor").strip() == "三月开始公测。"


def test_a_document_is_imported_and_found(program, folder):
    program.press("button with drop down", "Menu")
    program.press("menu item", "Import documents …")
    program.write("text", "File name:", str(folder / "Offer.txt"))
    program.press("push button", "Open")
    program.find("tree item", "Offer.txt")
