"""The person's own dictionary on a real disk."""

import pytest

from desktop.bridge.own_words import NAME, add_word, load_speller, read_words


def test_words_are_kept_in_order_and_once(tmp_path):
    folder = tmp_path / "data"
    for word in ("Qwertzish", "abcish", "qwertzish"):
        add_word(folder, word)
    assert (folder / NAME).read_text(encoding="utf-8") == "abcish\nqwertzish\n"
    assert read_words(folder) == ["abcish", "qwertzish"]


def test_a_file_that_the_person_wrote_is_read_as_it_is(tmp_path):
    (tmp_path / NAME).write_bytes(b"  Mine \n\n\xff\xfe\nother\n")
    assert read_words(tmp_path)[0] == "mine"
    assert read_words(tmp_path)[-1] == "other"


def test_without_a_file_there_are_no_words(tmp_path):
    assert read_words(tmp_path) == []
    (tmp_path / NAME).mkdir()
    assert read_words(tmp_path) == []


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    add_word(tmp_path, "mine")

    def fail(*_args):
        raise OSError("full")

    monkeypatch.setattr("desktop.bridge.own_words.write_atomically", fail)
    with pytest.raises(OSError, match="full"):
        add_word(tmp_path, "other")
    assert read_words(tmp_path) == ["mine"]


def test_the_dictionary_knows_the_words_that_ship_and_those_that_were_added(tmp_path):
    add_word(tmp_path, "qwertzish")
    speller = load_speller(tmp_path)
    assert speller.knows("wikilink")
    assert speller.knows("qwertzish")
    assert not load_speller(None).knows("qwertzish")
