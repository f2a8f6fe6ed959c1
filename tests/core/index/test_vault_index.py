"""Rows and catalogue in step: repairs, rebuilds, generations, two programs at once."""

from __future__ import annotations

import json
import shutil

import pytest

from core.errors import IndexDamaged, IndexUnavailable
from core.index.catalog import NoteFacts
from core.index.model import Scope
from core.index.vault_index import TIDY_AFTER_COMMITS, VaultIndex
from core.vault.model import FileStamp
from tests.core.index.fakes import HashingEmbedder, indexer_of, open_for, row, spoil_pages, write


def found(index, words):
    hits = index.store.newest().by_words(words, scope=Scope(), limit=50).result()
    return sorted({hit.row.path for hit in hits})


@pytest.fixture
def filled(index, indexer, vault):
    write(vault, {f"n{n}.md": f"text {n}" for n in range(12)})
    indexer.bring_up_to_date()
    return index


class Killed(BaseException):
    """Stands for a kill: nothing of ours catches it."""


def test_a_writer_killed_between_rows_and_catalogue_is_repaired(filled, indexer, vault):
    write(vault, {"new.md": "brand new", "n3.md": "changed 3"})
    with pytest.raises(Killed), filled.writing() as writer:
        note_id = writer.note_id("new.md", FileStamp(1, 1, 1))
        filled.store.replace_note(note_id, [row(note_id)])
        raise Killed
    assert filled.catalog.entry("new.md") is None
    report = indexer.bring_up_to_date()
    assert (report.notes, report.chunks, filled.store.count()) == (13, 13, 13)
    assert found(filled, "brand") == ["new.md"]


def test_the_number_of_rows_is_known_but_for_notes_in_doubt(filled):
    ids = {path: entry.id for path, entry in filled.catalog.entries(["n1.md", "n2.md"]).items()}
    with filled.writing() as writer:
        new = writer.note_id("new.md", FileStamp(1, 1, 1))
        assert writer.row_counts([ids["n1.md"], new, "999"]) == {ids["n1.md"]: 1, new: 0}
        writer.move({"n2.md": "moved.md"})
        assert writer.row_counts([ids["n2.md"]]) == {}
        writer.remove([new])


def test_a_note_that_lost_rows_is_stored_anew_without_leaving_any(filled, indexer, vault):
    write(vault, {"n1.md": "# One\n\nfirst\n\n# Two\n\nsecond\n\n# Three\n\nthird"})
    indexer.update()
    with filled.catalog.database.writing() as connection:  # as if a table of another day had been put there
        connection.execute("UPDATE facts SET value = -1 WHERE name = 'store version'")
        connection.execute("UPDATE notes SET chunks = 1 WHERE path = 'n1.md'")
    write(vault, {"n1.md": "only this"})
    indexer.update()
    assert found(filled, "first second third") == []
    assert found(filled, "only") == ["n1.md"]


def test_rows_of_a_note_that_never_came_to_be_are_swept(filled, indexer, vault):
    with pytest.raises(Killed), filled.writing() as writer:
        note_id = writer.note_id("gone.md", FileStamp(1, 1, 1))
        filled.store.replace_note(note_id, [row(note_id)])
        raise Killed
    assert filled.store.count() == 13
    indexer.update([])
    assert filled.store.count() == 12


def test_a_lost_table_is_filled_again_from_the_cache(filled, indexer, embedder):
    filled.store.close()
    shutil.rmtree(filled.folder / "rows")
    report = indexer.bring_up_to_date()
    assert (report.notes, report.chunks, report.embedded) == (12, 12, 0)
    assert filled.store.count() == 12
    assert len(embedder.passages) == 12


def test_a_lost_catalogue_is_filled_again(filled, indexer):
    filled.close()
    for file in filled.folder.glob("catalog.sqlite*"):
        file.unlink()
    report = indexer.bring_up_to_date()
    assert (report.notes, report.chunks, report.embedded, filled.store.count()) == (12, 12, 0, 12)


def test_a_lost_cache_of_vectors_costs_nothing_while_the_rows_are_there(filled, indexer, home):
    filled.close()
    for file in home.glob("vectors.sqlite*"):
        file.unlink()
    filled.reset()
    assert indexer.bring_up_to_date().embedded == 0


