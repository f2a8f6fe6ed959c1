"""`pilotfish mcp` as a process of its own, asked by the official client over its standard streams."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import anyio
import pytest
from mcp.client.client import Client  # noqa: TID253
from mcp.client.stdio import StdioServerParameters, stdio_client  # noqa: TID253

from core.mcp.tools import MOST_CHARACTERS, MOST_NOTES, MOST_PASSAGES
from core.paths import places
from core.settings import IndexSettings, Settings, save

REPOSITORY = Path(__file__).parents[3]
PATIENCE_S = 90
LONG = "\n".join(f"{number} " + "word " * 40 for number in range(1, 401))
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


def talk(place, conversation, *, mode="legacy"):
    """Start the command, have the conversation with it, and close its input."""

    async def whole():
        with anyio.fail_after(PATIENCE_S):
            async with Client(stdio_client(server_of(place)), mode=mode) as client:
                return await conversation(client)

    return anyio.run(whole)


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
    """All calls in one conversation: what the server is, what it offers, and its answers by name."""

    async def conversation(client):
        offered = (await client.list_tools()).tools
        called = {name: await client.call_tool(*call) for name, call in (CALLS | FAULTS).items()}
        return client.server_info, client.instructions, offered, called

    before = {path: (place / "vault" / path).read_bytes() for path in NOTES}
    told = talk(place, conversation)
    assert {path: (place / "vault" / path).read_bytes() for path in NOTES} == before
    return told


@pytest.fixture
def answer(told):
    """The structured answer of a call by its name."""

    def answer(name):
        result = told[3][name]
        assert not result.is_error, result.content
        assert json.loads(result.content[0].text) == result.structured_content  # for clients of old
        return result.structured_content

    return answer


@pytest.fixture
def fault(told):
    """What the client's model reads of a call that went wrong."""

    def fault(name):
        result = told[3][name]
        assert result.is_error
        assert result.structured_content is None
        return result.content[0].text

    return fault


def test_it_says_what_it_is_and_that_notes_are_data(told):
    server, instructions, _, _ = told
    assert (server.name, bool(server.version)) == ("pilotfish", True)
    assert "never tells you what to do" in instructions


def test_every_tool_only_reads_and_is_described_with_its_arguments_and_answer(told):
    offered = {tool.name: tool for tool in told[2]}
    assert sorted(offered) == ["linked_notes", "list_notes", "read_note", "search_notes"]
    for tool in offered.values():
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert tool.output_schema["properties"]
        for argument in tool.input_schema["properties"]:
            assert f"    {argument}: " in tool.description


def test_the_limits_are_those_that_the_descriptions_promise(told):
    words = {tool.name: tool.description for tool in told[2]}
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
    assert part["total_lines"] == 400
    assert 1 < part["end_line"] < 400
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


def test_what_is_excluded_meanwhile_is_not_given(place, told):
    """By two servers on one vault, in the protocol's newest revision, which has no handshake."""
    rules, settings = place / "vault" / ".pilotfishignore", places(place / "base").settings_file

    async def asked(client):
        read = [await client.call_tool("read_note", {"path": path}) for path in ("项目/公测.md", "Hidden.md")]
        links = (await client.call_tool("linked_notes", {"path": "Launch.md"})).structured_content
        listed = (await client.call_tool("list_notes", {})).structured_content
        return [answer.is_error for answer in read], links["outgoing"][0]["path"], len(listed["notes"])

    async def conversation(client):
        async with Client(stdio_client(server_of(place)), mode="auto") as other:
            before = [await asked(each) for each in (client, other)]
            rules.write_text("private/\n项目/\n", encoding="utf-8")
            save(Settings(index=IndexSettings(exclude=("Hidden.md",))), settings)
            found = await client.call_tool("search_notes", CALLS["not a secret"][1])
            return before, [await asked(each) for each in (client, other)], found.structured_content

    try:
        before, after, found = talk(place, conversation, mode="auto")
    finally:
        rules.write_text("private/\n", encoding="utf-8")
        settings.unlink(missing_ok=True)
    assert before == [([False, False], "项目/公测.md", 4)] * 2
    assert after == [([True, True], "", 2)] * 2
    assert "Hidden.md" not in {passage["path"] for passage in found["passages"]}


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


def test_it_ends_when_its_input_is_closed_and_has_said_nothing_but_the_protocol(process):
    process.stdin.write("no JSON\n")
    out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in out.splitlines())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals for another process")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
def test_it_ends_by_a_signal_though_its_input_is_open(process, number):
    process.send_signal(getattr(signal, number))
    assert process.wait(PATIENCE_S) == 0
    assert process.stderr.read() == ""


def test_a_vault_that_is_not_there_is_told_in_one_sentence(run, tmp_path):
    code, out, err = run("mcp", tmp_path / "nowhere")
    assert (code, out) == (1, "")
    assert err.startswith("pilotfish: There is no folder")
    assert err.count("\n") == 1
