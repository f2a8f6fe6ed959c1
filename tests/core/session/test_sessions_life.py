"""Sessions over a long life: any order of deeds, branches of branches, names, searches, two windows."""

import itertools
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from core.errors import SessionMissing
from core.session.archive import FILE_NAME, Archive
from core.session.model import Author
from core.session.naming import LONGEST, title_of
from core.session.sessions import Sessions
from core.text.folding import fold_text
from tests.core.session.talking import talk

WORDS = st.sampled_from(
    ["launch", "Beta", "流失率", "三月", "ＡＢＣ", "👩‍🚀", "عربي", "100%", "_", "'quoted\""]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def said(sessions, session_id):
    return [message.text for message in sessions.conversation(session_id).messages]


class Life(RuleBasedStateMachine):
    """A person's deeds in any order, beside a plain dictionary that remembers what must be there."""

    known = Bundle("known")

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.archive = Archive(Path(self.folder.name) / FILE_NAME)
        self.sessions = Sessions(self.archive, "/vault", now=itertools.count(1).__next__)
        self.texts = {}
        self.changed = []

    def teardown(self):
        self.archive.close()
        self.folder.cleanup()

    def touch(self, session_id):
        self.changed = [session_id, *(other for other in self.changed if other != session_id)]

    @rule(target=known, note=st.sampled_from(["", "a.md", "项目/复盘.md"]))
    def new(self, note):
        session = self.sessions.new(note)
        self.texts[session.id] = []
        self.touch(session.id)
        return session.id

    @rule(session_id=known, text=TEXTS, author=st.sampled_from(Author))
    def say(self, session_id, text, author):
        self.sessions.add(session_id, author, text, {"n": len(self.texts[session_id])})
        self.texts[session_id].append(text)
        self.touch(session_id)

    @rule(session_id=known, title=st.sampled_from(["", "  ", "Plan B", "三月"]))
    def rename(self, session_id, title):
        renamed = self.sessions.rename(session_id, title)
        assert renamed.named_by_person is bool(title.strip())
        assert not title.strip() or renamed.title == title

    @rule(target=known, session_id=known, data=st.data())
    def branch(self, session_id, data):
        messages = self.sessions.conversation(session_id).messages
        if not messages:
            return multiple()
        end = data.draw(st.integers(1, len(messages)))
        made = self.sessions.branch(session_id, messages[end - 1].id)
        assert made.branched_from == session_id
        self.texts[made.id] = self.texts[session_id][:end]
        self.touch(made.id)
        return made.id

    @rule(session_id=consumes(known))
    def delete(self, session_id):
        self.sessions.delete(session_id)
        self.texts.pop(session_id, None)
        self.changed = [other for other in self.changed if other != session_id]

    @rule()
    def start_again(self):
        self.archive.close()

    @invariant()
    def everything_said_is_there_in_order_and_nothing_else(self):
        listed = self.sessions.list()
        assert [session.id for session in listed] == [one for one in self.changed if self.texts[one]]
        for session in listed:
            conversation = self.sessions.conversation(session.id)
            assert [message.text for message in conversation.messages] == self.texts[session.id]
            assert session.messages == len(self.texts[session.id])
            assert [message.extra["n"] for message in conversation.messages] == list(range(session.messages))
            assert len({message.id for message in conversation.messages}) == session.messages


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=15, stateful_step_count=20)


@given(TEXTS, st.sampled_from([str.upper, str.lower, str.title]))
def test_folding_makes_no_difference_between_cases(text, change):
    assert fold_text(change(text)) == fold_text(text)


@pytest.mark.parametrize("query", ["launch plan", "LAUNCH", "Plan", "ｌａｕｎｃｈ", "Launch März", "计划"])
def test_a_name_the_person_gave_is_found_whatever_its_case_and_width(sessions, query):
    session = talk(sessions, "something quite different")
    sessions.rename(session.id, "Launch Plan MÄRZ 计划")
    assert [one.id for one in sessions.list(query)] == [session.id]


def test_words_may_stand_in_the_name_and_in_different_messages(sessions):
    session = talk(sessions, "about the beta", "in march", "and the price")
    sessions.rename(session.id, "Numbers")
    assert [one.id for one in sessions.list("numbers price march")] == [session.id]
    assert sessions.list("numbers price april") == ()


@pytest.mark.parametrize("query", ["'", '"', "%' OR 1=1 --", "\\", "a;b", "NULL", "\x00"])
def test_what_a_database_might_take_for_its_own_language_is_only_looked_for(sessions, query):
    talk(sessions, "harmless words")
    assert sessions.list(query) == ()
    assert len(sessions.list()) == 1


