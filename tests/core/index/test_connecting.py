"""Where the rows lie: addresses taken apart and put together, and LanceDB without what nobody uses."""

from __future__ import annotations

import re
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def _in_a_new_process(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.strip()


def test_lancedb_gets_plain_values_for_calls_that_nobody_makes():
    code = (
        "from core.index.connecting import import_lancedb; import_lancedb();"
        "from lancedb.db import ListTablesResponse;"
        "answer = ListTablesResponse(tables=['笔记'], page_token=None);"
        "print(answer.tables[0], ListTablesResponse.__name__)"
    )
    assert _in_a_new_process(code) == "笔记 ListTablesResponse"


def test_the_stand_ins_are_gone_once_lancedb_is_there():
    code = (
        "import sys; from core.index.connecting import import_lancedb; import_lancedb();"
        "assert not [f for f in sys.meta_path if 'core.index' in str(type(f))];"
        "assert not [m for m in sys.modules if m.startswith(('lance_namespace_urllib3', 'overrides'))];"
        "import lance_namespace_urllib3_client as real; print(real.__file__)"
    )
    assert _in_a_new_process(code).endswith("__init__.py")


def test_importing_twice_gives_the_same_module():
    assert connecting.import_lancedb() is connecting.import_lancedb()


def test_a_name_with_underscores_is_not_made_up():
    finder = connecting._StandIns()
    spec = finder.find_spec("overrides", None)
    assert spec is not None
    assert finder.find_spec("numpy._core.overrides", None) is None
    with pytest.raises(AttributeError):
        connecting._plain_class("__path__")


@pytest.mark.parametrize(
    ("address", "table"),
    [
        ("/home/ada/rows", "chunks"),
        ("s3://bucket/team/vault/ab12", "chunks"),
        ("db://team/notes/ab12?host_override=https://lance.example.org", "notes-ab12-chunks"),
        ("db://team/my notes/ab12", "my-notes-ab12-eabb65f5-chunks"),
        ("db://team/我的笔记/ab12", "ab12-15896d8e-chunks"),
        ("db://team", "chunks"),
    ],
)
def test_on_a_server_the_folders_go_into_the_tables_name(address, table):
    assert connecting.table_of(address, "chunks") == table


folder_names = st.text(st.characters(exclude_characters="/", exclude_categories=["Cs", "Cc"]), min_size=1)


@given(folder_names, folder_names)
def test_two_vaults_on_a_server_share_no_table(one, other):
    places = [connecting.below("db://team?region=eu", vault, "ab12") for vault in (one, other)]
    names = [connecting.table_of(place, "chunks") for place in places]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in names)
    assert (names[0] == names[1]) is (one == other)


@given(folder_names)
def test_a_vault_may_be_called_anything_and_keeps_the_options(name):
    place = connecting.below("s3://bucket/team?region=eu-central-1", name, "ab12")
    assert urlsplit(place).query == "region=eu-central-1"
    assert urlsplit(place).path.endswith("/ab12")
