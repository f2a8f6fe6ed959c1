"""Three-way merge."""

from __future__ import annotations

import subprocess

from hypothesis import given, settings
from hypothesis import strategies as st

from core.vault.merge import Merge, Side, matching_lines, merge

WORDS = st.sampled_from(["甲", "乙", "a", "b", "", "- x", "# 标题"])
LINES = st.lists(st.builds("{}{}".format, WORDS, st.integers(0, 12)), max_size=14)
TEXTS = st.builds(lambda lines, end: "\n".join(lines) + end, LINES, st.sampled_from(["", "\n"]))


@st.composite
def edited(draw, text: str) -> str:
    """A text with up to three lines added, removed or replaced."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(lines)))
        fresh = draw(WORDS) + str(draw(st.integers(20, 40)))
        lines[place : place + draw(st.integers(0, 1))] = draw(st.sampled_from([[fresh], []]))
    return "\n".join(lines)


@st.composite
def triples(draw) -> tuple[str, str, str]:
    base = draw(TEXTS)
    return base, draw(edited(base)), draw(edited(base))


def side(result: Merge, name: str) -> str:
    return "".join(getattr(part, name) for part in result.parts)


def test_changes_in_different_places_are_both_taken():
    result = merge("一\n二\n三\n四\n五\n", "一\n贰\n三\n四\n五\n", "一\n二\n三\n四\n伍\n")
    assert result.text == "一\n贰\n三\n四\n伍\n"


def test_the_same_change_on_both_sides_is_taken_once():
    result = merge("a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\n")
    assert result.text == "a\nB\nc\n"
    assert [part.side for part in result.parts] == [Side.SAME, Side.BOTH, Side.SAME]


def test_different_changes_of_one_line_are_a_conflict_that_shows_all_three():
    result = merge("a\nb\nc\n", "a\nours\nc\n", "a\ntheirs\nc\n")
    assert result.text is None
    (conflict,) = result.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("b\n", "ours\n", "theirs\n")


def test_text_added_at_the_end_by_one_side_only_is_taken():
    assert merge("a", "a", "a\n\nmore").text == "a\n\nmore"
    assert merge("", "", "new\n").text == "new\n"


def test_separators_that_are_no_line_ends_do_not_split_lines():
    assert merge("a\u2028b\n", "a\u2028b\n", "a\u2028B\n").text == "a\u2028B\n"


@given(triples())
def test_every_version_can_be_read_back_from_the_parts(versions):
    base, ours, theirs = versions
    result = merge(base, ours, theirs)
    assert (side(result, "base"), side(result, "ours"), side(result, "theirs")) == versions


@given(triples())
def test_a_merge_of_swapped_sides_is_the_same_merge(versions):
    base, ours, theirs = versions
    assert merge(base, ours, theirs).text == merge(base, theirs, ours).text


@given(triples())
def test_if_one_side_changed_nothing_the_other_is_the_result(versions):
    base, ours, _ = versions
    assert merge(base, ours, base).text == ours
    assert merge(base, base, ours).text == ours


@settings(max_examples=120)
@given(triples())
def test_no_line_that_a_side_added_is_lost(versions):
    base, ours, theirs = versions
    merged = merge(base, ours, theirs).text
    if merged is None:
        return
    old = set(base.split("\n"))
    for text in (ours, theirs):
        assert set(text.split("\n")) - old <= set(merged.split("\n"))


def test_clean_merges_equal_those_of_git(tmp_path_factory):
    folder = tmp_path_factory.mktemp("git")
    compared = []

    @settings(max_examples=150)
    @given(triples())
    def compare(versions):
        for name, text in zip(("base", "ours", "theirs"), versions, strict=True):
            (folder / name).write_bytes(text.encode())
        command = ["git", "merge-file", "-p", "ours", "base", "theirs"]
        git = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        ours = merge(*versions).text
        if git.returncode == 0 and ours is not None:
            compared.append(ours)
            assert ours == git.stdout.decode()

    compare()
    assert len(compared) > 50


@given(LINES, LINES)
def test_matching_lines_are_equal_and_ascend(old, new):
    pairs = matching_lines(old, new)
    assert all(old[a] == new[b] for a, b in pairs.items())
    assert list(pairs) == sorted(pairs)
    assert list(pairs.values()) == sorted(set(pairs.values()))


def test_long_texts_full_of_equal_lines_are_matched_by_their_unique_ones():
    old = [line for number in range(6000) for line in (f"line {number}", "")]
    new = ["first", *old[:3000], "middle", *old[3010:9000], "later", *old[9000:], "last"]
    pairs = matching_lines(old, new)
    assert len(pairs) == len(old) - 10
    assert all(old[a] == new[b] for a, b in pairs.items())


def test_long_texts_without_any_unique_line_are_still_matched_correctly():
    old = ["x", "", "y"] * 800
    new = ["", "z", *old[100:], "z"]
    pairs = matching_lines(old, new)
    assert all(old[a] == new[b] for a, b in pairs.items())


def test_a_large_note_edited_far_apart_is_merged():
    base = "".join(f"第{number}行\n\n" for number in range(4000))
    ours = base.replace("第3行", "改了第3行").replace("第3990行", "改了第3990行")
    theirs = base.replace("第2000行", "别人改的")
    merged = merge(base, ours, theirs).text
    assert merged is not None
    assert all(line in merged for line in ("改了第3行", "改了第3990行", "别人改的"))
