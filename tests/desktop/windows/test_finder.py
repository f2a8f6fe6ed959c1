"""The search field and the related notes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.assist.model import NoteContext
from core.errors import IndexDamaged
from core.index.model import IndexProgress
from desktop.windows.finder import Finder
from tests.desktop.fake_link import a_passage


@pytest.fixture
def context():
    """What is open; a test changes it in place."""
    return [NoteContext("Welcome.md", title="Welcome", block="The beta opens in March, as planned.")]


@pytest.fixture
def finder(pane, bridge, context):
    finder = Finder(pane, bridge, lambda: pane.tree.notes, lambda: context[0])
    pane.search_requested.connect(finder.search)
    return finder


def titles(hits):
    return [hit.title for hit in hits]


def test_names_are_found_before_the_engine_answers(finder, pane, bridge):
    bridge.detach()
    finder.search("launch")
    assert titles(pane.hits.hits) == ["Launch plan"]


def test_passages_follow_the_names_with_their_lines(finder, pane, link, qtbot):
    link.passages = [a_passage("Projects/Pricing.md", line=14, text="words\n the launch price")]
    finder.search("launch")
    qtbot.waitUntil(lambda: len(pane.hits.hits) == 2)
    hit = pane.hits.hits[1]
    assert (hit.path, hit.line, hit.title) == ("Projects/Pricing.md", 15, "Pricing › Churn")
    assert hit.detail == "the launch price"


def test_typing_searches_once_it_rests(finder, pane, link, qtbot):
    pane.field.insert("发布")
    QTest.keyClicks(pane.field, " tag:x")
    qtbot.waitUntil(lambda: bool(link.searched))
    (query,) = link.searched
    assert (query.text, query.scope.tag) == ("发布", "x")


def test_an_answer_to_older_words_is_dropped(finder, pane, link, qapp, qtbot):
    link.passages = [a_passage()]
    finder.search("old words")
    link.passages = []
    finder.search("launch")
    qtbot.waitUntil(lambda: len(link.searched) == 2)
    link.run(lambda _n: None, None)
    qapp.processEvents()
    assert titles(pane.hits.hits) == ["Launch plan"]


def test_clearing_brings_the_tree_back(finder, pane, qtbot):
    with qtbot.waitExposed(pane):
        pane.show()
    finder.search("launch")
    assert pane.hits.isVisible()
    finder.search("")
    assert pane.tree.isVisible()


def test_nothing_found_is_said(finder, pane, qtbot):
    with qtbot.waitExposed(pane):
        pane.show()
    finder.search("zzz")
    assert pane.nothing.isVisible()


def test_a_search_that_fails_leaves_the_names(finder, pane, link, qtbot, qapp):
    link.passages = IndexDamaged()
    finder.search("launch")
    link.run(lambda _n: None, None)
    qapp.processEvents()
    assert titles(pane.hits.hits) == ["Launch plan"]


@pytest.mark.parametrize("keys", [(), (Qt.Key.Key_Down,)])
def test_enter_opens_the_first_hit_from_the_field_or_from_the_list(finder, pane, qtbot, keys):
    with qtbot.waitActive(pane):
        pane.show()
    pane.field.setFocus()
    pane.field.setText("launch")
    for key in keys:
        QTest.keyClick(pane.field, key)
    assert pane.focusWidget() is (pane.hits if keys else pane.field)
    with qtbot.waitSignal(pane.open_requested) as signal:
        QTest.keyClick(pane.focusWidget(), Qt.Key.Key_Return)
    assert signal.args == ["Projects/Launch plan.md", 0]


def test_escape_clears_the_field(pane):
    pane.field.setText("words")
    QTest.keyClick(pane.field, Qt.Key.Key_Escape)
    assert pane.field.text() == ""


def test_related_notes_come_when_the_caret_rests_each_note_once(finder, pane, link, qtbot):
    link.passages = [a_passage("a.md", line=3), a_passage("b.md"), a_passage("a.md", line=9)]
    finder.context_changed()
    qtbot.waitUntil(lambda: len(pane.related.hits) == 2)
    assert [(hit.path, hit.line) for hit in pane.related.hits] == [("a.md", 3), ("b.md", 14)]
    assert link.searched[0].scope.exclude_path == "Welcome.md"


def test_the_same_block_is_not_looked_up_twice(finder, pane, link, qtbot):
    link.passages = [a_passage("a.md")]
    finder.context_changed()
    qtbot.waitUntil(lambda: len(pane.related.hits) == 1)
    finder._look_for_related()
    assert len(link.searched) == 1


def test_what_is_related_is_looked_up_again_when_the_index_is_current(finder, pane, link, qtbot):
    link.passages = [a_passage("Secret.md")]
    finder.context_changed()
    qtbot.waitUntil(lambda: titles(pane.related.hits) == ["Secret"])
    link.passages = [a_passage("Launch plan.md")]
    finder.index_progressed(IndexProgress(1, 2, 3, 4))
    finder.index_progressed(IndexProgress(2, 2, 4, 4, idle=True))
    qtbot.waitUntil(lambda: titles(pane.related.hits) == ["Launch plan"])
    assert len(link.searched) == 2


def test_a_short_block_is_looked_up_with_the_title(finder, link, context, qtbot):
    context[0] = NoteContext("Welcome.md", title="Launch plan", block="- ok")
    finder._look_for_related()
    qtbot.waitUntil(lambda: bool(link.searched))
    assert link.searched[0].text == "Launch plan - ok"


def test_with_no_note_open_nothing_is_related(finder, pane, link, context):
    pane.show_related([])
    context[0] = None
    finder._look_for_related()
    assert link.searched == []
    assert pane.related.isHidden()


def test_what_was_found_for_another_note_is_dropped(finder, pane, link, context, qapp):
    link.passages = [a_passage("a.md")]
    finder._look_for_related()
    finder.forget()
    link.run(lambda _n: None, None)
    qapp.processEvents()
    assert pane.related.hits == ()


def test_a_document_is_found_under_its_page(finder, pane, link, qtbot):
    found = a_passage("document://report.pdf", heading_path=("Prices",), line=40)
    link.passages = [replace(found, label="p. 3")]
    finder.search("churn")
    qtbot.waitUntil(lambda: titles(pane.hits.hits) == ["report.pdf, p. 3"])
    assert pane.hits.hits[0].path == "document://report.pdf"


def test_notes_of_one_name_are_told_apart_by_their_folders(finder, pane, link, qtbot):
    link.passages = [a_passage(path) for path in ("甲/README.md", "乙/README.md", "甲/README.md", "x/Own.md")]
    finder.search("zzz")
    wanted = ["README (甲) › Churn", "README (乙) › Churn", "README (甲) › Churn", "Own › Churn"]
    qtbot.waitUntil(lambda: titles(pane.hits.hits) == wanted)
    finder._look_for_related()
    qtbot.waitUntil(lambda: titles(pane.related.hits) == ["README (甲)", "README (乙)", "Own"])
