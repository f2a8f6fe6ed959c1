"""Ghost text from a model: as it comes, reused while it is typed through, dropped when it is stale."""

import asyncio

import pytest

from core.complete.model import Fate, Kind, Outcome, Source
from core.complete.model_source import SELDOM, ModelSource
from core.complete.passages import Prefetch
from core.complete.place import place_of
from core.complete.rhythm import History
from core.errors import ModelUnreachable
from core.search.model import Passage
from tests.core.complete.fake_model import FakeModel
from tests.core.complete.helpers import a_suggestion, at_caret

SENTENCE = ["三月", "发布", "测试版", "。", "然后休息。"]


class Bench:
    """A source with a fake model, a clock and passages of our own."""

    def __init__(self, *scripts, demonstration=False, passages=()):
        self.model = FakeModel(*scripts, demonstration=demonstration)
        self.history, self.now, self.searched = History(), 0.0, []
        self.passages = list(passages)

        async def search(query):
            self.searched.append(query.text)
            return self.passages

        async def model():
            return self.model

        self.prefetch = Prefetch(search)
        self.source = ModelSource(model, self.prefetch, self.history, clock=lambda: self.now)

    async def ask(self, text, **about):
        return [suggestion.text async for suggestion in self.follow(text, **about)]

    def follow(self, text, **about):
        request = at_caret(text, **about)
        return self.source.suggest(request, place_of(request.before, request.after))


def test_it_grows_as_the_words_come_and_ends_with_the_sentence():
    bench = Bench(SENTENCE)
    bench.model.free = False

    async def main():
        async for suggestion in bench.follow("我们在|"):
            yield suggestion.text
            bench.model.let()

    async def grown():
        bench.model.let()
        return [text async for text in main()]

    assert asyncio.run(grown()) == ["三月", "三月发布", "三月发布测试版", "三月发布测试版。"]
    (request,) = bench.model.requests
    assert request.max_tokens <= 64
    assert request.stop == ("\n",)
    assert (request.gap.before, request.gap.after) == ("我们在", "")


def test_the_suggestion_says_where_it_comes_from_and_where_its_words_end():
    async def main():
        return [s async for s in Bench(SENTENCE).follow("我们在|")][-1]

    last = asyncio.run(main())
    assert (last.kind, last.source, last.words) == (Kind.SENTENCE, Source.MODEL, (2, 4, 7, 8))


def test_the_model_is_told_where_the_caret_is():
    bench = Bench(["发布"])
    asyncio.run(bench.ask("前文|后文", title="计划", outline=("第一章", "时间")))
    words = bench.model.requests[0].messages[-1].content
    assert "计划" in words
    assert "第一章 > 时间" in words
    assert words.endswith("前文<caret/>后文")


def test_typing_what_is_coming_keeps_the_request():
    bench = Bench(SENTENCE)
    bench.model.free = False

    async def main():
        first = bench.follow("我们在|")
        bench.model.let()
        assert (await anext(first)).text == "三月"
        second = bench.follow("我们在三|")
        assert (await anext(second)).text == "月"
        await first.aclose()
        bench.model.let(9)
        return [s.text async for s in second]

    assert asyncio.run(main())[-1] == "月发布测试版。"
    assert len(bench.model.requests) == 1


def test_typing_ahead_of_the_answer_keeps_the_request_too():
    bench = Bench(SENTENCE)
    bench.model.free = False

    async def main():
        first = asyncio.ensure_future(anext(bench.follow("我们在|")))
        await asyncio.sleep(0)
        second = bench.follow("我们在三月发|")
        waiting = asyncio.ensure_future(anext(second))
        await asyncio.sleep(0)
        bench.model.let(2)
        await first
        return (await waiting).text

    assert asyncio.run(main()) == "布"
    assert len(bench.model.requests) == 1


def test_typing_something_else_asks_anew_and_ends_the_old_request():
    bench = Bench(SENTENCE, ["四月休息。"])
    bench.model.free = False

    async def main():
        first = bench.follow("我们在|")
        bench.model.let()
        await anext(first)
        second = bench.follow("我们在四|")
        waiting = asyncio.ensure_future(anext(second))
        await asyncio.sleep(0)
        await first.aclose()
        bench.model.let(3)
        await waiting
        await second.aclose()
        await asyncio.sleep(0.01)

    asyncio.run(main())
    assert len(bench.model.requests) == 2
    assert bench.model.closed == 2


def test_an_answer_that_says_something_else_than_was_typed_meanwhile_is_asked_again_at_once():
    bench = Bench(SENTENCE, ["五月休息。"])
    bench.model.free = False

    async def main():
        first = asyncio.ensure_future(anext(bench.follow("我们在|")))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(bench.ask("我们在四五六|"))
        await asyncio.sleep(0)
        bench.model.let(9)
        await first
        return await second

    assert asyncio.run(main()) == ["五月休息。"]
    assert len(bench.model.requests) == 2
    assert bench.model.closed == 2


