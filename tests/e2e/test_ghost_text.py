"""Ghost text from outside: the real program, real keys, a scripted endpoint."""

import os
import shutil

import pytest

from tests.e2e.program import Program
from tests.scripted_replies import say
from tests.scripted_server import ScriptedServer

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") or not shutil.which("xdotool"),
        reason="needs an X display and xdotool; `dev.py test` provides both on Linux",
    ),
    pytest.mark.timeout(240),
]

BEGUN = "We open the beta in March because "
REST = "the waiting list passed two thousand people."


@pytest.fixture
def server(monkeypatch):
    with ScriptedServer(say(REST)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        yield server


def test_a_ghost_is_taken_with_tab_undone_at_once_and_refused_with_esc(tmp_path, server):
    vault = tmp_path / "vault"
    vault.mkdir()
    note = vault / "README.md"  # opened of itself
    note.write_text("# Plan\n\n", encoding="utf-8")
    with Program("--base-dir", str(tmp_path / "base"), str(vault)) as program:
        program.wait_for("indexStatus", lambda w: "1 " in w["text"] or "Up to date" in w["text"])
        program.wait_for("editor", lambda w: "# Plan" in w["text"])
        program.click("editor")
        program.key("ctrl+End")
        program.type(BEGUN)
        shown = program.wait_for("editor", lambda w: bool(w["ghost"]))
        assert shown["ghost"] == REST
        assert shown["text"] == "# Plan\n\n" + BEGUN

        program.key("Tab")
        program.wait_for("editor", lambda w: w["text"] == "# Plan\n\n" + BEGUN + REST and not w["ghost"])
        program.key("ctrl+z")
        program.wait_for("editor", lambda w: w["text"] == "# Plan\n\n" + BEGUN)

        program.key("alt+backslash")
        program.wait_for("editor", lambda w: bool(w["ghost"]))
        program.key("Escape")
        program.wait_for("editor", lambda w: not w["ghost"])
        assert program.all("editor")[-1]["text"] == "# Plan\n\n" + BEGUN
    assert REST not in note.read_text(encoding="utf-8")
