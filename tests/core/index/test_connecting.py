"""Where the rows lie: addresses taken apart and put together, and LanceDB without what nobody uses."""

from __future__ import annotations

import subprocess
import sys

import pytest

from core.index import connecting


@pytest.mark.parametrize(
    ("address", "remote"),
    [
        ("/home/ada/index", False),
        (r"C:\Users\ada\index", False),
        ("笔记/索引 #1?", False),
        ("s3://bucket/notes", True),
        ("db://team", True),
    ],
)
def test_a_folder_is_ours_and_an_address_another_machines(address, remote):
    assert connecting.is_remote(address) is remote


def test_a_place_below_keeps_the_options():
    address = "s3://bucket/notes/?region=eu-central-1"
    assert connecting.below(address, "vault", "ab12") == "s3://bucket/notes/vault/ab12?region=eu-central-1"


def test_a_place_below_a_bucket_needs_no_folder():
    assert connecting.below("s3://bucket", "vault") == "s3://bucket/vault"


def test_options_are_not_shown():
    assert connecting.without_options("s3://b/n?session=secret") == "s3://b/n"
    assert connecting.without_options("/a folder?/b") == "/a folder?/b"


def test_a_folder_is_made_where_there_is_none(tmp_path):
    database = connecting.connect(str(tmp_path / "行 #1"))
    database.create_table("t", [{"n": 1}])
    assert connecting.connect(str(tmp_path / "行 #1")).open_table("t").count_rows() == 1


def test_the_rest_client_is_not_imported_and_the_rest_is_whole():
    code = (
        "import sys; from core.index.connecting import import_lancedb; import_lancedb();"
        "import lance_namespace, lance_namespace_urllib3_client.api.table_api as api;"
        "assert api.__file__ is None if hasattr(api, '__file__') else True;"
        "assert not [f for f in sys.meta_path if 'core.index' in str(type(f))];"
        "from lance_namespace import QueryTableRequest; print(QueryTableRequest.__module__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().startswith("lance_namespace_urllib3_client.models")
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("address", "table"),
    [
        ("/home/ada/rows", "chunks"),
        ("s3://bucket/team/vault/ab12", "chunks"),
        ("db://team/my notes/ab12?host_override=https://lance.example.org", "my-notes-ab12-chunks"),
        ("db://team", "chunks"),
    ],
)
def test_on_a_server_the_folders_go_into_the_tables_name(address, table):
    assert connecting.table_of(address, "chunks") == table
