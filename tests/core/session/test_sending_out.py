"""What leaves the file of sessions: notes, training data, OpenTelemetry; whole and readable elsewhere."""

import json
import re
import time
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.llm.chat import Message, Role
from core.session.export import as_note, file_name, language
from core.session.finetune import write_examples
from core.session.model import Author, Conversation, Outcome, Session, SessionMessage, Trace
from core.session.otlp import as_otlp
from core.text import markdown

CREATED = time.mktime((2026, 3, 1, 12, 0, 0, 0, 0, -1))
TITLES = st.text(max_size=80) | st.sampled_from(
    ["CON", "a/b\\c", "...", "📌 计划", "عنوان", "x" * 300, "[[a]]|b#c^d"]
)


def conversation(*messages, title="Beta", note=""):
    made = [
        SessionMessage(f"{n}", "s", author, text, CREATED, extra)
        for n, (author, text, extra) in enumerate(messages)
    ]
    return Conversation(Session("s", title, note, CREATED, CREATED), tuple(made))


def asked(text):
    return Author.PERSON, text, {}


def answered(text, *citations, model="m"):
    return Author.MODEL, text, {"model": model, "citations": list(citations)}


def citation(n, path, *, verified=True, label=""):
    return {"n": n, "path": path, "verified": verified, "label": label}


@given(TITLES)
def test_any_title_gives_a_file_name_that_every_disk_takes(title):
    path = PurePosixPath(file_name(conversation(asked("x"), title=title)))
    assert path.parts[0] == "Sessions"
    assert len(path.parts) == 2
    assert path.name.startswith("2026-03-01 ")
    assert path.suffix == ".md"
    assert not re.search(r'[\\:*?"<>|#^\[\]\x00-\x1f]', path.name)
    assert len(path.name) <= 80
    assert path.stem == path.stem.strip(" .")


@given(st.lists(st.tuples(st.sampled_from([Author.PERSON, Author.MODEL]), st.text(max_size=60)), max_size=6))
def test_a_note_has_a_section_for_each_message_in_its_order(said):
    bodies = [" ".join(text.split()) for _, text in said]
    note = as_note(
        conversation(
            *((author, body, {"model": "m"}) for (author, _), body in zip(said, bodies, strict=True))
        )
    )
    headings = re.findall(r"^## (You|我|m)$", note, re.MULTILINE)
    authors = [Author.MODEL if heading == "m" else Author.PERSON for heading in headings]
    assert len(authors) >= len(said)
    assert note.endswith("\n") and not note.endswith("\n\n")
    for body in bodies:
        assert body.strip() in note


def test_a_note_reads_as_markdown_with_the_title_it_was_given():
    note = as_note(conversation(asked("When?"), answered("In *March*."), title="Launch plan"))
    parsed = markdown.parse(note)
    assert parsed.title == "Launch plan"
    assert [b.heading_path for b in parsed.blocks][-1] == ("Launch plan", "m")


def test_sources_are_listed_by_their_first_number_and_never_twice():
    note = as_note(
        conversation(
            answered("a [2][1][2]", citation(2, "b/Two.md"), citation(1, "One.md"), citation(2, "b/Two.md"))
        )
    )
    assert note.count("[[Two]]") == note.count("[[One]]") == 1
    assert "- [2] [[Two]]\n- [1] [[One]]" in note


@pytest.mark.parametrize(
    "source",
    [citation(1, "a.md", verified=False), citation(1, ""), {"n": 1}, {"n": 1, "verified": True}],
    ids=["unchecked", "no path", "bare", "no path but checked"],
)
def test_what_was_not_checked_is_no_source(source):
    assert "**Sources**" not in as_note(conversation(answered("a [1]", source)))


def test_a_document_is_named_with_its_page_and_no_link_that_leads_nowhere():
    note = as_note(conversation(answered("a [1]", citation(1, "document://报告 2026.pdf", label="p. 3"))))
    assert "- [1] 报告 2026.pdf, p. 3\n" in note
    assert "[[" not in note


def test_a_note_in_a_logseq_folder_is_linked_by_its_page_name():
    assert "[[项目/计划]]" in as_note(conversation(asked("?"), note="pages/项目___计划.md"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["公测什么时候？"], "zh"),
        (["When?"], "en"),
        ([], "en"),
        (["公测什么时候？", "Why?"], "zh"),
    ],
)
def test_the_note_is_in_the_language_that_was_asked_in(said, expected):
    found = conversation(*map(asked, said), answered("很长的中文回答，" * 20))
    assert language(found) == expected


