"""`write`, `check`, `prompts` and `export` as the console script calls them."""

import json
import shutil
from pathlib import Path

import pytest

from core.llm.chat import Message, Role
from core.session.archive import FILE_NAME, Archive
from core.session.model import Outcome
from core.session.traces import Traces
from tests.scripted_replies import say, stall, status
from tests.scripted_server import ScriptedServer

WELCOME = Path(__file__).parents[3] / "resources" / "vault"
NOTE = "# Plan\n\nWe open the beta in March, as has been said.\n\n- first item\n- second item\n"


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / "sub").mkdir()
    (folder / "sub" / "note.md").write_bytes(NOTE.replace("\n", "\r\n").encode())
    return folder


@pytest.fixture
def note(vault):
    return vault / "sub" / "note.md"


@pytest.fixture
def run_on_note(run, note):
    return lambda *arguments: run("write", note, *arguments)


def backups(tmp_path):
    return [file for file in (tmp_path / "base" / "data" / "backups").rglob("*.md") if file.is_file()]


def test_without_apply_the_note_stays_byte_for_byte(run, server, note, result):
    before = note.read_bytes()
    given = result(run("write", note, "--prompt", "shorten", "--lines", "3", "--candidates", "1", "--json"))
    assert given["candidates"] == ["We open in March."]
    assert given["applied"] is False
    assert note.read_bytes() == before
    assert set(given) >= {
        "diff",
        "model",
        "tier",
        "usage",
        "cost_usd",
        "first_token_ms",
        "total_ms",
        "trace_id",
    }


def test_the_diff_marks_words(run, server, note, result):
    given = result(run("write", note, "--prompt", "shorten", "--lines", "3", "--candidates", "1", "--json"))
    assert given["diff"] == "We open [-the beta -]in March[-, as has been said-]."


def test_a_replaced_line_keeps_the_rest_its_line_ends_and_a_backup(run, server, note, tmp_path, result):
    before = note.read_bytes()
    given = result(
        run(
            "write",
            note,
            "--prompt",
            "shorten",
            "--lines",
            "3",
            "--candidates",
            "1",
            "--apply",
            "replace",
            "--json",
        )
    )
    assert given["applied"] is True
    assert note.read_bytes() == before.replace(
        b"We open the beta in March, as has been said.", b"We open in March."
    )
    (kept,) = backups(tmp_path)
    assert kept.read_bytes() == before


def test_an_inserted_paragraph_stands_apart(run, server, note, result):
    result(run("write", note, "--prompt", "key-points", "--lines", "3", "--apply", "insert", "--json"))
    text = note.read_text(encoding="utf-8")
    assert "as has been said.\n\nWe open in March.\n\n- first item" in text


def test_an_inserted_item_joins_its_list(run, server, note, result):
    server.then(say("a new item"))
    result(run("write", note, "--prompt", "explain", "--lines", "5", "--apply", "insert", "--json"))
    assert "- first item\n- a new item\n- second item\n" in note.read_text(encoding="utf-8")


def test_what_is_appended_comes_last(run, server, note, result):
    result(run("write", note, "--prompt", "summary", "--apply", "append", "--candidates", "1", "--json"))
    assert note.read_text(encoding="utf-8").endswith("- second item\n\nWe open in March.\n")


def test_an_incomplete_text_replaces_nothing(run, server, note):
    server.then(say("We op", finish=None))
    before = note.read_bytes()
    code, _, err = run(
        "write", note, "--prompt", "shorten", "--lines", "3", "--candidates", "1", "--apply", "replace"
    )
    assert (code, "incomplete" in err) == (2, True)
    assert note.read_bytes() == before


def test_a_note_that_changed_meanwhile_is_not_overwritten(run, note, monkeypatch):
    async def change(exchange):
        note.write_text("changed by somebody else", encoding="utf-8")
        await say("We open in March.")(exchange)

    with ScriptedServer(change) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        code, _, err = run("write", note, "--prompt", "grammar", "--lines", "3", "--apply", "replace")
    assert (code, "changed" in err) == (1, True)
    assert note.read_text(encoding="utf-8") == "changed by somebody else"


