"""A model that falls back into its own language is told from one that names something."""

import pytest

from core.complete.tongue import is_foreign

CHINESE = "我们三月开放测试版，因为"
MIXED = "我们用 Docker Compose to deploy Postgres and Redis with Nginx on Debian servers，其中"
ENGLISH = "We open the beta in March because"


@pytest.mark.parametrize(
    ("before", "text", "foreign"),
    [
        (CHINESE, "等待名单已经超过两千人。", False),
        (CHINESE, " the waiting list passed two thousand.", True),
        (CHINESE, "Docker Compose 已经可用。", False),
        (CHINESE, "Docker Compose", False),
        (CHINESE, "3.11", False),
        (MIXED, " Redis is the cache of it all", False),  # nobody can say
        (ENGLISH, " the waiting list passed two thousand.", False),
        (ENGLISH, "等待名单已经超过两千人。", True),
        ("# 计划\n\n" + ENGLISH, "等待名单已经超过两千人。", False),
        (CHINESE * 3 + "\n\n- first point\n- second point", " that everybody agreed on.", False),
        (CHINESE * 3 + "\n\n- Visual Studio Code", " is the editor of everybody.", True),  # a name
        (CHINESE * 3 + "\n\n- first point\n- 第二点，我们", " that everybody agreed on.", True),
        ("We", "等待", False),
        ("", "等待 the list", False),
    ],
)
def test_a_whole_answer(before, text, foreign):
    assert is_foreign(text, before, whole=True) is foreign


def test_words_that_may_turn_out_to_be_a_name_are_waited_for():
    assert is_foreign("Docker", CHINESE, whole=False)
    assert not is_foreign("Docker 已经", CHINESE, whole=False)
    assert not is_foreign("，", CHINESE, whole=False)
