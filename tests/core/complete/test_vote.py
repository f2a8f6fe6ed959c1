"""What the places with the same context agree on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.complete.echoes import own_echoes
from core.complete.phrases import Echo
from core.complete.place import place_of
from core.complete.segment import LONGEST
from core.complete.vote import FEATURES, Caret, vote


def caret(before, folder=""):
    return Caret(before, place_of(before, ""), folder)


def echoes(*texts, agreed=8, note="{}.md"):
    return [Echo(agreed, note.format(number), text) for number, text in enumerate(texts)]


def told(candidate, name, word=0):
    return candidate.evidence[word][FEATURES.index(name)]


class TestOwnEchoes:
    def test_the_note_repeats_itself(self):
        found = own_echoes("测试版三月发布。\n我们的测试版")
        assert [(echo.agreed, echo.note, echo.text[:5]) for echo in found] == [(3, "", "三月发布。")]

    def test_the_caret_itself_is_no_echo(self):
        assert own_echoes("测试版三月发布") == []

    def test_longer_agreement_comes_first_and_later_before_earlier(self):
        found = own_echoes("the cat A, the cat B, a cat C, the cat ")
        assert [echo.text[0] for echo in found] == ["B", "A", "C"]

    def test_a_word_that_was_just_begun_is_looked_for_behind_any_sign(self):
        before = "用Elasticsearch搜索，E"
        assert own_echoes(before) == []
        (found,) = own_echoes(before, "E")
        assert (found.agreed, found.text[:12], found.ahead) == (1, "lasticsearch", "用")

    def test_an_echo_at_the_beginning_has_nothing_ahead(self):
        (found,) = own_echoes("cat A, cat")
        assert (found.agreed, found.ahead) == (3, "")

    @given(st.text(alphabet="ab ", max_size=200))
    def test_every_echo_agrees_as_it_says(self, before):
        for echo in own_echoes(before):
            assert echo.agreed >= 3
            at = before.find(before[-echo.agreed :] + echo.text)
            assert at >= 0
            assert len(echo.ahead) <= 1
            assert echo.ahead + before[-echo.agreed :] + echo.text in before


class TestVote:
    def test_the_majority_wins_and_is_cut_into_words(self):
        (best, *_) = vote(caret("我们的测试版"), echoes("在三月发布", "在三月发布", "在四月休息"), limit=1)
        assert best.text == "在三月发布"
        assert [best.text[:end] for end in best.ends] == ["在", "在三月", "在三月发布"]

    def test_a_longer_agreement_outweighs_many_short_ones(self):
        voters = [*echoes("short", "short", "short", agreed=3), Echo(20, "x.md", "long")]
        assert vote(caret("abc "), voters, limit=1)[0].text == "long"

    def test_one_note_that_repeats_itself_does_not_outvote_two(self):
        voters = [*echoes("one", "one", "one", note="same.md"), *echoes("two", "two")]
        assert told(vote(caret("abc "), voters, limit=1)[0], "notes") == 2

    def test_within_a_word_only_the_same_word_counts(self):
        voters = [Echo(4, "a.md", "nish line"), Echo(2, "b.md", "eld trip", "o")]
        found = vote(caret("the fi"), voters, limit=3)
        assert [candidate.text for candidate in found] == ["nish line"]
        assert [found[0].text[:end] for end in found[0].ends] == ["nish", "nish line"]

    def test_the_word_may_have_begun_behind_another_sign(self):
        voters = [
            Echo(3, "a.md", "sticsearch", "用"),
            Echo(3, "b.md", "ndid", "c"),
            Echo(3, "c.md", "sticity"),
        ]
        found = vote(caret("在Ela"), voters, limit=3)
        assert sorted(candidate.text for candidate in found) == ["sticity", "sticsearch"]

    def test_the_note_itself_outweighs_several_others(self):
        voters = [*echoes("Mainz", "Mainz", "Mainz"), Echo(8, "", "Bonn")]
        assert vote(caret("lives in "), voters, limit=1)[0].text == "Bonn"

    def test_the_strongest_rival_is_told(self):
        found = vote(caret("in "), echoes("March", "March", "April", "July"), limit=4)
        assert [told(candidate, "rival") for candidate in found] == pytest.approx([0.25, 0.5, 0.5])
        assert [candidate.text for candidate in found] == ["March", "April", "July"]

    def test_it_stays_within_the_line(self):
        assert vote(caret("abc "), echoes("end\n- next", "end\n\nmore"), limit=1)[0].text == "end"
        assert vote(caret("abc"), echoes("\nnext", "\nnext"), limit=1) == []

    def test_alternatives_begin_with_another_word(self):
        found = vote(caret("in "), echoes("March it is", "March we go", "April", "May"), limit=3)
        assert [candidate.text.split()[0] for candidate in found] == ["March", "April", "May"]

    def test_nobody_agrees_with_nobody(self):
        assert vote(caret("abc"), [], limit=3) == []
        assert vote(caret("abc"), echoes("x", agreed=1), limit=3) == []

    def test_the_evidence_tells_how_the_vote_went(self):
        voters = [Echo(9, "p/a.md", "in March"), Echo(7, "p/q/b.md", "in March"), Echo(8, "c.md", "in May"),
                  Echo(5, "", "in March")]  # fmt: skip
        (best, *_) = vote(caret("It opens ", "p/"), voters, limit=1)
        assert [told(best, name) for name in ("echoes", "notes", "own", "voters")] == [4, 4, 1, 4]
        assert [told(best, name, 1) for name in ("echoes", "notes", "own", "folder")] == [3, 3, 1, 1]
        assert [told(best, name, 1) for name in ("agreed", "agreed_second", "against")] == [9, 7, 8]
        assert told(best, "share") == 1
        assert told(best, "share", 1) < 1

    @pytest.mark.parametrize("before", ["", "字", "\n", "- ", "https://"])
    def test_any_caret_will_do(self, before):
        (best,) = vote(caret(before), echoes("后面", "后面", agreed=12), limit=1)
        assert len(best.evidence[0]) == len(FEATURES)

    @given(st.lists(st.tuples(st.integers(2, 24), st.text(alphabet="ab 我们，\n", max_size=80)), max_size=12))
    def test_candidates_are_beginnings_of_echoes_and_their_ends_rise(self, found):
        voters = [Echo(agreed, f"{number}.md", text[:LONGEST]) for number, (agreed, text) in enumerate(found)]
        for candidate in vote(caret("x "), voters, limit=3):
            assert any(voter.text.startswith(candidate.text) for voter in voters)
            assert list(candidate.ends) == sorted(set(candidate.ends))
            assert candidate.ends[-1] == len(candidate.text) > 0
            shares = [told(candidate, "share", word) for word in range(len(candidate.ends))]
            assert shares == sorted(shares, reverse=True)