def test_the_form_reaches_the_model_and_a_missing_value_is_named(run, server, note, result):
    result(
        run("write", note, "--prompt", "translate", "--set", "target=German", "--candidates", "1", "--json")
    )
    assert "German" in json.dumps(server.chats[0].body)
    code, _, err = run("write", note, "--prompt", "email")
    assert (code, "recipient" in err) == (2, True)
    assert len(server.chats) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--prompt", "no-such"), 1, "no-such"),
        (("--prompt", "shorten", "--lines", "9-99"), 2, "1-6"),
        (("--prompt", "shorten", "--lines", "x"), 2, "1-6"),
        (("--prompt", "shorten", "--set", "length"), 2, "NAME=VALUE"),
        (("--prompt", "shorten", "--set", "colour=red"), 2, "colour"),
    ],
)
def test_what_makes_no_sense_is_said_before_anything_is_sent(server, run_on_note, arguments, code, words):
    got, _, err = run_on_note(*arguments)
    assert (got, words in err) == (code, True)
    assert server.chats == []


def test_a_note_that_is_not_there_is_said(run, server, tmp_path):
    code, _, err = run("write", tmp_path / "none.md", "--prompt", "shorten")
    assert (code, "There is no note" in err) == (1, True)


def test_a_note_outside_the_named_vault_is_refused(run, server, note, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    assert run("write", note, "--prompt", "shorten", "--vault", other)[0] == 2


def test_candidates_are_shown_to_a_person_one_after_the_other(run, server, note):
    server.then(say("We open in March."), say("The beta: from March on, for all."))
    code, out, _ = run("write", note, "--prompt", "shorten", "--lines", "3", "--candidates", "2")
    assert code == 0
    assert "(1)" in out and "(2)" in out
    assert "nothing was written" in out


def test_a_failing_model_is_one_plain_sentence(run, server, note):
    server.then(status(401, "Incorrect API key"))
    code, _, err = run("write", note, "--prompt", "grammar")
    assert (code, "key" in err) == (1, True)


def test_a_text_is_checked_against_the_vault(run, tmp_path, monkeypatch, result):
    monkeypatch.setattr("core.llm.providers.installed_weights", lambda: None)
    copied = tmp_path / "welcome"
    shutil.copytree(WELCOME, copied)
    claims = (
        "We open the beta in March because the waiting list passed 2 000 people in November.\n"
        "We open the beta in March because the waiting list passed 5 000 people in November.\n"
        "Elephants sleep standing up in the dry season.\n"
    )
    (copied / "Draft.md").write_text(f"# Draft\n\n{claims}", encoding="utf-8")
    given = result(run("check", copied / "Draft.md", "--vault", copied, "--json"))
    verdicts = [claim["verdict"] for claim in given["claims"]]
    assert verdicts[-1] == "not_found"
    assert all(
        c["verified"] and c["path"] != "Draft.md" for claim in given["claims"] for c in claim["citations"]
    )
    assert [claim["line"] for claim in given["claims"]] == [3, 4, 5]
    code, out, _ = run("check", copied / "Draft.md", "--vault", copied, "--lines", "5", "--no-model")
    assert (code, out.startswith("not found")) == (0, True)


def test_the_library_is_listed_in_both_languages_with_own_prompts(run, vault):
    folder = vault / ".pilotfish" / "prompts"
    folder.mkdir(parents=True)
    (folder / "mine.md").write_text("---\ntitle: {en: Mine, zh: 我的}\n---\n{{ text }}", encoding="utf-8")
    (folder / "broken.md").write_text("---\ntier: cheap\n---\n{{ text }}", encoding="utf-8")
    code, out, err = run("prompts", "list", "--vault", vault, "--language", "zh", "--json")
    prompts = json.loads(out)["prompts"]
    assert code == 0
    assert prompts[0]["title"] == "我的"
    assert len(prompts) > 40
    assert set(prompts[0]) >= {"id", "version", "title", "scope", "tier", "cases"}
    assert "broken.md, line 2" in err
    assert "润色" in run("prompts", "list", "--language", "zh")[1]


def test_a_prompt_is_shown_with_its_form(run, result):
    code, out, _ = run("prompts", "show", "translate", "--language", "en")
    assert code == 0
    assert "--set target=" in out and "literary translator" in out
    assert result(run("prompts", "show", "translate", "--json"))["id"] == "translate"
    assert run("prompts", "show")[0] == 2
    assert run("prompts", "show", "none")[0] == 1


def test_an_evaluation_tells_what_failed(run, server, tmp_path, result):
    cases = tmp_path / "cases.jsonl"
    cases.write_text(
        '{"name": "keeps March", "text": "We open in March, as said.", "holds": ["March"]}\n'
        '{"name": "keeps names", "text": "Anna opens it.", "holds": ["Anna"], "longest": 9}\n',
        encoding="utf-8",
    )
    given = result(run("prompts", "eval", "shorten", "--set", cases, "--json"))
    (version,) = given["versions"]
    assert [case["failed"] for case in version["cases"]] == [[], ["holds Anna"]]
    assert version["score"] == pytest.approx((1 + 2 / 3) / 2)
    code, out, _ = run("prompts", "eval", "shorten", "--set", cases)
    assert (code, "not holds Anna" in out) == (0, True)


def test_two_versions_are_evaluated_side_by_side(run, server, vault, result):
    folder = vault / ".pilotfish" / "prompts"
    folder.mkdir(parents=True)
    for version in (1, 2):
        (folder / f"mine@{version}.md").write_text(
            f"---\nversion: {version}\ncases: [{{name: a, text: One two three., holds: [March]}}]\n---\n"
            f"V{version}\n{{{{ text }}}}",
            encoding="utf-8",
        )
    given = result(run("prompts", "eval", "mine", "--vault", vault, "--against", "1", "--json"))
    assert [version["version"] for version in given["versions"]] == [2, 1]
    assert [f"V{n}" in json.dumps(chat.body) for n, chat in zip((2, 1), server.chats, strict=True)] == [
        True,
        True,
    ]


def test_an_evaluation_without_cases_says_how_to_get_some(run, server, tmp_path):
    assert "--set" in run("prompts", "eval", "briefing")[2]
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"name": "x"}\n', encoding="utf-8")
    assert "Line 1" in run("prompts", "eval", "shorten", "--set", bad)[2]
    assert run("prompts", "eval", "shorten", "--set", tmp_path / "none")[0] == 2


