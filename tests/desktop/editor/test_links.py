"""Links under the caret and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.editor.links import LinkTarget, link_at, resolve

NOTES = [
    "Welcome.md",
    "Projects/Launch plan.md",
    "项目/发布计划.md",
    "a/Same.md",
    "b/c/Same.md",
    "pages/name___space.md",
]


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("see [[Launch plan]]", LinkTarget(note="Launch plan")),
        ("见 [[发布计划#时间|那里]]", LinkTarget(note="发布计划", anchor="时间")),
        ("![[picture^block]]", LinkTarget(note="picture^block")),
        ("[[#Here]]", LinkTarget(anchor="Here")),
        (
            "[words](Projects/Launch%20plan.md#When)",
            LinkTarget(note="Projects/Launch plan.md", anchor="When", is_path=True),
        ),
        ("[words](<a b.md>)", LinkTarget(note="a b.md", is_path=True)),
        ("[w](https://example.org/a_(b))", LinkTarget(address="https://example.org/a_(b)")),
        ("地址 https://example.org/x。", LinkTarget(address="https://example.org/x")),
        ("[m](mailto:a@b.c)", LinkTarget(address="mailto:a@b.c")),
    ],
)
def test_a_link_is_found_under_the_caret(line, target):
    assert link_at(line, len(line) - 3) == target


@pytest.mark.parametrize("column", [0, 3, 9, 20, 24])
def test_logseqs_words_over_a_page_lead_there_wherever_they_are_pointed_at(column):
    assert link_at("[字词]([[Launch plan#时间]])", column) == LinkTarget(note="Launch plan", anchor="时间")


def test_beside_a_link_there_is_none():
    assert link_at("text [[a]]", 2) is None


@given(st.text(st.sampled_from("[]()#|!a<> h:/"), max_size=30), st.integers(0, 30))
def test_no_line_makes_it_fail(line, column):
    found = link_at(line, column)
    assert found is None or isinstance(found, LinkTarget)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (LinkTarget(note="Launch plan"), "Projects/Launch plan.md"),
        (LinkTarget(note="launch PLAN"), "Projects/Launch plan.md"),
        (LinkTarget(note="发布计划"), "项目/发布计划.md"),
        (LinkTarget(note="Projects/Launch plan"), "Projects/Launch plan.md"),
        (LinkTarget(note="name/space"), "pages/name___space.md"),
        (LinkTarget(note="../Welcome.md", is_path=True), "Welcome.md"),
        (LinkTarget(note=""), "a/Here.md"),
        (LinkTarget(note="nowhere"), None),
        (LinkTarget(note="plan"), None),
    ],
)
def test_a_name_means_a_note(target, path):
    assert resolve(target, "a/Here.md", NOTES) == path


def test_of_two_notes_with_one_name_the_one_higher_up_wins():
    assert resolve(LinkTarget(note="Same"), "b/c/x.md", NOTES) == "a/Same.md"


def test_at_equal_depth_the_one_beside_wins():
    notes = ["a/Same.md", "b/Same.md"]
    assert resolve(LinkTarget(note="Same"), "b/x.md", notes) == "b/Same.md"


def test_a_decomposed_name_is_the_same_name():
    assert resolve(LinkTarget(note="Cafe\u0301"), "x.md", ["Caf\u00e9.md"]) == "Caf\u00e9.md"
