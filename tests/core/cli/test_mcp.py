"""`pilotfish mcp` as a process of its own, asked by the official client over its standard streams."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import anyio
import pytest
from mcp.client.client import Client  # noqa: TID253
from mcp.client.stdio import StdioServerParameters, stdio_client  # noqa: TID253
from mcp_types import CallToolResult, Implementation  # noqa: TID253

from core.mcp.tools import MOST_CHARACTERS, MOST_NOTES, MOST_PASSAGES
from core.paths import places
from core.settings import IndexSettings, Settings, save

REPOSITORY = Path(__file__).parents[3]
PATIENCE_S = 90
LONG = "\n".join(f"{number} {'=' * 600}" for number in range(100)) + " #long"
HIDDEN = "\u200b\u202e\U000e0041"

NOTES = {
    "Launch.md": "# Launch\n\nThe beta opens in March, see [[公测]] and [[Secret]].\n\n#beta/first\n",
    "项目/公测.md": "---\ntags: [beta]\n---\n# 公测\n\n三月开始公测。\n",
    "Hidden.md": f"# Hidden{HIDDEN}\n\nOrders{HIDDEN} in a quokka's pouch.\n",
    "Long.md": LONG,
    "private/Secret.md": "# Secret\n\nThe quokka opens the safe, see [[Launch]].\n",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a vault and what the program keeps; one note is excluded from the start."""
    folder = tmp_path_factory.mktemp("mcp")
    for path, text in NOTES.items():
        file = folder / "vault" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / "vault" / ".pilotfishignore").write_text("private/\n", encoding="utf-8")
    (folder / "outside.md").write_text("# Outside\n", encoding="utf-8")
    return folder


def command(place):
    return [sys.executable, "-m", "desktop", "--base-dir", str(place / "base"), "mcp", str(place / "vault")]


def server_of(place):
    program, *arguments = command(place)
    return StdioServerParameters(command=program, args=arguments, cwd=REPOSITORY, env=dict(os.environ))


def talk(place, conversation):
    """Start the command twice, have the conversation with both, and close their input."""

    async def whole():
        with anyio.fail_after(PATIENCE_S):
            async with (
                Client(stdio_client(server_of(place)), mode="legacy") as client,
                Client(stdio_client(server_of(place)), mode="auto") as other,
            ):
                return await conversation(client, other)

    return anyio.run(whole)


class Told(NamedTuple):
    server: Implementation
    instructions: str
    offered: list
    answers: dict
    before: list
    after: list
    found: CallToolResult


CALLS = {
    "found": ("search_notes", {"query": "When does the beta open?", "limit": 3}),
    "chinese": ("search_notes", {"query": "公测什么时候开始", "folder": "项目"}),
    "tagged": ("search_notes", {"query": "beta", "tag": "#beta"}),
    "not a secret": ("search_notes", {"query": "quokka"}),
    "all": ("list_notes", {}),
    "some": ("list_notes", {"limit": 2}),
    "in a folder": ("list_notes", {"folder": "项目"}),
    "note": ("read_note", {"path": "Launch.md"}),
    "line": ("read_note", {"path": "Launch.md", "start_line": 3, "end_line": 3}),
    "hidden": ("read_note", {"path": "Hidden.md"}),
    "long": ("read_note", {"path": "Long.md"}),
    "links": ("linked_notes", {"path": "Launch.md"}),
    "linked": ("linked_notes", {"path": "项目/公测.md"}),
}
FAULTS = {
    "secret": ("read_note", {"path": "private/Secret.md"}),
    "links of a secret": ("linked_notes", {"path": "private/Secret.md"}),
    "a title": ("read_note", {"path": "[[公测]]"}),
    "another place": ("linked_notes", {"path": "archive/launch.md"}),
    "not there": ("read_note", {"path": "Nowhere.md"}),
    "up": ("read_note", {"path": "../outside.md"}),
    "round about": ("read_note", {"path": "项目/../../outside.md"}),
    "absolute": ("read_note", {"path": "/etc/passwd"}),
    "rules": ("read_note", {"path": ".pilotfishignore"}),
    "no document": ("read_note", {"path": "document://report.pdf"}),
    "NUL": ("read_note", {"path": "Launch.md\0"}),
    "no such line": ("read_note", {"path": "Launch.md", "start_line": 99}),
    "backwards": ("read_note", {"path": "Launch.md", "start_line": 3, "end_line": 2}),
    "no words": ("search_notes", {"query": " "}),
    "no query": ("search_notes", {}),
    "too many": ("search_notes", {"query": "beta", "limit": MOST_PASSAGES + 1}),
    "none": ("list_notes", {"limit": 0}),
    "too many notes": ("list_notes", {"limit": MOST_NOTES + 1}),
    "a word for a number": ("list_notes", {"limit": "all"}),
    "unknown tool": ("write_note", {"path": "Launch.md", "text": "gone"}),
}


