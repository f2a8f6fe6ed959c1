"""Notes that a tag leaves out, asked about and worked on by command."""

import pytest

from core.paths import places
from core.settings import IndexSettings, Settings, save
from tests.scripted_replies import say

SECRET = "quexalotl"


@pytest.fixture
def vault(tmp_path, base):
    save(Settings(index=IndexSettings(exclude_tags=("private",))), places(base).settings_file)
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "Plan.md").write_text("# Plan\n\nThe beta opens in March.\n", encoding="utf-8")
    (folder / "Diary.md").write_text(f"The beta opens, says {SECRET}. #private/diary\n", encoding="utf-8")
    return folder


@pytest.fixture
def reply():
    return say("It opens in March [1].")


def test_it_is_found_by_nobody_and_told_as_left_out(run, vault, result):
    report = result(run("index", vault, "--json"))
    assert [(one["path"], one["reason"]) for one in report["skipped"]] == [
        ("Diary.md", "it carries a tag that you leave out")
    ]
    hits = result(run("search", vault, "when does the beta open", "--json"))
    assert "Plan.md" in str(hits)
    assert SECRET not in str(hits)


def test_a_question_is_answered_without_it(run, vault, server, result):
    result(run("ask", vault, "When does the beta open?", "--json"))
    assert server.chats
    assert SECRET not in "".join(chat.raw_body.decode() for chat in server.chats)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", ".", "When?", "--note", "Diary.md"),
        ("write", "Diary.md", "--vault", ".", "--prompt", "shorten"),
    ],
    ids=["ask", "write"],
)
def test_work_on_it_is_refused_in_the_same_words_as_for_a_path(run, vault, server, monkeypatch, arguments):
    monkeypatch.chdir(vault)
    code, _, said = run(*arguments)
    assert code == 1
    assert "'Diary.md' is left out by your rules, so nothing of it is sent to a model." in said
    assert server.chats == []
