"""One index that several machines share: in an object store (moto's S3 server), and behind a LanceDB server.

Both are real HTTP on this machine.
"""

from __future__ import annotations

import logging
import shutil

import numpy as np
import pytest

from core.errors import IndexUnavailable
from core.index import connecting, store_address
from core.index.links import LinkGraph
from core.index.model import Scope
from core.index.shared_store import SharedStore
from core.index.vault_index import LAYOUT, VaultIndex, open_index
from tests.core.index.fakes import HashingEmbedder, indexer_of, row, write
from tests.lance_server import LanceServer

BUCKET = "notes"
EVERYWHERE = Scope()


@pytest.fixture(scope="module")
def s3():
    """The address of a bucket on a server of our own, with the keys it takes."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    _make_bucket(endpoint)
    yield (
        f"s3://{BUCKET}/team?aws_endpoint={endpoint}&allow_http=true&aws_region=us-east-1"
        "&aws_access_key_id=testing&aws_secret_access_key=testing"
    )
    server.stop()


def _make_bucket(endpoint):
    import urllib.request

    request = urllib.request.Request(f"{endpoint}/{BUCKET}", method="PUT")
    assert urllib.request.urlopen(request, timeout=10).status == 200


@pytest.fixture
def lance_server(tmp_path, monkeypatch):
    monkeypatch.setenv("LANCEDB_API_KEY", "the key")
    with LanceServer(tmp_path / "server") as server:
        yield server


@pytest.fixture(params=["object store", "lancedb server"])
def place(request, tmp_path):
    """A place of its own for each test."""
    if request.param == "object store":
        return store_address.below(request.getfixturevalue("s3"), tmp_path.name)
    return _behind(request.getfixturevalue("lance_server"))


def _behind(server):
    return f"db://team/我的笔记?host_override={server.url}"


class Machine:
    """One machine: its own copy of the vault, its own catalogue and caches; the rows are everybody's."""

    def __init__(self, home, vault, place):
        self.vault = vault
        self.embedder = HashingEmbedder()
        self.index: VaultIndex = open_index(home, self.embedder.name, self.embedder.dimensions, store=place)
        self.indexer = indexer_of(self.index, vault, self.embedder)

    def found(self, words):
        self.index.store.close()  # other machines' commits are seen after seconds; a new handle sees them now
        hits = self.index.store.newest().by_words(words, scope=Scope(), limit=10).result()
        return {hit.row.path for hit in hits}


@pytest.fixture
def machine(tmp_path, place):
    made = []

    def machine(name):
        vault = tmp_path / name / "vault"
        if made:
            shutil.copytree(made[0].vault, vault)
        else:
            vault.mkdir(parents=True)
        made.append(Machine(tmp_path / name / "index", vault, place))
        return made[-1]

    yield machine
    for one in made:
        one.index.close()


TEXTS = {"0": "The beta opens in March.", "1": "流失率降到百分之三。流失率", "2": "Only gardens and rivers."}
NOTES = {"a.md": "# Alpha\n\nThe beta opens in March. [[b]]", "项目/b.md": "# b\n\n流失率降到百分之三。"}


def test_rows_lie_in_the_store_and_are_found(machine):
    ada = machine("ada")
    write(ada.vault, NOTES)
    report = ada.indexer.bring_up_to_date()
    assert (report.notes, report.embedded) == (2, 2)
    assert ada.found("流失率") == {"项目/b.md"}
    assert ada.index.is_shared
    assert not (ada.index.folder / "rows").exists()
    assert ada.indexer.bring_up_to_date().embedded == 0


def test_a_second_machine_embeds_nothing_and_keeps_the_rows(machine):
    ada = machine("ada")
    write(ada.vault, NOTES)
    ada.indexer.bring_up_to_date()
    before = ada.index.store.state()
    bob = machine("bob")
    report = bob.indexer.bring_up_to_date()
    assert (report.notes, report.embedded) == (2, 0)
    bob.index.store.close()
    assert bob.index.store.state() == before
    assert bob.found("beta March") == {"a.md"}
    assert [link.to_path for link in LinkGraph(bob.index.catalog).outgoing("a.md")] == ["项目/b.md"]


