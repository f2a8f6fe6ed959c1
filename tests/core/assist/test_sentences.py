import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.sentences import LONGEST_JOINED, sentences_of
from tests.core.assist.helpers import CHINESE_PLAN, PLAN, PRICING, passage


def texts(text: str, line: int = 1) -> list[str]:
    return [sentence.text for sentence in sentences_of(passage(text, line=line))]


def test_each_sentence_has_its_line_in_the_file():
    found = sentences_of(PLAN)
    assert [(s.line, s.end_line) for s in found] == [(10, 11), (11, 11)]
    assert found[1].text == "February is too early."


def test_sentences_are_word_for_word_in_the_passage():
    for source in (PLAN, PRICING, CHINESE_PLAN):
        assert all(s.text in source.text for s in sentences_of(source))


def test_a_chinese_sentence_is_not_cut_at_its_semicolon():
    assert [s.text for s in sentences_of(CHINESE_PLAN)] == [
        "公测定在三月开始：十一月候补名单超过了两千人；旧笔记导入修好以后，试点的流失率降到百分之三。",
        "二月太早。",
    ]


def test_clauses_are_joined_only_while_one_can_read_them():
    clause = "很" * 70 + "；"
    assert all(len(text) <= LONGEST_JOINED for text in texts(clause * 5))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- first point\n- second point", ["first point", "second point"]),
        ("1. one\n2. two", ["one", "two"]),
        ("- [ ] buy milk\n- [x] call Mara", ["buy milk", "call Mara"]),
        ("> quoted words", ["quoted words"]),
        ("> [!note] A callout\n> with text", ["A callout", "with text"]),
        ("  - nested point", ["nested point"]),
    ],
)
def test_marks_of_lists_and_quotes_are_left_out(markdown, expected):
    assert texts(markdown) == expected


@pytest.mark.parametrize(
    "markdown",
    [
        "# Heading",
        "```python\nprint('no prose')\n```",
        "~~~\nunclosed fence",
        "---\ntitle: x\n---",
        "%% hidden %%",
        "<!-- hidden. really. -->",
        "| --- | ---: |",
        "---",
        "[[Launch plan]]",
        "![[picture.png]]",
        "https://example.com/x?y=z",
        "[link](https://example.com)",
        "",
        "***",
    ],
)
def test_what_is_no_sentence_is_not_quoted(markdown):
    assert texts(markdown) == []


def test_lines_are_counted_past_what_is_left_out():
    text = "---\ntitle: x\n---\n\n```\ncode. Code.\n```\n\nProse at last."
    assert [(s.text, s.line) for s in sentences_of(passage(text, line=1))] == [("Prose at last.", 9)]


def test_a_table_row_can_be_quoted():
    assert "| Solo | 6 EUR |" in [s.text for s in sentences_of(PRICING)]


def test_a_piece_of_one_long_line_stays_on_its_line():
    piece = passage("One. Two. Three.", line=40)
    assert {(s.line, s.end_line) for s in sentences_of(piece)} == {(40, 40)}


@given(st.text(alphabet="ab。.；;\n #>-`|[]中", max_size=120), st.integers(1, 500))
def test_any_text_gives_sentences_at_their_lines(text, line):
    source = passage(text, line=line)
    lines = text.split("\n")
    for sentence in sentences_of(source):
        assert sentence.text in text
        assert source.start_line <= sentence.line <= sentence.end_line <= source.end_line
        assert sentence.text.split("\n")[0] in lines[sentence.line - line]
