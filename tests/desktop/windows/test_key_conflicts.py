"""Which keys mean two things."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.windows.key_conflicts import conflicts, normal

KEYS = ["", "Ctrl+K", "ctrl+k", "Ctrl+Shift+K", "Shift+Ctrl+K", "F6", "Alt+Left", "Ctrl+,"]
bound = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(KEYS), max_size=6)


def test_two_of_one_key_name_each_other():
    assert conflicts({"ask": "Ctrl+K", "find": "Ctrl+K", "save": "Ctrl+S"}, {}) == {
        "ask": ["find"],
        "find": ["ask"],
    }


def test_a_key_that_cannot_be_changed_is_a_rival_too():
    assert conflicts({"ask": "Ctrl+C"}, {"copy": "Ctrl+C"}) == {"ask": ["copy"]}


def test_rivals_among_fixed_keys_alone_are_nobodys_business():
    assert conflicts({"ask": "F9"}, {"copy": "Ctrl+C", "other": "Ctrl+C"}) == {}


def test_no_key_is_no_conflict():
    assert conflicts({"ask": "", "find": ""}, {"copy": ""}) == {}


def test_however_a_key_is_written_it_is_the_same():
    assert conflicts({"ask": "Shift+Ctrl+K", "find": "ctrl+shift+k"}, {}) == {
        "ask": ["find"],
        "find": ["ask"],
    }


def test_words_that_are_no_key_are_none():
    assert conflicts({"ask": "not a key", "find": "not a key"}, {}) == {}


@given(bound, bound)
def test_rivals_are_mutual_share_the_key_and_nobody_is_his_own(wanted, fixed):
    fixed = {name.upper(): keys for name, keys in fixed.items()}
    found = conflicts(wanted, fixed)
    every = wanted | fixed
    for name, others in found.items():
        assert others
        assert name not in others
        for other in others:
            assert normal(every[other]) == normal(wanted[name]) != ""
            if other in wanted:
                assert name in found[other]


@given(st.sampled_from(KEYS))
def test_the_form_in_which_keys_are_compared_is_one(keys):
    assert normal(normal(keys)) == normal(keys)


def test_both_enters_of_a_keyboard_are_one_key():
    assert conflicts({"ask": "Ctrl+Return", "find": "Ctrl+Enter"}, {}) == {"ask": ["find"], "find": ["ask"]}
