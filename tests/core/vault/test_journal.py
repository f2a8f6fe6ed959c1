"""Questions and answers in the note of the day."""

import json
from datetime import datetime

import pytest

from core.errors import NoteChangedElsewhere, NoteNotSaved, NoteTooLarge
from core.vault import journal, notes
from core.vault.journal import add_to_journal, as_blocks, as_paragraphs, journal_layout

DAY = datetime(2026, 11, 21, 9, 5)
MIB = 1024 * 1024


def add(vault, question="When?", answer="In March.", **more):
    return add_to_journal(vault, DAY, question, answer, max_bytes=MIB, **more)


def obsidian(vault, **settings):
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian" / "daily-notes.json").write_text(json.dumps(settings))
    return vault


@pytest.fixture
def logseq(tmp_path):
    (tmp_path / "logseq").mkdir()
    (tmp_path / "logseq" / "config.edn").write_text("{}")
    return tmp_path


def test_in_a_logseq_vault_it_is_a_block_of_the_journal_page(logseq):
    assert add(logseq) == "journals/2026_11_21.md"
    assert (logseq / "journals" / "2026_11_21.md").read_text() == "- When?\n\t- In March.\n"


def test_a_logseq_page_keeps_its_blocks_above(logseq):
    (logseq / "journals").mkdir()
    page = logseq / "journals" / "2026_11_21.md"
    page.write_text("- 早上：写计划\n\t- 细节\n", encoding="utf-8")
    add(logseq, "发布时间？", "三月。\n\n来源：[[发布计划]]")
    assert page.read_text(encoding="utf-8") == (
        "- 早上：写计划\n\t- 细节\n- 发布时间？\n\t- 三月。\n\n\t  来源：[[发布计划]]\n"
    )


def test_the_empty_block_that_logseq_makes_is_filled_not_followed(logseq):
    (logseq / "journals").mkdir()
    (logseq / "journals" / "2026_11_21.md").write_text("-")
    add(logseq)
    assert (logseq / "journals" / "2026_11_21.md").read_text() == "- When?\n\t- In March.\n"


def test_a_logseq_page_begins_with_the_template_of_its_configuration(logseq):
    (logseq / "logseq" / "config.edn").write_text('{:default-templates {:journals "daily"}}')
    (logseq / "pages").mkdir()
    (logseq / "pages" / "Templates.md").write_text(
        "- 每日\n  template:: Daily\n  template-including-parent:: false\n"
        "\t- 今天 <% today %>\n\t\t- TODO\n- Other\n",
        encoding="utf-8",
    )
    page = logseq / add(logseq)
    assert page.read_text(encoding="utf-8") == "- 今天 [[Nov 21st, 2026]]\n\t- TODO\n- When?\n\t- In March.\n"
    add(logseq, "Why?", "So.")
    assert page.read_text(encoding="utf-8").count("今天") == 1


def test_obsidian_says_where_its_daily_notes_are(tmp_path):
    path = add(obsidian(tmp_path, folder="日记/2026", format="YYYY-MM-DD dddd"))
    assert path == "日记/2026/2026-11-21 Saturday.md"
    assert (tmp_path / path).read_text() == "**When?**\n\nIn March.\n"


def test_a_page_gets_a_paragraph_of_its_own(tmp_path):
    (tmp_path / "2026-11-21.md").write_text("# Today\n\nwords\n\n\n")
    assert add(tmp_path) == "2026-11-21.md"
    assert (tmp_path / "2026-11-21.md").read_text() == "# Today\n\nwords\n\n**When?**\n\nIn March.\n"


def test_line_ends_and_bom_stay(tmp_path):
    file = tmp_path / "2026-11-21.md"
    file.write_bytes(b"\xef\xbb\xbf# Today\r\n\r\nwords\r\n")
    add(tmp_path)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf# Today\r\n\r\nwords\r\n")
    assert b"**When?**\r\n" in file.read_bytes()


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ("journals/2026_11_20.md", "journals/2026_11_21.md"),
        ("daily/2026-11-20.md", "daily/2026-11-21.md"),
        ("日记/2025-01-01.md", "日记/2026-11-21.md"),
        ("notes/2026-11-20.md", "2026-11-21.md"),
        ("journals/plan.md", "2026-11-21.md"),
    ],
)
def test_without_settings_the_notes_that_are_there_show_the_way(tmp_path, there, expected):
    (tmp_path / there).parent.mkdir()
    (tmp_path / there).write_text("- x\n")
    assert add(tmp_path) == expected


