"""The file of the recent questions, after somebody or something else wrote to it."""

import json

import pytest

from desktop.palette.recent import KEPT, RecentQuestions


@pytest.fixture
def file(tmp_path):
    return tmp_path / "questions.json"


def test_brackets_without_end_cost_the_memory_alone(file):
    file.write_text("[" * 200_000)
    recent = RecentQuestions(file)
    assert recent.questions == ()
    recent.add("问题")
    assert RecentQuestions(file).questions == ("问题",)


def test_a_file_with_a_question_twice_gives_it_once(file):
    file.write_text(json.dumps(["a", "b", "a", "c", "b"]))
    assert RecentQuestions(file).questions == ("a", "b", "c")


def test_a_file_that_is_too_long_gives_the_newest(file):
    file.write_text(json.dumps([f"question {n}" for n in range(KEPT + 20)]))
    recent = RecentQuestions(file)
    assert len(recent.questions) == KEPT
    assert recent.last == "question 0"


def test_chinese_can_be_read_in_the_file(file):
    RecentQuestions(file).add("什么时候发布？")
    assert "什么时候发布？" in file.read_text(encoding="utf-8")


def test_forgetting_removes_the_file_and_is_no_failure_twice(file):
    recent = RecentQuestions(file)
    recent.add("a")
    recent.forget()
    recent.forget()
    assert (recent.questions, recent.last, file.exists()) == ((), "", False)


def test_a_file_that_cannot_be_removed_is_told_in_the_log(file, caplog):
    recent = RecentQuestions(file)
    recent.add("a")
    file.unlink()
    file.mkdir()
    recent.forget()
    assert recent.questions == ()
    assert "could not be removed" in caplog.text


def test_two_windows_write_one_after_the_other(file):
    one, other = RecentQuestions(file), RecentQuestions(file)
    one.add("from one")
    other.add("from the other")
    assert RecentQuestions(file).last == "from the other"
