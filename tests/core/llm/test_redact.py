import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.llm.redact import HIDDEN, LONGEST_REASON, reason_of, redacted


@pytest.mark.parametrize(
    "key",
    [
        "sk-abcdefghijklmnop1234",
        "sk-proj-AbC_123-xyz456",
        "sk-ant-api03-abcdefgh",
        "gsk_abcdefgh12345678",
        "hf_abcdefghijklmnop",
        "sk-ab12********wxyz",
        "0123456789abcdef0123456789abcdef.AbCdEf0123456789",
    ],
)
def test_what_looks_like_a_key_is_hidden(key):
    assert redacted(f"Incorrect API key provided: {key}.").startswith(f"Incorrect API key provided: {HIDDEN}")
    assert key not in redacted(f"Bearer {key}")


def test_a_known_secret_is_hidden_whatever_it_looks_like():
    assert redacted("key=hunter2hunter2 refused", "hunter2hunter2") == f"key={HIDDEN} refused"


def test_short_stand_ins_are_ordinary_words():
    assert redacted("none of it", "non") == "none of it"
    assert redacted("none of it", "") == "none of it"


@pytest.mark.parametrize(
    "text", ["api-reference-documentation", "the task is done", "risk-assessment", "skeleton"]
)
def test_ordinary_words_stay(text):
    assert redacted(text) == text


@given(
    st.text(max_size=60),
    st.text(min_size=8, max_size=40).filter(lambda s: s.strip() == s),
    st.text(max_size=60),
)
def test_a_secret_never_survives(before, secret, after):
    shown = reason_of(before + secret + after, secret)
    assert secret not in shown or secret in HIDDEN


def test_a_reason_is_one_short_line():
    reason = reason_of("first\n\n  second\t" + "x" * 1000)
    assert reason.startswith("first second x")
    assert len(reason) == LONGEST_REASON
    assert reason.endswith("…")


@pytest.mark.parametrize("page", ["<!DOCTYPE html><p>Log in", "  <html>", "<?xml version='1.0'?>"])
def test_a_page_is_no_reason(page):
    assert reason_of(page) == ""
