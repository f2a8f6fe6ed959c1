"""The commands, called as the console script calls them: exit status, JSON, words, and no traceback ever."""

import json
import os
import shutil
from pathlib import Path

import pytest

from core.cli.main import COMMANDS, main
from tests.scripted_replies import html, say, status

WELCOME = Path(__file__).parents[3] / "resources" / "vault"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory):
    """A copy of the welcome vault with its index, made once for all tests that only read it."""
    folder = tmp_path_factory.mktemp("indexed")
    shutil.copytree(WELCOME, folder / "vault")
    assert main(["--base-dir", str(folder / "base"), "index", str(folder / "vault"), "--json"]) == 0
    return folder


@pytest.fixture
def base(indexed):
    return indexed / "base"


@pytest.fixture
def run(run, indexed):
    """Run a command on the indexed vault, or on another one."""

    def run_there(command, *arguments, vault=None):
        place = [vault or indexed / "vault"] if command != "doctor" else []
        return run(command, *place, *arguments)

    return run_there


@pytest.fixture
def reply():
    return say("It opens in March [1].")


def test_a_second_index_run_embeds_nothing_and_counts_everything(run, result):
    report = result(run("index", "--json"))
    assert report["notes"] == len(list(WELCOME.rglob("*.md")))
    assert (report["embedded"], report["added"], report["changed"], report["removed"]) == (0, 0, 0, 0)
    assert report["unchanged"] == report["notes"]
    assert set(report) >= {"documents", "chunks", "skipped", "seconds", "model"}


def test_a_rebuild_takes_its_vectors_from_the_cache(run, result):
    report = result(run("index", "--rebuild", "--json"))
    assert report["added"] == report["notes"]
    assert report["embedded"] == 0


def test_a_search_names_places_that_exist_in_the_file(run, indexed, result):
    hits = result(run("search", "公测什么时候开始", "--json"))["hits"]
    assert hits[0]["path"] == "项目/发布计划.md"
    lines = (indexed / "vault" / hits[0]["path"]).read_text(encoding="utf-8").splitlines()
    passage = "\n".join(lines[hits[0]["start_line"] - 1 : hits[0]["end_line"]])
    assert hits[0]["text"].strip() in passage
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


