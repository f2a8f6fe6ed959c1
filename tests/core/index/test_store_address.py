"""Addresses of an index: what can be one, what must not stand in one, taken apart and put together."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.index.store_address import (
    below,
    is_address,
    is_remote,
    names_secret,
    table_of,
    without_options,
)


@pytest.mark.parametrize(
    "address",
    [
        "/srv/team/索引",
        "s3://team-bucket/pilotfish?region=eu-central-1",
        "gs://bucket",
        "az://container/path",
        "db://team-notes?host_override=https://lance.example.org",
    ],
)
def test_folders_stores_and_servers_are_addresses(address):
    assert is_address(address)
    assert not names_secret(address)


@pytest.mark.parametrize(
    "address", ["", "team", "../up", "https://example.org/index", "s3://", "s3:/bucket", "ftp://a", "s3://[x"]
)
def test_other_words_are_none(address):
    assert not is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "s3://user:password@bucket",
        "s3://bucket?aws_secret_access_key=abc",
        "s3://bucket?aws_session_token=",
        "az://c?account_key=abc",
        "db://x?api_key=abc",
        "db://x?ApiKey=abc",
    ],
)
def test_a_secret_is_seen(address):
    assert names_secret(address)


@given(st.text(max_size=60))
def test_no_text_whatever_raises(text):
    is_address(text)
    names_secret(text)
    without_options(text)


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
    assert is_remote(address) is remote


def test_a_place_below_keeps_the_options():
    address = "s3://bucket/notes/?region=eu-central-1"
    assert below(address, "vault", "ab12") == "s3://bucket/notes/vault/ab12?region=eu-central-1"


def test_a_place_below_a_bucket_needs_no_folder():
    assert below("s3://bucket", "vault") == "s3://bucket/vault"


def test_options_are_not_shown():
    assert without_options("s3://b/n?session=secret") == "s3://b/n"
    assert without_options("s3://team/notes?endpoint=http://x&region=y") == "s3://team/notes"
    assert without_options("/a folder?/b") == "/a folder?/b"


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
    assert table_of(address, "chunks") == table


folder_names = st.text(st.characters(exclude_characters="/", exclude_categories=["Cs", "Cc"]), min_size=1)


@given(folder_names, folder_names)
def test_two_vaults_on_a_server_share_no_table(one, other):
    places = [below("db://team?region=eu", vault, "ab12") for vault in (one, other)]
    names = [table_of(place, "chunks") for place in places]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in names)
    assert (names[0] == names[1]) is (one == other)


@given(folder_names)
def test_a_vault_may_be_called_anything_and_keeps_the_options(name):
    place = below("s3://bucket/team?region=eu-central-1", name, "ab12")
    assert urlsplit(place).query == "region=eu-central-1"
    assert urlsplit(place).path.endswith("/ab12")
