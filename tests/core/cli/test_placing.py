"""A result put into a note: at any lines of any note, nothing else of it changes."""

import argparse
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.model import Candidate, Finish
from core.assist.place_context import AROUND
from core.cli.applying import apply, changed_text, word_diff
from core.cli.context import Context
from core.cli.note_argument import NotePlace, place_of, vault_of
from core.cli.output import Output
from core.errors import NoteChangedElsewhere, NoteMissing, UsageError
from core.paths import places
from core.prompts.model import Placement
from core.settings import Settings
from core.vault import notes
from core.vault.model import FileStamp, NoteText

LINE = st.sampled_from(
    ["We open in March.", "公测在三月。", "", "- item", "  1. one", "> quoted", "# Title", "\t"]
)
TEXTS = st.lists(LINE, min_size=1, max_size=8).map("\n".join)
RESULTS = st.lists(st.sampled_from(["New.", "新的一句。", "- new item"]), min_size=1, max_size=3).map(
    "\n".join
)


def note_of(text):
    return NoteText("a.md", text, "utf-8", b"", ("\n",), "", FileStamp(0, 0, 0))


@st.composite
def placed(draw):
    text = draw(TEXTS)
    count = len(text.split("\n"))
    start = draw(st.integers(0, count))
    return NotePlace(Path("/v"), note_of(text), start, draw(st.integers(start, count)))


def whole(text):
    return Candidate(1, text, Finish.COMPLETE)


def without_blank(text):
    return [line for line in text.split("\n") if line.strip()]


@given(placed(), RESULTS)
def test_replacing_changes_the_chosen_lines_and_no_other(place, result):
    lines = place.note.text.split("\n")
    changed = changed_text(place, whole(result), Placement.REPLACE).split("\n")
    assert changed == [*lines[: place.start], *result.split("\n"), *lines[place.end :]]


@given(placed(), RESULTS)
def test_inserting_keeps_every_line_in_its_order(place, result):
    lines = place.note.text.split("\n")
    changed = changed_text(place, whole(result), Placement.INSERT).split("\n")
    assert changed[: place.end] == lines[: place.end]
    below = lines[place.end :]
    assert changed[len(changed) - len(below) :] == below
    added = changed[place.end : len(changed) - len(below)]
    assert "\n".join(added).strip("\n") == result
    assert len(added) <= len(result.split("\n")) + 2


@given(placed(), RESULTS)
def test_appending_comes_after_everything_that_was_there(place, result):
    changed = changed_text(place, whole(result), Placement.APPEND)
    assert without_blank(changed) == without_blank(place.note.text) + result.split("\n")
    assert changed.endswith(f"{result}\n")
    assert not changed.endswith("\n\n")


@given(placed(), RESULTS)
def test_what_is_inserted_never_runs_into_a_paragraph(place, result):
    changed = changed_text(place, whole(result), Placement.INSERT).split("\n")
    lines = place.note.text.split("\n")
    above = lines[place.end - 1] if place.end else ""
    if above.strip() and not result.startswith("-"):
        assert changed[place.end] == ""


@pytest.mark.parametrize("finish", [finish for finish in Finish if finish is not Finish.COMPLETE])
def test_only_a_complete_text_replaces_but_any_may_be_added(finish):
    place = NotePlace(Path("/v"), note_of("old\n"), 0, 1)
    candidate = Candidate(1, "half", finish)
    with pytest.raises(UsageError, match="incomplete"):
        changed_text(place, candidate, Placement.REPLACE)
    assert changed_text(place, candidate, Placement.APPEND) == "old\n\nhalf\n"


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_out_of_a_difference(old, new):
    shown = word_diff(old, new)
    assert re.sub(r"\{\+(.*?)\+\}", r"\1", re.sub(r"\[-.*?-\]", "", shown, flags=re.S), flags=re.S) == new
    assert re.sub(r"\[-(.*?)-\]", r"\1", re.sub(r"\{\+.*?\+\}", "", shown, flags=re.S), flags=re.S) == old


def test_a_difference_of_chinese_words_ends_where_words_do():
    assert word_diff("公测在三月开始。", "公测在四月开始。") == "公测在[-三月-]{+四月+}开始。"
    assert word_diff("same", "same") == "same"


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / "项目").mkdir()
    return folder


@pytest.fixture
def context(tmp_path):
    return Context(places(tmp_path / "base"), Settings(), Output(json_wanted=False))


def place_in(context, note, lines="", vault=None):
    return place_of(argparse.Namespace(note=note, lines=lines, vault=vault), context)


