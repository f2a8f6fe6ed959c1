"""What each command prints for a person: the facts, in order, in words, whatever names and texts hold."""

import io
from dataclasses import replace

import pytest

from core.assist.model import (
    Answer,
    Answered,
    Candidate,
    CandidateAdded,
    CandidateDone,
    CandidateFailed,
    CheckDone,
    CheckedClaim,
    Citation,
    Claim,
    Finish,
    ModelChosen,
    Quote,
    QuotesFound,
    TextAdded,
    Verdict,
)
from core.cli import ask, check, index, search
from core.cli.asking import Printer
from core.cli.context import Context
from core.cli.main import main
from core.cli.opening import show_progress
from core.cli.output import Output
from core.cli.write import _Shower
from core.errors import KeyRefused
from core.index.model import IndexProgress, IndexReport
from core.llm.chat import Tier, Usage
from core.paths import places
from core.search.model import Passage
from core.settings import Settings
from core.vault.model import Skipped


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def screen():
    return Terminal()


@pytest.fixture
def context(tmp_path, screen):
    return Context(places(tmp_path), Settings(), Output(json_wanted=False, out=screen, err=screen))


PASSAGE = Passage(
    "1",
    "项目/计划.md",
    "计划",
    ("计划", "时间"),
    9,
    11,
    "公测在\n三月。",
    "zh",
    0.5,
    {"text": 0.25, "vector": 0.5},
)
CITATION = Citation(1, "项目/计划.md", ("计划", "时间"), 9, 11, "公测在三月。", True)
PAGE = replace(CITATION, n=2, path="document://报告.pdf", label="p. 3", verified=False)
ANSWER = Answer(
    "In March.",
    (CITATION, PAGE),
    Finish.COMPLETE,
    "qwen3:8b",
    "ollama",
    Tier.FAST,
    Usage(1, 1),
    0.0,
    10.0,
    1250.0,
    "t",
)


def test_an_answer_is_shown_as_it_comes_between_its_quotes_and_its_sources(context, screen):
    printer = Printer(context)
    for event in (
        QuotesFound((Quote(1, "公测在\n  三月。", PASSAGE, 9),), (PASSAGE,)),
        ModelChosen("qwen3:8b", "ollama", "local", False),
        TextAdded("In "),
        TextAdded("March."),
        Answered(ANSWER),
    ):
        printer.show(event)
    assert screen.getvalue().split("\n") == [
        "  [1] 公测在 三月。",
        "      项目/计划.md:9",
        "",
        "qwen3:8b on local:",
        "",
        "In March.",
        "  [1] 项目/计划.md:9  计划 › 时间  (checked)",
        "  [2] 报告.pdf, p. 3  计划 › 时间  (not found in the note)",
        "",
        "complete, 1.2 s",
        "",
    ]


def test_an_answer_without_a_model_is_shown_whole_at_its_end(context, screen):
    Printer(context).show(Answered(replace(ANSWER, model="", text="Quotes only.", citations=())))
    assert screen.getvalue().startswith("Quotes only.\n")


def test_sentences_that_rest_on_nothing_are_named_after_the_sources(context, screen):
    given = replace(ANSWER, text="三月公测。\n柏林是首都。", unsupported=((6, 12),))
    Printer(context).show(Answered(given))
    assert "  not found in your notes: 柏林是首都。\n" in screen.getvalue()
    assert ask.as_json(given)["unsupported"] == [{"text": "柏林是首都。", "start": 6, "end": 12}]
    assert ask.as_json(ANSWER)["unsupported"] == []


@pytest.mark.parametrize("demonstration", [True, False])
def test_the_demonstration_model_is_never_shown_without_a_warning(context, screen, demonstration):
    chosen = ModelChosen("smol", "built in", "local", demonstration)
    Printer(context).show(chosen)
    _Shower(context, streams=True).show(chosen)
    assert screen.getvalue().count("its words may be wrong") == (2 if demonstration else 0)


def events_of(n, text):
    return [CandidateAdded(n, text), CandidateDone(Candidate(n, text, Finish.COMPLETE))]


def test_a_single_candidate_streams_and_is_not_said_twice(context, screen):
    shower = _Shower(context, streams=True)
    for event in events_of(1, "三月公测。"):
        shower.show(event)
    assert screen.getvalue() == "三月公测。"


def test_several_candidates_are_each_shown_whole_with_their_numbers(context, screen):
    shower = _Shower(context, streams=False)
    for event in [*events_of(2, "Two."), CandidateFailed(3, KeyRefused("No key.")), *events_of(1, "One.")]:
        shower.show(event)
    assert screen.getvalue() == "(2)\nTwo.\n\n(3) No key.\n\n(1)\nOne.\n\n"


def test_a_hit_is_one_place_and_one_line_of_text():
    place, text = search._in_words(PASSAGE, explain=False).split("\n")
    assert place == "项目/计划.md:9  计划 › 时间"
    assert text.strip() == "公测在 三月。"


def test_an_explained_hit_names_each_signal_with_its_share():
    last = search._in_words(PASSAGE, explain=True).split("\n")[-1]
    assert last.split() == ["0.5000", "text", "0.250", "vector", "0.500"]


def test_a_long_passage_is_cut_to_a_line_on_screen_and_whole_in_json():
    long = replace(PASSAGE, text="word " * 500)
    assert len(search._in_words(long, explain=False).split("\n")[1]) < 170
    assert search._plain(long, explain=False)["text"] == long.text


