"""What light highlighting sees in a line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.editor.markdown_tokens import COMMENT, FRONT_MATTER, MATH, NORMAL, Kind, states, tokens


def found(line, kind, state=NORMAL):
    """The stretches of one kind in a line, as text."""
    return [line[token.start : token.end] for token in tokens(line, state)[0] if token.kind is kind]


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("# Title", Kind.HEADING_1, ["# Title"]),
        ("### 三级", Kind.HEADING_3, ["### 三级"]),
        ("##### five", Kind.HEADING, ["##### five"]),
        ("- # outline", Kind.HEADING_1, ["- # outline"]),
        ("\t\t- ### deep in it", Kind.HEADING_3, ["\t\t- ### deep in it"]),
        ("a `code` b", Kind.CODE, ["`code`"]),
        ("a ``co`de`` b", Kind.CODE, ["``co`de``"]),
        ("[[Note#h|t]] x", Kind.LINK, ["Note#h|t"]),
        ("[words](x.md)", Kind.LINK, ["words"]),
        ("go https://a.b/c now", Kind.LINK, ["https://a.b/c"]),
        ("a #标签/子 b", Kind.TAG, ["#标签/子"]),
        ("**粗体**字", Kind.BOLD, ["**粗体**"]),
        ("an *italic* and _one_", Kind.ITALIC, ["*italic*", "_one_"]),
        ("~~gone~~", Kind.STRIKE, ["~~gone~~"]),
        ("==marked==", Kind.HIGHLIGHT, ["==marked=="]),
        ("> quoted", Kind.QUOTE, ["> quoted"]),
        ("- [x] done it", Kind.DONE, [" done it"]),
        ("a $x^2$ b", Kind.MATH, ["$x^2$"]),
        ("say %%hidden%% end", Kind.COMMENT, ["%%hidden%%"]),
        ("key:: value", Kind.MARK, ["key::"]),
        ("---", Kind.MARK, ["---"]),
        ("| 列 | b |", Kind.TABLE, ["| 列 | b |"]),
    ],
)
def test_a_stretch_is_found(line, kind, words):
    assert found(line, kind) == words


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("#nospace", Kind.HEADING_1),
        ("issue #12", Kind.TAG),
        ("http://x.y/#part", Kind.TAG),
        ("snake_case_name", Kind.ITALIC),
        ("2 * 3 * 4", Kind.ITALIC),
        ("* bullet * star", Kind.ITALIC),
        ("`**code**`", Kind.BOLD),
        ("costs $5 and $6", Kind.MATH),
        ("- [ ] open", Kind.DONE),
        ("a | b", Kind.TABLE),
        ("####### seven", Kind.HEADING),
    ],
)
def test_what_only_looks_like_it_is_left_alone(line, kind):
    assert found(line, kind) == []


def test_a_fence_holds_until_its_own_end():
    _, state = tokens("```py", NORMAL)
    assert found("# not a heading", Kind.CODE, state) == ["# not a heading"]
    assert tokens("~~~", state)[1] == state
    assert tokens("``", state)[1] == state
    assert tokens("````", state)[1] == NORMAL


def test_code_in_one_line_opens_no_fence():
    assert tokens("```x``` y", NORMAL)[1] == NORMAL


def test_front_matter_begins_in_the_first_line_only():
    assert tokens("---", NORMAL, is_first=True)[1] == FRONT_MATTER
    assert tokens("---", NORMAL)[1] == NORMAL
    assert tokens("---", FRONT_MATTER)[1] == NORMAL


def test_math_and_comments_span_lines():
    assert tokens("$$", NORMAL)[1] == MATH
    assert tokens("x = y $$", MATH)[1] == NORMAL
    assert tokens("$$x$$", NORMAL)[1] == NORMAL
    assert tokens("%% begin", NORMAL)[1] == COMMENT
    assert tokens("end %%", COMMENT)[1] == NORMAL


def test_states_are_known_without_tokens():
    assert states(["---", "a: b", "---", "x", "```", "code", "```", "y"]) == {0: 1, 1: 1, 4: 22, 5: 22}


def test_pasted_data_of_enormous_length_is_not_searched():
    assert tokens("*a* " * 20_000, NORMAL)[0] == []


@given(
    st.text(st.sampled_from("#*_`~=[]()!$%> -+1.x中😀\t|:/"), max_size=60), st.sampled_from([-1, 1, 2, 3, 22])
)
@settings(max_examples=200)
def test_tokens_lie_within_the_line(line, state):
    result, following = tokens(line, state)
    assert all(0 <= token.start <= token.end <= len(line) for token in result)
    assert isinstance(following, int)


@given(st.lists(st.sampled_from(["```", "~~~", "$$", "%%", "---", "text", "# h", "``` x"]), max_size=12))
def test_the_quick_pass_agrees_with_the_slow_one(lines):
    expected, state = {}, NORMAL
    for number, line in enumerate(lines):
        _, state = tokens(line, state, is_first=number == 0)
        if state != NORMAL:
            expected[number] = state
    assert states(lines) == expected