def test_an_answer_whose_model_nobody_noted_is_ours():
    assert "## Pilotfish\n" in as_note(conversation(answered("x", model="")))


def test_a_summary_of_several_lines_stays_one_quotation():
    note = as_note(conversation((Author.SUMMARY, "one\n\n- two\n# three", {}), asked("And?")))
    quoted = note[note.index(">") : note.index("## You")].strip().split("\n")
    assert all(line.startswith(">") for line in quoted)


TRACES = st.builds(
    Trace,
    id=st.text(min_size=1, max_size=8),
    request_id=st.sampled_from(["", "r1", "r2"]),
    started_at=st.floats(0, 4e9),
    operation=st.sampled_from(["ask", "write"]),
    provider=st.text(max_size=5),
    model=st.text(max_size=8),
    place=st.text(max_size=8),
    prompt_id=st.text(max_size=8),
    input_tokens=st.integers(0, 2**40),
    output_tokens=st.integers(0, 2**40),
    estimated=st.booleans(),
    cost_usd=st.none() | st.floats(0, 100),
    first_token_s=st.none() | st.floats(0, 100),
    duration_s=st.floats(0, 1000),
    finish_reason=st.sampled_from(["", "stop"]),
    error_type=st.sampled_from(["", "KeyRefused"]),
)


@given(st.lists(TRACES, max_size=5))
def test_every_call_is_one_span_that_a_collector_takes(traces):
    found = json.loads(json.dumps(as_otlp(traces)))
    spans = found["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert len(spans) == len(traces)
    for trace, span in zip(traces, spans, strict=True):
        assert re.fullmatch("[0-9a-f]{32}", span["traceId"])
        assert re.fullmatch("[0-9a-f]{16}", span["spanId"])
        assert 0 <= int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"])
        assert ("status" in span) is bool(trace.error_type)
        keys = [entry["key"] for entry in span["attributes"]]
        assert len(set(keys)) == len(keys)
        for entry in span["attributes"]:
            ((kind, value),) = entry["value"].items()
            assert kind != "intValue" or value.lstrip("-").isdigit()


@given(TRACES)
def test_calls_of_one_request_share_a_trace_and_nothing_else(trace):
    first, second = replace(trace, id="a", request_id="r"), replace(trace, id="b", request_id="r")
    spans = as_otlp([first, second])["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert spans[0]["traceId"] == spans[1]["traceId"]
    assert spans[0]["spanId"] != spans[1]["spanId"]


EXAMPLES = st.lists(
    st.tuples(
        st.sampled_from(Outcome), st.sampled_from(["问", "q", ""]), st.sampled_from(["答", "a", " ", "b"])
    ),
    max_size=12,
)


@given(EXAMPLES)
def test_every_example_is_exported_or_counted_with_its_reason(tmp_path_factory, given_examples):
    out = tmp_path_factory.mktemp("out") / "data.jsonl"
    examples = [
        (outcome, (Message(Role.USER, question),) if question else (), answer)
        for outcome, question, answer in given_examples
    ]
    exported = write_examples(examples, out)
    files = [out.read_text(encoding="utf-8"), out.with_suffix(".test.jsonl").read_text(encoding="utf-8")]
    lines = [line for text in files for line in text.split("\n") if line]
    assert (exported.train, exported.test) == tuple(text.count("\n") for text in files)
    assert len(lines) + sum(exported.rejected.values()) == len(examples)
    assert len(set(lines)) == len(lines)
    for line in lines:
        turns = json.loads(line)["messages"]
        assert turns[-1]["role"] == "assistant" and turns[-1]["content"].strip()


def test_exporting_again_replaces_the_files_of_the_last_time(tmp_path):
    out = tmp_path / "data.jsonl"
    many = [(Outcome.GOOD, (Message(Role.USER, f"{n}"),), "a") for n in range(40)]
    write_examples(many, out)
    exported = write_examples([], out)
    assert (exported.train, exported.test, dict(exported.rejected)) == (0, 0, {})
    assert [file.read_bytes() for file in sorted(tmp_path.iterdir())] == [b"", b""]
