"""`pilotfish complete` as a script calls it."""

import pytest

from core.paths import places
from core.settings import IndexSettings, Settings, save
from tests.scripted_replies import say, status

NOTE = "# 计划\n\n- 测试版在三月\n- \n\n[[测\n"


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    for number in range(6):
        (folder / f"周报{number}.md").write_text(
            "- 测试版在三月发布，等候名单超过两千人。\n- 流失率降到百分之三。\n", encoding="utf-8"
        )
    (folder / "计划.md").write_text(NOTE, encoding="utf-8")
    return folder


@pytest.fixture
def complete(run, vault):
    def complete(line, column, *more, note="计划.md"):
        return run("complete", vault / note, "--line", line, "--column", column, *more)

    return complete


@pytest.fixture
def reply():
    return say("年底发布。")


def test_a_repeated_phrase_is_offered_from_the_vault_without_any_model(complete, result):
    found = result(complete(3, 8, "--json"))
    assert found["source"] == "vault"
    assert found["candidates"][0]["text"].startswith("发布")
    assert found["candidates"][0]["kind"] in ("word", "sentence", "item")
    assert found["ms"] >= 0


def test_where_nothing_is_worth_it_nothing_is_offered(complete, result):
    assert result(complete(1, 4, "--json"))["candidates"] == []
    assert "Nothing" in complete(1, 4)[1]


def test_a_model_speaks_where_the_vault_is_silent(complete, server, result):
    found = result(complete(1, 4, "--json"))
    assert found == {**found, "candidates": [{"text": "年底发布。", "kind": "line"}], "source": "model"}
    (request,) = server.chats
    assert request.body["stop"] == ["\n"]
    assert request.body["messages"][-1]["content"].endswith("# 计划<caret/>\n\n- 测试版在三月\n- \n\n[[测\n")


def test_more_candidates_are_other_words(complete, server, result):
    server.then(say("年底发布。"), say("年底发布。"), say("明年发布。"))
    found = result(complete(1, 4, "--candidates", "3", "--json"))
    texts = [candidate["text"] for candidate in found["candidates"]]
    assert {"年底发布。", "明年发布。"} <= set(texts)
    assert len(texts) == len(set(texts)) <= 3


def test_nothing_within_a_link_and_no_request_either(complete, server, result):
    assert result(complete(6, 3, "--json"))["candidates"] == []
    assert server.chats == []


def test_a_model_that_fails_leaves_the_vaults_words(complete, server, result):
    server.then(status(401, "bad key"))
    assert result(complete(3, 8, "--json"))["source"] == "vault"
    code, _, err = complete(1, 4)
    assert (code, err) == (0, "")


def test_a_note_with_a_tag_that_is_left_out_speaks_nowhere_and_meets_no_model(
    complete, server, result, vault, base
):
    save(Settings(index=IndexSettings(exclude_tags=("周报", "计划"))), places(base).settings_file)
    for number in range(6):
        with (vault / f"周报{number}.md").open("a", encoding="utf-8") as note:
            note.write("#周报/每周\n")
    found = result(complete(3, 8, "--json"))
    assert (found["source"], found["candidates"][0]["text"]) == ("model", "年底发布。")
    (vault / "计划.md").write_text("#计划\n" + NOTE, encoding="utf-8")
    asked = len(server.chats)
    assert result(complete(2, 4, "--json"))["candidates"] == []
    assert len(server.chats) == asked


def test_words_are_for_people_without_json(complete):
    code, out, _ = complete(3, 8)
    assert code == 0
    assert out.startswith("发布")
    assert "from the vault" in out


@pytest.mark.parametrize(
    ("line", "column", "more"),
    [(99, 0, []), (0, 0, []), (3, 99, []), (3, -1, []), (3, 8, ["--candidates", "0"])],
)
def test_a_place_that_is_none_is_wrong_usage(complete, line, column, more):
    code, out, err = complete(line, column, *more)
    assert code == 2
    assert out == ""
    assert err.startswith("pilotfish: --")


def test_a_note_that_is_missing_is_a_failure_in_one_sentence(complete):
    code, _, err = complete(1, 0, note="fehlt.md")
    assert code == 1
    assert err.count("\n") == 1
