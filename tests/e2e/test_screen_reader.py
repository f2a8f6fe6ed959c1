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

QUESTION = "Question to your notes"
PAGES = (
    "Models",
    "Index",
    "Ghost text",
    "Keys",
    "Appearance",
    "Privacy",
    "Cost",
    "Diagnostics",
    "About",
    "Vaults",
)
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

    def is_open() -> bool:
        if f"# {name}" in program.text("text", "Note editor"):
            return True
        program.press("tree item", name)  # again where a rescan of the folder has come between
        return False

    program.wait(is_open, f"the note {name}")


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
    program.find("list item", f"Offer.txt. {folder / 'Offer.txt'}")


def test_everything_that_takes_the_focus_has_a_name_in_the_window_and_on_every_page_of_the_settings(program):
    assert program.nameless() == []
    program.press("button with drop down", "Menu")
    program.press("menu item", "Settings …")
    program.find("text", "Search settings")
    for page in PAGES:
        program.press("list item", page)
        assert program.nameless() == [], page
    program.press("push button", "Cancel")


def test_quick_ask_runs_a_prompt_and_takes_a_note_along(program, folder, server):
    subprocess.run(
        [sys.executable, "-m", "desktop", "quick-ask", "--base-dir", str(folder / "base")],
        env=program.environment,
        cwd=REPOSITORY,
        check=True,
        timeout=60,
    )
    program.write("text", QUESTION, "@Pilot")
    program.find("list item", "Pilot review. Pilot review.md")
    program.press("push button", "Ask")
    program.find("check box", "Goes along: Pilot review")
    server.then(say("Shorter."))
    program.write("text", QUESTION, ">shorten")
    program.wait(lambda: any(name.startswith("Shorten.") for name in program.names("list item")), "Shorten")
    program.press("push button", "Ask")
    program.find("push button", "To today's journal")
    assert program.nameless() == []
