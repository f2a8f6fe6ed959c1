"""All sources together: what is offered first, what is put behind it, and when nothing is."""

import asyncio

from core.complete.completer import Completer
from core.complete.model import Source
from core.complete.model_source import ModelSource
from core.complete.passages import Prefetch
from core.complete.rhythm import History
from core.complete.vault_source import VaultSource
from tests.core.complete.fake_model import FakeModel
from tests.core.complete.helpers import at_caret, phrases_of

NOTES = [f"# 周报 {number}\n\n- 测试版在三月发布，等候名单超过两千人。\n```sh\ngit push origin main\n```\n"
         for number in range(6)]  # fmt: skip


async def nothing_found(_query):
    return []


def completer(*script, in_code=False):
    model = FakeModel(list(script))

    async def get():
        return model

    source = ModelSource(get, Prefetch(nothing_found), History()) if script else None
    return Completer(VaultSource(phrases_of(*NOTES)), source, in_code=in_code), model


def offers(completer, text, **about):
    async def main():
        return [offer async for offer in completer.complete(at_caret(text, revision=7, **about))]

    return asyncio.run(main())


def said(offer):
    return [(suggestion.source, suggestion.text) for suggestion in offer.suggestions]


def test_the_vault_speaks_first_and_the_model_behind_it():
    found = offers(completer("年底发布。")[0], "- 测试版在三月|")
    assert [offer.revision for offer in found] == [7] * len(found)
    assert found[0].suggestions[0].source is Source.VAULT
    assert said(found[-1])[0] == said(found[0])[0]
    assert said(found[-1])[1] == (Source.MODEL, "年底发布。")


def test_a_model_that_says_the_same_and_more_takes_its_place():
    first, *_, last = offers(completer("发布，等候名单超过两千人。", "真的")[0], "- 测试版在三月|")
    assert first.suggestions[0].source is Source.VAULT
    assert said(last)[0] == (Source.MODEL, "发布，等候名单超过两千人。真的")


def test_where_the_vault_is_silent_the_model_speaks():
    found = offers(completer("很有趣。")[0], "量子力学|")
    assert said(found[-1]) == [(Source.MODEL, "很有趣。")]


def test_what_the_model_said_before_is_there_at_once_and_it_is_not_asked_again():
    both, model = completer("很有趣。")
    offers(both, "量子力学|")
    found = offers(both, "量子力学很|")
    assert said(found[0]) == [(Source.CACHE, "有趣。")]
    assert len(model.requests) == 1
    offers(both, "量子力学很|", asked=True)
    assert len(model.requests) > 1


def test_without_a_model_the_vault_is_enough():
    alone, _ = completer()
    assert len(offers(alone, "- 测试版在三月|")) == 1
    assert offers(alone, "量子力学|") == []


def test_nothing_where_ghost_text_may_not_show():
    both, model = completer("x。")
    for text in ("[[测试|", "wor|ld", "---\na: |", "见 https://a.b|"):
        assert offers(both, text) == []
    assert model.requests == []


def test_code_is_a_setting_and_asking_overrides_it():
    text = "```sh\ngit push or|"
    assert offers(completer()[0], text) == []
    assert said(offers(completer(in_code=True)[0], text)[0])[0][1].startswith("igin")
    assert said(offers(completer()[0], text, asked=True)[0])[0][1].startswith("igin")


def test_no_more_candidates_than_wanted_and_none_twice():
    both, _ = completer("发布，等候名单超过两千人。")
    for offer in offers(both, "- 测试版在三月|", candidates=1, asked=True):
        assert len(offer.suggestions) == 1
    for offer in offers(both, "- 测试版在三月|", candidates=5, asked=True):
        texts = [suggestion.text for suggestion in offer.suggestions]
        assert len(texts) == len(set(texts))
