"""What a new journal page of Logseq begins with."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vault.logseq_template import filled, from_block
from core.vault.model import VaultLayout

NOW = datetime(2026, 11, 22, 9, 5)
LAYOUT = VaultLayout(is_logseq=True, journal_template="daily", journal_title="YYYY-MM-DD")


@pytest.fixture
def begins(tmp_path):
    """Return what a page begins with where the templates' page reads like this."""

    def begins(text, name="daily"):
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / "模板.md").write_text(text, encoding="utf-8", newline="")
        layout = VaultLayout(is_logseq=True, journal_template=name, journal_title="YYYY-MM-DD")
        return from_block(tmp_path, layout, NOW, max_bytes=10_000)

    return begins


ALONE = "  template-including-parent:: false\n"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (
            f"- Daily\n  template:: daily\n{ALONE}\t- one\n\t\t- two\n\t- three\n- no\n",
            "- one\n\t- two\n- three",
        ),
        ("- Daily\n  template:: daily\n\t- one\n- no\n\t- no\n", "- Daily\n\t- one"),
        ("- no\n\t- template:: Daily\n\t  words\n\t\t- one\n\t- no\n", "-\n  words\n\t- one"),
        ("## 每日\ntemplate:: daily\n\t- 一\n- no\n", "- ## 每日\n\t- 一"),
        (f"## 每日\ntemplate:: daily\n{ALONE.strip()}\n\t- 一\n\n\t  段\n- no\n", "- 一\n\n  段"),
        (
            f"- D\n  template:: daily\n{ALONE}  - one\n    id:: 6\n    - two\n      more\n",
            "- one\n  - two\n    more",
        ),
        (f"- D\n  template:: daily\n{ALONE}\t- ```\n\t  - code\n\t  ```\n", "- ```\n  - code\n  ```"),
        (f"- D\n  template:: daily\n{ALONE}", ""),
        (f"- D\n  template:: daily\n{ALONE}- no\n", ""),
        ("- template:: daily", "-"),
        (f"- D\r\n  template:: daily\r\n{ALONE}\t- one\r\n", "- one"),
        ("- template:: other\n\t- no\n", ""),
        ("- words about template:: daily\n", ""),
        ("", ""),
    ],
)
def test_a_template_is_what_lies_below_its_block_and_the_block_itself_unless_it_says_no(begins, text, page):
    assert begins(text) == page


def test_the_first_of_two_of_one_name_counts(begins):
    assert begins("- template:: daily\n\t- one\n- template:: daily\n\t- two\n") == "-\n\t- one"


def test_a_chinese_name_is_found_beside_notes_that_cannot_be_read(begins, tmp_path):
    (tmp_path / "broken.md").write_bytes(b"template::" + b"\x00\x01\x02" * 50)
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")
    assert begins(f"- 每日\n  template:: 每日模板\n{ALONE}\t- 一\n", name="每日模板") == "- 一"


def test_without_a_vault_there_is_no_template(tmp_path):
    assert from_block(tmp_path / "nowhere", LAYOUT, NOW, max_bytes=100) == ""


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("<% today %> <%Time%>", "[[2026-11-22]] 09:05"),
        ("<% yesterday %>|<% Tomorrow %>", "[[2026-11-21]]|[[2026-11-23]]"),
        ("<% current page %>", "[[2026-11-22]]"),
        ("<% next friday %> <%%> <% today", "<% next friday %> <%%> <% today"),
        ("{{date}} 100 %", "{{date}} 100 %"),
    ],
)
def test_variables_are_filled_in_and_nothing_else(template, text):
    assert filled(template, LAYOUT, NOW) == text


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=5
)
TAB = "\t"
TREES = st.lists(st.tuples(st.integers(0, 4), WORDS), max_size=8)


@given(TREES)
def test_whatever_lies_below_is_moved_to_the_margin_as_it_is(tmp_path_factory, tree):
    folder, depth, wanted = tmp_path_factory.mktemp("vault"), -1, []
    for step, word in tree:
        depth = max(0, min(depth + 1, depth + 2 - step))
        wanted.append(f"{TAB * depth}- {word.replace('<%', '')}x")
    below = "".join(f"\t{line}\n" for line in wanted)
    (folder / "a.md").write_text(f"- T\n  template:: daily\n{ALONE}{below}- no\n", encoding="utf-8")
    assert from_block(folder, LAYOUT, NOW, max_bytes=10_000) == "\n".join(wanted)
