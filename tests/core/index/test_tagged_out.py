"""Notes that a tag keeps out of a real index, and what another rule means for them."""

from __future__ import annotations

import dataclasses
from functools import partial

import pytest

from core.index.catalog import Catalog
from core.index.indexer import Indexer
from core.index.links import LinkGraph
from core.index.listing import notes_within
from core.index.model import Scope
from core.index.tagged_out import REASON, apply_rule, count
from core.index.vocabulary import heading_names, note_names, tag_names
from core.text.tags import TagRule, tag_rule
from core.vault.model import Change, ChangeKind, SkipKind, Skipped
from core.vault.snapshot import scan
from tests.core.index.fakes import HashingEmbedder, write

PRIVATE = tag_rule(["private", "私人"])
NOTES = {
    "Plan.md": "# Plan\n\nThe quokka, see [[Diary]]. #work\n",
    "Diary.md": "---\naliases: [Journal]\n---\n# Diary\n\nThe quokka sleeps in [[Plan]]. #private/diary\n",
    "日记.md": "tags:: 私人\n\n- quokka 今天睡觉\n",
}


@pytest.fixture
def by(index, vault):
    """An indexer that leaves out by this rule."""

    def by(rule=TagRule()):  # noqa: B008 -- frozen
        embedder = HashingEmbedder()
        return Indexer(
            *(index, vault, embedder),
            scan=partial(scan, vault),
            max_note_bytes=1_000_000,
            second=HashingEmbedder("second"),
            left_out=rule,
        )

    return by


@pytest.fixture
def vault(vault):
    write(vault, NOTES)
    return vault


def found(index, words="quokka"):
    hits = index.store.newest().by_words(words, scope=Scope(), limit=10).result()
    return {hit.row.path for hit in hits}


def test_a_note_with_the_tag_is_in_no_part_of_the_index(index, by):
    report = by(PRIVATE).bring_up_to_date()
    catalog = index.catalog
    assert found(index) == {"Plan.md"}
    assert (report.notes, report.chunks, report.added) == (1, index.store.count(), 1)
    assert report.skipped == tuple(Skipped(path, REASON, SkipKind.TAG) for path in ("Diary.md", "日记.md"))
    assert {term.text for term in note_names(catalog).entries} == {"Plan"}
    assert {term.text for term in tag_names(catalog).entries} == {"work"}
    assert heading_names(catalog, "Diary.md").entries == ()
    assert [note.path for note in notes_within(catalog, Scope(), 9)] == ["Plan.md"]
    graph = LinkGraph(catalog)
    assert graph.backlinks("Plan.md") == graph.outgoing("Diary.md") == []
    assert [link.to_path for link in graph.outgoing("Plan.md")] == [""]
    assert count(catalog) == 2


def test_the_tag_takes_a_note_out_and_its_going_puts_it_back(index, by, vault):
    indexer = by(PRIVATE)
    indexer.bring_up_to_date()
    write(vault, {"Plan.md": NOTES["Plan.md"] + "\n#Private\n", "Diary.md": "The quokka wakes.\n"})
    report = indexer.update([Change(ChangeKind.MODIFIED, path) for path in ("Plan.md", "Diary.md")])
    assert found(index) == {"Diary.md"}
    assert report.notes == 1
    write(vault, {"Plan.md": NOTES["Plan.md"]})
    indexer.update([Change(ChangeKind.MODIFIED, "Plan.md")])
    assert found(index) == {"Plan.md", "Diary.md"}
    assert count(index.catalog) == 1


def test_another_rule_takes_notes_out_and_puts_them_back_without_a_change_of_theirs(index, by):
    by().bring_up_to_date()
    assert len(found(index)) == 3
    assert by(PRIVATE).update().removed == 0
    assert found(index) == {"Plan.md"}
    by(tag_rule(["work"])).update()
    assert found(index) == {"Diary.md", "日记.md"}
    by().update()
    assert len(found(index)) == 3
    assert count(index.catalog) == 0


def test_a_rule_that_holds_already_has_nothing_read_again(index, by, monkeypatch):
    by(PRIVATE).update()
    assert by(PRIVATE).apply_rule() == []
    before = index.store.version
    monkeypatch.setattr("core.vault.notes.read", lambda *_, **__: pytest.fail("read again"))
    by(tag_rule(["私人", "#Private"])).update()
    assert index.store.version == before


def test_a_vault_without_such_tags_has_nothing_read_again(index, by):
    by().update()
    assert by(tag_rule(["elsewhere"])).apply_rule() == []
    assert by().apply_rule() == []


def test_the_notes_a_rule_concerns_are_told_once(index, by):
    by().update()
    assert apply_rule(index.catalog, PRIVATE) == ["Diary.md", "日记.md"]
    assert apply_rule(index.catalog, PRIVATE) == []
    by(PRIVATE).update([])
    assert found(index) == {"Plan.md"}


def test_what_is_moved_stays_out(index, by, vault):
    by(PRIVATE).update()
    (vault / "Diary.md").rename(vault / "Open.md")
    by(PRIVATE).update([Change(ChangeKind.MOVED, "Open.md", old_path="Diary.md")])
    assert found(index) == {"Plan.md"}


def test_rules_are_told_apart_by_their_tags_alone(tmp_path):
    catalog = Catalog(tmp_path / "catalog.sqlite")
    rules = [tag_rule(tags) for tags in (["a"], ["b"], ["a", "b"], ["a\nb"], [])]
    numbers = []
    for rule in rules:
        apply_rule(catalog, rule)
        numbers.append(catalog.fact("tags left out"))
    assert len(set(numbers)) == len(rules)
    assert numbers[-1] == 0
    assert dataclasses.astuple(tag_rule(["b", "A"])) == dataclasses.astuple(rules[2])
    catalog.database.close()
