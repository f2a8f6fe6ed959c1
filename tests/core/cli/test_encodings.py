"""Output on terminals and into files that cannot hold every character: nothing is lost, nothing fails."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cli.output import Output

ENCODINGS = ["ascii", "cp1252", "cp936", "utf-8", "utf-16-le"]
WORDS = "公测 in März 🐟 “quoted” عربي"


def printed(encoding, work, *, json_wanted):
    """What `work(output)` leaves in a file of this encoding, and on standard error."""
    files = [io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n") for _ in range(2)]
    work(Output(json_wanted=json_wanted, out=files[0], err=files[1]))
    for file in files:
        file.flush()
    return [file.buffer.getvalue().decode(encoding) for file in files]


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(value=st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3))
def test_json_reads_back_equal_whatever_the_terminal_can_show(encoding, value):
    out, _ = printed(encoding, lambda output: output.result(value), json_wanted=True)
    assert out.count("\n") == 1
    assert json.loads(out) == value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_where_every_character_can_be_written_json_stays_readable(encoding):
    out, _ = printed(encoding, lambda output: output.result({"text": WORDS}), json_wanted=True)
    assert WORDS in out


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_words_are_said_and_warned_as_far_as_the_terminal_can_show_them(encoding):
    def work(output):
        output.say(WORDS)
        output.warn(WORDS)

    for text in printed(encoding, work, json_wanted=False):
        assert text.count("\n") == 1
        assert " in M" in text


def test_a_character_that_cannot_be_shown_is_told_apart_from_every_other():
    out, _ = printed("ascii", lambda output: output.say("公测"), json_wanted=False)
    assert out == "\\u516c\\u6d4b\n"


def test_half_a_character_in_the_name_of_a_file_does_not_stop_a_list_of_files():
    out, _ = printed("utf-8", lambda output: output.say("bad\udcff.md"), json_wanted=False)
    assert out == "bad\\udcff.md\n"


@pytest.mark.parametrize("value", [{"path": "bad\udcff.md"}, {"\ud83d": 1}])
def test_half_a_character_in_json_is_one_object_that_any_reader_takes(value):
    out, _ = printed("utf-8", lambda output: output.result(value), json_wanted=True)
    assert json.loads(out) == value
