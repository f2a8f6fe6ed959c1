"""What Pygments says of code, and how it is asked."""

import pytest
from pygments.lexer import Lexer
from pygments.token import Token as Said

from desktop.editor import code_lexing
from desktop.editor.code_lexing import MOST_CHARS, Lexing, find_lexer, kind_of
from desktop.editor.markdown_tokens import Kind

PYTHON = 'def f(名):  # 说明\n    return "文本" + str(12)\n'


def lexed(language, code):
    """Kind and words of each stretch."""
    lexing = Lexing(find_lexer(language), code)
    while not lexing.go_on(0.002):
        pass
    return [(token.kind, code[token.start : token.end]) for token in lexing.tokens]


def test_words_names_texts_numbers_and_remarks_are_told_apart():
    found = lexed("python", PYTHON)
    assert (Kind.CODE_WORD, "def") in found
    assert (Kind.CODE_NAME, "f") in found
    assert (Kind.CODE_REMARK, "# 说明") in found
    assert (Kind.CODE_TEXT, '"文本"') in found
    assert (Kind.CODE_NUMBER, "12") in found


@pytest.mark.parametrize(
    ("language", "code", "kind", "words"),
    [
        ("js", "const a = `x`;", Kind.CODE_WORD, "const"),
        ("bash", "echo $HOME # 家", Kind.CODE_REMARK, "# 家"),
        ("json", '{"键": 1.5}', Kind.CODE_NUMBER, "1.5"),
        ("html", "<p class='a'>文</p>", Kind.CODE_TEXT, "'a'"),
        ("yaml", "a: true", Kind.CODE_NAME, "a"),
        ("diff", "-old\n+new", Kind.CODE_TEXT, "+new"),
        ("clojure", "(defn f [x] x)", Kind.CODE_WORD, "defn "),
        ("sql", "SELECT 1", Kind.CODE_WORD, "SELECT"),
        ("html+php", "<?php echo 1;", Kind.CODE_WORD, "echo"),
    ],
)
def test_many_languages_are_known(language, code, kind, words):
    assert (kind, words) in lexed(language, code)


def test_a_language_that_nobody_knows_has_no_lexer():
    assert find_lexer("dataview-或别的") is None


def test_a_slice_stops_and_the_next_goes_on_where_it_stopped():
    code = "if x: pass\n" * 50
    lexing, slices = Lexing(find_lexer("python"), code), 1
    while not lexing.go_on(0.0):
        slices += 1
    assert slices > 50
    assert [code[t.start : t.end] for t in lexing.tokens] == ["if", "pass"] * 50


def test_stretches_of_one_kind_that_touch_are_one():
    assert lexed("python", "'a' 'b'") == [(Kind.CODE_TEXT, "'a'"), (Kind.CODE_TEXT, "'b'")]
    assert lexed("python", "f'a{x}'")[0] == (Kind.CODE_TEXT, "f'a{")


def test_more_than_a_page_or_two_of_code_is_not_read():
    lexing = Lexing(find_lexer("python"), "if\n" * MOST_CHARS)
    while not lexing.go_on(1.0):
        pass
    assert max(token.end for token in lexing.tokens) <= MOST_CHARS + 1


class Broken(Lexer):
    """A lexer that fails where it meets a certain word, as one or the other of five hundred may."""

    def get_tokens_unprocessed(self, text):
        for place, letter in enumerate(text):
            if letter == "!":
                raise ValueError("no")
            yield place, Said.Keyword if letter == "k" else Said.Text, letter


def test_a_lexer_that_fails_keeps_what_it_said_before():
    lexing = Lexing(Broken(), "k k!k")
    assert lexing.go_on(1.0)
    assert [(token.start, token.end) for token in lexing.tokens] == [(0, 1), (2, 3)]


def test_a_lexer_that_fails_at_once_is_none(monkeypatch):
    monkeypatch.setattr("pygments.lexers.get_lexer_by_name", lambda *_, **__: Broken())
    monkeypatch.setattr(Broken, "get_tokens_unprocessed", lambda *_: 1 / 0)
    assert code_lexing.find_lexer("broken") is None


def test_a_token_without_a_kind_of_its_own_counts_as_what_it_is_a_part_of():
    assert kind_of(Said.Name.Function.Magic) is Kind.CODE_NAME
    assert kind_of(Said.Comment.Multiline) is Kind.CODE_REMARK
    assert kind_of(Said.Name) is None
    assert kind_of(Said.Literal.Number.Hex) is Kind.CODE_NUMBER
