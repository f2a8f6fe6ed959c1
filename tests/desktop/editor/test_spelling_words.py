"""Which words of Markdown are checked."""

import pytest

from core.paths import resources_dir
from desktop.bridge.own_words import load_speller
from desktop.editor.markdown_tokens import COMMENT, FRONT_MATTER, NORMAL, Kind, tokens
from desktop.editor.spelling_words import misspelt


def flagged(line, state=NORMAL, **more):
    return [
        line[token.start : token.end] for token in misspelt(line, state, lambda word: word != "wrogn", **more)
    ]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("a wrogn word", 1),
        ("# wrogn and **wrogn**", 2),
        ("> wrogn", 1),
        ("- [ ] wrogn", 1),
        ("| wrogn | right |", 1),
        ("`wrogn` and ``wrogn``", 0),
        ("[[wrogn]] and [wrogn](wrogn.md)", 0),
        ("#wrogn https://a.example/wrogn", 0),
        ("$wrogn$ and %%wrogn%%", 0),
        ("<b class='wrogn'>wrogn</b>", 1),
        ("{{query wrogn}} [[wrogn", 0),
        ("wrogn:: value", 0),
    ],
)
def test_words_are_checked_and_markup_is_not(line, count):
    assert flagged(line) == ["wrogn"] * count


def test_code_front_matter_and_comments_are_left_alone():
    _, fence = tokens("```py", NORMAL)
    for state in (fence, FRONT_MATTER, COMMENT):
        assert flagged("wrogn", state) == []
    assert flagged("---", is_first=True) == []


def test_pasted_data_is_left_alone():
    assert flagged("wrogn " * 2000) == []


def test_the_kind_is_that_of_misspelt_words():
    (token,) = misspelt("中文 😀 but this one is wrogn", NORMAL, lambda word: word != "wrogn")
    assert token.kind is Kind.MISSPELT
    assert token.start == len("中文 😀 but this one is ")


def test_the_notes_that_ship_have_no_misspelt_word():
    speller = load_speller(None)
    found = []
    for note in sorted((resources_dir() / "vault").rglob("*.md")):
        state = NORMAL
        for number, line in enumerate(note.read_text(encoding="utf-8").split("\n")):
            wrong = misspelt(line, state, speller.knows, is_first=number == 0)
            found += [line[token.start : token.end] for token in wrong]
            _, state = tokens(line, state, is_first=number == 0)
    assert found == []
