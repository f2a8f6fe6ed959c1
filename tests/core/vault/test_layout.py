"""Obsidian, Logseq and plain folders."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from core.vault.day_format import format_day
from core.vault.layout import detect_layout, journal_path

DAY = datetime(2026, 3, 5)


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_plain_folder_is_neither_and_gets_iso_days(tmp_path):
    layout = detect_layout(tmp_path)
    assert not layout.is_obsidian
    assert not layout.is_logseq
    assert journal_path(layout, DAY) == "2026-03-05.md"


def test_obsidian_says_where_daily_notes_go(tmp_path):
    settings = {"folder": "日记/", "format": "YYYY/MM/YYYY-MM-DD ddd"}
    write(tmp_path / ".obsidian" / "daily-notes.json", json.dumps(settings))
    layout = detect_layout(tmp_path)
    assert layout.is_obsidian
    assert journal_path(layout, DAY) == "日记/2026/03/2026-03-05 Thu.md"


@pytest.mark.parametrize(("told", "template"), [("模板/日记", "模板/日记"), (3, ""), (None, "")])
def test_obsidian_says_what_a_daily_note_begins_with(tmp_path, told, template):
    write(tmp_path / ".obsidian" / "daily-notes.json", json.dumps({"template": told}))
    assert detect_layout(tmp_path).journal_template == template


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"folder": 3, "format": ""}', '{"format": null}'])
def test_odd_settings_of_obsidian_mean_its_default(tmp_path, text):
    write(tmp_path / ".obsidian" / "daily-notes.json", text)
    assert journal_path(detect_layout(tmp_path), DAY) == "2026-03-05.md"


def test_obsidian_without_settings_has_its_default(tmp_path):
    (tmp_path / ".obsidian").mkdir()
    assert journal_path(detect_layout(tmp_path), DAY) == "2026-03-05.md"


def test_logseq_has_a_folder_of_journals(tmp_path):
    write(tmp_path / "logseq" / "config.edn", "{:meta/version 1}")
    layout = detect_layout(tmp_path)
    assert layout.is_logseq
    assert journal_path(layout, DAY) == "journals/2026_03_05.md"


def test_logseq_may_name_its_journals_otherwise_but_not_in_a_comment(tmp_path):
    config = '{;; :journals-directory "no"\n :journals-directory "日志"\n'
    write(tmp_path / "logseq" / "config.edn", config + ' :journal/file-name-format "yyyy-MM-dd"}')
    assert journal_path(detect_layout(tmp_path), DAY) == "日志/2026-03-05.md"


@pytest.mark.parametrize(
    ("told", "template", "name", "title"),
    [
        ("", "", "2026_03_05", "Mar 5th, 2026"),
        (':default-templates {:journals ""}', "", "2026_03_05", "Mar 5th, 2026"),
        (
            ':default-templates\n {:pages "no" :journals "每日 \\"模板\\""}',
            '每日 "模板"',
            "2026_03_05",
            "Mar 5th, 2026",
        ),
        (';; :default-templates {:journals "no"}', "", "2026_03_05", "Mar 5th, 2026"),
        (':journal/page-title-format "yyyy年M月d日, E"', "", "2026_03_05", "2026年3月5日, Thu"),
        (
            ":journal/page-title-format \"EEEE, 'the' do MMMM yy\"",
            "",
            "2026_03_05",
            "Thursday, the 5th March 26",
        ),
        (':journal/file-name-format "yyyy-MM-dd-EEEE"', "", "2026-03-05-Thursday", "Mar 5th, 2026"),
    ],
)
def test_logseq_says_what_a_journal_begins_with_and_how_a_day_is_called(
    tmp_path, told, template, name, title
):
    write(tmp_path / "logseq" / "config.edn", f"{{:meta/version 1\n{told}\n}}")
    layout = detect_layout(tmp_path)
    assert layout.journal_template == template
    assert journal_path(layout, DAY) == f"journals/{name}.md"
    assert format_day(layout.journal_title, DAY) == title


def test_the_real_logseq_vault_is_recognised(shared_data):
    layout = detect_layout(shared_data / "vaults" / "logseq-docs-en")
    assert layout.is_logseq
    assert layout.journal_folder == "journals"
