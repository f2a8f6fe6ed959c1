"""What the command line prints: JSON and nothing else where JSON is wanted, words where not."""

import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cli.output import Output, harmless, plain
from core.llm.chat import Tier


@dataclass(frozen=True)
class Pair:
    name: str
    tier: Tier


class Terminal(io.StringIO):
    def isatty(self):
        return True


def made(*, json_wanted, err=None):
    out, err = io.StringIO(), err or io.StringIO()
    return Output(json_wanted=json_wanted, out=out, err=err), out, err


def test_dataclasses_enums_and_paths_become_json():
    value = {"pairs": (Pair("一", Tier.FAST),), "path": Path("a/b.md"), "none": None}
    assert plain(value) == {"pairs": [{"name": "一", "tier": "fast"}], "path": "a/b.md", "none": None}


@given(st.dictionaries(st.text(), st.recursive(st.none() | st.text() | st.integers(), st.lists)))
def test_any_result_is_one_line_that_reads_back_equal(value):
    output, out, _ = made(json_wanted=True)
    output.result(value)
    assert len(out.getvalue().splitlines()) == 1
    assert json.loads(out.getvalue()) == value


ORDERS = "\x1b]0;owned\x07 \x1b[2J \x9b31m \x7f \x08 gone\rback"


def test_words_give_a_terminal_no_orders():
    output, out, err = made(json_wanted=False, err=Terminal())
    output.say(f"公测\tin\nMarch {ORDERS}", end="")
    output.warn(ORDERS)
    output.progress(ORDERS)
    assert out.getvalue().startswith("公测\tin\nMarch \\x1b]0;owned\\x07")
    for printed in (out.getvalue(), err.getvalue().replace("\r", "")):
        assert all(char.isprintable() or char in "\n\t" for char in printed)


@given(st.text(st.characters(max_codepoint=0xA0)))
def test_nothing_but_line_breaks_and_tabs_is_left_of_what_cannot_be_printed(text):
    assert all(char.isprintable() or char in "\n\t\xa0" for char in harmless(text))


def test_json_gives_a_terminal_no_orders_either():
    output, out, _ = made(json_wanted=True)
    output.result({"text": ORDERS})
    assert out.getvalue()[:-1].isprintable()
    assert json.loads(out.getvalue()) == {"text": ORDERS}


def test_chinese_stays_readable_in_json():
    output, out, _ = made(json_wanted=True)
    output.result({"text": "笔记"})
    assert "笔记" in out.getvalue()


def test_words_for_people_never_mix_into_json():
    output, out, _ = made(json_wanted=True)
    output.say("hello")
    output.result({})
    assert out.getvalue() == "{}\n"


@pytest.mark.parametrize("json_wanted", [True, False])
def test_warnings_go_to_standard_error(json_wanted):
    output, out, err = made(json_wanted=json_wanted)
    output.warn("careful")
    assert out.getvalue() == ""
    assert err.getvalue() == "careful\n"


def test_words_for_a_closed_standard_error_do_not_go_to_the_results(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr", None)
    output = Output(json_wanted=True)
    output.progress("one of two")
    output.warn("pilotfish: there is no folder.")
    output.result({"n": 1})
    assert json.loads(capsys.readouterr().out) == {"n": 1}


def test_a_closed_standard_output_takes_everything(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout", None)
    Output(json_wanted=True).result({"n": 1})
    Output(json_wanted=False).say("words")
    assert capsys.readouterr().err == ""


def test_progress_is_drawn_on_a_terminal_only():
    output, _, err = made(json_wanted=False)
    output.progress("half")
    assert err.getvalue() == ""


def test_progress_is_wiped_before_anything_else_is_printed():
    terminal = Terminal()
    output, _, _ = made(json_wanted=False, err=terminal)
    output.progress("a long line of progress")
    output.progress("short")
    output.warn("done")
    assert terminal.getvalue().endswith("\rdone\n")
    assert "short" + " " * (len("a long line of progress") - len("short")) in terminal.getvalue()
