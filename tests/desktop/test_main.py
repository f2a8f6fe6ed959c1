"""The first words of a command, and a start as a person sees it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import handover
from desktop.__main__ import _reaches_running, main
from desktop.launch import COMMANDS, _command, _parse, _prepare_input_methods


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], ""),
        (["index", "/v"], "index"),
        (["--base-dir", "index", "ask", "/v"], "ask"),
        (["--base-dir=x", "search"], "search"),
        (["./index"], "./index"),
        (["--json", "doctor"], "doctor"),
        (["/home/人/笔记"], "/home/人/笔记"),
    ],
)
def test_the_first_word_decides_between_window_and_command_line(arguments, command):
    assert _command(arguments) == command


def test_every_command_of_the_command_line_is_known():
    from core.cli.main import COMMANDS as OFFERED

    assert set(OFFERED) <= COMMANDS


def test_who_interrupts_before_a_command_has_begun_sees_no_traceback(monkeypatch, capsys):
    def interrupted(_argv):
        raise KeyboardInterrupt

    monkeypatch.setattr("core.cli.main._parser", interrupted)
    assert main(["doctor"]) == 130
    assert capsys.readouterr() == ("", "")


def test_arguments_of_the_window(tmp_path):
    options = _parse(["--base-dir", str(tmp_path), "vault"])
    assert (options.base_dir, options.vault) == (tmp_path, str(Path("vault").absolute()))


@pytest.mark.parametrize(("platform", "expected"), [("linux", "wayland;fcitx;ibus;compose"), ("win32", None)])
def test_fcitx_is_reached_over_ibus_on_linux(monkeypatch, platform, expected):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "environ", {"QT_IM_MODULE": "fcitx", "PATH": ""})
    _prepare_input_methods()
    assert os.environ.get("QT_IM_MODULES") == expected
    assert ("IBUS_USE_PORTAL" in os.environ) == bool(expected)


def run(*arguments, **environment):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    command = [sys.executable, "-m", "desktop", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def test_a_command_runs_without_qt(tmp_path):
    code = (
        "import sys\nfrom desktop.__main__ import main\n"
        "status = main(['--base-dir', sys.argv[1], 'doctor', '--help'])\n"
        "print(status, any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.splitlines()[-1] == "0 False"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_it_says_so_and_ends(tmp_path):
    done = run("--base-dir", tmp_path, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 1
    assert "no display" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_usage_ends_with_two(tmp_path):
    done = run("--base-dir", tmp_path, "--no-such-option")
    assert done.returncode == 2
    assert "no-such-option" in done.stderr


HEAVY = {
    "lancedb",
    "openai",
    "torch",
    "pydantic",
    "pygments",
    "markdown_it",
    "yaml",
    "rjieba",
    "asyncio",
    "tomlkit",
}


def test_nothing_heavy_is_imported_before_the_first_paint():
    code = "import json, sys; import desktop.launch, desktop.start; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    modules = set(json.loads(done.stdout))
    assert modules & HEAVY == set()
    assert "desktop.panel.side_panel" not in modules
    assert "PySide6.QtNetwork" not in modules


@pytest.mark.parametrize(
    ("options", "reached", "base"),
    [
        ([], True, None),
        (["--base-dir", "/b"], True, "/b"),
        (["--base-dir"], False, "unasked"),
        (["--help"], False, "unasked"),
        (["--base-dir", "/b", "more"], False, "unasked"),
    ],
)
def test_quick_ask_takes_the_short_way_only_where_there_is_nothing_to_parse(
    monkeypatch, options, reached, base
):
    asked = ["unasked"]

    def address_of(folder):
        asked[0] = str(folder) if folder else None
        return "address"

    monkeypatch.setattr(handover, "address_of", address_of)
    monkeypatch.setattr(handover, "deliver", lambda _address, message: message.command == "quick-ask")
    assert _reaches_running(options) is reached
    assert asked == [base]


def test_a_folder_that_cannot_be_used_is_left_to_the_long_way(monkeypatch):
    def refuse(_folder):
        raise PermissionError

    monkeypatch.setattr(handover, "address_of", refuse)
    assert not _reaches_running([])


def test_the_word_quick_ask_is_no_vault():
    options = _parse(["--base-dir", "/b", "quick-ask"])
    assert (options.vault, options.quick_ask) == ("", True)
    assert _parse(["./quick-ask"]).quick_ask is False
