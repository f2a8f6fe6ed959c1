"""What counts as the same name, and as the same word."""

import unicodedata

import pytest

from core.text.folding import fold, fold_text


@pytest.mark.parametrize("other", ["Café", unicodedata.normalize("NFD", "café"), " CAFÉ\n"])
def test_a_name_is_the_same_in_any_case_composed_or_not(other):
    assert fold(other) == "café"


def test_names_keep_their_width():
    assert fold("Ａ") != fold("A")  # two files may be called so


@pytest.mark.parametrize("other", ["pilot 2", "ＰＩＬＯＴ　２", "Ｐilot ２"])
def test_a_word_is_the_same_in_any_width(other):
    assert fold_text(other) == "pilot 2"


def test_white_space_around_a_text_stays():
    assert fold_text(" 领航鱼 ") == " 领航鱼 "