def test_what_one_machine_changes_the_other_finds(machine):
    ada = machine("ada")
    write(ada.vault, NOTES)
    ada.indexer.bring_up_to_date()
    bob = machine("bob")
    bob.indexer.bring_up_to_date()
    write(ada.vault, {"a.md": "# Alpha\n\nAn aardvark."})
    ada.indexer.bring_up_to_date()
    assert bob.found("aardvark") == {"a.md"}
    assert bob.found("beta") == set()


def test_a_move_leaves_no_second_copy_whoever_tells_of_it(machine):
    ada = machine("ada")
    write(ada.vault, NOTES)
    ada.indexer.bring_up_to_date()
    bob = machine("bob")
    bob.indexer.bring_up_to_date()
    for one in (ada, bob):
        (one.vault / "项目").rename(one.vault / "projects")
        assert one.indexer.bring_up_to_date().embedded == 0
    assert ada.found("流失率") == {"projects/b.md"}
    assert ada.index.store.count() == 2


def test_a_lost_table_is_made_anew_from_the_notes(machine, monkeypatch):
    ada = machine("ada")
    write(ada.vault, NOTES)
    ada.indexer.bring_up_to_date()
    address = ada.index.store.address
    connecting.connect(address).drop_table(store_address.table_of(address, "chunks"))
    ada.index.store.close()
    report = ada.indexer.bring_up_to_date()
    assert report.embedded == 0
    assert ada.found("beta") == {"a.md"}


def test_tidying_keeps_every_row(machine):
    ada = machine("ada")
    for n in range(5):
        write(ada.vault, {"a.md": f"# Alpha\n\nNumber {n} of the aardvarks."})
        ada.indexer.update()
    assert ada.indexer.tidy(force=True)
    assert ada.found("aardvarks") == {"a.md"}


def test_a_store_that_does_not_answer_is_unavailable_and_nothing_is_thrown_away(tmp_path):
    address = (
        "s3://notes/team?aws_endpoint=http://127.0.0.1:9&allow_http=true&aws_region=us-east-1"
        "&aws_access_key_id=x&aws_secret_access_key=x&client_max_retries=0&connect_timeout=1s"
    )
    store = SharedStore(address, 4)
    with pytest.raises(IndexUnavailable) as caught:
        store.replace_note("1", [row("1")])
    assert "s3://notes/team" in str(caught.value)
    assert "secret" not in str(caught.value)


def _ids(store, words, scope=EVERYWHERE):
    return [hit.row.id for hit in store.newest().by_words(words, scope=scope, limit=5).result()]


def test_a_server_is_asked_for_words_in_parts_and_for_meaning(lance_server, tmp_path):
    store = SharedStore(_behind(lance_server), 4)
    store.create()
    vectors = np.eye(4, dtype=np.float32)
    store.replace_notes({n: [row(n, 0, text, vector=vectors[int(n)])] for n, text in TEXTS.items()})
    assert _ids(store, "流失率 gardens") == ["1:0", "2:0"]
    assert _ids(store, "title2") == ["2:0"]
    assert _ids(store, "gardens", Scope(folder="nowhere")) == []
    found = store.newest().by_terms({"gardens": 0.5, "beta": 1.0}, scope=Scope(), limit=5, lang="en").result()
    assert {hit.row.note_id for hit in found} == {"0", "2"}
    (nearest, *_) = store.newest().by_vector(vectors[1], scope=Scope(), limit=3).result()
    assert (nearest.row.id, round(nearest.score, 5)) == ("1:0", 1.0)
    assert lance_server.headers["x-api-key"] == "the key"


def test_a_server_that_refuses_is_unavailable_and_its_key_is_not_told(lance_server, caplog):
    store = SharedStore(_behind(lance_server), 4)
    store.create()
    lance_server.is_refusing = True
    with pytest.raises(IndexUnavailable) as caught:
        _ids(store, "beta")
    assert "db://team/我的笔记" in str(caught.value)
    assert "the key" not in str(caught.value) + caplog.text
    lance_server.is_refusing = False
    assert _ids(store, "beta") == []


def test_without_a_key_a_server_is_unavailable(lance_server, monkeypatch, caplog):
    monkeypatch.delenv("LANCEDB_API_KEY")
    with pytest.raises(IndexUnavailable):
        SharedStore(_behind(lance_server), 4).create()
    assert lance_server.requests == []


def test_a_store_elsewhere_is_a_generation_of_its_own(tmp_path, place, machine):
    ada = machine("ada")
    assert ada.index.about.generation != ada.index.about.folder
    assert ada.index.about.layout == LAYOUT