@pytest.mark.parametrize(
    "name", ["catalog.sqlite", "data/*.lance", "_versions/*", "about.json", "*_invert.lance", "*lookup.lance"]
)
def test_damaged_files_are_replaced_without_embedding(filled, indexer, vault, name, caplog):
    filled.close()
    files = list(filled.folder.rglob(name))
    assert files
    for file in files:
        file.write_bytes(b"rubbish")
    write(vault, {"n1.md": "text 1 changed"})
    report = indexer.bring_up_to_date()
    assert (report.notes, report.chunks) == (12, 12)
    assert report.embedded <= 1
    assert found(filled, "text") == sorted(f"n{n}.md" for n in range(12))
    assert filled.store.state() == dict.fromkeys(filled.store.state(), (1, 0))


def test_a_lost_cache_of_vectors_is_filled_again_by_the_next_update(filled, indexer, vault, home):
    hashes = sorted(filled.store.text_hashes())
    first, second = filled.vectors.get(hashes), filled.second_vectors.get(hashes)
    filled.close()
    for file in home.glob("vectors.sqlite*"):
        file.unlink()
    assert indexer.bring_up_to_date().embedded == 0
    assert first.keys() == filled.vectors.get(hashes).keys() == set(hashes)
    assert second.keys() == filled.second_vectors.get(hashes).keys() == set(hashes)


def newest(index):
    """The file that makes the newest commit of the rows the newest."""
    return min((index.folder / "rows").rglob("*.manifest"))


def test_rows_whose_newest_commit_has_gone_are_not_searched_but_made_anew(filled, indexer, vault):
    write(vault, {"n1.md": "later 1"})  # as many rows as before, so that only the number of the commit tells
    indexer.update()
    filled.close()
    newest(filled).unlink()
    with pytest.raises(IndexDamaged):
        found(filled, "text")
    assert indexer.bring_up_to_date().embedded == 0
    assert found(filled, "later") == ["n1.md"]


def test_rows_that_lose_their_newest_commit_while_they_are_open_are_made_anew(filled, indexer, vault):
    write(vault, {"n1.md": "later 1"})
    indexer.update()
    newest(filled).unlink()
    indexer.update()
    assert found(filled, "later") == ["n1.md"]
    assert found(filled, "text") == sorted(f"n{n}.md" for n in range(12) if n != 1)