def test_a_documents_hit_names_its_page_and_a_notes_hit_none():
    page = replace(PASSAGE, path="document://报告.pdf", label="p. 3")
    assert search._in_words(page, explain=False).startswith("报告.pdf, p. 3  ")
    assert search._plain(page, explain=False)["label"] == "p. 3"
    assert "label" not in search._plain(PASSAGE, explain=False)


def test_an_index_run_is_one_line_and_one_more_for_each_file_left_out():
    skipped = (Skipped("old.org", "an Org file", "org"), Skipped("大.md", "too large", "size"))
    report = IndexReport(3, 0, 9, 1, 1, 0, 1, 9, skipped, 1.26, "m")
    first, *rest = index._in_words(report).split("\n")
    assert first == ("3 notes, 9 passages: 1 added, 1 changed, 0 removed, 1 unchanged; 9 embedded in 1.3 s.")
    assert rest == ["left out: old.org: an Org file", "left out: 大.md: too large"]
    assert "3 notes, 2 documents, 9 passages" in index._in_words(replace(report, documents=2))


@pytest.mark.parametrize("verdict", list(Verdict))
def test_each_verdict_is_told_with_its_line_its_claim_and_its_evidence(context, screen, verdict):
    claim = Claim(1, "The beta\nopens in March.", 0, 24, 7)
    check._say(CheckedClaim(claim, verdict, (CITATION,)), context)
    first, evidence, end = screen.getvalue().split("\n")
    assert first.split()[0].lower() in verdict.value.replace("_", " ")
    assert first.endswith("7: The beta opens in March.")
    assert evidence.strip() == "项目/计划.md:9  “公测在三月。”"
    assert end == ""


def test_only_a_contradiction_shouts():
    shouting = [verdict for verdict, mark in check._MARKS.items() if mark.isupper()]
    assert shouting == [Verdict.CONTRADICTED]
    assert len({len(mark) for mark in check._MARKS.values()}) == 1


def test_a_check_in_json_has_each_claim_with_its_place():
    claim = Claim(1, "三月公测。", 0, 5, 7)
    checked = CheckedClaim(claim, Verdict.SUPPORTED, (CITATION,), by_model=True)
    shown = check.as_json(CheckDone((checked,), "m", None, "t"))
    (told,) = shown["claims"]
    assert (told["text"], told["line"], told["verdict"], told["by_model"]) == (
        "三月公测。",
        7,
        "supported",
        True,
    )
    assert told["citations"][0]["path"] == "项目/计划.md"
    assert (shown["model"], shown["cost_usd"], shown["trace_id"]) == ("m", None, "t")


def test_progress_is_told_in_two_steps_words_first_and_meaning_then(context, screen):
    show_progress(context, IndexProgress(2, 5, 0, 30, current="项目/计划.md"))
    assert "2 of 5 notes  项目/计划.md" in screen.getvalue()
    show_progress(context, IndexProgress(5, 5, 10, 30))
    assert "words searchable; meaning: 10 of 30 passages" in screen.getvalue()


def test_progress_never_leaves_a_trace_on_the_screen(context, screen):
    show_progress(context, IndexProgress(1, 5, 0, 30, current="x" * 300))
    show_progress(context, IndexProgress(2, 5, 0, 30, current="short"))
    context.output.say("done")
    shown = [""]
    for char in screen.getvalue():
        shown[-1:] = [shown[-1], ""] if char == "\n" else [shown[-1] + char]
    drawn = shown[0].split("\r")
    assert drawn[-1] == "done"
    assert drawn[-2].strip() == ""
    assert len(drawn[-2]) >= max(len(text.rstrip()) for text in drawn[-3:-2])
    assert all(len(text) <= 80 for text in drawn)


@pytest.fixture
def run(capsys, tmp_path):
    def run(*arguments):
        capsys.readouterr()
        code = main(["--base-dir", str(tmp_path), *map(str, arguments)])
        return code, capsys.readouterr().out

    return run


@pytest.mark.parametrize(("language", "title"), [("en", "Shorten"), ("zh", "缩短")])
def test_the_library_is_listed_a_line_each_in_the_language_asked_for(run, language, title):
    code, out = run("prompts", "list", "--language", language)
    lines = out.strip().split("\n")
    assert code == 0
    assert any(line.split()[0] == "shorten" and f" {title}" in line for line in lines)
    assert all(": " in line for line in lines)


def test_a_problem_of_an_own_prompt_is_told_beside_the_list(tmp_path, capsys):
    folder = tmp_path / "vault" / ".pilotfish" / "prompts"
    folder.mkdir(parents=True)
    (folder / "坏.md").write_text("---\ntier: cheap\n---\n{{ text }}", encoding="utf-8")
    assert main(["--base-dir", str(tmp_path), "prompts", "list", "--vault", str(tmp_path / "vault")]) == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("pilotfish: .pilotfish/prompts/坏.md, line 2: ")
    assert "shorten" in printed.out


def test_a_shown_prompt_tells_how_its_form_is_set(run):
    code, out = run("prompts", "show", "email", "--language", "en")
    assert code == 0
    assert out.startswith("email, version ")
    assert "  --set recipient=…" in out
    assert ", required" in out


def test_exporting_nothing_is_told_as_nothing(run, tmp_path):
    code, out = run("export", "finetune", tmp_path / "out.jsonl")
    assert (code, out) == (0, "0 to train with, 0 to test with\n")
    code, out = run("export", "traces", tmp_path / "out.json", "--since", "2026-01-01")
    assert (code, out) == (0, "0 model calls, without any text\n")
