"""The indexer over real files and a real LanceDB; only the embedder is made up."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from core.concurrency import Cancelled, CancelToken
from core.errors import EmbeddingUnavailable
from core.index import vector_phase, word_phase
from core.index.catalog import NoteFacts
from core.index.model import Scope
from core.index.preparing import Known
from core.vault.model import Change, ChangeKind, FileStamp, SkipKind, Skipped
from tests.core.index.fakes import write

EVERYWHERE = Scope()


def paths(index, words):
    hits = index.store.newest().by_words(words, scope=EVERYWHERE, limit=10).result()
    return [hit.row.path for hit in hits]


def test_a_new_vault_is_found_by_its_words_before_any_vector(index, indexer, vault, embedder):
    write(vault, {f"note {n}.md": f"# Topic {n}\n\nword{n} and 数据库{n}" for n in range(30)})
    report = indexer.update()
    assert (report.notes, report.added, report.embedded) == (30, 30, 0)
    assert paths(index, "word7") == ["note 7.md"]
    assert embedder.passages == []
    assert indexer.embed_pending() == report.chunks
    assert index.catalog.totals().waiting == 0


def test_a_second_run_over_unchanged_notes_does_nothing(indexer, vault):
    write(vault, {"a.md": "alpha", "b/c.md": "贝塔"})
    first = indexer.bring_up_to_date()
    second = indexer.bring_up_to_date()
    assert (first.added, first.embedded) == (2, 2)
    assert (second.added, second.changed, second.removed, second.unchanged, second.embedded) == (
        0,
        0,
        0,
        2,
        0,
    )


def test_a_small_change_is_stored_with_its_vector_in_one_commit(index, indexer, vault):
    write(vault, {"a.md": "alpha"})
    indexer.bring_up_to_date()
    before = index.store.version
    write(vault, {"a.md": "alpha and beta"})
    report = indexer.update([Change(ChangeKind.MODIFIED, "a.md")])
    assert (report.changed, report.embedded) == (1, 1)
    assert index.catalog.totals().waiting == 0
    assert index.store.version == before + 1


def test_words_do_not_wait_for_a_model_that_is_not_loaded(index, indexer, vault, embedder):
    embedder.ready = False
    write(vault, {"a.md": "alpha"})
    report = indexer.update()
    assert (report.added, report.embedded, embedder.passages) == (1, 0, [])
    assert paths(index, "alpha") == ["a.md"]
    assert indexer.embed_pending() == 1


def test_a_shorter_note_leaves_no_row_of_the_longer_one(index, indexer, vault):
    write(vault, {"a.md": "\n\n".join(f"# Part {n}\n\n" + f"old{n} " * 120 for n in range(6))})
    assert indexer.bring_up_to_date().chunks == 6
    write(vault, {"a.md": "# Part 0\n\nnew"})
    assert indexer.bring_up_to_date().chunks == 1
    assert index.store.count() == 1
    assert paths(index, "old5") == []


def test_touching_a_file_without_changing_it_costs_no_commit_of_rows(index, indexer, vault):
    write(vault, {"a.md": "alpha"})
    indexer.bring_up_to_date()
    before = index.store.version
    os.utime(vault / "a.md", (1, 1))
    report = indexer.update()
    assert (report.changed, report.unchanged, index.store.version) == (0, 1, before)
    assert index.catalog.entry("a.md").stamp.mtime_ns == 10**9


def test_a_moved_note_keeps_its_id_and_embeds_nothing(index, indexer, vault):
    write(vault, {"a.md": "alpha without a heading", "keep.md": "other"})
    indexer.bring_up_to_date()
    note_id = index.catalog.entry("a.md").id
    (vault / "sub").mkdir()
    (vault / "a.md").rename(vault / "sub" / "renamed.md")
    report = indexer.bring_up_to_date()
    assert report.embedded == 0
    assert index.catalog.entry("sub/renamed.md").id == note_id
    assert index.catalog.entry("a.md") is None
    assert paths(index, "alpha") == ["sub/renamed.md"]
    assert paths(index, "renamed") == ["sub/renamed.md"]


def test_two_notes_that_swap_names_both_keep_their_rows(index, indexer, vault):
    write(vault, {"a.md": "alpha", "b.md": "beta"})
    indexer.bring_up_to_date()
    (vault / "a.md").rename(vault / "x")
    (vault / "b.md").rename(vault / "a.md")
    (vault / "x").rename(vault / "b.md")
    indexer.update(
        [Change(ChangeKind.MOVED, "a.md", None, "b.md"), Change(ChangeKind.MOVED, "b.md", None, "a.md")]
    )
    assert (paths(index, "alpha"), paths(index, "beta")) == (["b.md"], ["a.md"])
    assert index.catalog.doubtful() == []


def test_undoing_a_change_embeds_nothing(indexer, vault):
    write(vault, {"a.md": "alpha"})
    indexer.bring_up_to_date()
    write(vault, {"a.md": "something else"})
    assert indexer.bring_up_to_date().embedded == 1
    write(vault, {"a.md": "alpha"})
    report = indexer.bring_up_to_date()
    assert (report.changed, report.embedded) == (1, 0)


def test_a_removed_note_is_found_no_more(index, indexer, vault):
    write(vault, {"a.md": "alpha", "b.md": "alpha too"})
    indexer.bring_up_to_date()
    (vault / "a.md").unlink()
    report = indexer.bring_up_to_date()
    assert (report.removed, report.notes, report.chunks) == (1, 1, 1)
    assert paths(index, "alpha") == ["b.md"]


def test_a_note_that_cannot_be_read_is_set_aside_until_it_changes(index, indexer, vault):
    write(vault, {"good.md": "alpha"})
    (vault / "bad.md").write_bytes(b"\x00\x01\x02\xff" * 50)
    report = indexer.bring_up_to_date()
    assert report.notes == 1
    assert [skipped.path for skipped in report.skipped] == ["bad.md"]
    assert (report.skipped[0].kind, bool(report.skipped[0].reason)) == (SkipKind.NOT_TEXT, True)
    assert indexer.bring_up_to_date().changed == 0
    write(vault, {"bad.md": "mended"})
    report = indexer.bring_up_to_date()
    assert (report.notes, report.skipped) == (2, ())
    assert paths(index, "mended") == ["bad.md"]


def test_a_note_that_is_larger_or_may_not_be_read_is_set_aside_with_its_kind(index, vault, monkeypatch):
    write(vault, {"large.md": "many words " * 200, "locked.md": "text"})
    real = Path.open

    def guarded(self, *args, **options):
        if self.name == "locked.md":
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **options)

    monkeypatch.setattr(Path, "open", guarded)
    for path, limit in (("large.md", 1_000), ("locked.md", 10_000)):
        stamp = FileStamp(1, 1, 1)
        prepared = word_phase.prepare(vault, path, stamp, Known(), max_bytes=limit)
        with index.writing() as writer:
            writer.record(writer.note_id(path, stamp), prepared.facts)
    kinds = {skipped.path: skipped.kind for skipped in index.catalog.problems()}
    assert kinds == {"large.md": SkipKind.SIZE, "locked.md": SkipKind.UNREADABLE}


def test_a_reason_of_a_kind_that_is_not_known_here_is_told_in_words(index):
    stamp = FileStamp(1, 1, 1)
    with index.writing() as writer:
        note_id = writer.note_id("a.md", stamp)
        writer.record(note_id, NoteFacts("a.md", stamp, "", problem="Something of another version."))
    with index.catalog.database.writing() as connection:
        connection.execute("UPDATE problem_kinds SET kind = 'of another version'")
    assert index.catalog.problems() == [Skipped("a.md", "Something of another version.")]


def test_a_parser_that_fails_on_one_note_does_not_stop_the_others(indexer, vault, monkeypatch, caplog):
    real = word_phase.prepare.__globals__["chunk"]

    def failing(note, *, title):
        if title == "poison":
            raise RecursionError("too deep")
        return real(note, title=title)

    monkeypatch.setitem(word_phase.prepare.__globals__, "chunk", failing)
    write(vault, {"poison.md": "text", "fine.md": "text"})
    report = indexer.update()
    (skipped,) = report.skipped
    assert (report.notes, skipped.path, skipped.kind) == (1, "poison.md", SkipKind.POISON)
    assert "could not be indexed" in caplog.text


def test_a_text_that_the_model_cannot_take_is_found_by_words(index, indexer, vault, embedder, caplog):
    embedder.poison.add("poison")
    write(vault, {f"n{n}.md": f"text {n}" for n in range(20)} | {"bad.md": "poison pill"})
    report = indexer.bring_up_to_date()
    assert report.embedded == 20
    assert paths(index, "pill") == ["bad.md"]
    assert index.catalog.totals().waiting == 0
    assert "could not be embedded" in caplog.text


def test_without_the_model_words_are_indexed_and_vectors_follow_later(index, indexer, vault, embedder):
    embedder.is_down = True
    write(vault, {"a.md": "alpha"})
    assert indexer.update().embedded == 0
    assert paths(index, "alpha") == ["a.md"]
    with pytest.raises(EmbeddingUnavailable):
        indexer.embed_pending()
    assert not index.complete
    embedder.is_down = False
    assert indexer.embed_pending() == 1
    assert index.complete


def test_the_asked_for_note_is_embedded_first_then_the_latest(index, indexer, vault, embedder, monkeypatch):
    monkeypatch.setattr(vector_phase, "BATCH", 1)
    write(vault, {f"n{n}.md": f"text {n}" for n in range(20)})
    for n in range(20):
        os.utime(vault / f"n{n}.md", (n + 1, n + 1))
    indexer.update()
    indexer.embed_pending(first=["n3.md"])
    order = [text.split()[-1] for text in embedder.passages]
    assert order[:3] == ["3", "19", "18"]


def test_cancelled_embedding_keeps_what_was_computed(index, indexer, vault, embedder):
    write(vault, {f"n{n}.md": f"text {n}" for n in range(60)})
    indexer.update()
    token = CancelToken()
    real = embedder.embed_passages

    def embed_and_cancel(texts):
        token.cancel()
        return real(texts)

    embedder.embed_passages = embed_and_cancel
    with pytest.raises(Cancelled):
        indexer.embed_pending(cancel=token)
    embedder.embed_passages = real
    assert index.catalog.totals().waiting == 60 - vector_phase.SLICE
    assert indexer.embed_pending() == 60 - vector_phase.SLICE


def test_cancelled_update_keeps_what_is_committed_and_goes_on_later(indexer, vault, monkeypatch):
    monkeypatch.setattr(word_phase, "BATCH_NOTES", 5)
    monkeypatch.setattr(word_phase, "PROGRESS_SECONDS", 0.0)
    write(vault, {f"n{n}.md": f"text {n}" for n in range(20)})
    token = CancelToken()
    with pytest.raises(Cancelled):
        indexer.update(on_progress=lambda _: token.cancel(), cancel=token)
    report = indexer.update()
    assert (report.notes, report.added) == (20, 15)


def test_an_update_cancelled_between_two_notes_keeps_those_it_has_read(indexer, vault, monkeypatch):
    monkeypatch.setattr(word_phase, "PROGRESS_SECONDS", 0.0)
    write(vault, {f"n{n}.md": f"text {n}" for n in range(20)})
    token, real, read = CancelToken(), word_phase.prepare, []

    def read_and_cancel(vault, path, *args, **options):
        read.append(path)
        if len(read) == 7:
            token.cancel()
        return real(vault, path, *args, **options)

    monkeypatch.setattr(word_phase, "prepare", read_and_cancel)
    with pytest.raises(Cancelled):
        indexer.update(cancel=token)
    assert len(read) == 7
    assert indexer.update().added == 13


def test_a_small_update_is_finished_though_it_was_cancelled(index, indexer, vault, monkeypatch):
    monkeypatch.setattr(word_phase, "PROGRESS_SECONDS", 60.0)
    write(vault, {"a.md": "alpha", "b.md": "贝塔"})
    token = CancelToken()
    token.cancel()
    assert indexer.update(cancel=token).added == 2
    assert paths(index, "贝塔") == ["b.md"]


def test_progress_counts_notes_and_chunks_and_names_the_note(indexer, vault):
    write(vault, {f"n{n}.md": f"text {n}" for n in range(20)})
    told = []
    indexer.update(on_progress=told.append)
    assert (told[-1].notes_done, told[-1].notes_total, told[-1].chunks_total) == (20, 20, 20)
    assert told[-1].current.endswith(".md")
    told.clear()
    indexer.embed_pending(on_progress=told.append)
    assert told[0].chunks_embedded < told[0].chunks_total


def test_equal_texts_are_embedded_once(indexer, vault, embedder):
    same = "---\ntitle: Same\n---\nthe very same text"
    write(vault, {f"n{n}.md": same for n in range(12)})
    report = indexer.bring_up_to_date()
    assert (report.chunks, report.embedded, len(embedder.passages)) == (12, 1, 1)


def test_a_note_deleted_between_scan_and_reading_is_passed_over(indexer, vault):
    write(vault, {"a.md": "alpha"})
    report = indexer.update([Change(ChangeKind.ADDED, "gone.md"), Change(ChangeKind.ADDED, "a.md")])
    assert (report.notes, report.removed) == (1, 0)


def test_a_deleted_index_folder_is_rebuilt_without_embedding_where_vectors_are_left(
    index, indexer, vault, embedder, caplog
):
    write(vault, {f"n{n}.md": f"text {n}" for n in range(20)})
    indexer.bring_up_to_date()
    shutil.rmtree(index.folder)
    report = indexer.bring_up_to_date()
    assert (report.notes, report.embedded, len(embedder.passages)) == (20, 0, 20)
    assert paths(index, "text")


def test_a_wholly_deleted_home_is_rebuilt(index, indexer, vault, tmp_path, caplog):
    write(vault, {f"n{n}.md": f"text {n}" for n in range(20)})
    indexer.bring_up_to_date()
    shutil.rmtree(tmp_path / "index")
    report = indexer.bring_up_to_date()
    assert (report.notes, report.embedded) == (20, 20)
    assert paths(index, "7") == ["n7.md"]


def test_words_do_not_wait_for_a_slow_model(index, indexer, vault, embedder, monkeypatch):
    monkeypatch.setattr(word_phase, "EMBED_FIRST_SECONDS", 0.001)
    real = embedder.embed_passages

    def slow(texts):
        time.sleep(0.01)
        return real(texts)

    embedder.embed_passages = slow
    write(vault, {f"n{n}.md": f"text {n}" for n in range(word_phase.EMBED_FIRST)})
    indexer.update()
    assert index.catalog.totals().waiting == word_phase.EMBED_FIRST - 1
    assert indexer.embed_pending() == word_phase.EMBED_FIRST - 1


def test_only_a_small_change_is_embedded_in_a_hurry(index, indexer, embedder, vault):
    asked = []

    def at_once(texts):
        asked.append(len(texts))
        return embedder.embed_passages(texts)

    embedder.embed_at_once = at_once
    write(vault, {"few.md": "one text"})
    indexer.update()
    assert asked == [1]
    write(vault, {f"n{n}.md": f"text {n}" for n in range(word_phase.EMBED_FIRST + 1)})
    indexer.update()
    assert indexer.embed_pending() == word_phase.EMBED_FIRST + 1
    assert asked == [1]
