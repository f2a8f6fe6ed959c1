"""Searching with `path:` and `tag:`, in any order of answers, with and without an engine."""

import pytest

from core.assist.model import NoteContext
from core.errors import EngineStopped
from core.index.model import Scope
from core.search.model import SearchQuery
from desktop.windows.finder import PASSAGES, RELATED, Finder
from desktop.windows.tree_nodes import Tree
from tests.desktop.fake_link import a_passage

NOTES = [
    "Launch plan.md",
    "Projects/Launch plan.md",
    "Projects/2026/Launch review.md",
    "Projects old/Launch.md",
    "项目/发布计划.md",
    "项目/二期/发布计划.md",
]


@pytest.fixture
def context():
    return [NoteContext("Launch plan.md", title="Launch plan", block="The beta opens in March, as planned.")]


@pytest.fixture
def finder(pane, bridge, context):
    pane.tree.show_tree(Tree(NOTES))
    return Finder(pane, bridge, lambda: pane.tree.notes, lambda: context[0])


def paths(pane):
    return [hit.path for hit in pane.hits.hits]


def answered(link, qapp):
    """The engine has said what it had to say, and the window has heard it."""
    link.run(lambda _n: None, None)
    qapp.processEvents()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("path:Projects launch", ["Projects/Launch plan.md", "Projects/2026/Launch review.md"]),
        ("path:Projects/2026 launch", ["Projects/2026/Launch review.md"]),
        ('path:"Projects old" launch', ["Projects old/Launch.md"]),
        ("path:项目/二期 发布", ["项目/二期/发布计划.md"]),
        ("path:gone launch", []),
    ],
)
def test_names_are_looked_for_in_the_folder_that_was_asked_for(finder, pane, bridge, text, found):
    bridge.detach()
    finder.search(text)
    assert paths(pane) == found


def test_a_folder_alone_lists_its_notes(finder, pane, bridge):
    bridge.detach()
    finder.search("path:项目")
    assert sorted(paths(pane)) == ["项目/二期/发布计划.md", "项目/发布计划.md"]


def test_with_a_tag_only_the_engine_knows_which_notes_have_it(finder, pane, link, qapp):
    link.passages = [a_passage("Projects/Launch plan.md")]
    finder.search("tag:beta launch")
    assert paths(pane) == []
    answered(link, qapp)
    assert paths(pane) == ["Projects/Launch plan.md"]
    assert link.searched[0].scope == Scope(tag="beta")


def test_the_engine_gets_the_words_the_folder_and_a_limit(finder, link):
    finder.search("path:Projects  beta   date ")
    (query,) = link.searched
    assert (query.text, query.scope.folder, query.limit) == ("beta date", "Projects", PASSAGES)


def test_for_a_folder_without_words_the_engine_is_not_asked(finder, link):
    finder.search("path:Projects")
    assert link.searched == []


def test_a_tag_without_words_lists_its_notes_at_its_lines(finder, pane, link, qapp):
    link.passages = [
        a_passage("Projects/Launch plan.md", line=7, text="#beta 公测\nand on"),
        a_passage("日记/三月.md", line=1, text=""),
    ]
    finder.search("tag:beta")
    assert link.searched == [SearchQuery("", limit=PASSAGES, scope=Scope(tag="beta"))]
    answered(link, qapp)
    shown = [(hit.path, hit.line, hit.detail) for hit in pane.hits.hits]
    assert shown == [("Projects/Launch plan.md", 7, "#beta 公测"), ("日记/三月.md", 1, "")]


def test_folders_of_a_name_are_shown_under_it(finder, pane, bridge):
    bridge.detach()
    finder.search("发布计划")
    assert [(hit.title, hit.detail, hit.line) for hit in pane.hits.hits] == [
        ("发布计划", "项目", 0),
        ("发布计划", "项目/二期", 0),
    ]


