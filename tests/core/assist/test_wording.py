import dataclasses

import pytest

from core.assist.wording import CHINESE, ENGLISH, wording_for


@pytest.mark.parametrize("text", ["公测什么时候开始？", "explain 向量检索", "什么是 RAG?"])
def test_whoever_writes_chinese_reads_chinese(text):
    assert wording_for(text) is CHINESE


@pytest.mark.parametrize("text", ["When?", "¿Cuándo?", "", "2 + 2"])
def test_everybody_else_reads_english(text):
    assert wording_for(text) is ENGLISH


@pytest.mark.parametrize("wording", [ENGLISH, CHINESE])
def test_every_sentence_is_there_with_its_places(wording):
    for field in dataclasses.fields(wording):
        assert getattr(wording, field.name).strip()
    for template in (wording.ask, wording.write):
        assert "c0de" in template.format(nonce="c0de")
    for template in (wording.question, wording.instruction):
        assert "{curly} text" in template.format(text="{curly} text")


def test_both_languages_give_the_same_orders():
    for name in ("ask", "write"):
        english, chinese = getattr(ENGLISH, name), getattr(CHINESE, name)
        assert english.count("\n- ") == chinese.count("\n- ")
        assert english.count("[1]") == chinese.count("[1]")
