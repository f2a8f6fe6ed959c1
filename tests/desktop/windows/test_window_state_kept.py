"""The window's memory under odd names, odd values, old files and full disks."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.windows.window_state import LARGEST, WindowState

DAY = date(2026, 11, 22)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
vaults = words.map(lambda name: Path("/vaults") / (name.replace("/", "").replace("\0", "") or "v"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One folder for all examples; each takes a file of its own."""
    return tmp_path_factory.mktemp("state")


def fresh(folder):
    """A memory that nobody has written to yet, and its file."""
    file = folder / f"{len(list(folder.iterdir()))}.ini"
    file.touch()
    return file, WindowState(file)


@given(vaults, words, st.integers(0, 10**9), st.lists(words, max_size=5))
def test_any_vault_note_and_folders_come_back(folder, vault, path, line, folders):
    file, state = fresh(folder)
    state.set_last_place(vault, path, line)
    state.set_open_folders(vault, folders)
    state.write()
    back = WindowState(file)
    assert back.last_place(vault) == (path, line)
    assert back.open_folders(vault) == folders


@given(words, st.dictionaries(words, words, max_size=4))
def test_any_form_comes_back(folder, prompt, values):
    file, state = fresh(folder)
    state.keep_form_values(prompt, values)
    state.write()
    assert WindowState(file).form_values(prompt) == values


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(0.01, 1)), min_size=1, max_size=8))
def test_the_day_costs_what_was_told_of_it_last_and_no_other_day_does(folder, told):
    file, state = fresh(folder)
    for offset, usd in told:
        state.keep_cost(DAY + timedelta(days=offset), usd)
    state.write()
    last, usd = told[-1]
    for offset in range(3):
        expected = usd if offset == last else 0.0
        assert WindowState(file).cost_of(DAY + timedelta(days=offset)) == pytest.approx(expected, abs=1e-5)


def test_place_and_folders_of_a_vault_do_not_displace_each_other(tmp_path):
    state, vault = WindowState(tmp_path / "w.ini"), Path("/v")
    state.set_open_folders(vault, ["a"])
    state.set_last_place(vault, "a.md", 3)
    state.set_open_folders(vault, ["b"])
    assert state.last_place(vault) == ("a.md", 3)
    assert state.open_folders(vault) == ["b"]


def test_vaults_whose_paths_look_alike_are_told_apart(tmp_path):
    state = WindowState(tmp_path / "w.ini")
    alike = ["/v/a", "/v/A", "/v/a b", "/v/a%20b", "/v/a\\b", "/v/[a]", "/v/é", "/v/e\u0301"]
    for number, path in enumerate(alike):
        state.set_last_place(Path(path), f"{number}.md", number)
    state.write()
    back = WindowState(tmp_path / "w.ini")
    assert [back.last_place(Path(path))[1] for path in alike] == list(range(len(alike)))


def test_a_path_that_is_no_valid_unicode_has_a_memory_too(tmp_path):
    state, vault = WindowState(tmp_path / "w.ini"), Path("/v/\udcff")
    state.set_last_place(vault, "a.md", 1)
    assert state.last_place(vault) == ("a.md", 1)


def test_more_open_folders_than_anybody_opens_are_cut(tmp_path):
    state = WindowState(tmp_path / "w.ini")
    state.set_open_folders(Path("/v"), [str(n) for n in range(LARGEST + 50)])
    assert len(state.open_folders(Path("/v"))) == LARGEST


@pytest.mark.parametrize("value", ["", "[]", "null", "3", '"text"', "{", '{"note": 3, "line": "x"}', "\x00"])
def test_an_entry_of_another_kind_is_none(tmp_path, value):
    state, vault = WindowState(tmp_path / "w.ini"), Path("/v")
    state._ini.setValue(f"vaults/{b'/v'.hex()}", value)
    state._ini.setValue(f"forms/{b'p'.hex()}", value)
    assert state.last_place(vault) == ("", 0)
    assert state.open_folders(vault) == []
    state.set_last_place(vault, "a.md", 2)
    assert state.last_place(vault) == ("a.md", 2)


@pytest.mark.parametrize("value", ["", "[]", "null", "3", "{", "[1, 2]"])
def test_a_form_of_another_kind_is_empty(tmp_path, value):
    state = WindowState(tmp_path / "w.ini")
    state._ini.setValue(f"forms/{b'p'.hex()}", value)
    assert state.form_values("p") == {}


@pytest.mark.parametrize("value", ["", "-5", "0", "wide", "3.5", "[1]"])
def test_a_width_that_is_none_is_the_usual_one(tmp_path, value):
    state = WindowState(tmp_path / "w.ini")
    state._ini.setValue("panes/left", value)
    assert state.pane("left", 240) == (240, False)


@pytest.mark.parametrize("usd", ["", "much", "1,5", "nan", "inf", "-3"])
def test_a_cost_that_is_no_sum_counts_as_nothing(tmp_path, usd):
    state = WindowState(tmp_path / "w.ini")
    state._ini.setValue("cost/day", DAY.isoformat())
    state._ini.setValue("cost/usd", usd)
    assert state.cost_of(DAY) == 0


def test_a_geometry_of_another_kind_is_none(tmp_path):
    state = WindowState(tmp_path / "w.ini")
    state._ini.setValue("window/geometry", "1280x820")
    assert state.geometry.isEmpty()


def test_a_file_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "w.ini").mkdir()
    state = WindowState(tmp_path / "w.ini")
    state.set_pane("left", 300, folded=False)
    state.write()
    assert state.pane("left", 240) == (300, False)


def test_the_open_notes_of_each_vault_are_kept_in_order(tmp_path):
    file = tmp_path / "window.ini"
    state = WindowState(file)
    state.set_open_notes(Path("/v"), ["二.md", "a/b.md"])
    state.set_open_notes(Path("/w"), ["c.md"])
    state.write()
    back = WindowState(file)
    assert back.open_notes(Path("/v")) == ["二.md", "a/b.md"]
    assert back.open_notes(Path("/w")) == ["c.md"]
    assert back.open_notes(Path("/never")) == []