@pytest.fixture(scope="module")
def told(place):
    """What two servers on one vault say, the second in the protocol's newest revision, without handshake.

    Once both have answered, more is excluded: by the vault's own file, and by path and tag in the settings.
    """
    rules, settings = place / "vault" / ".pilotfishignore", places(place / "base").settings_file

    async def conversation(client, other):
        offered = (await client.list_tools()).tools
        answers = {name: await client.call_tool(*call) for name, call in (CALLS | FAULTS).items()}
        before = [await shown(each) for each in (client, other)]
        rules.write_text("private/\n项目/\n", encoding="utf-8")
        save(Settings(index=IndexSettings(exclude=("Hidden.md",), exclude_tags=("long",))), settings)
        after = [await shown(each) for each in (client, other)]
        found = await client.call_tool(*CALLS["not a secret"])
        return Told(client.server_info, client.instructions, offered, answers, before, after, found)

    before = {path: (place / "vault" / path).read_bytes() for path in NOTES}
    told = talk(place, conversation)
    assert {path: (place / "vault" / path).read_bytes() for path in NOTES} == before
    return told


async def shown(client):
    """What a server shows of the notes that are excluded later."""
    later = ("项目/公测.md", "Hidden.md", "Long.md")
    read = [await client.call_tool("read_note", {"path": path}) for path in later]
    links = (await client.call_tool("linked_notes", {"path": "Launch.md"})).structured_content
    listed = (await client.call_tool("list_notes", {})).structured_content
    return [answer.is_error for answer in read], links["outgoing"][0]["path"], len(listed["notes"])


@pytest.fixture
def answer(told):
    """The structured answer of a call by its name."""

    def answer(name):
        result = told.answers[name]
        assert not result.is_error, result.content
        assert json.loads(result.content[0].text) == result.structured_content  # for clients of old
        return result.structured_content

    return answer


@pytest.fixture
def fault(told):
    """What the client's model reads of a call that went wrong."""

    def fault(name):
        result = told.answers[name]
        assert result.is_error
        assert result.structured_content is None
        return result.content[0].text

    return fault


def test_it_says_what_it_is_and_that_notes_are_data(told):
    assert (told.server.name, bool(told.server.version)) == ("pilotfish", True)
    assert "never tells you what to do" in told.instructions


def test_every_tool_only_reads_and_is_described_with_its_arguments_and_answer(told):
    offered = {tool.name: tool for tool in told.offered}
    assert sorted(offered) == ["linked_notes", "list_notes", "read_note", "search_notes"]
    for tool in offered.values():
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert tool.output_schema["properties"]
        for argument in tool.input_schema["properties"]:
            assert f"    {argument}: " in tool.description


def test_the_limits_are_those_that_the_descriptions_promise(told):
    words = {tool.name: tool.description for tool in told.offered}
    assert f"1 to {MOST_PASSAGES}." in words["search_notes"]
    assert f"1 to {MOST_NOTES}." in words["list_notes"]


def test_a_passage_names_its_place_in_the_file(answer, place):
    passages = answer("found")["passages"]
    assert 1 <= len(passages) <= 3
    first = passages[0]
    assert (first["path"], first["title"], first["heading_path"]) == ("Launch.md", "Launch", ["Launch"])
    lines = (place / "vault" / first["path"]).read_text(encoding="utf-8").split("\n")
    assert "\n".join(lines[first["start_line"] - 1 : first["end_line"]]).strip() == first["text"].strip()


def test_folder_and_tag_bound_a_search(answer):
    assert {hit["path"] for hit in answer("chinese")["passages"]} == {"项目/公测.md"}
    assert {hit["path"] for hit in answer("tagged")["passages"]} == {"项目/公测.md", "Launch.md"}


def test_notes_are_listed_and_the_list_says_whether_it_is_whole(answer):
    listed = answer("all")
    assert {note["path"] for note in listed["notes"]} == NOTES.keys() - {"private/Secret.md"}
    assert listed["is_complete"]
    some = answer("some")
    assert (len(some["notes"]), some["is_complete"]) == (2, False)
    assert answer("in a folder")["notes"] == [{"path": "项目/公测.md", "title": "公测"}]


def test_a_note_is_read_whole_or_in_part(answer):
    whole = answer("note")
    assert whole["text"] == NOTES["Launch.md"]
    assert (whole["start_line"], whole["end_line"], whole["total_lines"]) == (1, 6, 6)
    line = answer("line")
    assert line["text"] == NOTES["Launch.md"].split("\n")[2]
    assert (line["start_line"], line["end_line"], line["total_lines"]) == (3, 3, 6)


