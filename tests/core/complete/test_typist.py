"""The benchmark's writer keeps the rules that its docstring promises."""

from core.complete.place import PlaceKind
from tests.bench.typist import Tally, type_note
from tests.core.complete.helpers import a_suggestion


def typed(text, *ghosts, in_code=False):
    """Type `text` with these ghosts, each behind the characters before it."""
    by_before = dict(ghosts)

    def suggest(request, _place):
        ghost = by_before.get(request.before)
        return [ghost] if ghost else []

    return type_note("a.md", text, suggest, in_code=in_code)


def total(tallies):
    return sum(tallies.values(), Tally())


def test_a_right_ghost_is_taken_with_one_key():
    tally = total(typed("测试版在三月发布", ("测试版", a_suggestion("在三月发布", "在", "三月", "发布"))))
    assert (tally.shown, tally.right, tally.accepted, tally.wrong) == (1, 1, 1, 0)
    assert (tally.taken, tally.keys, tally.characters) == (5, 1, 8)
    assert tally.figures()["keystrokes_saved_percent"] == 50.0


def test_a_ghost_that_is_right_for_some_words_is_taken_word_by_word():
    ghost = a_suggestion(" beta opens soon", " beta", " opens", " soon")
    tally = total(typed("the beta opens in March", ("the", ghost)))
    assert (tally.taken, tally.keys) == (len(" beta opens"), 2)
    assert tally.wrong_characters == len("soon")


def test_a_right_clause_is_one_key():
    ghost = a_suggestion("三月发布，四月休息", "三月", "发布", "，", "四月", "休息")
    tally = total(typed("在三月发布，五月再说", ("在", ghost)))
    assert (tally.taken, tally.keys) == (5, 1)


def test_a_wrong_ghost_is_typed_over_and_counted_once():
    tally = total(typed("the beta", ("the", a_suggestion(" best", " best"))))
    assert (tally.shown, tally.wrong, tally.right, tally.taken) == (1, 1, 0, 0)
    assert tally.wrong_characters == len("st")
    assert tally.characters == 8
    assert tally.figures()["first_word_right_percent"] == 0


def test_while_a_ghost_is_visible_the_source_is_not_asked():
    tally = total(typed("abcdef", ("a", a_suggestion("bcx", "bcx"))))
    assert tally.requests == 4  # behind "", "a", "abcd" and "abcde"


def test_where_ghost_text_may_not_show_nothing_is_asked_but_all_is_counted():
    text = "```\ngit push\n```\n"
    tallies = typed(text, ("```\ngit ", a_suggestion("push", "push")))
    assert tallies[PlaceKind.CODE].requests == 0
    assert total(tallies).characters == len(text)
    shown = typed(text, ("```\ngit ", a_suggestion("push", "push")), in_code=True)
    assert shown[PlaceKind.CODE].accepted == 1


def test_a_right_ghost_of_one_character_is_no_acceptance():
    tally = total(typed("我们", ("我", a_suggestion("们", "们"))))
    assert (tally.right, tally.accepted, tally.taken) == (1, 0, 0)
