"""A conversation as a note."""

import time

from core.session.export import as_note, file_name
from core.session.model import Author, Conversation, Session, SessionMessage

CREATED = time.mktime((2026, 3, 1, 12, 0, 0, 0, 0, -1))


def conversation(*messages, title="Beta: when / why?", note="Projects/Launch plan.md"):
    made = [
        SessionMessage(str(n), "s", author, text, CREATED, extra)
        for n, (author, text, extra) in enumerate(messages)
    ]
    return Conversation(Session("s", title, note, CREATED, CREATED), tuple(made))


CITED = {
    "model": "qwen3:8b",
    "citations": [
        {"n": 1, "path": "Projects/Pilot review.md", "verified": True},
        {"n": 1, "path": "Projects/Pilot review.md", "verified": True},
        {"n": 2, "path": "Other.md", "verified": False},
    ],
}


def test_question_and_answer_become_sections_with_links_to_checked_sources():
    text = as_note(conversation((Author.PERSON, "When?", {}), (Author.MODEL, "In March [1].", CITED)))
    assert text == (
        "# Beta: when / why?\n\n[[Launch plan]]\n\n## You\n\nWhen?\n\n## qwen3:8b\n\nIn March [1].\n\n"
        "**Sources**\n\n- [1] [[Pilot review]]\n"
    )


def test_a_chinese_conversation_becomes_a_chinese_note():
    talk = conversation((Author.PERSON, "公测什么时候开始？", {}), (Author.MODEL, "三月。", {}), title="公测")
    assert "## 我" in as_note(talk)
    assert file_name(talk) == "对话/2026-03-01 公测.md"


def test_a_summary_is_marked_as_one():
    text = as_note(conversation((Author.SUMMARY, "It was\nabout March.", {}), (Author.PERSON, "And?", {})))
    assert "> Summary of what was said before\n>\n> It was\n> about March.\n" in text


def test_a_name_for_the_file_holds_nothing_that_a_disk_or_link_refuses():
    assert file_name(conversation((Author.PERSON, "When?", {}))) == "Sessions/2026-03-01 Beta when why.md"
    assert file_name(conversation(title="../..")) == "Sessions/2026-03-01 session.md"


def test_a_session_of_the_vault_links_to_no_note():
    assert "[[" not in as_note(conversation((Author.PERSON, "x", {}), note=""))
