"""Files that must not change: which are known, and what is noticed of them."""

from __future__ import annotations

import pytest

from core.index.seal import NO_VERSION, Seal


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "rows"
    for name, text in {"a.lance": "one", "数据/b.manifest": "two", "hint.json": "7"}.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def seal(folder, tmp_path):
    made = Seal(folder, tmp_path / "seal.json")
    made.put(3)
    return made


def test_untouched_files_are_in_order(seal):
    assert not seal.is_broken(3)


@pytest.mark.parametrize("name", ["a.lance", "数据/b.manifest"])
@pytest.mark.parametrize("version", [3, 9])
def test_a_file_with_other_bytes_is_noticed_at_any_version(seal, folder, name, version):
    (folder / name).write_text("", encoding="utf-8")
    assert seal.is_broken(version)


def test_a_file_that_has_gone_is_noticed_unless_something_was_written_since(seal, folder):
    (folder / "a.lance").unlink()
    assert seal.is_broken(3)
    assert not seal.is_broken(4)


def test_files_may_go_once_the_seal_is_lifted_but_not_change(seal, folder):
    seal.lift()
    (folder / "a.lance").unlink()
    assert not seal.is_broken(3)
    assert not seal.is_broken(NO_VERSION + 1)
    (folder / "数据/b.manifest").write_text("2", encoding="utf-8")
    assert seal.is_broken(3)


def test_new_files_are_taken_in_and_old_sums_kept(seal, folder):
    (folder / "a.lance").write_text("other", encoding="utf-8")
    (folder / "new.lance").write_text("three", encoding="utf-8")
    assert seal.is_broken(4)
    seal.put(4)
    assert seal.is_broken(4)
    (folder / "a.lance").write_text("one", encoding="utf-8")
    assert not seal.is_broken(4)
    (folder / "new.lance").write_text("", encoding="utf-8")
    assert seal.is_broken(4)


def test_the_hint_may_change(seal, folder):
    (folder / "hint.json").write_text("8", encoding="utf-8")
    assert not seal.is_broken(3)


@pytest.mark.parametrize("rubbish", [b"", b"\0\0", b"[]", b'{"version": 3}', b'{"version": 3, "sums": 3}'])
def test_a_damaged_seal_says_nothing_and_is_put_anew(seal, folder, tmp_path, rubbish):
    (tmp_path / "seal.json").write_bytes(rubbish)
    assert not seal.is_broken(3)
    seal.put(3)
    (folder / "a.lance").unlink()
    assert seal.is_broken(3)


def test_a_folder_that_is_not_there_has_no_files(tmp_path):
    seal = Seal(tmp_path / "nowhere", tmp_path / "seal.json")
    assert not seal.is_broken(0)
    seal.put(0)
    assert not seal.is_broken(0)