def keep(vault, text, name="项目/计划.md"):
    (vault / name).write_bytes(text.encode())
    return vault / name


def test_without_lines_all_of_a_note_below_its_front_matter_is_meant(vault, context):
    place = place_in(context, keep(vault, "---\ntags: [a]\n---\n# 计划\n\n三月。\n"))
    assert place.text == "# 计划\n\n三月。"
    assert place.note.path == "项目/计划.md"


@pytest.mark.parametrize(
    ("lines", "text"),
    [("1", "one"), ("2-2", "two"), (" 1-2 ", "one\ntwo"), ("3", "three"), ("1-3", "one\ntwo\nthree")],
)
def test_lines_are_counted_from_one_and_both_ends_belong(vault, context, lines, text):
    assert place_in(context, keep(vault, "one\r\ntwo\r\nthree\r\n"), lines).text == text


@pytest.mark.parametrize("text", ["", "\n", "---\na: b\n---\n"])
def test_a_note_without_words_has_an_empty_place(vault, context, text):
    assert place_in(context, keep(vault, text)).text.strip() == ""


def test_a_request_sees_what_stands_around_the_lines_and_under_which_headings(vault, context):
    text = "# 计划\n\n开头。\n\n## 时间\n\n公测在三月。\n\n## 价格\n\n六欧元。\n"
    seen = place_in(context, keep(vault, text), "7").context()
    assert (seen.path, seen.title, seen.heading_path) == ("项目/计划.md", "计划", ("计划", "时间"))
    assert seen.selection == seen.block == "公测在三月。"
    assert seen.before.endswith("## 时间\n\n")
    assert seen.after.startswith("\n\n## 价格")
    assert seen.text == text


def test_of_a_long_note_only_what_is_near_goes_along(vault, context):
    text = "\n".join(f"line {n} " + "x" * 40 for n in range(400))
    seen = place_in(context, keep(vault, text), "200").context()
    assert len(seen.before) == len(seen.after) == AROUND
    assert seen.before.endswith("line 198 " + "x" * 40 + "\n")
    assert seen.after.startswith("\nline 200 ")


def test_a_note_without_a_title_is_called_like_its_file(vault, context):
    assert place_in(context, keep(vault, "nothing but words\n")).context().title == "计划"


@pytest.mark.parametrize("mark", [".obsidian", "logseq", ".pilotfish", ".git"])
def test_the_nearest_folder_that_looks_like_a_vault_is_it(tmp_path, mark):
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "a" / "b"
    (inner / mark).mkdir(parents=True)
    assert vault_of(inner / "c" / "note.md") == inner


def test_a_note_in_the_vault_opened_last_belongs_to_it(tmp_path):
    assert vault_of(tmp_path / "a" / "b" / "n.md", str(tmp_path / "a")) == tmp_path / "a"
    assert vault_of(tmp_path / "x" / "n.md", str(tmp_path / "a")) == tmp_path / "x"
    assert vault_of(tmp_path / "ab" / "n.md", str(tmp_path / "a")) == tmp_path / "ab"
    assert vault_of(tmp_path / "x" / "n.md", str(tmp_path / "gone" / "away")) == tmp_path / "x"


def test_a_note_named_through_a_link_is_the_note_itself(vault, context, tmp_path):
    link = tmp_path / "link.md"
    link.symlink_to(keep(vault, "words\n"))
    assert place_in(context, link).note.path == "项目/计划.md"


def test_a_link_that_leads_round_in_a_circle_is_no_note(context, tmp_path):
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    with pytest.raises(NoteMissing):
        place_in(context, loop)


def test_writing_keeps_a_backup_and_refuses_over_somebody_elses_change(vault, context):
    file = keep(vault, "old\n")
    place = place_in(context, file)
    file.write_text("theirs\n", encoding="utf-8")
    with pytest.raises(NoteChangedElsewhere):
        apply(place, "mine\n", context.places)
    assert file.read_text(encoding="utf-8") == "theirs\n"
    apply(place_in(context, file), "mine\n", context.places)
    assert file.read_text(encoding="utf-8") == "mine\n"
    kept = [f for f in context.places.backups.rglob("*") if f.is_file() and f.read_bytes() == b"theirs\n"]
    assert len(kept) >= 1


def test_what_was_read_is_what_is_in_the_file(vault, context):
    place = place_in(context, keep(vault, "一\r\n二\r\n"))
    assert place.note == notes.read(vault, "项目/计划.md")
