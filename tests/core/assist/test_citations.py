from core.assist.citations import cite
from core.assist.model import Citation
from tests.core.assist.helpers import ALL, PLAN


def test_a_supported_mark_has_its_words_and_their_lines():
    [citation] = cite("The beta opens in March [1].", ALL)
    assert citation.verified
    assert citation.quote in PLAN.text
    assert (citation.path, citation.start_line, citation.end_line) == ("Projects/Launch plan.md", 10, 11)
    assert citation.heading_path == ("Launch plan", "When")


def test_an_unsupported_mark_has_the_lines_of_its_passage_and_no_words():
    [citation] = cite("The beta opens in May [1].", ALL)
    assert citation == Citation(
        1, PLAN.path, PLAN.heading_path, PLAN.start_line, PLAN.end_line, "", verified=False, offset=22
    )


def test_a_mark_without_a_passage_has_no_place():
    found = cite("March [0]. April [7].", ALL)
    assert [(c.n, c.path, c.verified, c.start_line) for c in found] == [(0, "", False, 0), (7, "", False, 0)]


def test_the_right_words_at_the_wrong_passage_are_not_verified():
    [citation] = cite("The beta opens in March [2].", ALL)
    assert not citation.verified


def test_every_mark_is_reported_in_order_with_its_offset():
    text = "公测定在三月开始[3]。The beta opens in March [1]. Solo is 6 EUR [2]."
    found = cite(text, ALL)
    assert [(c.n, c.verified) for c in found] == [(3, True), (1, True), (2, True)]
    assert [text[c.offset : c.offset + 3] for c in found] == ["[3]", "[1]", "[2]"]


def test_an_answer_without_marks_has_no_citations():
    assert cite("It is not in your notes.", ALL) == ()
    assert cite("", ()) == ()
