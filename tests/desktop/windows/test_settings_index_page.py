"""The page of the index never changes what the person did not touch."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.settings import IndexSettings, Settings
from desktop.windows.settings_index import LARGEST_MIB, IndexPage

WORDS = st.text(alphabet="ab/*.-#!私人", min_size=1, max_size=8)
TAGS = st.text(alphabet="a/#, 私人", min_size=1, max_size=8)


@pytest.fixture
def page(qtbot, theme):
    page = IndexPage()
    page.changes = []
    page.changed.connect(page.changes.append)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def show(page, **index):
    page.show_settings(Settings(index=IndexSettings(**index)))
    page.changes.clear()


SETTINGS = st.builds(
    IndexSettings,
    exclude=st.lists(WORDS, max_size=5).map(tuple),
    exclude_tags=st.lists(TAGS, max_size=3).map(tuple),
    max_note_mib=st.integers(1, 5000),
    pause_on_battery=st.booleans(),
    embedding_model=WORDS,
    store_url=st.just("db://team"),
)


@given(SETTINGS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_click_changes_one_thing(page, index):
    page.show_settings(Settings(index=index))
    page.changes.clear()
    page.battery.click()
    assert len(page.changes) == 1
    page.battery.click()
    assert page.changes[-1] == index


def test_a_size_that_a_file_names_beyond_the_usual_is_kept(page):
    show(page, max_note_mib=LARGEST_MIB + 100)
    page.battery.click()
    assert page.changes[-1].max_note_mib == LARGEST_MIB + 100


def test_a_size_below_one_cannot_be_chosen(page):
    show(page, max_note_mib=1)
    QTest.keyClick(page.largest, Qt.Key.Key_Down)
    assert page.largest.value() == 1
    assert page.changes == []


def test_showing_other_settings_tells_nothing(page):
    page.show_settings(Settings(index=IndexSettings(exclude=("a",), embedding_endpoint="http://h/v1")))
    page.show_settings(Settings())
    assert page.changes == []
    assert page.exclude.toPlainText() == ""
    assert page.endpoint.text() == ""


def test_tab_leaves_the_field_of_patterns_and_types_none(page):
    page.exclude.setFocus()
    QTest.keyClick(page.exclude, Qt.Key.Key_Tab)
    assert not page.exclude.hasFocus()
    assert page.exclude.toPlainText() == ""


@pytest.mark.parametrize("pasted", ["a/\r\nb/", "a/\u2028b/", "\n\na/\n  \nb/\n"])
def test_patterns_that_are_pasted_are_one_a_line(page, pasted):
    page.exclude.setPlainText(pasted)
    assert page.changes[-1].exclude == ("a/", "b/")


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("private, #diary/health", ("private", "#diary/health")),
        ("私人，日记、健康,", ("私人", "日记", "健康")),
        (" , ", ()),
    ],
)
def test_tags_that_are_left_out_are_typed_with_commas(page, typed, tags):
    show(page, exclude=("a/",))
    page.tags.insert(typed)
    assert page.changes[-1] == IndexSettings(exclude=("a/",), exclude_tags=tags)
    show(page, exclude_tags=tags)
    assert page.tags.text() == ", ".join(tags)


def test_a_model_that_is_taken_away_again_is_the_built_in_one(page):
    show(page, embedding_model="x")
    page.model.selectAll()
    QTest.keyClick(page.model, Qt.Key.Key_Backspace)
    assert page.changes[-1] == IndexSettings()


def test_the_address_of_a_shared_index_is_set_and_taken_away(page):
    show(page)
    QTest.keyClicks(page.store, " s3://team/notes ")
    assert page.changes[-1].store_url == "s3://team/notes"
    page.store.selectAll()
    QTest.keyClick(page.store, Qt.Key.Key_Delete)
    assert page.changes[-1].store_url == ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", ""),
        ("/srv/team", ""),
        ("db://team?host_override=https://lance.example.org", ""),
        ("team", "no folder and no address"),
        ("https://example.org", "no folder and no address"),
        ("s3://b?aws_secret_access_key=x", "No key belongs here"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_under_it(page, address, words):
    show(page, store_url=address)
    assert page._store_problem.isVisible() is bool(words)
    assert words in page._store_problem.text()


def test_a_reranker_is_named_and_taken_away(page):
    show(page)
    QTest.keyClicks(page.reranker, "BAAI/bge-reranker-v2-m3")
    assert page.changes[-1].reranker == "BAAI/bge-reranker-v2-m3"
    page.reranker.selectAll()
    QTest.keyClick(page.reranker, Qt.Key.Key_Delete)
    assert page.changes[-1] == IndexSettings()
