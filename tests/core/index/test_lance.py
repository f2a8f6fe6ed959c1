"""The store of chunks: a real LanceDB in a temporary folder."""

from __future__ import annotations

import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import IndexDamaged
from core.index import lance, lance_search
from core.index.lance import LanceStore
from core.index.model import Scope
from core.text.surrogates import without_surrogates
from tests.core.index.fakes import row

DIMENSIONS = 8
EVERYWHERE = Scope()


def axis(n):
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    vector[n] = 1.0
    return vector


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A table with its indexes, made once; tests get a copy."""
    folder = tmp_path_factory.mktemp("empty") / "rows"
    store = LanceStore(str(folder), DIMENSIONS)
    store.create()
    return folder


@pytest.fixture
def store(empty, tmp_path):
    shutil.copytree(empty, tmp_path / "rows")
    opened = LanceStore(str(tmp_path / "rows"), DIMENSIONS)
    yield opened
    opened.close()


def found(store, words, scope=EVERYWHERE):
    return [hit.row.id for hit in store.newest().by_words(words, scope=scope, limit=50).result()]


def nearest(store, vector, scope=EVERYWHERE):
    return [hit.row.id for hit in store.newest().by_vector(vector, scope=scope, limit=50).result()]


def test_a_row_comes_back_as_it_was_stored(store):
    stored = row(
        "1",
        text="# 标题\n\n正文 text",
        heading_path=("标题", "Sub"),
        lang="zh",
        names=("别名", "alias"),
        tags=("a", "a/b"),
        start_line=3,
        end_line=9,
    )
    store.replace_note("1", [stored])
    (back,) = store.rows_of(["1"])
    assert back.tags == ("a", "a/b")
    assert {
        f: getattr(back, f) for f in ("text", "heading_path", "lang", "names", "start_line", "end_line")
    } == {f: getattr(stored, f) for f in ("text", "heading_path", "lang", "names", "start_line", "end_line")}


def test_replacing_a_note_is_one_commit_and_leaves_no_old_row(store):
    store.replace_note("1", [row("1", n, f"old{n}", vector=axis(1)) for n in range(5)])
    store.replace_note("2", [row("2", 0, "other")])
    before = store.version
    store.replace_note("1", [row("1", 0, "new")])
    assert store.version == before + 1
    assert store.count() == 2
    assert found(store, "old0 old1 old2 old3 old4") == []
    assert nearest(store, axis(1)) == []
    assert found(store, "new other") == ["1:0", "2:0"] or found(store, "new other") == ["2:0", "1:0"]


def test_rows_whose_number_is_known_are_replaced_without_looking_them_up(store, monkeypatch):
    store.replace_notes({"1": [row("1", n, f"old{n}") for n in range(3)]}, formerly={"1": 0})
    monkeypatch.setattr(LanceStore, "_select", lambda *_: pytest.fail("looked up"))
    store.replace_notes({"1": [row("1", 0, "new")], "2": [row("2", 0, "second")]}, formerly={"1": 3, "2": 0})
    store.replace_notes({"2": []}, formerly={"2": 1})
    monkeypatch.undo()
    assert [r.id for r in store.rows_of(["1", "2"])] == ["1:0"]
    assert found(store, "old0 old1 old2 second") == []


def test_rows_whose_number_is_not_known_are_looked_up_beside_those_of_known_number(store):
    store.replace_notes({n: [row(n, place) for place in range(3)] for n in ("1", "2")})
    store.replace_notes({"1": [row("1")], "2": [row("2")]}, formerly={"2": 3})
    assert [r.id for r in store.rows_of(["1", "2"])] == ["1:0", "2:0"]


def test_no_rows_remove_the_note(store):
    store.replace_notes({"1": [row("1")], "2": [row("2")]})
    store.replace_notes({"1": []})
    assert [r.id for r in store.rows_of(["1", "2"])] == ["2:0"]


def test_removing_a_note_that_is_not_there_is_no_commit(store):
    before = store.version
    store.replace_notes({"7": [], "8": []})
    assert store.version == before


def test_swept_rows_are_gone_after_optimizing(store):
    store.replace_note("1", [row("1", n, f"old{n}") for n in range(5)])
    store.replace_note("1", [row("1", 0, "new")])
    store.optimize()
    assert store.count() == 1
    assert store._table.count_rows() == 1
    assert found(store, "new") == ["1:0"]


def test_rows_without_vector_wait_and_are_passed_over_by_meaning(store):
    store.replace_note("1", [row("1", 0, "a", vector=axis(0)), row("1", 1, "b")])
    assert nearest(store, axis(0)) == ["1:0"]
    assert [r.id for r in store.waiting_rows(["1"])] == ["1:1"]
    store.set_vectors([row("1", 1, "b", vector=axis(0))])
    assert sorted(nearest(store, axis(0))) == ["1:0", "1:1"]
    assert store.waiting_rows(["1"]) == []


def test_a_vector_for_a_text_that_has_changed_is_passed_over(store):
    store.replace_note("1", [row("1", 0, "new text")])
    store.set_vectors([row("1", 0, "old text", vector=axis(0)), row("9", 0, "gone", vector=axis(0))])
    assert store.count() == 1
    assert nearest(store, axis(0)) == []
    assert found(store, "new") == ["1:0"]


def test_the_searches_of_a_question_see_the_rows_of_one_moment(store):
    store.replace_notes({note: [row(note, 0, f"fish {note}")] for note in ("kept", "changed", "gone")})
    rows = store.newest()
    before = rows.by_words("fish", scope=EVERYWHERE, limit=9).result()
    store.replace_notes(
        {"changed": [row("changed", 0, "a bird")], "gone": [], "new": [row("new", 0, "fish")]}
    )
    store.optimize()
    after = rows.by_terms({"fish": 1.0}, scope=EVERYWHERE, limit=9, lang="en").result()
    assert sorted(hit.row.text for hit in before) == ["fish changed", "fish gone", "fish kept"]
    assert sorted(hit.row.text for hit in after) == ["fish changed", "fish gone", "fish kept"]
    assert sorted(found(store, "fish")) == ["kept:0", "new:0"]


def test_searches_side_by_side_miss_nothing_while_rows_move(store):
    notes = {str(n): [row(str(n), 0, f"fish {n}", vector=axis(n))] for n in range(DIMENSIONS)}
    store.replace_notes(notes)
    searches_done = threading.Event()

    def write():
        while not searches_done.is_set():
            for note, rows in notes.items():
                store.replace_notes({note: rows})
            store.optimize()

    with ThreadPoolExecutor(1) as writer:
        writing = writer.submit(write)
        try:
            for _ in range(30):
                rows = store.newest()
                words = rows.by_words("fish", scope=EVERYWHERE, limit=50)
                terms = rows.by_terms({"fish": 1.0}, scope=EVERYWHERE, limit=50, lang="en")
                vector = rows.by_vector(axis(1), scope=EVERYWHERE, limit=50)
                for search in (words, terms, vector):
                    assert {hit.row.note_id for hit in search.result()} == notes.keys()
        finally:
            searches_done.set()
        writing.result()


def test_the_nearest_vector_comes_first_with_its_cosine(store):
    slanted = (axis(0) + axis(1)) / np.sqrt(2, dtype=np.float32)
    store.replace_note("1", [row("1", 0, vector=axis(1)), row("1", 1, vector=slanted)])
    hits = store.newest().by_vector(axis(1), scope=EVERYWHERE, limit=5).result()
    assert [hit.row.id for hit in hits] == ["1:0", "1:1"]
    assert [hit.score for hit in hits] == pytest.approx([1.0, 2**-0.5], abs=1e-5)


def test_chinese_is_found_by_its_words(store):
    store.replace_note("1", [row("1", 0, "数据库系统的索引结构"), row("1", 1, "昨天去北京旅行")])
    assert found(store, "索引") == ["1:0"]
    assert found(store, "北京旅行计划") == ["1:1"]


def test_any_word_suffices_and_more_words_rank_higher(store):
    store.replace_note("1", [row("1", 0, "alpha"), row("1", 1, "alpha beta"), row("1", 2, "gamma")])
    assert found(store, "beta alpha missing") == ["1:1", "1:0"]


def test_words_match_whatever_their_case_and_accents(store):
    store.replace_note("1", [row("1", 0, "Ein Café in ZÜRICH")])
    assert found(store, "cafe") == found(store, "zürich") == ["1:0"]


@pytest.mark.parametrize(
    "place", [{"title": "zebra"}, {"names": ("zebra",)}, {"heading_path": ("zebra",)}, {"tags": ("zebra",)}]
)
def test_title_alias_heading_and_tag_are_words_too(store, place):
    store.replace_note("1", [row("1", 0, "nothing of it", **place), row("1", 1, "nor here")])
    assert found(store, "zebra") == ["1:0"]


@pytest.mark.parametrize(
    ("place", "word"),
    [
        ({"title": "Vim_Plugin"}, "plugin"),
        ({"title": "readMe"}, "me"),
        ({"heading_path": ("CS-186",)}, "186"),
        ({"title": "树莓派4"}, "4"),
        ({"path": "databases/sql/1.md"}, "sql"),
        ({"path": "数据库/1.md"}, "数据库"),
    ],
)
def test_parts_of_a_name_and_folders_are_words_too(store, place, word):
    store.replace_note("n", [row("n", 0, "nothing of it", **place)])
    assert found(store, word) == ["n:0"]


def test_first_searches_of_two_threads_run_on_one_loop(monkeypatch):
    both_ask = threading.Barrier(2)

    def made():
        time.sleep(0.1)  # as long as it takes for the other thread to come by
        return object()

    def ask(_number):
        both_ask.wait()
        return lance_search._loop()

    monkeypatch.setattr(lance_search, "_made", cache(made))
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(ask, range(2))
    assert first is second


def test_weighted_words_are_looked_for_in_one_language_and_in_the_text(store):
    texts = {"en": ("fish swim", "fish", "birds"), "zh": ("fish swim",)}
    rows = [
        row(lang, n, text, lang=lang) for lang, all_texts in texts.items() for n, text in enumerate(all_texts)
    ]
    store.replace_notes({lang: [r for r in rows if r.lang == lang] for lang in texts})
    store.replace_note("t", [row("t", 0, "other words", title="fish")])
    hits = store.newest().by_terms({"swim": 1.0, "fish": 0.5}, scope=EVERYWHERE, limit=9, lang="en").result()
    assert [hit.row.id for hit in hits] == ["en:0", "en:1"]
    assert store.newest().by_terms({}, scope=EVERYWHERE, limit=9, lang="en").result() == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weights=st.lists(st.sampled_from([1.0, 0.75, 0.5, 0.25]), min_size=2, max_size=4))
def test_a_word_counts_by_its_weight(store, weights):
    words = [f"fish{number}" for number in range(len(weights))]
    store.replace_note("n", [row("n", number, word, lang="en") for number, word in enumerate(words)])
    terms = dict(zip(words, weights, strict=True))
    hits = store.newest().by_terms(terms, scope=EVERYWHERE, limit=9, lang="en").result()
    score = {hit.row.text: hit.score for hit in hits}
    for word, weight in terms.items():
        assert score[word] / score[words[0]] == pytest.approx(weight / weights[0], rel=1e-3)


@pytest.mark.parametrize(
    "words", ["", "  ", '"', "*", "AND", "a:b", "(", "!!!", "，。", "\0", "x" * 50_000, "\ud800", "~1^2"]
)
def test_no_query_raises(store, words):
    store.replace_note("n", [row("n")])
    assert found(store, words) == []


@pytest.mark.parametrize(
    "folder", ["notes", "it's", "100%_x", "日记 😀", "cafe\u0301", 'quo"te', "back\\slash", "semi;colon--"]
)
def test_a_folder_with_any_name_narrows_the_search(store, folder):
    inside = row("1", path=f"{folder}/deep/a.md")
    store.replace_notes(
        {"1": [inside], "2": [row("2", path=f"{folder}x/b.md")], "3": [row("3", path="c.md")]}
    )
    assert found(store, "text", Scope(folder=folder)) == ["1:0"]
    assert found(store, "text", Scope(folder=f"/{folder}/")) == ["1:0"]
    assert sorted(found(store, "text", Scope(exclude_path=inside.path))) == ["2:0", "3:0"]


def test_a_tag_narrows_to_itself_and_what_is_below_it(store):
    notes = {"1": ["Work/Plan"], "2": ["work"], "3": ["workshop"], "4": []}
    store.replace_notes({n: [row(n, tags=tuple(tags))] for n, tags in notes.items()})
    assert sorted(found(store, "text", Scope(tag="work"))) == ["1:0", "2:0"]
    assert found(store, "text", Scope(tag="#WORK/plan")) == ["1:0"]


def test_filters_hold_for_meaning_too(store):
    store.replace_notes({n: [row(n, vector=axis(0), path=f"{n}/x.md")] for n in ("a", "b")})
    assert nearest(store, axis(0), Scope(folder="b")) == ["b:0"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60), path=st.text(min_size=1, max_size=30))
def test_any_text_and_any_path_can_be_stored_and_removed(store, text, path):
    stored = row("1", text=text, path=path)
    store.replace_note("1", [stored])
    (back,) = store.rows_of(["1"])
    assert (back.text, back.path) == (without_surrogates(text), without_surrogates(path))
    assert store.newest().by_words("text", scope=Scope(exclude_path=path), limit=5).result() == []
    store.replace_note("1", [])
    assert store.count() == 0


def test_a_second_store_sees_what_the_first_writes(store, tmp_path):
    other = LanceStore(str(tmp_path / "rows"), DIMENSIONS)
    assert found(other, "fresh") == []
    store.replace_note("1", [row("1", 0, "fresh")])
    assert found(other, "fresh") == ["1:0"]
    store.optimize()
    store.replace_note("2", [row("2", 0, "fresh")])
    assert sorted(found(other, "fresh")) == ["1:0", "2:0"]


def test_state_counts_rows_and_missing_vectors_by_note(store):
    store.replace_notes({"1": [row("1", 0, vector=axis(0)), row("1", 1, "b")], "2": [row("2", 0, "c")]})
    store.replace_note("2", [])
    assert store.state() == {"1": (2, 1)}


def test_stored_vectors_can_be_read_back_for_a_rebuild(store):
    store.replace_note("1", [row("1", n, f"t{n}", vector=axis(n)) for n in range(3)] + [row("1", 3, "t3")])
    kept = dict(pair for batch in store.vectors() for pair in batch)
    assert sorted(kept) == ["hash of t0", "hash of t1", "hash of t2"]
    assert np.array_equal(kept["hash of t2"], axis(2))


def test_a_large_table_gets_its_vector_index_and_still_finds_everything(store, monkeypatch):
    monkeypatch.setattr(lance, "VECTOR_INDEX_FROM_ROWS", 300)
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(320, DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    store.replace_note("1", [row("1", n, f"t{n}", vector=v) for n, v in enumerate(vectors)])
    exact = [nearest(store, v)[:3] for v in vectors[:20]]
    store.optimize()
    assert "vector" in {column for index in store._table.list_indices() for column in index.columns}
    store.replace_note("2", [row("2", 0, "late", vector=axis(0)), row("2", 1, "waits")])
    assert [nearest(store, v)[0] for v in vectors[:20]] == [best[0] for best in exact]
    assert nearest(store, axis(0))[0] == "2:0"


def test_a_missing_table_is_damage(tmp_path, caplog):
    with pytest.raises(IndexDamaged):
        LanceStore(str(tmp_path / "nothing"), DIMENSIONS).count()


def test_damaged_files_are_damage_and_no_crash(store, tmp_path, caplog):
    store.replace_note("1", [row("1", n, f"word{n}") for n in range(50)])
    store.close()
    for file in (tmp_path / "rows").rglob("data/*.lance"):
        file.write_bytes(b"not a data file")
    with pytest.raises(IndexDamaged):
        store.rows_of(["1"])


def test_making_a_table_twice_keeps_its_rows_and_completes_its_indexes(store):
    store.replace_note("1", [row("1")])
    store._table.drop_index(next(i.name for i in store._table.list_indices() if i.columns == ["place"]))
    store.create()
    assert store.count() == 1
    assert len(store._table.list_indices()) == 7
