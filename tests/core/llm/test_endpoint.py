import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AddressNotSecure, OfflineMode, RequestRefused
from core.llm.endpoint import Endpoint, check, host, is_loopback, is_offline, origin


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com:443"),
        ("HTTPS://API.OpenAI.com", "https://api.openai.com:443"),
        (" https://api.openai.com:443/v1/ ", "https://api.openai.com:443"),
        ("http://localhost:11434/v1", "http://localhost:11434"),
        ("http://127.0.0.1/v1", "http://127.0.0.1:80"),
        ("http://[::1]:8080/v1", "http://[::1]:8080"),
        ("https://user:secret@host.example/v1?x=1", "https://host.example:443"),
    ],
)
def test_the_origin_is_scheme_host_and_port(base_url, expected):
    assert origin(base_url) == expected


def test_another_host_scheme_or_port_is_another_origin():
    same = "https://api.example.com/v1"
    others = [
        "http://api.example.com/v1",
        "https://api.example.com:8443/v1",
        "https://api.example.com.evil.org/v1",
    ]
    assert all(origin(other) != origin(same) for other in others)


@pytest.mark.parametrize(
    "base_url", ["http://localhost:1/v1", "http://127.0.0.1:1", "http://127.9.9.9/", "https://[::1]:1/v1"]
)
def test_this_machine_is_known(base_url):
    assert is_loopback(base_url)
    assert Endpoint("x", base_url).place == "local"


@pytest.mark.parametrize(
    "base_url",
    [
        "http://192.168.0.2/v1",
        "http://0.0.0.0/v1",
        "https://localhost.example.com/v1",
        "https://127.0.0.1.example.com/v1",
        "https://example.com/@127.0.0.1",
        "http://10.0.0.1@example.com/",
        "",
        "http://",
        "http://[",
    ],
)
def test_other_machines_are_not_taken_for_this_one(base_url):
    assert not is_loopback(base_url)


@given(st.text(max_size=40))
def test_any_text_has_a_host_or_none(text):
    assert isinstance(host(text), str)


def test_the_key_does_not_show_in_the_representation():
    assert "sk-secret" not in repr(Endpoint("x", "https://a.example/v1", "sk-secret"))


class TestCheck:
    def test_https_and_this_machine_are_allowed(self):
        check(Endpoint("a", "https://api.example.com/v1"), offline=False)
        check(Endpoint("a", "http://localhost:1/v1"), offline=True)

    def test_plain_http_elsewhere_needs_consent(self):
        with pytest.raises(AddressNotSecure) as caught:
            check(Endpoint("a", "http://nas.lan:11434/v1"), offline=False)
        assert caught.value.details == {"host": "nas.lan"}
        check(Endpoint("a", "http://nas.lan:11434/v1", allow_http=True), offline=False)

    def test_offline_forbids_whatever_leaves_this_machine(self):
        for url in ("https://api.example.com/v1", "http://192.168.1.2/v1"):
            with pytest.raises(OfflineMode):
                check(Endpoint("a", url, allow_http=True), offline=True)

    @pytest.mark.parametrize(
        "base_url", ["", "api.openai.com/v1", "ftp://host/v1", "file:///etc/passwd", "https://"]
    )
    def test_what_is_no_address_is_refused(self, base_url):
        with pytest.raises(RequestRefused):
            check(Endpoint("a", base_url), offline=False)


@pytest.mark.parametrize(
    ("value", "offline"), [(None, False), ("", False), ("0", False), ("1", True), ("yes", True)]
)
def test_offline_is_read_from_the_environment(value, offline):
    environment = {} if value is None else {"PILOTFISH_OFFLINE": value}
    assert is_offline(environment) is offline
