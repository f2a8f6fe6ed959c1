"""Training data from what the person accepted."""

import json

from hypothesis import given
from hypothesis import strategies as st

from core.llm.chat import Message, Role
from core.session.finetune import MOST_TOKENS, write_examples
from core.session.model import Outcome

ASKED = (Message(Role.SYSTEM, "规则"), Message(Role.USER, "原文"))


def lines(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_an_example_is_a_conversation_that_ends_with_the_answer(tmp_path):
    out = tmp_path / "out.jsonl"
    write_examples([(Outcome.INSERTED, ASKED, "短句。")], out)
    (example,) = lines(out) + lines(tmp_path / "out.test.jsonl")
    assert [turn["role"] for turn in example["messages"]] == ["system", "user", "assistant"]
    assert example["messages"][-1]["content"] == "短句。"


def test_each_reason_to_leave_one_out_is_counted(tmp_path):
    exported = write_examples(
        [
            (Outcome.INSERTED, ASKED, "good"),
            (Outcome.INSERTED, ASKED, "good"),
            (Outcome.REFUSED, ASKED, "x"),
            (Outcome.BAD, ASKED, "y"),
            (Outcome.EDITED, ASKED, "  "),
            (Outcome.EDITED, ASKED[:1], "z"),
            (Outcome.EDITED, ASKED, "Bearer sk-abcdefghijklmnop12345"),
            (Outcome.EDITED, ASKED, "word " * (MOST_TOKENS + 10)),
        ],
        tmp_path / "out.jsonl",
    )
    assert exported.train + exported.test == 1
    assert exported.rejected == {
        "twice": 1,
        "refused": 2,
        "empty": 1,
        "no question": 1,
        "holds a key": 1,
        "too long": 1,
    }


def test_an_example_stays_in_its_half_whatever_else_is_exported(tmp_path):
    examples = [(Outcome.INSERTED, ASKED, f"answer {n}") for n in range(200)]
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    whole = write_examples(examples, first)
    write_examples(examples[::3], second)
    assert 8 <= whole.test <= 35
    tested = [line["messages"][-1]["content"] for line in lines(tmp_path / "a.test.jsonl")]
    again = [line["messages"][-1]["content"] for line in lines(tmp_path / "b.test.jsonl")]
    assert set(again) <= set(tested)


@given(st.lists(st.text(min_size=1, max_size=30), max_size=20))
def test_every_line_is_json_whatever_was_said(tmp_path_factory, answers):
    folder = tmp_path_factory.mktemp("out")
    out = folder / "o.jsonl"
    exported = write_examples([(Outcome.INSERTED, ASKED, text) for text in answers], out)
    written = out.read_text(encoding="utf-8") + (folder / "o.test.jsonl").read_text(encoding="utf-8")
    assert (
        sum(1 for line in written.split("\n") if line and json.loads(line)) == exported.train + exported.test
    )
