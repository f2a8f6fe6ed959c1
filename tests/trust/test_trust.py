"""`dev.py trust`: what it prints, that cheap promises are kept, and that a broken one is told as such."""

import json
import random
import re

import pytest

from core.vault import notes as saving
from tests.bench import citations
from tests.trust import __main__ as trust
from tests.trust import documents, index, model, notes, privacy
from tests.trust.finding import Finding, Trial, bytes_below, differences

FEW = 0.05


def kept(_trial):
    return Finding(0, 3)


def broken(_trial):
    return Finding(1, 3)


def failing(_trial):
    raise RuntimeError("it could not be measured")


def printed(capsys):
    return json.loads(capsys.readouterr().out.splitlines()[-1])


@pytest.mark.parametrize(
    "promise",
    [*notes.PROMISES, model.citations_are_checked, privacy.keys_are_in_no_file],
    ids=lambda promise: promise.__name__,
)
def test_the_promise_is_kept(promise):
    found = trust.finding(promise, share=FEW)
    assert found.cases > 0
    assert found.kept


def test_the_last_line_has_an_entry_a_promise(capsys):
    assert trust.main([], [kept]) == 0
    assert printed(capsys) == {"kept": {"kept": True, "goal": 0, "figure": 0, "cases": 3}}


def test_a_person_reads_a_line_a_promise(capsys):
    trust.main([], [kept, broken])
    first, second, _ = capsys.readouterr().out.splitlines()
    assert first.split() == ["kept", "kept", "broken", "0", "times", "in", "3", "cases"]
    assert second.split() == ["broken", "BROKEN", "broken", "1", "times", "in", "3", "cases"]


def test_with_json_there_is_nothing_but_that_line(capsys):
    trust.main(["--json"], [kept])
    assert capsys.readouterr().out.count("\n") == 1


@pytest.mark.parametrize("promise", [broken, failing])
def test_a_broken_promise_is_told_and_the_status_is_1(promise, capsys):
    assert trust.main(["--json"], [promise, kept]) == 1
    entries = printed(capsys)
    assert (entries[promise.__name__]["kept"], entries["kept"]["kept"]) == (False, True)


def test_what_was_never_put_to_the_test_is_not_kept():
    assert not Finding(figure=0, cases=0).kept


def test_promises_have_names_of_their_own_in_plain_words():
    names = [promise.__name__ for promise in trust.PROMISES]
    assert len(set(names)) == len(names) >= 13
    assert all(re.fullmatch("[a-z]+(_[a-z]+)+", name) for name in names)
    assert {index.index_is_rebuilt, documents.bad_input_gets_a_sentence} <= set(trust.PROMISES)


def test_the_same_seed_draws_the_same(capsys):
    def drawn(trial):
        return Finding(0, trial.chance.randrange(10**9))

    for seed in ("7", "7", "8"):
        trust.main(["--json", "--seed", seed], [drawn])
    first, second, other = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == second != other


def test_a_save_over_the_change_of_another_program_is_noticed(monkeypatch):
    def overwrite(vault, note, text):
        (vault / note.path).write_text(text, encoding="utf-8")

    monkeypatch.setattr(saving, "write", overwrite)
    found = trust.finding(notes.changes_elsewhere_are_not_overwritten, share=FEW)
    assert (found.kept, found.figure) == (False, found.cases)


def test_a_save_that_touches_other_bytes_is_noticed(monkeypatch):
    write = saving.write
    monkeypatch.setattr(
        saving, "write", lambda vault, note, text: write(vault, note, text.replace("e", "ë", 1) + " ")
    )
    assert not trust.finding(notes.untouched_bytes_stay, share=FEW).kept


def test_a_check_that_believes_everything_is_noticed(monkeypatch):
    def believe(answer, passages):
        return [Believed()]

    class Believed:
        verified = True

    monkeypatch.setattr(citations, "cite", believe)
    found = trust.finding(model.citations_are_checked, share=FEW)
    assert found.figure == found.cases > 0


def test_files_that_came_went_or_changed_are_counted(tmp_path):
    (tmp_path / "gone").write_text("1")
    (tmp_path / "变").write_text("1")
    (tmp_path / "same").write_text("1")
    before = bytes_below(tmp_path)
    (tmp_path / "gone").unlink()
    (tmp_path / "变").write_text("2")
    (tmp_path / "new").write_text("1")
    assert differences(before, bytes_below(tmp_path)) == 3


def test_damage_leaves_another_index(tmp_path):
    for seed in range(30):
        folder = tmp_path / str(seed)
        folder.mkdir()
        for number in range(3):
            (folder / str(number)).write_bytes(b"rows of an index" * 20)
        before = bytes_below(folder)
        index.damage(folder, Trial(tmp_path, random.Random(seed)))
        assert differences(before, bytes_below(folder))
