"""Prompts from outside: the real program, an endpoint, a real screen, and nothing but the keyboard."""

import pytest

from tests.e2e.program import Program, wait_until
from tests.e2e.test_main_job import (  # noqa: F401 -- the fixtures are used by name
    base,
    open_note,
    pytestmark,
    ready,
    server,
    vault,
)
from tests.scripted_replies import say

SUGGESTIONS = ("One price for all.", "两档价格，都含更新。", "It is free.", "Two prices, both with updates.")


@pytest.fixture
def scripted(server):  # noqa: F811
    """An endpoint that suggests something else each time."""
    server.then(*map(say, SUGGESTIONS))
    return server


def test_by_keyboard_alone_from_a_slash_to_the_text_in_the_note(vault, base, scripted):  # noqa: F811
    file = vault / "Projects/Pricing.md"
    with Program("--base-dir", str(base), str(vault)) as program:
        ready(program)
        open_note(program, "Pricing")
        editor = program.wait_for("editor", lambda w: "# Pricing" in w["text"])
        program.wait_for("scenePolish")
        program.click("editor")
        program.key("ctrl+a", "ctrl+l")
        program.type("/polish")
        program.wait_for("suggestions")
        program.key("Return")
        program.wait_for("promptForm")
        program.key("Return")
        program.wait_for("moreButton", lambda w: w["enabled"])
        program.key("2")
        program.key("Return")
        program.wait_for("diffView")
        assert file.read_text(encoding="utf-8").strip() == editor["text"].strip()
        program.key("ctrl+shift+Return")
        replaced = program.wait_for("editor", lambda w: w["text"] != editor["text"])["text"]
        assert replaced.strip() in SUGGESTIONS
        wait_until(lambda: file.read_text(encoding="utf-8").strip() == replaced.strip(), "the save")
        copies = [copy.read_text(encoding="utf-8") for copy in base.rglob("backups/**/*.md")]
        assert [copy.strip() for copy in copies] == [editor["text"].strip()]
        program.click("editor")
        program.key("ctrl+z")
        program.wait_for("editor", lambda w: w["text"] == editor["text"])