def test_an_answer_that_was_typed_to_its_end_meanwhile_is_followed_by_the_next():
    bench = Bench(["三月。"], ["然后休息。"])
    bench.model.free = False

    async def main():
        first = asyncio.ensure_future(bench.ask("我们在|"))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(bench.ask("我们在三月。|"))
        await asyncio.sleep(0)
        bench.model.let(9)
        await first
        return await second

    assert asyncio.run(main()) == ["然后休息。"]


def test_nobody_waits_for_a_slow_answer_when_more_than_a_word_was_typed_ahead_of_it():
    bench = Bench(SENTENCE, ["很多人在等。"])
    bench.model.free = False

    async def main():
        first = asyncio.ensure_future(anext(bench.follow("我们在|")))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(anext(bench.follow("我们在三月发布测试版，因为|")))
        while len(bench.model.requests) < 2:
            await asyncio.sleep(0)
        first.cancel()
        while not bench.model.closed:
            await asyncio.sleep(0)
        bench.model.let(9)
        return (await second).text

    assert asyncio.run(main()) == "很多人在等。"


def test_a_failure_is_not_asked_again_for_what_was_typed_meanwhile():
    bench = Bench([ModelUnreachable("gone")])
    bench.model.free = False

    async def main():
        first = asyncio.ensure_future(bench.ask("我们在|"))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(bench.ask("我们在三|"))
        await asyncio.sleep(0)
        bench.model.let(9)
        return await first + await second

    assert asyncio.run(main()) == []
    assert len(bench.model.requests) == 1


def test_whoever_stops_listening_ends_the_request():
    bench = Bench(SENTENCE)
    bench.model.free = False

    async def main():
        looking = bench.follow("我们在|")
        bench.model.let()
        await anext(looking)
        await looking.aclose()
        await asyncio.sleep(0.01)
        assert bench.model.closed == 1

    asyncio.run(main())


def test_what_was_said_is_cached_with_what_is_typed_of_it():
    bench = Bench(SENTENCE)
    asyncio.run(bench.ask("我们在|"))
    found = bench.source.cached(at_caret("我们在三月|"))
    assert (found.text, found.source) == ("发布测试版。", Source.CACHE)
    assert bench.source.cached(at_caret("我们在三月|", refused=("发布测试版。",))) is None


def test_what_was_refused_here_is_not_said_again():
    assert asyncio.run(Bench(["三月发布。"]).ask("我们在|", refused=("三月发布。",))) == []


def test_a_failing_model_is_left_alone_for_a_while_and_longer_each_time():
    bench = Bench([ModelUnreachable("gone")])

    async def main():
        for wait in (0, 4.9, 5.1, 9.9, 10.1):
            bench.now += wait
            assert await bench.ask("我们在|") == []
            yield len(bench.model.requests)

    async def counts():
        return [count async for count in main()]

    assert asyncio.run(counts()) == [1, 1, 2, 2, 3]


def test_who_asks_by_key_is_answered_even_then():
    bench = Bench([ModelUnreachable("gone")], ["三月。"])

    async def main():
        await bench.ask("我们在|")
        return await bench.ask("我们在|", asked=True)

    assert asyncio.run(main()) == ["三月。"]


def test_a_model_that_answers_again_is_asked_again_unasked():
    bench = Bench([ModelUnreachable("gone")], ["三月。"])

    async def main():
        await bench.ask("我们在|")
        await bench.ask("我们在|", asked=True)
        return await bench.ask("他们在|")

    assert asyncio.run(main()) == ["三月。"]


def test_words_before_a_failure_are_shown_and_kept():
    bench = Bench(["三月", ModelUnreachable("cut")])
    assert asyncio.run(bench.ask("我们在|")) == ["三月"]
    assert bench.source.cached(at_caret("我们在|")).text == "三月"


@pytest.mark.parametrize("end", [[], [ModelUnreachable("cut")]])
def test_a_single_word_is_joined_once_nothing_more_comes(end):
    bench = Bench(["th", "e", *end])
    assert asyncio.run(bench.ask("He keeps|")) == [" the"]


def test_the_demonstration_model_is_not_asked():
    bench = Bench(["nonsense"], demonstration=True)
    assert asyncio.run(bench.ask("我们在|")) == []
    assert bench.model.requests == []


