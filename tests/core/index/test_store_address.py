"""Addresses of a shared index: what can be one, and what must not stand in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.index.store_address import is_address, names_secret, place_of


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


def test_options_are_not_told_to_people():
    assert place_of("s3://team/notes?endpoint=http://x&region=y") == "s3://team/notes"
    assert place_of("/srv/团队") == "/srv/团队"


@given(st.text(max_size=60))
def test_no_text_whatever_raises(text):
    is_address(text)
    names_secret(text)