def test_damage_is_not_copied_when_the_rows_are_tidied(filled, indexer, vault, caplog):
    vectors = max((filled.folder / "rows").rglob("data/*.lance"), key=lambda file: file.stat().st_size)
    data = vectors.read_bytes()
    filled.close()
    vectors.write_bytes(bytes(len(data) // 2) + data[len(data) // 2 :])
    with filled.writing():
        filled.store._table.delete("id = 'nothing'")  # a commit, so that there is something to tidy
    assert indexer.tidy(force=True)
    assert filled.store.count() == 12


def test_a_broken_cache_of_vectors_is_filled_again_from_the_rows(filled, indexer, vault, home, caplog):
    filled.close()
    spoil_pages(home / "vectors.sqlite")
    write(vault, {"n1.md": "text 1 changed"})
    assert indexer.bring_up_to_date().embedded == 1
    filled.reset()
    assert indexer.bring_up_to_date().embedded == 0


def test_an_index_of_which_only_ruins_are_left_is_made_again_when_it_is_opened(
    filled, home, embedder, caplog
):
    filled.close()
    shutil.rmtree(filled.folder / "rows")
    (filled.folder / "catalog.sqlite").write_bytes(b"rubbish" * 1000)
    with open_for(home, embedder) as opened:
        assert opened.catalog.totals().notes == 0
        assert not opened.scanned


def test_a_place_where_no_index_can_be_kept_is_told_with_the_reason(tmp_path, embedder):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(IndexUnavailable, match="cannot be kept in"):
        open_for(tmp_path / "file" / "home", embedder)


def test_a_folder_in_the_place_of_what_is_known_of_the_index_is_damage(filled, indexer):
    (filled.folder / "about.json").unlink()
    (filled.folder / "about.json").mkdir()
    assert indexer.bring_up_to_date().notes == 12
    assert filled.complete


def test_few_changes_after_a_deleted_catalogue_lead_to_a_whole_look(filled, indexer, vault):
    filled.close()
    shutil.rmtree(filled.folder)
    assert indexer.update([]).notes == 12


def test_what_another_process_rebuilt_is_kept(filled, indexer, vault, home, embedder):
    """Both notice that the folder was deleted; the second must not throw away what the first made."""
    filled.catalog.totals()
    shutil.rmtree(filled.folder)
    with open_for(home, embedder) as other:
        indexer_of(other, vault, embedder).bring_up_to_date()
        filled.reset()
        assert other.catalog.totals().notes == 12
        assert filled.catalog.totals().notes == 12
        assert found(filled, "text") == found(other, "text")


def test_two_programs_on_one_vault_do_each_change_once(filled, indexer, vault, home, embedder):
    other_embedder = HashingEmbedder()
    with open_for(home, embedder) as other_index:
        other = indexer_of(other_index, vault, other_embedder)
        write(vault, {"n1.md": "changed 1", "x.md": "added"})
        first, second = indexer.bring_up_to_date(), other.bring_up_to_date()
        assert (first.added, first.changed, second.added, second.changed) == (1, 1, 0, 0)
        assert other_embedder.passages == []
        write(vault, {"n2.md": "changed 2"})
        assert other.bring_up_to_date().changed == 1
        assert found(filled, "changed") == found(other_index, "changed") == ["n1.md", "n2.md"]


def test_another_model_gets_an_index_beside_the_old_which_is_kept_until_then(filled, vault, home):
    newer = HashingEmbedder("hashing-2")
    with open_for(home, newer) as index:
        indexer = indexer_of(index, vault, newer)
        indexer.update()
        assert filled.folder.exists()
        indexer.embed_pending()
        assert index.complete
        assert not filled.folder.exists()


def test_an_index_is_not_complete_before_the_whole_vault_was_read(index, indexer):
    indexer.embed_pending()
    assert not index.complete
    indexer.bring_up_to_date()
    assert index.complete


def test_tidying_is_done_when_due_and_not_before(filled):
    assert not filled.tidy()
    assert not filled.tidy(force=True)
    for n in range(TIDY_AFTER_COMMITS):
        with filled.writing() as writer:
            note_id = writer.note_id("t.md", FileStamp(n, n, n))
            filled.store.replace_note(note_id, [row(note_id, 0, f"tidy{n}", path="t.md")])
            writer.record(note_id, NoteFacts("t.md", FileStamp(n, n, n), str(n), chunks=1, waiting=1))
    assert filled.tidy()
    assert not filled.tidy()
    assert found(filled, "tidy19") == ["t.md"]


def test_tidying_a_lost_index_builds_it_anew(filled, indexer):
    filled.close()
    shutil.rmtree(filled.folder / "rows")
    assert indexer.tidy()
    assert filled.store.count() == 12


def test_the_model_and_rules_are_stamped_on_the_index(filled):
    about = json.loads((filled.folder / "about.json").read_text())
    assert about["model"] == "hashing-1"
    assert about["complete"] is True


def test_what_others_may_still_read_is_deleted_once_they_cannot(home, embedder, monkeypatch):
    clock, tidied = [1_000.0], []
    opened = open_for(home, embedder)
    opened.close()
    with VaultIndex(opened.home, opened.about, clock=lambda: clock[0]) as index:
        real = index.store.optimize
        monkeypatch.setattr(index.store, "optimize", lambda: (tidied.append(clock[0]), real()))
        with index.writing() as writer:
            index.store.replace_note(writer.note_id("a.md", FileStamp(1, 1, 1)), [row("1")])
        assert index.tidy(force=True)
        assert not index.tidy(force=True)
        clock[0] += 601
        assert index.tidy()
        clock[0] += 601
        assert not index.tidy(force=True)
    assert tidied == [1_000.0, 1_601.0]


def test_vectors_that_no_note_has_are_forgotten_after_months(home, vault, embedder):
    clock, day = [100 * 86_400.0], 86_400
    opened = open_for(home, embedder)
    opened.close()
    with VaultIndex(opened.home, opened.about, clock=lambda: clock[0]) as index:
        index.vectors.put([("forgotten", embedder.embed_query("forgotten"))], now=clock[0])
        for number in range(5):
            write(vault, {"a.md": f"# A\n\nNumber {number}."})
            indexer = indexer_of(index, vault, embedder)
            indexer.update()
            indexer.embed_pending()
            indexer.tidy(force=True)
            assert ("forgotten" in index.vectors.get(["forgotten"])) == (number < 3)
            clock[0] += 31 * day
        (row,) = index.store.rows_of(list(index.store.state()))
        assert row.text_hash in index.vectors.get([row.text_hash])
