"""The gate: likelihoods from trees, and what is worth showing."""

import math

import pytest

from core.complete.gate import ASKED, UNASKED, Gate, Terms, default_gate
from core.complete.place import PlaceKind
from core.complete.vote import FEATURES, Candidate

SHARE = FEATURES.index("share")


def evidence(share):
    numbers = [0.0] * len(FEATURES)
    numbers[SHARE] = share
    return tuple(numbers)


def candidate(*shares, word=5):
    ends = tuple(word * (number + 1) for number in range(len(shares)))
    return Candidate("x" * ends[-1], ends, tuple(map(evidence, shares)))


def logit(likely):
    return math.log(likely / (1 - likely))


def model(*steps, **changes):
    """A gate of one tree: the likelihood of the first step whose share is not exceeded."""
    tree = []
    for number, (share, likely) in enumerate(steps[:-1]):
        tree += [[SHARE, share, 2 * number + 1, 2 * number + 2], [logit(likely)]]
    tree.append([logit(steps[-1][1])])
    return {"features": list(FEATURES), "places": list(PlaceKind), "base": 0.0, "trees": [tree], **changes}


GATE = Gate(model((0.2, 0.1), (0.5, 0.4), (0.8, 0.75), (1.0, 0.95)))
PLAIN = Terms(least_likely=0.3, price=5.0, least_gain=1.0)


@pytest.mark.parametrize(("share", "likely"), [(0.1, 0.1), (0.2, 0.1), (0.5, 0.4), (0.6, 0.75), (0.9, 0.95)])
def test_the_tree_is_walked(share, likely):
    assert GATE.likelihood(evidence(share)) == pytest.approx(likely)


def test_trees_add_up():
    twice = model((0.5, 0.4), (1.0, 0.8))
    gate = Gate({**twice, "trees": twice["trees"] * 2, "base": 0.3})
    assert gate.likelihood(evidence(0.9)) == pytest.approx(1 / (1 + math.exp(-(2 * logit(0.8) + 0.3))))


def test_a_sure_word_is_shown_and_a_doubtful_one_is_not():
    assert GATE.judge(candidate(0.9), PLAIN).likely == pytest.approx(0.95)
    assert GATE.judge(candidate(0.1), PLAIN) is None
    assert GATE.judge(candidate(0.5), PLAIN) is None


def test_the_price_of_being_wrong_decides():
    assert GATE.judge(candidate(0.7), Terms(0.3, 5.0)) is not None
    assert GATE.judge(candidate(0.7), Terms(0.3, 20.0)) is None


def test_a_long_text_may_be_less_likely_than_a_short_one():
    short, long = candidate(0.7, word=4), candidate(0.7, word=30)
    terms = Terms(0.3, 12.0)
    assert GATE.judge(short, terms) is None
    assert GATE.judge(long, terms) is not None


def test_a_long_text_waits_until_it_is_surer():
    patient = Terms(0.3, 12.0, most_gain=4.0)
    assert GATE.judge(candidate(0.7, word=30), patient) is None
    assert GATE.judge(candidate(0.9, word=30), patient).end == 30
    assert GATE.judge(candidate(0.9, word=30), patient).value > patient.most_gain


def test_chinese_takes_more_keys_and_may_risk_more():
    latin = candidate(0.7, word=4)
    chinese = Candidate("测试版本", latin.ends, latin.evidence)
    terms = Terms(0.3, 7.0)
    assert GATE.judge(latin, terms) is None
    assert GATE.judge(chinese, terms) is not None


def test_an_empty_text_is_no_error():
    empty = Candidate("", (0,), (evidence(0.9),))
    assert GATE.judge(empty, PLAIN) is None


def test_what_saves_no_key_is_not_shown():
    assert GATE.judge(candidate(0.9, word=1), PLAIN) is None


def test_the_text_ends_where_more_would_not_pay():
    found = GATE.judge(candidate(0.9, 0.9, 0.1), PLAIN)
    assert (found.end, found.words) == (10, 2)


def test_a_longer_text_is_never_taken_for_likelier():
    assert GATE.judge(candidate(0.5, 0.99), Terms(0.3, 1.0)).likely == pytest.approx(0.4)
    assert GATE._falling(candidate(0.5, 0.99)) == pytest.approx([0.4, 0.4])


def test_a_gate_for_other_evidence_is_refused():
    with pytest.raises(ValueError, match="other evidence"):
        Gate(model((1.0, 0.5), features=["something else"]))
    with pytest.raises(ValueError, match="other evidence"):
        Gate(model((1.0, 0.5), places=["elsewhere"]))


def test_the_gate_that_comes_with_the_program_knows_strong_from_weak():
    names = dict.fromkeys(FEATURES, 0.0)
    about_place = {"place": 1, "typed": 3, "first": 2, "behind": 2, "first_length": 6, "length": 12, "end": 6}
    strong = {
        **names,
        **about_place,
        **{"share": 1, "least_share": 1, "weight": 9, "voters": 12, "echoes": 12, "notes": 8, "own": 2},
        **{"folder": 2, "agreed": 20, "agreed_second": 18, "seen": 3},
    }
    weak = {
        **strong,
        **{
            "share": 0.15,
            "least_share": 0.2,
            "rival": 0.5,
            "weight": 4,
            "voters": 40,
            "echoes": 2,
            "notes": 1,
            "own": 0,
        },
        **{"typed": 0, "seen": 0, "agreed": 3, "agreed_second": 3, "against": 3},
    }
    gate = default_gate()
    assert gate.likelihood(list(strong.values())) > 0.85
    assert gate.likelihood(list(weak.values())) < 0.3


def test_who_asks_is_shown_more():
    assert ASKED.least_likely < UNASKED.least_likely
    assert ASKED.price < UNASKED.price
