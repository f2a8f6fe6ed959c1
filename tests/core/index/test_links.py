"""The link graph, over a real vault that is indexed and then changes."""

from __future__ import annotations

import pytest

from core.index.links import LinkGraph
from tests.core.index.fakes import write


@pytest.fixture
def graph(index):
    return LinkGraph(index.catalog)


def ends(links):
    return [(link.from_path, link.to_path) for link in links]


def test_links_lead_out_and_back(indexer, vault, graph):
    write(
        vault,
        {
            "home.md": "see [[Plan]] and [[Plan#Costs|the costs]]\n\n[rel](sub/data.md#x) [[nowhere]]",
            "Plan.md": "# Plan\n\nback to [[home]]",
            "sub/data.md": "![[Plan]] [up](../home.md)",
        },
    )
    indexer.update()
    outgoing = graph.outgoing("home.md")
    assert [(link.to_path, link.anchor, link.line) for link in outgoing] == [
        ("Plan.md", "", 1),
        ("Plan.md", "Costs", 1),
        ("sub/data.md", "x", 3),
        ("", "", 3),
    ]
    assert ends(graph.backlinks("Plan.md")) == [("home.md", "Plan.md")] * 2 + [("sub/data.md", "Plan.md")]


BLOCK = "64e3c1f0-aaaa-2222-3333-444455556666"


def test_references_to_a_block_lead_to_the_note_that_holds_it(indexer, vault, graph):
    write(
        vault,
        {
            "journals/2024_01_05.md": f"- see (({BLOCK}))\n- {{{{embed (({BLOCK.upper()}))}}}}\n",
            "Book.md": f"- chapter\n  id:: {BLOCK}\n",
            f"{BLOCK}.md": "a note that is only called like it",
        },
    )
    indexer.update()
    assert [link.to_path for link in graph.outgoing("journals/2024_01_05.md")] == ["Book.md"] * 2
    assert ends(graph.backlinks("Book.md")) == [("journals/2024_01_05.md", "Book.md")] * 2
    assert graph.backlinks(f"{BLOCK}.md") == []


def test_a_reference_to_a_block_that_is_gone_leads_nowhere(indexer, vault, graph):
    write(vault, {"a.md": f"(({BLOCK}))", "b.md": f"- x\n  id:: {BLOCK}\n"})
    indexer.update()
    write(vault, {"b.md": "- x\n"})
    indexer.update()
    assert [link.to_path for link in graph.outgoing("a.md")] == [""]


def test_an_unresolved_link_resolves_as_soon_as_the_note_exists(indexer, vault, graph):
    write(vault, {"a.md": "[[Later]]"})
    indexer.update()
    assert [(link.target, link.to_path) for link in graph.outgoing("a.md")] == [("Later", "")]
    write(vault, {"deep/later.md": "here"})
    indexer.update()
    assert [link.to_path for link in graph.outgoing("a.md")] == ["deep/later.md"]
    assert ends(graph.backlinks("deep/later.md")) == [("a.md", "deep/later.md")]


def test_a_renamed_note_is_found_under_its_new_name_only(indexer, vault, graph):
    write(vault, {"a.md": "[[old]] [[new]]", "old.md": "text"})
    indexer.update()
    assert [link.to_path for link in graph.outgoing("a.md")] == ["old.md", ""]
    (vault / "old.md").rename(vault / "new.md")
    indexer.update()
    assert [link.to_path for link in graph.outgoing("a.md")] == ["", "new.md"]


def test_aliases_and_titles_are_names(indexer, vault, graph):
    write(
        vault,
        {
            "n1.md": "---\naliases: [Bee, 蜜蜂]\n---\n# The Honey Bee\n",
            "src.md": "[[Bee]] [[蜜蜂]] [[the honey bee]]",
        },
    )
    indexer.update()
    assert [link.to_path for link in graph.outgoing("src.md")] == ["n1.md"] * 3
    assert graph.named("蜜蜂") == graph.named("THE HONEY BEE") == graph.named("n1") == ["n1.md"]
    assert graph.named("honey bee") == []


def test_of_notes_of_one_name_the_nearest_to_the_root_is_best(indexer, vault, graph):
    write(vault, {"x/y/n.md": "1", "n.md": "2", "a/n.md": "3"})
    indexer.update()
    assert graph.named("n") == ["n.md", "a/n.md", "x/y/n.md"]


def test_logseq_namespaces_resolve(indexer, vault, graph):
    write(vault, {"pages/project___alpha.md": "- text", "journals/2026_01_02.md": "- [[project/alpha]]"})
    indexer.update()
    assert ends(graph.backlinks("pages/project___alpha.md")) == [
        ("journals/2026_01_02.md", "pages/project___alpha.md")
    ]


def test_a_tag_brings_its_notes_and_those_below_it(indexer, vault, graph):
    write(
        vault,
        {
            "a.md": "#Project/Alpha",
            "b.md": "---\ntags: [project]\n---\n",
            "c.md": "#projection",
            "d.md": "#项目",
        },
    )
    indexer.update()
    assert sorted(graph.tagged("project", 10)) == ["a.md", "b.md"]
    assert graph.tagged("#项目", 10) == ["d.md"]
    assert len(graph.tagged("project", 1)) == 1


def test_a_removed_note_leaves_no_links(indexer, vault, graph):
    write(vault, {"a.md": "[[b]]", "b.md": "text"})
    indexer.update()
    (vault / "a.md").unlink()
    indexer.update()
    assert graph.backlinks("b.md") == []


def test_where_a_note_links_to_others_is_told_by_its_lines(indexer, vault, graph):
    write(vault, {"a.md": "[[b]] and [[b|again]]\n\n[[c]] [[a]]\n\n[[b]]", "b.md": "[[a]]", "c.md": "c"})
    indexer.update()
    assert graph.leads(["a.md", "c.md"], ["a.md", "b.md"]) == {
        "a.md": {(1, "b.md"), (5, "b.md")},
        "c.md": set(),
    }
