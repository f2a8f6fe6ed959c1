"""What should be looked at twice is found, and what is seen anyway is not called hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.unseen import Kind, findings, without_invisible


def found(text, known=""):
    return [(finding.kind, finding.what) for finding in findings(text, known=known)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("打\u200b开", "U+200B"),
        ("a\u00a0b", "U+00A0"),
        ("x\u202ey", "U+202E"),
        ("a\U000e0041", "U+E0041"),
        ("a\ufeff\u200d", "U+FEFF U+200D"),
        ("bell\x07", "U+0007"),
    ],
)
def test_a_character_that_nobody_sees_is_named(text, name):
    assert found(text) == [(Kind.INVISIBLE, name)]


@pytest.mark.parametrize("text", ["❤️", "👩‍🚀 和 👨‍👩‍👧", "1️⃣", "中文，full　width？", "a\tb\nc"])
def test_what_is_seen_is_not_called_hidden(text):
    assert found(text) == []


def test_a_joiner_between_letters_hides_something():
    assert found("支\u200d付") == [(Kind.INVISIBLE, "U+200D")]


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("见[这里](https://evil.example/?q=笔记)。", Kind.LINK, "https://evil.example/?q=笔记"),
        ("![x](http://a.example/p.png)", Kind.IMAGE, "http://a.example/p.png"),
        ("![x][ref]", Kind.IMAGE, "![x]"),
        ("看 https://example.org/a。好", Kind.LINK, "https://example.org/a"),
        ("<img src=x onerror=alert(1)>", Kind.HTML, "<img>"),
        ("</Script>", Kind.HTML, "<script>"),
        ("[a](wiki_(x) 'title')", Kind.LINK, "wiki_(x)"),
        ("javascript:alert(1)", Kind.LINK, "javascript:alert(1"),
    ],
)
def test_links_pictures_and_html_are_found(text, kind, what):
    assert found(text) == [(kind, what)]


@pytest.mark.parametrize(
    "text", ["[[另一篇]]", "a < b 而 c > d", "[x] 待办", "- [ ] task", "3:4", "e.g. this"]
)
def test_ordinary_notes_have_nothing_to_look_at(text):
    assert found(text) == []


def test_a_link_that_stood_there_before_is_not_new_though_its_words_are():
    assert found("[新的词](https://a.example)", known="[旧](https://a.example)") == []
    assert found("[旧](https://b.example)", known="[旧](https://a.example)") == [
        (Kind.LINK, "https://b.example")
    ]


def test_a_no_break_space_the_writer_uses_is_not_reported_again():
    assert found("2\u00a0000 人", known="1\u00a0000 人") == []


@given(st.text(alphabet="[]()!<>/ahtps:.\u200b笔\ufe0f😀\n ", max_size=80))
def test_places_lie_in_the_text_and_come_in_order(text):
    result = findings(text)
    assert all(0 <= one.start < one.end <= len(text) for one in result)
    assert [one.start for one in result] == sorted(one.start for one in result)
    assert findings(text, known=text) == ()


@given(st.text())
def test_without_what_nobody_sees_there_is_nothing_hidden_and_all_else_stays(text):
    left = without_invisible(text)
    assert not [finding for finding in findings(left) if finding.kind is Kind.INVISIBLE]
    assert [char for char in left if char.isalnum()] == [char for char in text if char.isalnum()]


def test_an_emoji_keeps_its_shape():
    assert without_invisible("👩\u200d💻\u200b ❤\ufe0f") == "👩\u200d💻 ❤\ufe0f"
