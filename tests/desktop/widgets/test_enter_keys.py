"""Enter is one key, however many of it a keyboard has and whatever Qt calls them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QKeySequence

from desktop.widgets.enter_keys import as_one, native, spellings, with_twin

KEYS = st.builds(
    lambda held, key: held + key,
    st.sampled_from(["", "Ctrl+", "Ctrl+Shift+", "Alt+"]),
    st.sampled_from(["Return", "Enter", "A", "F4", "Esc", "Tab"]),
)


@given(KEYS)
def test_twins_are_compared_as_one_key_and_begin_with_what_was_asked_for(key):
    twins = with_twin(QKeySequence(key))
    assert twins[0] == QKeySequence(key)
    assert len({as_one(one) for one in twins}) == 1
    assert len(twins) == (2 if key.endswith(("Return", "Enter")) else 1)


@given(KEYS, KEYS)
def test_only_twins_are_one(one, other):
    same = QKeySequence(one) in with_twin(QKeySequence(other))
    assert (as_one(QKeySequence(one)) == as_one(QKeySequence(other))) is same


@pytest.mark.parametrize("key", ["Ctrl+Return", "Ctrl+Enter"])
def test_a_person_reads_what_stands_on_the_key(qapp, key):
    assert native(QKeySequence(key)) == "Ctrl+Enter"
    assert "Ctrl+Enter" in spellings(QKeySequence(key))


@pytest.mark.parametrize("nothing", ["", "nonsense+"])
def test_what_is_no_key_stays_none(qapp, nothing):
    assert as_one(QKeySequence(nothing)) in ("", QKeySequence(nothing).toString())
    assert with_twin(QKeySequence(nothing)) == [QKeySequence(nothing)]
