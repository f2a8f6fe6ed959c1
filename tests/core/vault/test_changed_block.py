"""The block that was just written in, told from two versions of a note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.markdown import parse
from core.vault.changed_block import Lines, changed_block

PLAN = "# 计划\n\n我们三月开放。\n\n- 一\n  - 一之一\n  - 一之二\n- 二\n\nLast words.\n"


def words(old, new):
    found = changed_block(old, new)
    return None if found is None else found.of(new)


@pytest.mark.parametrize(
    ("was", "now", "block"),
    [
        ("我们三月开放。", "我们四月开放。", "我们四月开放。"),
        ("Last words.", "Last words, and more\nof them.", "Last words, and more\nof them."),
        ("# 计划", "# 新计划", "# 新计划"),
        ("  - 一之一", "  - 一之一：改", "  - 一之一：改"),
        ("- 一\n", "- 壹\n", "- 壹\n  - 一之一\n  - 一之二"),
        ("  - 一之二", "  - 一之二\n    - 更深", "    - 更深"),
        ("- 二", "- 二\n- 三", "- 三"),
    ],
)
def test_the_block_with_the_new_words_is_found(was, now, block):
    assert words(PLAN, PLAN.replace(was, now)) == block


def test_an_item_changed_together_with_its_child_is_taken_whole():
    new = PLAN.replace("- 一\n  - 一之一", "- 壹\n  - 壹之一")
    assert words(PLAN, new) == "- 壹\n  - 壹之一\n  - 一之二"


def test_of_several_paragraphs_written_in_one_go_it_is_the_last():
    assert words(PLAN, PLAN + "\nOne.\n\nTwo, the longer one.\n\n三。\n") == "三。"


def test_a_word_changed_elsewhere_does_not_outweigh_a_paragraph():
    new = PLAN.replace("我们三月开放。", "我们三月开放，因为候补名单已经超过两千人。").replace(
        "Last", "Final"
    )
    assert words(PLAN, new) == "我们三月开放，因为候补名单已经超过两千人。"


def test_front_matter_that_a_plugin_keeps_is_not_what_was_written():
    old = "---\nupdated: 2026-11-21T10:00\n---\n短。\n"
    assert words(old, old.replace("10:00", "10:05")) is None
    assert words(old, old.replace("10:00", "10:05").replace("短", "长")) == "长。"


@pytest.mark.parametrize("now", [PLAN, PLAN + "\n\n", PLAN.rstrip(), PLAN.replace("。", "。  "), "\n" + PLAN])
def test_blanks_are_no_words(now):
    assert changed_block(PLAN, now) is None


def test_a_paragraph_taken_out_leaves_a_place_and_no_lines():
    found = changed_block(PLAN, PLAN.replace("我们三月开放。\n\n", ""))
    assert found == Lines(2, 2)
    assert not found


def test_a_line_taken_out_of_a_block_leaves_the_block():
    old = "para one\nline two\nline three\n\nother\n"
    assert words(old, "para one\nline three\n\nother\n") == "para one\nline three"


def test_a_fence_and_a_table_are_blocks():
    old = "```py\na = 1\n\nb = 2\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert words(old, old.replace("b = 2", "b = 3")) == "```py\na = 1\n\nb = 3\n```"
    assert words(old, old.replace("| 1 | 2 |", "| 1 | 3 |")).startswith("| a | b |")


def test_a_note_that_was_empty_gives_its_last_block():
    assert words("", PLAN) == "Last words."


def test_a_rule_right_below_a_fence_takes_nothing_from_it():
    assert words("```\n---", "```\nx\n```\n---") == "```\nx\n```"


LINES = st.lists(
    st.sampled_from(
        ["", "- 一", "  - 二", "\t- three", "# 题", "words", "词语。", "> 引", "```", "---", "a:: b"]
    ),
    max_size=12,
).map("\n".join)


@given(LINES, LINES)
def test_whatever_was_written_the_answer_begins_and_ends_with_words_of_the_note(old, new):
    found = changed_block(old, new)
    if found is None:
        return
    lines = new.split("\n")
    assert 0 <= found.start <= found.end <= len(lines)
    if found:
        assert lines[found.start].strip()
        assert lines[found.end - 1].strip() or "```" in found.of(new)


BLOCKS = st.lists(
    st.sampled_from(
        [
            "# 题",
            "一段话。",
            "two lines\nof words",
            "- 一",
            "- a\n  - b\n- c",
            "1. first\n2. second",
            "> 引文",
            "```py\nx = 1\n\ny = 2\n```",
            "| a | b |\n|---|---|\n| 1 | 2 |",
        ]
    ),
    min_size=1,
    max_size=8,
)


@given(BLOCKS, st.data())
def test_it_is_a_block_as_the_parser_of_notes_tells_them(blocks, data):
    place = data.draw(st.integers(0, len(blocks) - 1))
    changed = [*blocks[:place], blocks[place].replace("\n```", "z\n```") + "改", *blocks[place + 1 :]]
    changed[place] = changed[place].replace("```改", "```")
    new = "\n\n".join(changed)
    found = changed_block("\n\n".join(blocks), new)
    assert found is not None
    assert (found.start, found.end) in {(b.start_line - 1, b.end_line) for b in parse(new).blocks}


@given(LINES)
def test_nothing_written_is_nothing_found(text):
    assert changed_block(text, text) is None


@given(LINES, st.text("字ab ", min_size=1).filter(str.strip))
def test_a_paragraph_written_at_the_end_is_found(text, new):
    line = f"新{new.strip()}"
    above = text.replace("```", "").replace("---", "")
    assert words(above, f"{above}\n\n{line}\n") == line
