"""What the program tells from the wording of a request."""

import pytest

from core.assist.wording import points_at_open_note


@pytest.mark.parametrize(
    "text",
    [
        "Summarise this note",
        "What is above?",
        "总结这一段",
        "这篇讲了什么？",
        "本文的结论",
        "把上面的内容列成表",
    ],
)
def test_a_request_that_points_at_the_open_note_is_told(text):
    assert points_at_open_note(text)


@pytest.mark.parametrize(
    "text", ["When does the beta open?", "thistle", "公测什么时候开始", "本周会议", "日本文化"]
)
def test_other_requests_point_nowhere(text):
    assert not points_at_open_note(text)
