"""Tags by which notes are left out: what they cover, told from the text alone."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.text import markdown
from core.text.tags import TagRule, tag_rule

PRIVATE = tag_rule(["private", "#私人/"])


@pytest.mark.parametrize(
    "text",
    [
        "Words. #private\n",
        "Words #PRIVATE, and more.\n",
        "#private/diary\n",
        "---\ntags: [work, private]\n---\n",
        "---\ntags: private/diary other\n---\n",
        "---\nTags:\n  - Private\n---\n",
        '---\ntags: ["priv\\x61te"]\n---\n',
        "tags:: private, work\n\n- item\n",
        "- item\n  tags:: [[private]]\n",
        "#[[private]] words\n",
        "见面。#私人\n",
        "#私人/日记\n",
        "---\ntag: 私人\n---\n",
        "---\ntags: [private\n---\n",
    ],
)
def test_a_note_with_the_tag_or_one_below_it_is_told(text):
    assert PRIVATE.holds(text)
    assert PRIVATE.finds(markdown.parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "private words\n",
        "#privateer #work/private #私人物品\n",
        "`#private` and\n\n```\n#private\n```\n",
        "---\ntitle: private\n---\n",
        "# private\n",
        "[words](#private)\n",
        "---\ntitle: [broken\n---\n",
        "",
    ],
)
def test_the_word_alone_or_another_tag_is_none(text):
    assert not PRIVATE.holds(text)


def test_composed_and_decomposed_letters_are_one_tag():
    assert tag_rule(["cafe\u0301"]).holds("#Café/été\n")


@pytest.mark.parametrize("written", ["#two words", "[[two words]]", "#[[Two Words]]", " two words/ "])
def test_a_tag_may_be_written_as_in_a_note(written):
    assert tag_rule([written]).holds("#[[two words]]\n")


@pytest.mark.parametrize("written", [[], ["", "  ", "#", "/"]])
def test_what_names_no_tag_covers_nothing(written):
    rule = tag_rule(written)
    assert rule == TagRule()
    assert not rule
    assert not rule.holds('---\ntags: ["\\x61"]\n---\n#private\n')


PIECES = [
    "#",
    "private",
    "Private",
    "私人",
    "/",
    " ",
    "\n",
    "tags:: ",
    "---\n",
    "tags: ",
    "[[",
    "]]",
    "`",
    "\\",
    "- ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("---\ntags:\n  - a\n---\n")
def test_the_quick_look_never_misses_what_parsing_finds(text):
    assert PRIVATE.holds(text) == PRIVATE.finds(markdown.parse(text))