@pytest.mark.parametrize("mode", ["hybrid", "vector", "text"])
def test_queries_from_a_file_are_answered_one_a_line_in_order(run, tmp_path, mode):
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"id": "a", "text": "churn"}\n\n{"id": "b", "text": "番茄钟"}\n', encoding="utf-8")
    code, out, _ = run("search", "--queries", str(queries), "--mode", mode, "-k", "3", "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert answers[1]["hits"][0]["path"] == "阅读/番茄工作法.md"
    assert all(len(answer["hits"]) <= 3 and answer["ms"] >= 0 for answer in answers)


def test_as_many_passages_may_be_wanted_as_nobody_has(run, result):
    hits = result(run("search", "beta", "-k", str(10**30), "--mode", "text", "--json"))["hits"]
    assert 0 < len(hits) < 100


def test_folder_and_tag_narrow_a_search(run, result):
    hits = result(run("search", "beta", "--folder", "Projects", "--json"))["hits"]
    assert hits
    assert all(hit["path"].startswith("Projects/") for hit in hits)
    tagged = result(run("search", "note", "--tag", "#reading", "--json"))["hits"]
    assert [hit["path"] for hit in tagged] == ["Reading/How to take smart notes.md"]


def test_explain_shows_what_each_signal_gave(run, result):
    (hit, *_) = result(run("search", "churn in the pilot", "--explain", "--json"))["hits"]
    assert hit["signals"]


def test_words_for_a_person_name_file_and_line(run):
    _, out, _ = run("search", "churn in the pilot")
    assert "Projects/Pilot review.md:" in out


def test_an_answer_is_streamed_cited_and_checked(run, server, result):
    answer = result(run("ask", "When does the beta open?", "--json"))
    assert answer["answer"] == "It opens in March [1]."
    assert answer["citations"][0]["verified"]
    assert set(answer) >= {"model", "tier", "usage", "cost_usd", "first_token_ms", "total_ms", "trace_id"}


def test_the_open_note_goes_along(run, server, result):
    result(run("ask", "How many called the price fair?", "--note", "Projects/Pricing.md", "--json"))
    sent = json.dumps(server.chats[-1].body, ensure_ascii=False)
    assert "58 % called it" in sent


@pytest.mark.parametrize(
    ("behaviour", "words"), [(status(401), "key"), (html(), "answer"), (status(404), "model")]
)
def test_a_failing_model_is_one_plain_sentence(run, server, behaviour, words):
    server.then(behaviour)
    code, out, err = run("ask", "When does the beta open?", "--json")
    assert (code, out) == (1, "")
    assert words in err.lower()
    assert err.count("\n") == 1


def test_a_question_nobody_wrote_about_is_not_found(run, server, result):
    answer = result(run("ask", "How do penguins hatch their eggs?", "--json"))
    assert answer["finish"] == "not_found"
    assert server.chats == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["nonsense"], 2),
        (["search", str(WELCOME)], 2),
        (["search", str(WELCOME), "x", "--queries", "y"], 2),
        (["search", str(WELCOME), "x", "-k", "0"], 2),
        (["search", str(WELCOME), "x", "--mode", "magic"], 2),
        (["search", str(WELCOME), "--queries", "/nonexistent.jsonl"], 2),
        (["ask", str(WELCOME), "   "], 2),
        (["index", "/no/such/folder"], 1),
        (["index", __file__], 1),
        (["ask", str(WELCOME), "x", "--note", "../outside.md"], 1),
    ],
)
def test_what_cannot_be_done_is_said_on_standard_error(arguments, code, capsys, tmp_path):
    assert main(["--base-dir", str(tmp_path), *arguments]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err
    assert "Traceback" not in printed.err


def test_a_note_outside_the_vault_is_told_as_such(capsys, tmp_path):
    assert main(["--base-dir", str(tmp_path), "ask", str(WELCOME), "x", "--note", "../outside.md"]) == 1
    assert "no path within the vault" in capsys.readouterr().err


def test_common_options_are_taken_before_and_after_the_command(capsys, tmp_path):
    for arguments in (
        ["--json", "--base-dir", str(tmp_path), "doctor"],
        ["doctor", "--base-dir", str(tmp_path), "--json"],
    ):
        assert main(arguments) == 0
        assert json.loads(capsys.readouterr().out)["folder for data"]["value"].startswith(str(tmp_path))


def test_doctor_gives_every_finding_a_verdict_and_a_hint_where_it_fails(run, result):
    found = result(run("doctor", "--json"))
    assert all(set(finding) == {"ok", "value", "hint"} for finding in found.values())
    assert all(finding["hint"] for finding in found.values() if not finding["ok"])


def test_a_damaged_settings_file_is_set_aside_and_the_command_goes_on(capsys, tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text("schema_version = [", encoding="utf-8")
    assert main(["--base-dir", str(tmp_path), "doctor", "--json"]) == 0
    printed = capsys.readouterr()
    assert "config.toml.bad-" in printed.err
    json.loads(printed.out)


def test_the_demo_inserts_into_a_copy_and_leaves_the_vault_as_it_was(run, server, indexed):
    before = {file: file.read_bytes() for file in (indexed / "vault").rglob("*.md")}
    code, out, _ = run("demo")
    assert code == 0
    assert "+It opens in March" in out
    assert {file: file.read_bytes() for file in (indexed / "vault").rglob("*") if file.is_file()} == before


def test_every_command_explains_itself(capsys):
    for command in COMMANDS:
        assert main([command, "--help"]) == 0
        assert command in capsys.readouterr().out


def test_an_empty_vault_is_no_error(capsys, tmp_path):
    (tmp_path / "empty").mkdir()
    base = ["--base-dir", str(tmp_path / "base")]
    assert main([*base, "index", str(tmp_path / "empty"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == 0
    assert main([*base, "search", str(tmp_path / "empty"), "x", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hits"] == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_said(capsys, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    assert main(["--base-dir", str(tmp_path), "index", str(locked)]) == 1
    assert "read" in capsys.readouterr().err
