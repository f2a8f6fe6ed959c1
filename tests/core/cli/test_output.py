"""What the command line prints: JSON and nothing else where JSON is wanted, words where not."""

import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cli.output import Output, plain
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
    assert out.getvalue().count("\n") == 1
    assert json.loads(out.getvalue()) == value


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
