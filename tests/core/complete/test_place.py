"""Where in a note the caret stands, told from the text around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.complete.model import Region
from core.complete.place import PlaceKind, place_of, region_of
from tests.core.complete.helpers import place_at


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("|", PlaceKind.EMPTY),
        ("# 标题\n\n|\n\n下一段", PlaceKind.EMPTY),
        ("我们在|", PlaceKind.PROSE),
        ("|the rest of a line", PlaceKind.PROSE),
        ("> quoted |", PlaceKind.PROSE),
        ("- |", PlaceKind.ITEM),
        ("  * 第二层 |", PlaceKind.ITEM),
        ("3. third |", PlaceKind.ITEM),
        ("- [ ] call |", PlaceKind.ITEM),
        ("> - quoted item |", PlaceKind.ITEM),
        ("## |", PlaceKind.HEADING),
        ("## 第二章 |", PlaceKind.HEADING),
        ("| a | b |\n|---|---|\n| 1 | ", PlaceKind.EMPTY),  # the caret is written as a bar: see the next test
        ("type:: |", PlaceKind.PROPERTY),
        ("  - status:: |", PlaceKind.PROPERTY),
        ("run `git |", PlaceKind.INLINE_CODE),
        ("see [[Pil|", PlaceKind.LINK),
        ("见【【发布|", PlaceKind.LINK),
        ("见【【发布】】，|", PlaceKind.PROSE),
        ("见【注一】和【|", PlaceKind.PROSE),
        ("see [the pilot](notes/pi|", PlaceKind.LINK),
        ("see [the pilot](|", PlaceKind.TARGET),
        ("see [the pilot](|)", PlaceKind.TARGET),
        ("see ![](|", PlaceKind.TARGET),
        ("see [the pi|lot](notes/pilot.md)", PlaceKind.LINK),
        ("at https://example.com/pa|", PlaceKind.LINK),
        ("block ((6f1|", PlaceKind.LINK),
        ("see [[Pilot]] and |", PlaceKind.PROSE),
        ("see [pilot](a.md) and |", PlaceKind.PROSE),
        ("网址 https://example.com/路径。然后|", PlaceKind.PROSE),
        ("a #proj|", PlaceKind.TAG),
        ("a #|", PlaceKind.PROSE),
        ("issue #12 is |", PlaceKind.PROSE),
        ("wor|ld", PlaceKind.WORD),
        ("用Py|thon写", PlaceKind.WORD),
        ("我|们", PlaceKind.PROSE),
        ("word|, next", PlaceKind.PROSE),
        ("---\ntitle: x\n|", PlaceKind.FRONT_MATTER),
        ("---\ntitle: x\n---\n正文|", PlaceKind.PROSE),
        ("text\n\n---\n\nmore|", PlaceKind.PROSE),
        ("```python\nimport |", PlaceKind.CODE),
        ("```\na\n```\nb|", PlaceKind.PROSE),
        ("````\n```\nstill |", PlaceKind.CODE),
        ("~~~\n```\nstill |", PlaceKind.CODE),
        ("text %%hidden |", PlaceKind.COMMENT),
        ("text %%hidden%% |", PlaceKind.PROSE),
        ("<!-- note\n|", PlaceKind.COMMENT),
        ("<!-- note -->\n|", PlaceKind.EMPTY),
        ("$$\nx = |", PlaceKind.MATH),
        ("$$\nx = 1\n$$\nso |", PlaceKind.PROSE),
    ],
)  # fmt: skip
def test_the_kind_of_a_place(text, kind):
    if kind is PlaceKind.EMPTY and text.startswith("| a"):
        text = "|"
    assert place_at(text).kind is kind


def test_a_table_row_is_known_by_its_first_bar():
    assert place_of("| a | b |\n|---|---|\n| 1 | ", "").kind is PlaceKind.TABLE


@pytest.mark.parametrize(
    "text", ["wor|ld", "[[Pil|", "[x](a|", "#ta|", "---\na: |", "<!-- |", "%% |", "$$\n|", "https://a.b|"]
)
def test_ghost_text_stays_away_from_these(text):
    assert not place_at(text).may_show(in_code=True)


def test_code_is_left_to_a_setting():
    place = place_at("```sh\ngit |")
    assert place.may_show(in_code=True)
    assert not place.may_show(in_code=False)


@pytest.mark.parametrize(
    "text",
    ["三月发布，|", "三月发布。|", "他说：“好。”|", "It opens. |", "first, |", "- |", "## |", "|", "> |"],
)
def test_clauses_items_headings_and_lines_begin_at_a_boundary(text):
    assert place_at(text).boundary


@pytest.mark.parametrize("text", ["我们在|", "It op|", "3.|5", "v1.|", "- first |"])
def test_the_middle_of_a_clause_is_no_boundary(text):
    assert not place_at(text).boundary


def test_lead_line_and_rest_are_told():
    place = place_at("# A\n  - [ ] 给老王打|电话\nnext")
    assert (place.lead, place.line, place.rest) == ("  - [ ] ", "  - [ ] 给老王打", "电话")


def test_a_caller_who_knows_the_region_is_believed():
    before = "no fence in these last lines\nx = "
    assert place_of(before, "", region=Region.CODE).kind is PlaceKind.CODE
    assert place_of("```\nx = ", "", region=Region.TEXT).kind is PlaceKind.PROSE


def test_a_rule_is_no_front_matter_below_the_top():
    assert region_of("a\n---\nb: c\n") is Region.TEXT


@given(st.text(alphabet="ab 我，。[](){}#`$%<>-!|:/\n*", max_size=120), st.text(max_size=20))
def test_any_text_has_a_place(before, after):
    place = place_of(before, after)
    assert before.endswith(place.line)
    assert place.line.startswith(place.lead)
    assert "\n" not in place.line + place.rest
