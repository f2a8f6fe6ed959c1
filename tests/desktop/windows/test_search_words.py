"""What a search means by its words: names in their order, filters, and the line that is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.windows.front_page import CHINESE, ENGLISH, front_page
from desktop.windows.search_query import names_for, names_with, parse_search
from desktop.windows.snippets import best_line

parts = st.sampled_from(["Projects", "项目", "二期", "Launch plan", "launch", "计划", "a b", "README"])
paths = st.lists(parts, min_size=1, max_size=3).map(lambda found: "/".join(found) + ".md")
vaults = st.lists(paths, unique=True, max_size=12)
words = st.text(st.sampled_from("launchplLP 计划项目"), max_size=8)


@given(vaults, words, st.integers(1, 5))
def test_every_name_that_is_found_holds_every_word_and_none_is_found_twice(notes, text, limit):
    found = names_with(text, notes, limit=limit)
    assert len(found) == len(set(found)) <= limit
    assert set(found) <= set(notes)
    for path in found:
        assert all(word in path.casefold() for word in text.casefold().split())


@given(vaults, words)
def test_the_order_of_the_vault_does_not_matter(notes, text):
    assert names_with(text, notes, limit=3) == names_with(text, reversed(notes), limit=3)


@given(vaults, words)
def test_fewer_are_the_best_of_more(notes, text):
    assert names_with(text, notes, limit=2) == names_with(text, notes, limit=9)[:2]


@given(vaults, st.sampled_from(["Projects", "项目", "项目/二期"]), words)
def test_a_folder_narrows_what_its_words_find(notes, folder, text):
    narrow = names_for(parse_search(f"path:{folder} {text}", limit=9), notes, limit=99)
    assert all(path.startswith(f"{folder}/") for path in narrow)
    if text.strip():
        wide = names_with(text, notes, limit=99)
        assert narrow == [path for path in wide if path.startswith(f"{folder}/")]
    else:
        assert set(narrow) == {path for path in notes if path.startswith(f"{folder}/")}


@given(vaults, words)
def test_with_a_tag_names_say_nothing(notes, text):
    assert names_for(parse_search(f"tag:x {text}", limit=9), notes, limit=9) == []


def test_a_folder_is_listed_as_the_tree_sorts_it():
    notes = ["日记/第 10 天.md", "日记/第 2 天.md", "日记/第 1 天.md", "x.md"]
    found = names_for(parse_search("path:日记", limit=9), notes, limit=9)
    assert found == ["日记/第 1 天.md", "日记/第 2 天.md", "日记/第 10 天.md"]


def test_nothing_in_the_field_lists_nothing():
    assert names_for(parse_search("", limit=9), ["a.md"], limit=9) == []
    assert names_for(parse_search("path:", limit=9), ["a.md"], limit=9) == []


@given(st.lists(st.sampled_from(["tag:a", "path:b", "word", "发布", '"in quotes"']), max_size=5))
def test_filters_may_stand_anywhere_among_the_words(found):
    query = parse_search(" ".join(found), limit=5)
    assert query.text.split() == [p for part in found if ":" not in part for p in part.split()]
    assert (query.scope.tag == "a") == ("tag:a" in found)
    assert (query.scope.folder == "b") == ("path:b" in found)


# The line that is shown

marks = st.sampled_from(["# ", "## ", "- ", "* ", "1. ", "- [ ] ", "- [x] ", "> ", ""])
plain = st.sampled_from(["开放日期定在三月", "the beta opens", "nothing here", "价格未定"])


@given(st.lists(st.tuples(marks, plain), min_size=1, max_size=6), plain)
def test_the_line_of_the_words_is_found_behind_any_mark(found, wanted):
    text = "\n".join(mark + line for mark, line in found)
    number, shown = best_line(text, wanted)
    if wanted in [line for _mark, line in found]:
        assert shown == wanted
        assert found[number][1] == wanted
    assert shown == found[number][1]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("> - [x] **done** today", "done today"),
        ("### 标题 `code`", "标题 code"),
        ("![[picture.png]] after", "picture.png after"),
        ("~~old~~ ==new==", "old new"),
        ("2) second", "second"),
        ("a - b is no list", "a - b is no list"),
    ],
)
def test_marks_are_left_out_and_words_are_not(line, shown):
    assert best_line(line, "zzz") == (0, shown)


@pytest.mark.parametrize("text", ["---\ntitle: x\n---\nwords", "---\r\ntitle: x\r\n---\r\nwords"])
def test_properties_are_not_what_a_note_begins_with(text):
    assert best_line(text, "zzz") == (3, "words")


def test_properties_that_never_end_are_text():
    assert best_line("---\nfirst\nsecond", "second") == (2, "second")


# The page that greets


@given(st.permutations([*CHINESE, *ENGLISH]), st.booleans())
def test_which_page_greets_does_not_depend_on_their_order(notes, prefers):
    assert front_page(notes, prefers_chinese=prefers) == (CHINESE if prefers else ENGLISH)[0]


@given(st.sampled_from([*CHINESE, *ENGLISH]), st.booleans())
def test_any_page_that_greets_is_found_however_it_is_written(name, prefers):
    assert front_page(["a.md", name.upper()], prefers_chinese=prefers) == name.upper()


def test_a_vault_without_notes_greets_with_none():
    assert front_page([], prefers_chinese=True) == ""