def test_accepted_suggestions_are_exported_in_two_parts(run, tmp_path, result):
    archive = Archive(tmp_path / "base" / "data" / FILE_NAME)
    traces = Traces(archive)
    for n in range(40):
        asked = (Message(Role.SYSTEM, "rules"), Message(Role.USER, f"文字 {n}"))
        traces.note_outcome(f"r{n}", Outcome.INSERTED, asked=asked, answer=f"短 {n}")
    traces.note_outcome("bad", Outcome.REFUSED, asked=asked, answer="x")
    traces.note_outcome("key", Outcome.INSERTED, asked=asked, answer="sk-abcdefghijklmnop1234")
    archive.close()
    out = tmp_path / "out.jsonl"
    given = result(run("export", "finetune", out, "--json"))
    assert given["train"] + given["test"] == 40
    assert {entry["reason"]: entry["count"] for entry in given["rejected"]} == {
        "refused": 1,
        "holds a key": 1,
    }
    lines = out.read_text(encoding="utf-8").splitlines()
    assert len(lines) == given["train"]
    assert [turn["role"] for turn in json.loads(lines[0])["messages"]] == ["system", "user", "assistant"]
    assert "文字" in lines[0]
    assert result(run("export", "finetune", out, "--since", "2999-01-01", "--json"))["train"] == 0
    assert run("export", "finetune", out, "--since", "yesterday")[0] == 2
    assert run("export", "finetune", tmp_path / "none" / "x.jsonl")[0] == 2


def test_an_interrupted_write_leaves_the_note_as_it_was(run, note, monkeypatch):
    before = note.read_bytes()

    async def interrupt(exchange):
        monkeypatch.setattr("core.cli.write._Shower.show", _stop)
        await stall("words")(exchange)

    def _stop(*_):
        raise KeyboardInterrupt

    with ScriptedServer(interrupt) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        code, _, _ = run("write", note, "--prompt", "grammar", "--apply", "replace")
        server.disconnects.wait()
    assert code == 130
    assert note.read_bytes() == before


def test_a_question_from_the_command_line_is_in_the_ledger_too(run, server, vault, tmp_path, result):
    result(run("ask", vault, "When do we open the beta?", "--json"))
    archive = Archive(tmp_path / "base" / "data" / FILE_NAME)
    (row,) = Traces(archive).ledger().by_prompt
    archive.close()
    assert (row.key, row.calls) == ("ask", 1)
    out = tmp_path / "traces.json"
    assert result(run("export", "traces", out, "--json")) == {"spans": 1}
    exported = out.read_text(encoding="utf-8")
    assert "gen_ai.request.model" in exported
    assert "When do we open" not in exported


def test_a_picture_goes_along_with_a_question(run, server, vault, tmp_path, result):
    (tmp_path / "fish.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 9)
    server.then(say("A pilot fish."))
    given = result(run("ask", vault, "What is this?", "--image", tmp_path / "fish.png", "--json"))
    assert given["answer"] == "A pilot fish."
    assert server.chats[0].body["messages"][-1]["content"][1]["type"] == "image_url"
    code, _, err = run("ask", vault, "What is this?", "--image", vault / "sub" / "note.md")
    assert (code, "no PNG" in err) == (2, True)