def test_a_program_that_was_told_goes_before_what_lies_about(logseq):
    (logseq / "daily").mkdir()
    (logseq / "daily" / "2026-01-01.md").touch()
    assert journal_layout(logseq).journal_folder == "journals"


def test_a_question_of_several_lines_is_one_line():
    assert as_blocks("a\n b", "c") == "- a b\n\t- c\n"
    assert as_paragraphs("a\n b", "c\n\nd") == "**a b**\n\nc\n\nd\n"


def test_an_empty_answer_is_still_a_block():
    assert as_blocks("a", " ") == "- a\n\t- \n"


def test_somebody_who_saves_in_between_loses_nothing(tmp_path, monkeypatch):
    file = tmp_path / "2026-11-21.md"
    file.write_text("one\n")
    read, calls = notes.read, []

    def read_then_someone_saves(vault, path, **options):
        note = read(vault, path, **options)
        if not calls:
            file.write_text("one\ntwo\n")
        calls.append(path)
        return note

    monkeypatch.setattr(journal.notes, "read", read_then_someone_saves)
    add(tmp_path)
    assert file.read_text() == "one\ntwo\n\n**When?**\n\nIn March.\n"
    assert len(calls) == 2


def test_a_note_made_in_between_is_added_to(tmp_path, monkeypatch):
    file, create = tmp_path / "2026-11-21.md", notes.create

    def someone_was_first(vault, path, text):
        if not file.exists():
            file.write_text("theirs\n")
        return create(vault, path, text)

    monkeypatch.setattr(journal.notes, "create", someone_was_first)
    add(tmp_path)
    assert file.read_text() == "theirs\n\n**When?**\n\nIn March.\n"


def test_whoever_never_stops_saving_is_left_alone(tmp_path, monkeypatch):
    (tmp_path / "2026-11-21.md").write_text("one\n")

    def always_changed(*_args, **_options):
        raise NoteChangedElsewhere

    monkeypatch.setattr(journal.notes, "write", always_changed)
    with pytest.raises(NoteChangedElsewhere):
        add(tmp_path)


def test_a_full_disk_is_not_tried_again(tmp_path, monkeypatch):
    calls = []

    def full(*_args):
        calls.append(1)
        raise NoteNotSaved("full", reason="disk_full")

    monkeypatch.setattr(journal.notes, "create", full)
    with pytest.raises(NoteNotSaved):
        add(tmp_path)
    assert len(calls) == 1


def test_a_journal_beyond_the_limit_is_left_alone(tmp_path):
    (tmp_path / "2026-11-21.md").write_text("x" * 100)
    with pytest.raises(NoteTooLarge):
        add_to_journal(tmp_path, DAY, "a", "b", max_bytes=10)
    assert (tmp_path / "2026-11-21.md").read_text() == "x" * 100


@pytest.mark.parametrize(
    ("there", "language", "expected"),
    [
        ([], "en", "2026-11-21 Saturday.md"),
        ([], "zh", "2026-11-21 星期六.md"),
        (["2026-11-19 星期四.md"], "en", "2026-11-21 星期六.md"),
        (["2026-11-20 Friday.md", "2026-11-19 星期四.md"], "zh", "2026-11-21 Saturday.md"),
        (["2026-11-21 Saturday.md"], "zh", "2026-11-21 Saturday.md"),
        (["2025-01-01 星期三.md"], "en", "2026-11-21 Saturday.md"),
    ],
)
def test_days_are_named_in_the_language_of_the_notes_that_are_there(tmp_path, there, language, expected):
    for name in there:
        (tmp_path / name).write_text("x\n")
    assert add(obsidian(tmp_path, format="YYYY-MM-DD dddd"), language=language) == expected


def test_a_new_note_of_a_day_begins_with_the_template_and_an_old_one_goes_on(tmp_path):
    vault = obsidian(tmp_path, folder="日记", template="模板/日记")
    (vault / "模板").mkdir()
    (vault / "模板" / "日记.md").write_text("---\ntags: [日记]\n---\n# {{date:M月D日}}\n", encoding="utf-8")
    path = add(vault)
    begun = "---\ntags: [日记]\n---\n# 11月21日\n\n**When?**\n\nIn March.\n"
    assert (vault / path).read_text(encoding="utf-8") == begun
    add(vault, "Who?", "We.")
    assert (vault / path).read_text(encoding="utf-8") == f"{begun}\n**Who?**\n\nWe.\n"