def test_a_search_in_one_note_leaves_the_other_notes_out(sessions):
    here = talk(sessions, "beta", note="a.md")
    talk(sessions, "beta", note="b.md")
    assert [one.id for one in sessions.list("BETA", note="a.md")] == [here.id]


def test_a_branch_of_a_branch_knows_where_it_came_from_and_outlives_both(sessions):
    first = talk(sessions, "one", "two", "three")
    second = sessions.branch(first.id, sessions.conversation(first.id).messages[1].id)
    third = sessions.branch(second.id, sessions.conversation(second.id).messages[0].id)
    assert (second.branched_from, third.branched_from) == (first.id, second.id)
    sessions.delete(first.id)
    sessions.delete(second.id)
    assert said(sessions, third.id) == ["one"]


def test_a_branch_cannot_be_made_at_another_sessions_message(sessions):
    one, other = talk(sessions, "one"), talk(sessions, "other")
    foreign = sessions.conversation(other.id).messages[0].id
    with pytest.raises(SessionMissing):
        sessions.branch(one.id, foreign)
    assert len(sessions.list()) == 2


def test_a_branch_keeps_what_the_answers_came_with(sessions):
    session = talk(sessions, "question")
    answer = sessions.add(session.id, Author.MODEL, "答案", {"citations": [{"n": 1, "path": "笔记.md"}]})
    branch = sessions.branch(session.id, answer.id)
    copied = sessions.conversation(branch.id).messages[-1]
    assert copied.extra == answer.extra
    assert copied.id != answer.id


def test_a_session_that_begins_with_the_model_is_named_by_the_first_question(sessions):
    session = sessions.new()
    sessions.add(session.id, Author.MODEL, "Welcome.")
    assert sessions.conversation(session.id).session.title == ""
    sessions.add(session.id, Author.PERSON, "请问公测什么时候开始？")
    sessions.add(session.id, Author.PERSON, "Another question")
    assert sessions.conversation(session.id).session.title == "公测什么时候开始"


def test_taking_a_name_back_where_nobody_has_asked_yet_leaves_none(sessions):
    session = sessions.new()
    sessions.rename(session.id, "Plan")
    assert sessions.rename(session.id, "   ").title == ""


def test_deleting_twice_is_no_trouble(sessions):
    session = talk(sessions, "one")
    sessions.delete(session.id)
    sessions.delete(session.id)
    assert sessions.list() == ()


def test_two_windows_that_write_into_one_session_lose_nothing(tmp_path):
    archives = [Archive(tmp_path / FILE_NAME) for _ in range(2)]
    windows = [Sessions(archive, "/vault") for archive in archives]
    session = windows[0].new("a.md")

    def write(window, name):
        for n in range(15):
            window.add(session.id, Author.PERSON, f"{name}{n}")

    threads = [threading.Thread(target=write, args=(w, name)) for w, name in zip(windows, "ab", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    texts = said(windows[0], session.id)
    assert sorted(texts) == sorted(f"{name}{n}" for name in "ab" for n in range(15))
    assert [text for text in texts if text[0] == "a"] == [f"a{n}" for n in range(15)]
    for archive in archives:
        archive.close()


def test_a_session_deleted_in_another_window_is_said_where_it_is_still_open(tmp_path):
    archives = [Archive(tmp_path / FILE_NAME) for _ in range(2)]
    here, there = (Sessions(archive, "/vault") for archive in archives)
    session = talk(here, "one")
    there.delete(session.id)
    with pytest.raises(SessionMissing):
        here.add(session.id, Author.PERSON, "two")
    assert here.list() == ()
    for archive in archives:
        archive.close()


@given(st.text(min_size=1, max_size=200))
def test_any_text_is_kept_word_for_word(tmp_path_factory, text):
    archive = Archive(tmp_path_factory.mktemp("s") / FILE_NAME)
    sessions = Sessions(archive, "/vault")
    session = talk(sessions, text, text)
    assert said(sessions, session.id) == [text, text]
    archive.close()


def columns(title):
    return sum(2 if "一" <= char <= "鿿" else 1 for char in title)


@given(st.text(st.sampled_from("计划公测什么 abc,，."), max_size=200))
def test_a_name_is_never_wider_than_the_list_shows(text):
    assert columns(title_of(text)) <= LONGEST + 1


@given(st.lists(st.sampled_from(["launch", "plan", "beta", "march"]), min_size=20, max_size=40))
def test_a_long_english_name_ends_with_a_whole_word(words):
    text = " ".join(words)
    title = title_of(text)
    assert title.endswith("…")
    assert text.lower().startswith(title[:-1].lower() + " ")