def test_a_person_who_takes_none_is_seldom_offered_more():
    bench = Bench(*[SENTENCE] * 4)
    suggestion = a_suggestion("三月。", source=Source.MODEL)
    for _ in range(60):
        bench.history.add(Outcome(Fate.SHOWN, suggestion))
    pauses = [bool(asyncio.run(bench.ask(f"我们在{number}|"))) for number in range(2 * SELDOM)]
    assert [number for number, shown in enumerate(pauses, start=1) if shown] == [SELDOM, 2 * SELDOM]
    assert asyncio.run(bench.ask("我们在|", asked=True)) != []


def test_in_code_the_model_speaks_only_when_asked():
    bench = Bench(["push"])
    assert asyncio.run(bench.ask("```sh\ngit |")) == []
    assert asyncio.run(bench.ask("```sh\ngit |", asked=True)) == ["push"]


class TestPassages:
    HIT = Passage("1", "复盘.md", "复盘", (), 1, 2, "流失率降到 3%。", "zh", 1.0)
    OWN = Passage("2", "新.md", "新", (), 1, 2, "这一篇自己", "zh", 1.0)
    EMPTY = Passage("3", "空.md", "空无一字", (), 1, 1, "", "zh", 1.0)

    def test_they_are_never_waited_for_and_used_once_they_are_there(self):
        bench = Bench(["好。"], passages=[self.HIT, self.OWN, self.EMPTY])

        async def main():
            await bench.ask("试点的流失率在这个季度|")
            await bench.prefetch._looking
            await bench.ask("试点的流失率在这个季度里|")

        asyncio.run(main())
        first, second = (request.messages[-1].content for request in bench.model.requests)
        assert "3%" not in first
        assert "Excerpt from 复盘: 流失率降到 3%。" in second
        assert "这一篇自己" not in second
        assert "空无一字" not in second
        assert len(bench.searched) == 1

    def test_another_block_is_looked_up_anew_and_little_text_not_at_all(self):
        bench = Bench(["好。"])

        async def main():
            for text in ("试点的流失率在这个季度|", "试点的流失率在这个季度\n\n另一段的内容是这样|", "短|"):
                await bench.ask(text)
                if bench.prefetch._looking:
                    await bench.prefetch._looking

        asyncio.run(main())
        assert len(bench.searched) == 2

    def test_a_block_that_grew_is_looked_up_again(self):
        bench = Bench(["好。"], passages=[self.HIT])

        async def main():
            for length in (20, 100, 200):
                await bench.ask("字" * length + "|")
                await bench.prefetch._looking

        asyncio.run(main())
        assert [len(text) for text in bench.searched] == [20, 200]

    def test_a_search_that_fails_is_no_trouble(self):
        async def search(_query):
            raise ModelUnreachable("index")

        async def main():
            prefetch = Prefetch(search)
            request = at_caret("试点的流失率在这个季度|")
            prefetch.ready(request)
            await prefetch._looking
            assert prefetch.ready(request) == ()
            prefetch.close()

        asyncio.run(main())


@pytest.mark.parametrize("pieces", [[], ["   "], ["\n"], ["我们在"]])
def test_an_answer_without_anything_new_is_no_suggestion(pieces):
    assert asyncio.run(Bench(pieces).ask("我们在|")) == []


class TestComposing:
    """An input method composes: nothing begins, and what was asked before goes on."""

    @pytest.mark.parametrize("asked", [False, True], ids=["unasked", "by key"])
    def test_a_look_that_waits_for_the_model_asks_nothing_any_more(self, asked):
        bench = Bench(SENTENCE)

        async def keyring():
            bench.source.is_composing = True
            return bench.model

        bench.source._model = keyring
        assert asyncio.run(bench.ask("我们在|", asked=asked)) == []
        assert bench.model.requests == []
        bench.source.is_composing = False
        bench.source._model = give(bench.model)
        assert asyncio.run(bench.ask("我们在|", asked=asked))[-1] == "三月发布测试版。"

    def test_nobody_looks_for_others_to_choose_from(self):
        bench = Bench(SENTENCE)
        bench.source.is_composing = True
        request = at_caret("我们在|", asked=True)

        async def main():
            others = bench.source.more(request, place_of(request.before, request.after), 3)
            return [suggestion async for suggestion in others]

        assert asyncio.run(main()) == bench.model.requests == []

    def test_what_was_asked_before_is_typed_through(self):
        bench = Bench(SENTENCE)
        bench.model.free = False

        async def main():
            first = bench.follow("我们在|")
            bench.model.let()
            await anext(first)
            bench.source.is_composing = True
            bench.model.let(len(SENTENCE))
            bench.source.is_composing = False
            second = [suggestion.text async for suggestion in bench.follow("我们在三月|")]
            await first.aclose()
            return second

        assert asyncio.run(main())[-1] == "发布测试版。"
        assert len(bench.model.requests) == 1


def give(model):
    """Return what a source gets its model from."""

    async def get():
        return model

    return get