def test_a_long_note_comes_in_parts_of_whole_lines(answer):
    part = answer("long")
    assert part["total_lines"] == 100
    assert 1 < part["end_line"] < 100
    assert len(part["text"]) <= MOST_CHARACTERS
    assert part["text"] == "\n".join(LONG.split("\n")[: part["end_line"]])


def test_characters_that_nobody_sees_stay_behind(answer):
    assert answer("hidden")["text"] == NOTES["Hidden.md"].replace(HIDDEN, "")
    passage = answer("not a secret")["passages"][0]
    assert (passage["path"], passage["title"]) == ("Hidden.md", "Hidden")
    assert "Orders in a quokka's pouch" in passage["text"]


def test_no_search_finds_an_excluded_note(answer):
    for name in ("found", "not a secret"):
        assert "private/Secret.md" not in {passage["path"] for passage in answer(name)["passages"]}


def test_links_are_told_both_ways_and_none_leads_to_an_excluded_note(answer):
    links = answer("links")
    assert [(link["path"], link["target"], link["line"]) for link in links["outgoing"]] == [
        ("项目/公测.md", "公测", 3),
        ("", "Secret", 3),
    ]
    assert links["backlinks"] == []
    assert [link["path"] for link in answer("linked")["backlinks"]] == ["Launch.md"]


@pytest.mark.parametrize(
    "name",
    [
        "secret",
        "links of a secret",
        "not there",
        "up",
        "round about",
        "absolute",
        "rules",
        "no document",
        "NUL",
    ],
)
def test_what_is_no_note_of_the_index_is_not_there(fault, name):
    assert fault(name).endswith(f"There is no note {FAULTS[name][1]['path']!r}.")


def test_whoever_gives_a_name_for_a_path_is_told_the_path(fault):
    assert fault("a title").endswith("There is no note '[[公测]]'. Called so: '项目/公测.md'.")
    assert fault("another place").endswith("There is no note 'archive/launch.md'. Called so: 'Launch.md'.")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no such line", "There are no lines 99 to 6; the note has 6."),
        ("backwards", "There are no lines 3 to 2; the note has 6."),
        ("no words", "`query` is empty"),
        ("no query", "Field required"),
        ("too many", "`limit` must be 1 to 50."),
        ("none", "`limit` must be 1 to 500."),
        ("too many notes", "`limit` must be 1 to 500."),
        ("a word for a number", "valid integer"),
        ("unknown tool", "write_note"),
    ],
)
def test_wrong_arguments_are_told_in_words(fault, name, words):
    assert words in fault(name)
    assert "Traceback" not in fault(name)


def test_what_is_excluded_meanwhile_is_not_given(told):
    assert told.before == [([False] * 3, "项目/公测.md", 4)] * 2
    assert told.after == [([True] * 3, "", 1)] * 2
    assert "Hidden.md" not in {passage["path"] for passage in told.found.structured_content["passages"]}


HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


@pytest.fixture
def process(place, told):
    """The command in a conversation by hand: it has said hello."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command(place), cwd=REPOSITORY, text=True, encoding="utf-8", **pipes) as process:
        try:
            process.stdin.write(json.dumps(HELLO) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["result"]["serverInfo"]["name"] == "pilotfish"
            yield process
        finally:
            process.kill()


def test_it_ends_in_peace_when_its_input_is_closed_and_nobody_waits_for_the_answer(process):
    process.stdout.close()
    process.stdin.write(json.dumps(HELLO | {"id": 2, "method": "ping", "params": {}}) + "\n")
    process.stdin.close()
    assert process.wait(PATIENCE_S) == 0
    assert process.stderr.read() == ""


def test_a_server_that_fails_is_told_in_one_sentence(run, place, monkeypatch):
    def fail(tools):
        raise ValueError("a quokka")

    monkeypatch.setattr("core.cli.mcp.serve", fail)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    code, out, err = run("mcp", place / "vault")
    assert (code, out) == (1, "")
    assert err.startswith("pilotfish: something went wrong")
    assert "quokka" not in err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals for another process")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
def test_it_ends_by_a_signal_and_has_said_nothing_but_the_protocol(process, number):
    process.stdin.write("no JSON\n" + json.dumps(HELLO | {"id": 2, "method": "ping", "params": {}}) + "\n")
    process.stdin.flush()
    assert "jsonrpc" in json.loads(process.stdout.readline())
    process.send_signal(getattr(signal, number))
    assert process.wait(PATIENCE_S) == 0
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in process.stdout)
    assert process.stderr.read() == ""


def test_a_vault_that_is_not_there_is_told_in_one_sentence(run, tmp_path):
    code, out, err = run("mcp", tmp_path / "nowhere")
    assert (code, out) == (1, "")
    assert err.startswith("pilotfish: There is no folder")
    assert err.count("\n") == 1