def test_a_heading_that_repeats_the_name_is_not_said_twice(finder, pane, link, qapp):
    link.passages = [
        a_passage("a/Plan.md", heading_path=("Plan",)),
        a_passage("a/Plan.md", heading_path=("Plan", "Beta")),
        a_passage("a/Plan.md", heading_path=()),
    ]
    finder.search("zzz")
    answered(link, qapp)
    assert [hit.title for hit in pane.hits.hits] == ["Plan", "Plan › Beta", "Plan"]


def test_answers_in_the_wrong_order_leave_the_last_search(finder, pane, link, qapp):
    link.passages = [a_passage("first.md")]
    finder.search("one")
    link.passages = [a_passage("second.md")]
    finder.search("two")
    link.passages = [a_passage("first again.md")]
    finder.search("one")
    answered(link, qapp)
    assert paths(pane) in (["first.md"], ["first again.md"])
    assert "second.md" not in paths(pane)


def test_an_answer_after_the_field_was_cleared_does_not_cover_the_tree(finder, pane, link, qapp, qtbot):
    with qtbot.waitExposed(pane):
        pane.show()
    link.passages = [a_passage()]
    finder.search("churn")
    finder.search("")
    answered(link, qapp)
    assert pane.tree.isVisible()
    assert paths(pane) == []
    pane.hide()


def test_while_the_engine_looks_that_is_said_and_afterwards_that_there_is_nothing(finder, pane, link, qapp):
    finder.search("zanzibar")
    assert pane.nothing.text() == "Searching …"
    answered(link, qapp)
    assert pane.nothing.text() == "Nothing found."


def test_an_engine_that_dies_leaves_what_was_found_by_name(finder, pane, link, qapp):
    link.passages = EngineStopped()
    finder.search("path:Projects launch")
    answered(link, qapp)
    assert paths(pane) == ["Projects/Launch plan.md", "Projects/2026/Launch review.md"]
    finder.search("zanzibar")
    answered(link, qapp)
    assert pane.nothing.text() == "Nothing found."


# Related notes


def related(finder, link, qapp):
    finder._look_for_related()
    answered(link, qapp)


def test_what_is_selected_counts_more_than_the_block_around_it(finder, link, context):
    context[0] = NoteContext(
        "a.md", title="A", block="a whole block of words", selection="only these few words"
    )
    finder._look_for_related()
    assert link.searched[0].text == "only these few words"


def test_a_huge_selection_is_cut_before_it_is_looked_up(finder, link, context):
    context[0] = NoteContext("a.md", title="A", block="", selection="字" * 100_000)
    finder._look_for_related()
    assert len(link.searched[0].text) <= 600


def test_no_more_than_a_few_notes_are_related(finder, pane, link, qapp):
    link.passages = [a_passage(f"{n}.md") for n in range(RELATED * 3)]
    related(finder, link, qapp)
    assert len(pane.related.hits) == RELATED


def test_nothing_related_gives_the_room_back(finder, pane, link, context, qapp):
    link.passages = [a_passage("a.md")]
    related(finder, link, qapp)
    assert not pane.related.isHidden()
    link.passages = []
    context[0] = NoteContext("b.md", title="B", block="words that nothing is related to at all")
    related(finder, link, qapp)
    assert pane.related.isHidden()
    assert pane.related_title.isHidden()


def test_an_engine_that_is_not_there_yet_is_asked_later(finder, pane, link, bridge, qapp):
    bridge.detach()
    related(finder, link, qapp)
    assert link.searched == []
    bridge.attach(link)
    link.passages = [a_passage("a.md")]
    related(finder, link, qapp)
    assert [hit.path for hit in pane.related.hits] == ["a.md"]


def test_after_a_failure_the_same_block_is_looked_up_again(finder, pane, link, qapp):
    link.passages = EngineStopped()
    related(finder, link, qapp)
    link.passages = [a_passage("a.md")]
    related(finder, link, qapp)
    assert [hit.path for hit in pane.related.hits] == ["a.md"]
