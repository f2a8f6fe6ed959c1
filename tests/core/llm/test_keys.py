import importlib
import logging

import pytest

from core.llm import keys as keys_module
from core.llm.keys import SERVICE, Keys, system_keyring

URL = "https://api.example.com/v1"


class MemoryKeyring:
    """What a desktop's keyring does, without a desktop."""

    def __init__(self):
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class LockedKeyring:
    """A keyring that the person did not unlock."""

    def get_password(self, service, username):
        raise RuntimeError("prompt dismissed for sk-secret-secret")

    set_password = delete_password = lambda self, *_args: self.get_password("", "")


def test_a_key_is_kept_under_its_origin():
    backend = MemoryKeyring()
    assert Keys(backend).set(URL, "sk-1") is True
    assert backend.kept == {(SERVICE, "https://api.example.com:443"): "sk-1"}
    assert Keys(backend).get("https://API.example.com:443/other/path") == "sk-1"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example.net/v1", "http://api.example.com/v1", "https://api.example.com:444/v1"],
)
def test_a_changed_address_never_inherits_a_key(elsewhere):
    keys = Keys(MemoryKeyring())
    keys.set(URL, "sk-1")
    assert keys.get(elsewhere) == ""


def test_an_empty_key_forgets():
    backend = MemoryKeyring()
    keys = Keys(backend)
    keys.set(URL, "sk-1")
    keys.set(URL, "")
    keys.set(URL, "")  # nothing left to forget
    assert backend.kept == {}
    assert keys.get(URL) == ""


def test_without_a_keyring_a_key_lasts_for_the_session():
    keys = Keys(None)
    assert keys.set(URL, "sk-1") is False
    assert keys.get(URL) == "sk-1"
    assert Keys(None).get(URL) == ""
    keys.set(URL, "")
    assert keys.get(URL) == ""


def test_a_locked_keyring_falls_back_to_the_session(caplog):
    caplog.set_level(logging.DEBUG)
    keys = Keys(LockedKeyring())
    assert keys.get(URL) == ""
    assert keys.set(URL, "sk-1") is False
    assert keys.get(URL) == "sk-1"
    keys.set(URL, "")
    assert keys.get(URL) == ""
    assert "sk-" not in caplog.text


def test_a_new_key_in_the_keyring_replaces_the_sessions():
    backend = MemoryKeyring()
    keys = Keys(backend)
    keys._session["https://api.example.com:443"] = "old"
    keys.set(URL, "new")
    assert keys.get(URL) == "new"


@pytest.mark.parametrize("name", ["fail", "null"])
def test_a_keyring_that_keeps_nothing_is_none(monkeypatch, name):
    backend = importlib.import_module(f"keyring.backends.{name}").Keyring()
    monkeypatch.setattr("keyring.get_keyring", lambda: backend)
    assert system_keyring() is None


def test_keys_in_plain_files_are_refused(monkeypatch):
    plain = type("PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})()
    monkeypatch.setattr("keyring.get_keyring", lambda: plain)
    assert system_keyring() is None


def test_a_real_keyring_is_used(monkeypatch):
    backend = MemoryKeyring()
    monkeypatch.setattr("keyring.get_keyring", lambda: backend)
    assert system_keyring() is backend


def test_the_keyring_library_is_not_imported_with_the_module():
    assert "keyring" not in vars(keys_module)


def test_a_remembered_key_is_used_until_it_is_taken_back():
    keys = Keys(None)
    keys.remember("https://api.example.com/v1", "sk-session")
    assert keys.get("https://api.example.com/other") == "sk-session"
    assert keys.get("https://elsewhere.example/v1") == ""
    keys.remember("https://api.example.com/v1", "")
    assert keys.get("https://api.example.com/v1") == ""
