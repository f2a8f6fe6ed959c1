"""What a person types wrong, in every command: one sentence, status 2 or 1, nothing sent, nothing written."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cli.main import COMMANDS
from core.cli.write import form_values
from core.errors import UsageError

TEXT = "---\ntitle: Plan\n---\n# Plan\n\nWe open in March.\n\n- one\n- two\n"


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / "plan.md").write_text(TEXT, encoding="utf-8")
    return folder


def told(outcome):
    """The sentence of a command that could not be carried out, printed once and on standard error alone."""
    code, out, err = outcome
    assert out == ""
    assert err.startswith("pilotfish: ")
    assert err.count("\n") == 1
    return code, err.removeprefix("pilotfish: ").strip()


@pytest.mark.parametrize(
    "lines", ["0", "9-3", "1-99", "a-b", "-1", "3-", "1,2", "1-2-3", " ", "３０", "99999999999999"]
)
def test_lines_that_a_note_does_not_have_are_told_with_those_it_has(run, server, vault, lines):
    for command in (["write", "--prompt", "shorten"], ["check"]):
        code, sentence = told(run(command[0], vault / "plan.md", *command[1:], f"--lines={lines}"))
        assert code == 2
        assert sentence == f"--lines {lines}: the note has the lines 1-9."
    assert server.chats == []


@pytest.mark.parametrize("setting", ["length", "=short", " = ", ""])
def test_a_value_without_a_name_is_told_how_to_be_written(run, server, vault, setting):
    code, sentence = told(run("write", vault / "plan.md", "--prompt", "shorten", "--set", setting))
    assert (code, "write NAME=VALUE" in sentence) == (2, True)
    assert server.chats == []


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,10}", fullmatch=True), st.text(max_size=20), max_size=4))
def test_values_may_hold_anything_even_equal_signs(values):
    assert form_values([f"{name}={value}" for name, value in values.items()]) == values


def test_the_last_of_two_values_of_one_name_counts():
    assert form_values(["a=1", " a =2=3"]) == {"a": "2=3"}
    with pytest.raises(UsageError, match="--set b"):
        form_values(["a=1", "b"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["write", "NOTE"],
        ["write", "NOTE", "--prompt"],
        ["write", "NOTE", "--prompt", "shorten", "--tier", "cheap"],
        ["write", "NOTE", "--prompt", "shorten", "--candidates", "many"],
        ["write", "NOTE", "--prompt", "shorten", "--apply", "new_note"],
        ["check", "NOTE", "--tier", ""],
        ["ask", "VAULT"],
        ["ask", "VAULT", "x", "--tier", "both"],
        ["search", "VAULT", "x", "-k", "ten"],
        ["search", "VAULT", "x", "--mode", "magic"],
        ["prompts", "delete"],
        ["prompts", "list", "--language", "fr"],
        ["prompts", "eval", "shorten", "--against", "old"],
        ["export", "everything", "out"],
        ["export", "traces"],
        ["demo"],
        ["watch"],
        ["index", "VAULT", "another"],
        ["indexx", "VAULT"],
        ["--josn", "index", "VAULT"],
    ],
    ids=" ".join,
)
def test_a_slip_in_a_command_is_wrong_usage_and_shows_the_right_one(run, server, vault, tmp_path, arguments):
    named = {"NOTE": vault / "plan.md", "VAULT": vault}
    code, out, err = run(*(named.get(word, word) for word in arguments))
    assert (code, out) == (2, "")
    assert err.startswith("usage: pilotfish")
    assert "error: " in err
    assert server.chats == []
    assert not (tmp_path / "base" / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["search", "VAULT"], "either a QUERY or --queries"),
        (["search", "VAULT", "x", "--queries", "f"], "either a QUERY or --queries"),
        (["search", "VAULT", "x", "-k", "0"], "-k must be at least 1"),
        (["search", "VAULT", "x", "-k=-3"], "-k must be at least 1"),
        (["search", "VAULT", "--queries", "no-such-file"], "cannot be read"),
        (["ask", "VAULT", "  \t "], "question is empty"),
        (["prompts", "show"], "`prompts show` needs the id"),
        (["prompts", "eval"], "`prompts eval` needs the id"),
        (["export", "traces", "out", "--since", "yesterday"], "YYYY-MM-DD"),
        (["export", "traces", "out", "--since", "2026-02-30"], "YYYY-MM-DD"),
        (["export", "finetune", "out", "--since", "二〇二六"], "YYYY-MM-DD"),
        (["export", "finetune", "no/such/folder/out.jsonl"], "cannot be written"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_does_not_go_together_is_told_in_words(run, vault, monkeypatch, arguments, words):
    monkeypatch.chdir(vault.parent)
    code, sentence = told(run(*(vault if word == "VAULT" else word for word in arguments)))
    assert code == 2
    assert words in sentence


@pytest.mark.parametrize("command", ["index", "search", "ask", "demo"])
@pytest.mark.parametrize("place", ["missing", "file"])
def test_a_vault_that_is_none_is_told_and_nothing_is_made_there(run, server, vault, command, place):
    chosen = vault / "missing" if place == "missing" else vault / "plan.md"
    words = ["x"] if command in ("search", "ask") else []
    code, sentence = told(run(command, chosen, *words))
    assert code == 1
    assert chosen.name in sentence
    assert not (vault / "missing").exists()
    assert server.chats == []


@pytest.mark.parametrize("command", [["write", "--prompt", "shorten"], ["check"]], ids=lambda c: c[0])
@pytest.mark.parametrize("name", ["none.md", "笔记 不在.md", ""])
def test_a_note_that_is_none_is_told_by_its_name(run, server, vault, command, name):
    code, sentence = told(run(command[0], vault / name, *command[1:]))
    assert (code, str(vault / name) in sentence) == (1, True)
    assert server.chats == []


def test_a_note_that_is_no_text_is_told_and_left_alone(run, server, vault):
    (vault / "picture.md").write_bytes(bytes(range(256)) * 40)
    code, sentence = told(run("write", vault / "picture.md", "--prompt", "shorten"))
    assert (code, "picture.md" in sentence) == (1, True)
    assert (vault / "picture.md").read_bytes() == bytes(range(256)) * 40


def test_a_note_too_large_is_told_before_it_is_read(run, server, vault):
    with (vault / "huge.md").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)
    code, sentence = told(run("check", vault / "huge.md"))
    assert (code, "'huge.md' has 200 MiB; notes up to" in sentence) == (1, True)
    assert server.chats == []


def test_a_prompt_that_does_not_exist_is_told_by_its_name(run, server, vault):
    for arguments in (["write", vault / "plan.md", "--prompt", "缩短吧"], ["prompts", "show", "缩短吧"]):
        code, sentence = told(run(*arguments))
        assert (code, "缩短吧" in sentence) == (1, True)


def test_a_version_that_does_not_exist_is_told(run, server):
    code, sentence = told(run("prompts", "eval", "shorten", "--against", "77"))
    assert (code, "version 77" in sentence) == (1, True)
    assert server.chats == []


@pytest.mark.parametrize(
    "content",
    ["nonsense", "[1]", '{"id": "a"}', '"text"', '{"text": "a"}\n{', "\ufffe"],
    ids=["words", "list", "no text", "string", "second line", "odd"],
)
def test_queries_that_are_none_are_told_with_what_they_must_be(run, vault, tmp_path, content):
    file = tmp_path / "queries.jsonl"
    file.write_text(content, encoding="utf-8")
    code, sentence = told(run("search", vault, "--queries", file))
    assert code == 2
    assert '{"id": .., "text": ..}' in sentence


def test_queries_that_are_no_utf8_are_told_the_same_way(run, vault, tmp_path):
    file = tmp_path / "queries.jsonl"
    file.write_bytes('{"text": "公测"}'.encode("gb18030"))
    code, sentence = told(run("search", vault, "--queries", file))
    assert (code, "queries.jsonl" in sentence) == (2, True)


def test_a_line_separator_inside_a_text_ends_no_line_of_cases(run, server, tmp_path):
    file = tmp_path / "cases.jsonl"
    case = {"name": "one", "text": "first\u2028second\x85third", "holds": ["Words"]}
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(case, ensure_ascii=False).encode() + b"\r\n\r\n")
    code, out, err = run("prompts", "eval", "shorten", "--set", file, "--json")
    assert code == 0, err
    (version,) = json.loads(out)["versions"]
    assert [case["name"] for case in version["cases"]] == ["one"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such permission bits")
def test_a_set_of_cases_that_is_a_folder_is_told(run, server, tmp_path):
    code, sentence = told(run("prompts", "eval", "shorten", "--set", tmp_path))
    assert (code, "cannot be read" in sentence) == (2, True)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_of_a_command_names_its_arguments_and_does_nothing(run, tmp_path, name):
    code, out, err = run(name, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: pilotfish {name}")
    assert "--base-dir" in out
    assert not (tmp_path / "base").exists()


def test_the_help_of_all_names_every_command_once_with_its_work(run):
    code, out, _ = run("--help")
    flat = " ".join(out.split())
    assert code == 0
    for name, work in COMMANDS.items():
        assert f" {name} {work}" in flat


def test_words_and_options_come_in_any_order(run, vault, result):
    asked = [
        result(run("search", *words, "--mode", "text"))["hits"]
        for words in (
            [vault, "--json", "March"],
            ["--json", vault, "March"],
            [vault, "-k", "3", "March", "--json"],
        )
    ]
    assert asked[0][0]["path"] == "plan.md"
    assert asked[1:] == asked[:1] * 2


def test_files_stand_on_both_sides_of_an_option(run, vault):
    code, out, _ = run("import", vault, vault / "one.pdf", "--json", vault / "two.pdf")
    assert code == 1
    assert [entry["file"][-7:] for entry in json.loads(out)["failed"]] == ["one.pdf", "two.pdf"]


@pytest.mark.parametrize("words", [["a", "b", "c"], ["a", "b", "--json", "c"], ["a", "--bogus", "b"]])
def test_a_word_too_many_is_wrong_usage(run, words):
    code, out, err = run("search", *words)
    assert (code, out) == (2, "")
    assert "unrecognized arguments" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["search", "vault", "--mode", "words"], "argument --mode: 'words' is none of hybrid, vector, text"),
        (["ask", "vault", "Why?", "--tier", "slow"], "argument --tier: 'slow' is none of fast, precise"),
        (["write", "n.md", "--prompt", "p", "--apply", "x"], "'x' is none of insert, replace, append"),
    ],
)
def test_a_value_that_an_option_does_not_have_is_told_with_those_it_has(run, words, said):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("words", [["index", ""], ["search", "", "March"], ["--base-dir", "", "doctor"]])
def test_a_folder_without_a_name_is_not_the_folder_one_is_in(run, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "the name of the folder is empty" in err
    assert not list(tmp_path.iterdir())


def test_fewer_than_no_candidates_are_wrong_usage(run, server, vault):
    code, sentence = told(run("write", vault / "plan.md", "--prompt", "shorten", "--candidates", "-1"))
    assert (code, sentence) == (2, "--candidates must be at least 1.")
    assert server.chats == []
