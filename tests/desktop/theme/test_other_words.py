"""What a text of the window is looked for by besides what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.theme.other_words import MOST_SIGNS, both_ways, initials, other_words
from desktop.theme.resources import resource

FILE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context><name>A</name>
<message><source>Keys</source><translation>快捷键</translation></message>
<message><source>Close</source><translation>关闭</translation></message>
<message><source>OK</source><translation>OK</translation></message>
<message><source>Later</source><translation type="unfinished"></translation></message>
<message numerus="yes"><source>%n notes</source>
<translation><numerusform>%n 条</numerusform></translation></message>
</context>
<context><name>B</name>
<message><source>Close</source><translation>收起</translation></message>
</context></TS>
"""


def test_a_text_leads_to_what_it_is_in_the_other_language_and_back(tmp_path):
    file = tmp_path / "words.ts"
    file.write_text(FILE, encoding="utf-8")
    assert both_ways(file) == {
        "Keys": ("快捷键",),
        "快捷键": ("Keys",),
        "Close": ("关闭", "收起"),
        "关闭": ("Close",),
        "收起": ("Close",),
    }


@pytest.mark.parametrize("text", [None, "", "<TS><message>"])
def test_a_file_that_is_not_there_or_broken_gives_nothing(tmp_path, text):
    file = tmp_path / "words.ts"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert both_ways(file) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("快捷键", ["Keys", "kjj"]),
        ("Keys", ["快捷键", "kjj"]),
        ("Ctrl 加回车", ["ctrljhc"]),
        ("no such text", []),
    ],
)
def test_words_of_the_program_are_known_by_both_languages_and_initials(text, found):
    assert other_words(text).split("\n") == (found or [""])


def test_a_long_text_has_no_initials():
    assert other_words("说明" * MOST_SIGNS) == ""


@pytest.mark.parametrize(
    ("text", "found"), [("appearance", ""), ("外观 2", "wg2"), ("（深色）", "ss"), ("㐀龘", "")]
)
def test_initials_are_those_of_the_chinese(text, found):
    assert initials(text) == found


@given(st.sampled_from("安币层弟儿饭高回金口里某你欧跑去认四体外西一在啊座"))
def test_a_character_begins_as_it_is_spoken(sign):
    from pypinyin import Style, lazy_pinyin

    assert initials(sign) == lazy_pinyin(sign, style=Style.FIRST_LETTER)[0]


def test_the_settings_are_called_by_characters_that_have_an_initial():
    """Of all that the window says in Chinese, less than one character in a thousand is a rare one."""
    said = "".join(text for text in both_ways(resource("i18n/pilotfish_zh_CN.ts")) if not text.isascii())
    chinese = [sign for sign in said if "一" <= sign <= "鿿"]
    assert sum(not initials(sign) for sign in chinese) < len(chinese) / 1000
