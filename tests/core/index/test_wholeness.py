"""Whatever happens to a file of the index, one run of the indexer makes all of it what it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.index.model import Scope
from core.index.vault_index import VaultIndex
from tests.core.index.fakes import PAGE, HashingEmbedder, indexer_of, open_for, write
from tests.core.index.test_robustness import contents, nearest

WORDS = ("first", "second", "later", "笔记", "数据库")
NOTES = {
    "one.md": "# One\n\nThe first note about 笔记. [[two]]\n\n## More\n\nIts second part. #topic/part",
    "a/two.md": "# Two\n\nThe second note, 数据库 and the first index. #topic",
    "日记/三.md": "第三条笔记讲数据库。",
}


def texts_found(index: VaultIndex, word: str) -> list[str]:
    places = (Scope(), Scope(folder="a"), Scope(tag="topic"))
    found = [index.store.newest().by_words(word, scope=scope, limit=50).result() for scope in places]
    return [sorted(f"{hit.row.path} {hit.score:.4f}" for hit in hits) for hits in found]


def everything(index: VaultIndex) -> list[object]:
    """All that can be read from an index by whatever part of it."""
    hashes = sorted(index.store.text_hashes())
    caches = [
        {text_hash: vector.tobytes() for text_hash, vector in cache.get(hashes).items()}
        for cache in (index.vectors, index.second_vectors)
    ]
    stored = {text_hash: vector.tobytes() for some in index.store.vectors() for text_hash, vector in some}
    found = [texts_found(index, word) for word in WORDS]
    near = [nearest(index, word) for word in WORDS]
    return [contents(index), caches, stored, found, near, index.catalog.totals(), index.complete]


def indexed(home: Path, vault: Path) -> list[object]:
    """Run the indexer once, as the command does, and read all."""
    embedder = HashingEmbedder()
    with open_for(home, embedder) as index:
        indexer_of(index, vault, embedder).bring_up_to_date()
        return everything(index)


@pytest.fixture(scope="module")
def life(tmp_path_factory, empty_home):
    """A vault whose index saw changes, and what can be read from one that is built of it in peace."""
    folder = tmp_path_factory.mktemp("life")
    vault, home = folder / "vault", folder / "home"
    write(vault, NOTES)
    shutil.copytree(empty_home, home)
    indexed(home, vault)
    write(vault, {"one.md": NOTES["one.md"].replace("first", "later")})
    embedder = HashingEmbedder()
    with open_for(home, embedder) as index:  # as the window does it: not tidied, so not sealed
        indexer_of(index, vault, embedder).update()
    return folder, home, vault, indexed(folder / "peace", vault)


def without(data: bytes, start: int) -> bytes:
    """`data` with a page of zeros, as a file system leaves it that never wrote the page."""
    gone = data[start : start + PAGE]
    return data[:start] + bytes(len(gone)) + data[start + len(gone) :]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12, deadline=None)
@given(chance=st.randoms(use_true_random=False), how=st.sampled_from(["gone", "cut", "zeros", "page"]))
def test_a_file_that_was_cut_emptied_or_lost_leaves_no_trace_after_the_next_run(life, chance, how, caplog):
    folder, home, vault, expected = life
    tried = folder / "tried"
    shutil.rmtree(tried, ignore_errors=True)
    shutil.copytree(home, tried)
    file = chance.choice(sorted(file for file in tried.rglob("*") if file.is_file()))
    data = file.read_bytes()
    if how == "gone":
        file.unlink()
    elif how == "cut":
        file.write_bytes(data[: chance.randrange(len(data) or 1)])
    elif how == "zeros":
        file.write_bytes(bytes(len(data)))
    else:
        file.write_bytes(without(data, chance.randrange(0, len(data) or 1, PAGE)))
    assert indexed(tried, vault) == expected, (file.relative_to(tried), how)
