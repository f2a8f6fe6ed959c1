"""Ghost text from the notes alone, with the gate that comes with the program."""

import pytest

from core.complete.model import Fate, Kind, Outcome, Source
from core.complete.place import place_of
from core.complete.rhythm import History
from core.complete.vault_source import VaultSource
from tests.core.complete.helpers import a_suggestion, at_caret, phrases_of

LINES = "- 测试版在三月发布，等候名单超过两千人。\n- The waiting list passed two thousand people.\n"
NOTES = [f"# 周报 {number}\n\n{LINES}" for number in range(6)]


@pytest.fixture(scope="module")
def source():
    return VaultSource(phrases_of(*NOTES, "Unrelated words about something else entirely."))


def ghost(source, text, **about):
    request = at_caret(text, **about)
    return source.suggest(request, place_of(request.before, request.after))


@pytest.mark.parametrize(
    ("text", "begins"),
    [("- 测试版在三月|", "发布"), ("- The waiting li|", "st passed"), ("- 测试版在三月发布，等候|", "名单")],
)
def test_a_repeated_phrase_is_suggested_in_both_languages(source, text, begins):
    best = ghost(source, text)[0]
    assert best.text.startswith(begins)
    assert best.source is Source.VAULT
    assert best.confidence > 0.5
    assert best.words[-1] == len(best.text)


def test_nothing_known_nothing_said(source):
    assert ghost(source, "量子力学的|") == []


def test_a_single_unsure_place_is_said_only_when_asked(source):
    quiet, asked = ghost(source, "about |"), ghost(source, "about |", asked=True)
    assert quiet == []
    assert any(suggestion.text.startswith("something") for suggestion in asked)


def test_the_note_itself_is_evidence_as_far_as_it_was_typed(source):
    before = "Zyxel routers fail at night.\n" * 4 + "Zyxel rou|"
    assert ghost(source, before)[0].text.startswith("ters fail")


def test_the_saved_text_of_the_note_is_not(source):
    alone = VaultSource(phrases_of("Zyxel routers fail at night.\n" * 5))
    assert ghost(alone, "Zyxel rou|", path="0.md") == []


def test_what_was_refused_here_is_not_offered(source):
    best = ghost(source, "- 测试版在三月|")[0]
    assert ghost(source, "- 测试版在三月|", refused=(best.text,)) == []


def test_what_stands_behind_the_caret_already_is_not_offered(source):
    assert ghost(source, "- 测试版在三月|发布，等候名单超过两千人。") == []


def test_before_words_that_stand_there_it_stops_and_keeps_apart(source):
    begun = "- The waiting |"
    whole = ghost(source, begun)[0].text
    cut = ghost(source, begun + "people.")[0]
    assert whole == "list passed two thousand people."
    assert cut.text == "list passed two thousand "
    assert cut.words[-1] == len(cut.text)


def test_an_item_is_not_offered_the_one_above_it_once_more(source):
    alone = VaultSource(phrases_of())
    assert ghost(alone, "- call them today\n- |", asked=True) == []
    assert ghost(alone, "- call them today\n- call th|", asked=True) != []


def test_a_person_who_takes_none_is_shown_only_what_is_surer():
    texts = [f"报告 {number}：测试版在三月发布。" for number in range(2)] + ["测试版在四月发布。"]
    history, eager = History(), History()
    for _ in range(100):
        history.add(Outcome(Fate.SHOWN, a_suggestion("三月")))
        eager.add(Outcome(Fate.SHOWN, a_suggestion("三月")))
        eager.add(Outcome(Fate.ACCEPTED, a_suggestion("三月"), "三月"))
    prices = [VaultSource(phrases_of(*texts), known)._unasked().price for known in (history, None, eager)]
    assert prices == sorted(prices, reverse=True)
    assert len(set(prices)) == 3


def test_kinds_tell_the_length():
    line = "| Pilot | churn | three percent |\n"
    source = VaultSource(phrases_of(*[f"{line}{n}" for n in range(6)]))
    request = at_caret("", path="n.md")
    request = type(request)("n.md", "| Pilot | ch")
    (best, *_) = source.suggest(request, place_of(request.before, ""))
    assert best.kind in (Kind.LINE, Kind.WORD)
    assert best.text.startswith("urn")


def linked(line, typed):
    """The best suggestion behind the beginning of a line that several notes hold."""
    source = VaultSource(phrases_of(*[f"{number}\n{line}\n" for number in range(6)]))
    return ghost(source, f"{typed}|", asked=True)[0].text


@pytest.mark.parametrize(
    ("line", "typed", "said"),
    [
        ("our management system built on [Visual Studio Code](https://a.b/c)", "our ", " built on"),
        ("会议纪要放在 [[会议/二〇二六年十一月第四周产品例会讨论记录]] 里", "会议", "放在"),
    ],
)
def test_a_link_that_would_not_end_is_left_out(line, typed, said):
    assert linked(line, typed).endswith(said)


@pytest.mark.parametrize(
    ("line", "typed", "said"),
    [
        ("See [the plan](plan.md) for more.", "See ", "[the plan](plan.md)"),
        ("See [[Launch plan]] for more.", "See ", "[[Launch plan]]"),
        ("See [the plan](plan.md) for more.", "See [the plan](", "plan.md)"),
        ("Ask https://example.com/a", "Ask ", "https://example.com/a"),
    ],
)
def test_a_link_that_ends_is_not(line, typed, said):
    assert linked(line, typed).startswith(said)
