import json
from pathlib import Path

import pytest

from core.assist.quotes import SURE, quotes, rank, similar_by
from core.assist.terms import terms
from core.search.model import Passage
from tests.core.assist.helpers import ALL, CHINESE_PLAN, PLAN, PRICING, needs_data, passage, real_passages

GOLD = json.loads((Path(__file__).parent / "gold_quotes.json").read_text(encoding="utf-8"))
"""Question id of XQuAD -> words of the one sentence that answers it, labelled by hand."""


def test_the_sentence_that_answers_comes_first_with_its_line_and_number():
    first = quotes("When does the beta open, and why?", ALL)[0]
    assert first.text.startswith("We open the beta in March")
    assert (first.n, first.line, first.passage) == (1, 10, PLAN)


def test_a_chinese_question_finds_its_chinese_sentence():
    first = quotes("公测什么时候开始？", ALL)[0]
    assert first.text.startswith("公测定在三月开始")
    assert (first.n, first.line) == (3, 9)


def test_a_heading_speaks_for_the_sentence_under_it():
    under = passage("It is nine euros.", title="Team", headings=("Team", "Price"))
    beside = passage("Somebody asked for it on Friday, too.", title="Journal")
    assert quotes("What is the price for a team?", [beside, under])[0].text == "It is nine euros."


def test_a_question_in_the_notes_is_no_answer_to_itself():
    notes = [passage("Ask: When does the beta open?\n\nThe beta opens in March.")]
    assert quotes("When does the beta open?", notes)[0].text == "The beta opens in March."


def test_a_number_is_preferred_where_one_is_asked_for():
    notes = [
        passage("The pilot had many teams, as planned.\n\nThe pilot had nine teams, 64 people, as planned.")
    ]
    assert "64" in quotes("How many people did the pilot have?", notes)[0].text


def test_the_same_is_not_said_twice():
    same = [
        passage("The beta opens in March.", path="a.md"),
        passage("The beta opens in March!", path="b.md"),
    ]
    assert len(quotes("When does the beta open?", same)) == 1


def test_there_are_never_more_than_asked_for():
    many = [
        passage(f"The beta {word} opens in March {i}.", path=f"{i}.md") for i, word in enumerate("abcdefgh")
    ]
    assert len(quotes("beta March", many, 2)) <= 2


def test_weak_sentences_are_not_shown_beside_a_strong_one():
    notes = [
        passage(
            "The beta opens in March because the list is long.\n\nSomebody mentioned a beta fish once, yes."
        )
    ]
    assert len(quotes("Why does the beta open in March?", notes)) == 1


@pytest.mark.parametrize(
    "question", ["What is the capital of France?", "意大利面怎么煮？", "", "???", "what is it"]
)
def test_nothing_is_quoted_where_nothing_speaks_to_the_question(question):
    assert quotes(question, [PLAN, PRICING] if question.isascii() else [CHINESE_PLAN]) == ()


def test_no_passages_give_no_quotes():
    assert quotes("When?", ()) == ()
    assert quotes("When?", [passage("```\ncode only\n```")]) == ()


def test_scores_are_shares_of_the_question():
    ranked = rank("When does the beta open?", ALL)
    assert ranked[0].score >= SURE
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)


class TestAcrossLanguages:
    def test_without_an_embedding_model_the_searchs_order_is_trusted(self):
        shown = quotes("公测什么时候开始？", [PLAN, PRICING])
        assert shown
        assert shown[0].n == 1

    def test_with_one_the_sentence_nearest_in_meaning_comes_first(self):
        def similar(_question, sentences):
            return [0.9 if "February" in sentence else 0.8 for sentence in sentences]

        assert quotes("二月可以吗？", [PLAN], similar=similar)[0].text == "February is too early."

    def test_what_is_far_in_meaning_is_not_shown(self):
        assert quotes("意大利面怎么煮？", [PLAN], similar=lambda _q, s: [0.7] * len(s)) == ()


class TestMeaning:
    def test_it_is_not_asked_where_words_are_enough(self):
        def similar(_question, _sentences):
            raise AssertionError("words were enough")

        assert quotes("When does the beta open?", ALL, similar=similar)

    def test_it_finds_what_other_words_say(self):
        notes = [passage("You can terminate your subscription at any moment.\n\nThe office has a red door.")]

        def similar(_question, sentences):
            return [0.9 if "terminate" in sentence else 0.6 for sentence in sentences]

        assert [q.text for q in quotes("How do I cancel?", notes, similar=similar)] == [
            "You can terminate your subscription at any moment."
        ]

    def test_few_sentences_are_compared(self):
        asked: list[int] = []

        def similar(_question, sentences):
            asked.append(len(sentences))
            return [0.0] * len(sentences)

        long = passage("\n\n".join(f"Sentence number {i} of a long note." for i in range(200)))
        quotes("Something else entirely?", [long], similar=similar)
        assert asked == [12]

    def test_an_embedder_gives_cosines(self):
        import numpy as np

        class Letters:
            name, dimensions = "letters", 2

            def embed_query(self, text):
                return np.array([1.0, 0.0] if "a" in text else [0.6, 0.8], np.float32)

            embed_passages = close = None

        assert list(similar_by(Letters())("a", ["a", "b"])) == pytest.approx([1.0, 0.6])  # type: ignore[arg-type]


@needs_data
class TestRealText:
    """Questions on real paragraphs; candidates are the paragraphs that share most words with the question."""

    @pytest.mark.parametrize(
        ("name", "first", "among_three"), [("xquad-en-en", 0.65, 0.8), ("xquad-zh-zh", 0.6, 0.9)]
    )
    def test_the_labelled_sentence_is_shown(self, name, first, among_three):
        passages, questions, _ = real_passages(name)
        index = [(p, set(terms(p.text))) for p in passages]
        hits = [(frag, quotes(questions[i], nearest(questions[i], index))) for i, frag in GOLD[name].items()]
        top = sum(frag in shown[0].text for frag, shown in hits if shown)
        shown_at_all = sum(any(frag in quote.text for quote in shown) for frag, shown in hits)
        assert top >= first * len(hits)
        assert shown_at_all >= among_three * len(hits)

    @pytest.mark.parametrize("name", ["xquad-en-en", "xquad-zh-zh"])
    def test_an_answerable_question_is_hardly_ever_called_unanswerable(self, name):
        passages, questions, right = real_passages(name)
        by_id = {p.id: p for p in passages}
        sample = sorted(questions)[::12]
        found = [quotes(questions[i], [by_id[right[i]], *passages[:4]]) for i in sample]
        assert sum(map(bool, found)) >= 0.96 * len(sample)  # words alone; with an embedding model 0.99


def nearest(question: str, index: list[tuple[Passage, set[str]]], k: int = 6) -> list[Passage]:
    asked = set(terms(question))
    weight = {t: 1 / (1 + sum(t in own for _, own in index)) for t in asked}
    ranked = sorted(index, key=lambda pair: -sum(weight[t] for t in asked & pair[1]))
    return [p for p, _ in ranked[:k]]
