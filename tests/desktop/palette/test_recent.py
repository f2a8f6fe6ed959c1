"""The questions that quick-ask remembers."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.palette.recent import KEPT, LONGEST, RecentQuestions


def test_the_newest_stands_first_and_each_once(tmp_path):
    recent = RecentQuestions(tmp_path / "q.json")
    for question in ("一", "two", " 一 "):
        recent.add(question)
    assert recent.questions == ("一", "two")
    assert recent.last == "一"


def test_they_are_there_at_the_next_start(tmp_path):
    RecentQuestions(tmp_path / "new" / "q.json").add("什么时候发布？")
    assert RecentQuestions(tmp_path / "new" / "q.json").last == "什么时候发布？"


def test_only_so_many_are_kept(tmp_path):
    recent = RecentQuestions(tmp_path / "q.json")
    for number in range(KEPT + 5):
        recent.add(f"question {number}")
    assert len(recent.questions) == KEPT
    assert recent.last == f"question {KEPT + 4}"


@pytest.mark.parametrize("question", ["", "  \n", "x" * (LONGEST + 1)])
def test_what_is_no_question_is_not_kept(tmp_path, question):
    recent = RecentQuestions(tmp_path / "q.json")
    recent.add(question)
    assert recent.questions == ()
    assert not (tmp_path / "q.json").exists()


@pytest.mark.parametrize("text", ["", "{", "{}", "7", '["a", 3, "", null]', "\udcff"])
def test_a_damaged_file_costs_the_memory_alone(tmp_path, text):
    (tmp_path / "q.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    recent = RecentQuestions(tmp_path / "q.json")
    assert recent.questions in ((), ("a",))
    recent.add("b")
    assert json.loads((tmp_path / "q.json").read_text())[0] == "b"


@given(st.lists(st.text(min_size=1, max_size=20).filter(str.strip), max_size=60))
def test_the_order_is_that_of_the_last_asking(tmp_path_factory, questions):
    recent = RecentQuestions(tmp_path_factory.mktemp("q") / "q.json")
    for question in questions:
        recent.add(question)
    wanted = list(dict.fromkeys(question.strip() for question in reversed(questions)))[:KEPT]
    assert list(recent.questions) == wanted


def test_a_folder_that_may_not_be_written_is_no_failure(tmp_path, caplog):
    (tmp_path / "file").touch()
    recent = RecentQuestions(tmp_path / "file" / "q.json")
    with caplog.at_level(logging.WARNING):
        recent.add("a")
    assert recent.last == "a"
    assert "could not be kept" in caplog.text
