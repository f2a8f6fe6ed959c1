"""One index that several machines share, in an object store on this machine (moto's S3 server, real HTTP)."""

from __future__ import annotations

import logging
import shutil

import pytest

from core.errors import IndexUnavailable
from core.index import connecting
from core.index.links import LinkGraph
from core.index.model import Scope
from core.index.shared_store import SharedStore
from core.index.vault_index import LAYOUT, VaultIndex, open_index
from tests.core.index.fakes import HashingEmbedder, indexer_of, row, write

BUCKET = "notes"


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
def place(s3, tmp_path):
    """A place of its own for each test."""
    return connecting.below(s3, tmp_path.name)


class Machine:
    """One machine: its own copy of the vault, its own catalogue and caches; the rows are everybody's."""

    def __init__(self, home, vault, place):
        self.vault = vault
        self.embedder = HashingEmbedder()
        self.index: VaultIndex = open_index(home, self.embedder.name, self.embedder.dimensions, store=place)
        self.indexer = indexer_of(self.index, vault, self.embedder)

    def found(self, words):
        self.index.store.close()  # other machines' commits are seen after seconds; a new handle sees them now
        hits = self.index.store.text_search(words, scope=Scope(), limit=10)
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
    connecting.connect(ada.index.store.address).drop_table("chunks")
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


def test_a_store_elsewhere_is_a_generation_of_its_own(tmp_path, place, machine):
    ada = machine("ada")
    assert ada.index.about.generation != ada.index.about.folder
    assert ada.index.about.layout == LAYOUT
