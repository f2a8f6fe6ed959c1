"""Sessions: kept, found by what was said in them, named by content, branched and told apart by vault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SessionMissing
from core.session.model import Author
from core.session.naming import LONGEST, title_of
from core.session.sessions import Sessions
from tests.core.session.talking import talk


def test_a_conversation_comes_back_in_order_with_what_answers_came_with(sessions):
    session = sessions.new("a.md")
    sessions.add(session.id, Author.PERSON, "When does the beta open?")
    sessions.add(session.id, Author.MODEL, "In March [1].", {"model": "m", "citations": [{"n": 1}]})
    found = sessions.conversation(session.id)
    assert [(m.author, m.text) for m in found.messages] == [
        (Author.PERSON, "When does the beta open?"),
        (Author.MODEL, "In March [1]."),
    ]
    assert found.messages[1].extra == {"model": "m", "citations": [{"n": 1}]}
    assert (found.session.title, found.session.note, found.session.messages) == (
        "When does the beta open",
        "a.md",
        2,
    )


def test_sessions_are_listed_newest_first_and_empty_ones_not_at_all(sessions):
    old, new = talk(sessions, "first"), talk(sessions, "second")
    sessions.new()
    sessions.add(old.id, Author.PERSON, "again")
    assert [session.id for session in sessions.list()] == [old.id, new.id]


def test_sessions_of_a_note_and_of_the_vault_are_told_apart(sessions):
    of_note, of_vault = talk(sessions, "a", note="a.md"), talk(sessions, "b")
    assert [s.id for s in sessions.list(note="a.md")] == [of_note.id]
    assert [s.id for s in sessions.list(note="")] == [of_vault.id]
    assert len(sessions.list()) == 2


def test_vaults_do_not_see_each_other_s_sessions(sessions, archive):
    session = talk(sessions, "private")
    other = Sessions(archive, "/other")
    assert other.list() == ()
    with pytest.raises(SessionMissing):
        other.conversation(session.id)
    other.delete(session.id)
    assert sessions.conversation(session.id).messages


@pytest.mark.parametrize("query", ["流失率", "BETA 流失", "ｂｅｔａ", "churn 三月", "", "100%"])
def test_a_session_is_found_by_any_words_said_in_it_whatever_their_width_and_case(sessions, query):
    session = talk(sessions, "Why did churn fall in the Beta? 100% sure?", "流失率在三月降到百分之三。")
    talk(sessions, "Something else")
    assert session.id in [s.id for s in sessions.list(query)]


@pytest.mark.parametrize("query", ["四月", "beta 四月", "%", "_"])
def test_a_session_is_not_found_by_words_that_are_not_in_it(sessions, query):
    talk(sessions, "Why did churn fall in the Beta?", "流失率在三月降到百分之三。")
    assert sessions.list(query) == ()


def test_a_name_given_by_the_person_stays_and_can_be_taken_back(sessions):
    session = talk(sessions, "When?", "In March.")
    named = sessions.rename(session.id, "  Beta  ")
    assert (named.title, named.named_by_person) == ("Beta", True)
    sessions.add(session.id, Author.PERSON, "And then?")
    assert sessions.conversation(session.id).session.title == "Beta"
    assert sessions.rename(session.id, "").title == "When"


def test_a_branch_has_what_was_said_up_to_a_message_and_goes_its_own_way(sessions):
    session = talk(sessions, "one", "two", "three", "four", note="a.md")
    second = sessions.conversation(session.id).messages[1]
    branch = sessions.branch(session.id, second.id)
    assert (branch.branched_from, branch.note, branch.messages) == (session.id, "a.md", 2)
    sessions.add(branch.id, Author.PERSON, "otherwise")
    assert [m.text for m in sessions.conversation(branch.id).messages] == ["one", "two", "otherwise"]
    assert [m.text for m in sessions.conversation(session.id).messages] == ["one", "two", "three", "four"]
    sessions.delete(session.id)
    assert len(sessions.conversation(branch.id).messages) == 3


def test_what_is_not_there_is_said(sessions):
    session = talk(sessions, "one")
    for call in (
        lambda: sessions.conversation("none"),
        lambda: sessions.add("none", Author.PERSON, "x"),
        lambda: sessions.rename("none", "x"),
        lambda: sessions.branch(session.id, "none"),
    ):
        with pytest.raises(SessionMissing):
            call()


def test_a_deleted_session_takes_its_messages_with_it(sessions, archive):
    session = talk(sessions, "one", "two")
    sessions.delete(session.id)
    with archive.transaction() as db:
        assert db.execute("SELECT count(*) FROM messages").fetchone()[0] == 0


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Please tell me when the beta opens?", "When the beta opens"),
        ("请问公测什么时候开始？", "公测什么时候开始"),
        ("帮我总结一下这篇笔记", "总结一下这篇笔记"),
        ("# Heading\n\nmore", "Heading"),
        ("why is `x` **slow**", "Why is x slow"),
        ("[[Launch plan]] in short", "Launch plan in short"),
        ("请问", "请问"),
    ],
)
def test_a_session_is_named_after_what_was_asked(said, title):
    assert title_of(said) == title


def test_a_long_question_is_cut_where_a_word_ends():
    said = "Why did the churn in the pilot fall so much after the import was repaired in November?"
    title = title_of(said)
    assert title.endswith("…")
    assert said.startswith(f"{title[:-1]} ")


@given(st.text(max_size=300))
def test_a_name_is_one_short_line_whatever_was_asked(said):
    title = title_of(said)
    assert "\n" not in title
    assert len(title) <= LONGEST + 3
