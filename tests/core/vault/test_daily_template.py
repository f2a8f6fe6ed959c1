"""What a new daily note begins with."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.vault.daily_template import filled, from_template
from core.vault.model import VaultLayout

NOW = datetime(2026, 11, 22, 9, 5)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("# {{title}}", "# 今天"),
        ("{{date}} {{time}}", "2026-11-22 09:05"),
        ("{{date:YYYY年M月D日 dddd}}", "2026年11月22日 星期日"),
        ("{{ Date : YYYY }}{{TIME:HH}}", "202609"),
        ("{{other}} {{date", "{{other}} {{date"),
        ("", ""),
    ],
)
def test_variables_are_filled_in_and_nothing_else(template, text):
    assert filled(template, "今天", NOW, "zh") == text


@pytest.mark.parametrize("named", ["模板/日记", "模板/日记.md"])
def test_a_template_is_read_from_the_vault_by_its_name_with_or_without_suffix(tmp_path, named):
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "日记.md").write_text("# {{title}}\n", encoding="utf-8")
    layout = VaultLayout(journal_template=named)
    assert from_template(tmp_path, layout, "日记/2026-11-22.md", NOW, max_bytes=100) == "# 2026-11-22\n"


@pytest.mark.parametrize("named", ["", "no such", "../outside", "/etc/passwd", "binary"])
def test_without_a_template_that_can_be_read_a_note_begins_empty(tmp_path, named):
    vault = tmp_path / "vault"
    vault.mkdir()
    (tmp_path / "outside.md").write_text("secret")
    (vault / "binary.md").write_bytes(b"\0\1" * 100)
    assert from_template(vault, VaultLayout(journal_template=named), "a.md", NOW, max_bytes=1000) == ""
