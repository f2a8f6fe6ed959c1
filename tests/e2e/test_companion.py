"""The companion from outside: the real program beside another editor, one scripted and one real."""

import contextlib
import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from tests.e2e.program import Program, wait_until, xdotool
from tests.scripted_replies import say
from tests.scripted_server import ScriptedServer

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") or not shutil.which("xdotool"),
        reason="needs an X display and xdotool; `dev.py test` provides both on Linux",
    ),
    pytest.mark.timeout(240),
]

PLAN = "\ufeff# 计划\r\n\r\n我们三月开放。\r\n\r\nLast words.\r\n"
TYPED = "我们三月底开放，因为候补名单已经超过两千人。"
REWRITE = "因为候补名单已经超过两千人，我们决定在三月底开放公测。"


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    folder = tmp_path_factory.mktemp("companion") / "笔记"
    folder.mkdir()
    for name in ("计划.md", "Mousepad.md", "Vim.md"):
        (folder / name).write_bytes(PLAN.encode())
    (folder / "README.md").write_text("# Read me\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def program(tmp_path_factory, vault):
    """One run for all tests; each works in a note of its own."""
    base = tmp_path_factory.mktemp("base")
    with (
        ScriptedServer(say(REWRITE)) as server,
        Program(
            "--base-dir", str(base), str(vault), environment={"OPENAI_BASE_URL": server.base_url}
        ) as program,
    ):
        program.wait_for("indexStatus", lambda w: "4 " in w["text"] or "Up to date" in w["text"])
        program.wait_for("editor", lambda w: "# Read me" in w["text"])
        program.click("detachButton")
        # By then it knows the notes, and tells what is changed in them.
        program.wait_for("companionNote", lambda w: w["accessible_name"] == "README")
        yield program


def write_in_place(file: Path, data: bytes) -> None:
    """Save as mousepad and nano do."""
    file.write_bytes(data)


def write_aside_and_rename(file: Path, data: bytes) -> None:
    """Save as vim and most others do: a new file takes the place of the old one."""
    aside = file.with_name(f".{file.name}.swp~")
    aside.write_bytes(data)
    aside.replace(file)


def ask_for_a_rewrite(program):
    program.click("newConversation")
    program.click("composer")
    program.type("make it clearer")
    program.key("Return")
    program.wait_for("replaceButton", lambda w: w["enabled"])


def test_it_follows_the_other_editor_writes_into_its_file_and_overwrites_nothing(program, vault):
    file = vault / "计划.md"
    plan = PLAN.replace("Last words.", "Last words, and a few more.")
    write_in_place(file, plan.encode())
    program.wait_for("companionNote", lambda w: w["accessible_name"] == "计划")
    program.wait_for("companionBlock", lambda w: "a few more" in w["accessible_name"])

    now = plan.replace("我们三月开放。", TYPED)
    write_aside_and_rename(file, now.encode())
    program.wait_for("companionBlock", lambda w: TYPED in w["accessible_name"])

    ask_for_a_rewrite(program)
    program.click("replaceButton")
    assert file.read_bytes() == now.encode()
    program.key("ctrl+shift+Return")  # the changes are in sight: accept them all
    after = now.replace(TYPED, REWRITE).encode()
    wait_until(lambda: file.read_bytes() == after, "the rewrite in the file")

    program.click("takeBackButton")
    wait_until(lambda: file.read_bytes() == now.encode(), "the old text in the file")

    theirs = plan.replace("我们三月开放。", "我们五月开放。").encode()
    write_aside_and_rename(file, theirs)
    program.wait_for("companionBlock", lambda w: "五月" in w["accessible_name"])
    program.click("replaceButton")
    program.key("ctrl+shift+Return")
    program.wait_for("answerStatus", lambda w: "has changed" in w["text"])
    assert file.read_bytes() == theirs
    program.key("ctrl+shift+Return")
    after = plan.replace("我们三月开放。", REWRITE).encode()
    wait_until(lambda: file.read_bytes() == after, "the rewrite over their words, now that they were seen")


def replace_what_was_written(program, file, now):
    """Ask for the block to be rewritten, replace it, and return the file's bytes after that."""
    ask_for_a_rewrite(program)
    program.click("replaceButton")
    program.key("ctrl+shift+Return")
    after = now.replace(now.split("\r\n")[2], REWRITE).encode()
    wait_until(lambda: file.read_bytes() == after, "the rewrite in the file")
    return after


@pytest.fixture
def mousepad(vault):
    """A second editor as a person has one, that offers to reload what others write."""
    if not shutil.which("mousepad"):
        pytest.skip("the second editor of this test is mousepad (`apt install mousepad`)")
    command = ["mousepad", "--disable-server", str(vault / "Mousepad.md")]
    environment = {**os.environ, "GSETTINGS_BACKEND": "memory"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as editor:
        yield editor
        editor.terminate()


def window_of(name: str) -> str:
    """Return the window of that title once it is there."""
    found: list[str] = []

    def is_there() -> bool:
        search = [shutil.which("xdotool") or "xdotool", "search", "--onlyvisible", "--name", name]
        found[:] = subprocess.run(search, capture_output=True, text=True, check=False).stdout.split()
        return bool(found)

    wait_until(is_there, f"a window called {name}")
    return found[-1]


def test_beside_mousepad_the_block_is_rewritten_and_mousepad_sees_it(program, mousepad, vault):
    file = vault / "Mousepad.md"
    window = window_of("Mousepad.md")
    xdotool("windowfocus", "--sync", window)
    xdotool("key", "--delay", "40", "ctrl+Home", "Down", "Down", "End")
    xdotool("type", "--delay", "20", " In April.")
    xdotool("key", "ctrl+s")
    now = PLAN.replace("我们三月开放。", "我们三月开放。 In April.")
    wait_until(lambda: file.read_bytes() == now.encode(), "mousepad to save")
    program.wait_for("companionBlock", lambda w: "In April." in w["accessible_name"])

    replace_what_was_written(program, file, now)
    xdotool("windowfocus", "--sync", window)
    window_of("Externally Modified")


class Vim:
    """The real vim in a terminal that nobody sees."""

    def __init__(self, file: Path) -> None:
        if not shutil.which("vim"):
            pytest.skip("the second editor of this test is vim (`apt install vim`)")
        import pty  # not on Windows, where there is no display of this kind either

        self._terminal, inner = pty.openpty()
        command = ["vim", "-N", "-u", "NONE", "-i", "NONE", "--cmd", "set encoding=utf-8 autoread", str(file)]
        self._process = subprocess.Popen(
            command, stdin=inner, stdout=inner, stderr=inner, env={**os.environ, "TERM": "xterm"}
        )
        os.close(inner)
        self._reader = threading.Thread(target=self._drain)
        self._reader.start()

    def type(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        os.close(self._terminal)

    def _drain(self) -> None:
        """Read what it draws, so that it can go on drawing; once it has ended there is an error."""
        with contextlib.suppress(OSError):
            while os.read(self._terminal, 4096):
                pass


@pytest.fixture
def vim(vault):
    vim = Vim(vault / "Vim.md")
    yield vim
    vim.close()


def test_beside_vim_the_block_is_rewritten_and_vim_reloads_it(program, vim, vault, tmp_path):
    file = vault / "Vim.md"
    vim.type("3GA In May.\x1b:w\r")
    now = PLAN.replace("我们三月开放。", "我们三月开放。 In May.")
    wait_until(lambda: file.read_bytes() == now.encode(), "vim to save")
    program.wait_for("companionBlock", lambda w: "In May." in w["accessible_name"])

    after = replace_what_was_written(program, file, now)
    seen = tmp_path / "seen by vim.md"
    vim.type(f":checktime\r:w {str(seen).replace(' ', chr(92) + ' ')}\r")
    wait_until(lambda: seen.exists() and seen.read_bytes() == after, "vim to hold the new text")
