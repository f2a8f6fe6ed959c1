"""Values kept by name, for those who are not known to the window."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSettings

from desktop.windows.window_state import WindowState

VALUES = st.dictionaries(
    st.text(max_size=8), st.one_of(st.booleans(), st.integers(-999, 999), st.text(max_size=12)), max_size=4
)


@given(VALUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_what_was_kept_is_there_at_the_next_start(tmp_path, values):
    state = WindowState(tmp_path / "window.ini")
    state.keep("companion", values)
    state.write()
    assert WindowState(tmp_path / "window.ini").kept("companion") == values


def test_names_are_kept_apart_and_the_last_values_count(tmp_path):
    state = WindowState(tmp_path / "window.ini")
    state.keep("a", {"x": 1, "y": 2})
    state.keep("b", {"x": 3})
    state.keep("a", {"x": 4})
    assert (state.kept("a"), state.kept("b"), state.kept("c")) == ({"x": 4}, {"x": 3}, {})


def test_damaged_values_are_none(tmp_path):
    file = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    file.setValue("kept/a", "{broken")
    file.setValue("kept/b", "[1, 2]")
    file.sync()
    state = WindowState(tmp_path / "window.ini")
    assert (state.kept("a"), state.kept("b")) == ({}, {})
