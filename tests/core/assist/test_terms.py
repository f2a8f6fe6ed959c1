import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assist.terms import negations, numbers, say_nothing, stem, terms, tokens_of
from core.text.folding import fold_text


def test_english_terms_are_folded_stemmed_and_free_of_function_words():
    assert terms("When do we open the Betas?") == ["open", "beta"]


def test_chinese_terms_are_pairs_cut_at_function_words():
    assert terms("公测什么时候开始？") == ["公测", "开始"]
    assert terms("候补名单") == ["候补", "补名", "名单"]


def test_a_single_character_between_function_words_stays():
    assert terms("他的猫") == ["猫"]


def test_mixed_text_has_both():
    assert terms("用 LanceDB 建索引") == ["用", "lancedb", "建索", "索引"]


def test_width_case_and_composition_do_not_count():
    assert terms("ＡＢＣ１２") == terms("abc12")
    assert terms("cafe\u0301") == terms("café")
    assert fold_text("Ｃａｆｅ\u0301") == fold_text("café")


@pytest.mark.parametrize("question", ["What is it?", "为什么呢？", "", "?!", "的了吗"])
def test_a_question_that_only_asks_has_no_terms(question):
    assert terms(question) == []


@pytest.mark.parametrize(
    "words",
    [
        ("price", "prices", "priced", "pricing"),
        ("open", "opens", "opened", "opening"),
        ("stop", "stops", "stopped", "stopping"),
        ("story", "stories"),
        ("study", "studies"),
        ("note", "notes", "noted"),
    ],
)
def test_forms_of_a_word_have_one_stem(words):
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize("word", ["bus", "this", "class", "is", "sing", "red", "sled"])
def test_short_words_that_merely_end_so_stay(word):
    assert stem(word).startswith(word[:3])


def test_possessives_are_their_noun():
    assert terms("Luther's Bible") == terms("Luther Bible")


def test_numbers_are_read_without_their_separators():
    assert numbers("2 000 people, 1,234.5 EUR and 3 %") == {"2000", "1234.5", "3"}
    assert numbers("２０２６年") == {"2026"}
    assert numbers("no figure") == set()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It works.", 0),
        ("It does not work.", 1),
        ("It doesn't work, and never will.", 2),
        ("没有人找到快捷键", 1),
        ("不是没有道理", 2),
        ("notable knots", 0),
    ],
)
def test_negations_are_counted(text, count):
    assert negations(text) == count


def test_tokens_keep_function_words_and_chinese_characters():
    assert tokens_of("We open 三月") == ["we", "open", "三", "月"]


def test_runs_of_function_words_say_nothing():
    assert say_nothing([])
    assert say_nothing(["we", "have"])
    assert say_nothing(list("因为"))
    assert say_nothing(list("的是"))
    assert not say_nothing(["we", "open"])
    assert not say_nothing(list("三月"))


@given(st.text(max_size=80))
def test_any_text_has_terms_without_spaces(text):
    assert all(term and not term.isspace() for term in terms(text))


@given(st.text(alphabet="abc 中文测试的。,", max_size=60))
def test_case_and_punctuation_around_do_not_count(text):
    assert terms(f"  {text.upper()} ") == terms(text)
