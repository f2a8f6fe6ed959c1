"""Scores of an evaluation set."""

import pytest

from core.errors import UsageError
from core.prompts.evaluation import read_cases, score
from core.prompts.model import Case

CASE = Case(
    "c",
    "We open the beta in March.",
    holds=("march", "ＢＥＴＡ"),
    lacks=("April",),
    shortest=0.3,
    longest=1.0,
)


def failed(result, case=CASE, problem=""):
    return [check.text for check in score(case, result, problem).checks if not check.passed]


def test_a_good_result_passes_every_check_whatever_its_case_and_width():
    assert failed("The Beta: MARCH.") == []
    assert score(CASE, "The Beta: MARCH.").score == 1.0


def test_each_check_that_fails_is_named():
    assert failed("April it is, not before; we open it then and only then, for all.") == [
        "holds march",
        "holds ＢＥＴＡ",
        "lacks April",
        "at most 1 of its length",
    ]
    assert "at least 0.3 of its length" in failed("beta march"[:4])


def test_an_empty_result_and_a_misfit_fail():
    assert "is there" in failed("   ")
    assert failed("beta march!", problem="no JSON") == ["no JSON"]


def test_a_case_that_asks_nothing_is_passed_by_any_words():
    assert score(Case("x", "text"), "words").score == 1.0


def test_cases_come_from_json_lines():
    (case,) = read_cases(['{"name": "a", "text": "原文", "holds": ["文"], "values": {"loud": true}}', "  "])
    assert (case.name, case.text, case.holds, case.values) == ("a", "原文", ("文",), {"loud": "yes"})


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"name": "x"}', '{"text": "a", "holds": 5}'])
def test_a_line_that_is_no_case_is_named_by_its_number(line):
    with pytest.raises(UsageError, match="Line 2"):
        read_cases(['{"text": "fine"}', line])
