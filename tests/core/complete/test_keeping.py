"""The thread that reads a vault's notes into the phrases."""

import os
import time

import pytest

from core.complete.keeping import PhraseKeeper
from core.complete.phrases import Phrases
from core.settings import IndexSettings
from core.vault.ignore import Ignore
from core.vault.left_out import LeftOut

PATIENCE_S = 60


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def following(phrases, before):
    return [echo.text for echo in phrases.echoes(before, own="", limit=9) if echo.agreed >= 4]


@pytest.fixture
def phrases():
    return Phrases()


@pytest.fixture
def rules():
    """The settings, the last of which holds."""
    return [IndexSettings()]


@pytest.fixture
def keeper(tmp_path, phrases, rules):
    keeper = PhraseKeeper(tmp_path, phrases, LeftOut(tmp_path, lambda: rules[-1]))
    keeper.start(Ignore())
    yield keeper
    keeper.stop()


def test_notes_are_read_changed_and_forgotten(tmp_path, phrases, keeper):
    (tmp_path / "计划.md").write_text("测试版在三月发布", encoding="utf-8")
    keeper.changed(["计划.md"])
    wait_until(lambda: following(phrases, "测试版在") == ["三月发布"])
    (tmp_path / "计划.md").write_text("测试版在四月发布", encoding="utf-8")
    keeper.changed(["计划.md"])
    wait_until(lambda: following(phrases, "测试版在") == ["四月发布"])
    keeper.changed([], ["计划.md"])
    wait_until(lambda: phrases.notes == 0)


def test_what_is_no_note_or_cannot_be_read_is_passed_over(tmp_path, phrases, keeper):
    (tmp_path / "a.pdf").write_bytes(b"%PDF the same words here")
    (tmp_path / "b.md").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / "c.md").write_text("the same words there", encoding="utf-8")
    keeper.changed(["a.pdf", "b.md", "gone.md", "c.md", "../outside.md"])
    wait_until(lambda: phrases.notes == 1 and following(phrases, "the same words ") == ["there"])


def test_a_note_that_cannot_be_read_any_more_is_forgotten(tmp_path, phrases, keeper):
    (tmp_path / "a.md").write_text("the same words there", encoding="utf-8")
    keeper.changed(["a.md"])
    wait_until(lambda: following(phrases, "the same words ") == ["there"])
    (tmp_path / "a.md").write_bytes(b"\x00\x01\x02" * 50)
    keeper.changed(["a.md"])
    wait_until(lambda: phrases.notes == 0)


def test_a_tag_that_is_left_out_silences_a_note_and_its_going_lets_it_speak(tmp_path, phrases, keeper, rules):
    note = tmp_path / "日记.md"
    note.write_text("测试版在三月发布 #私人", encoding="utf-8")
    keeper.changed(["日记.md"])
    wait_until(lambda: phrases.notes == 1)
    rules.append(IndexSettings(exclude_tags=("私人",)))
    keeper.changed(["日记.md"])
    wait_until(lambda: phrases.notes == 0)
    note.write_text("测试版在三月发布", encoding="utf-8")
    keeper.changed(["日记.md"])
    wait_until(lambda: following(phrases, "测试版在") == ["三月发布"])


def test_a_note_in_gbk_speaks_as_well(tmp_path, phrases, keeper):
    (tmp_path / "旧.md").write_bytes(("测试版在三月发布，等候名单已满。" * 9).encode("gbk"))
    keeper.changed(["旧.md"])
    wait_until(lambda: bool(following(phrases, "测试版在")))
    assert following(phrases, "测试版在")[0].startswith("三月发布")


def test_where_there_is_no_room_the_notes_changed_last_are_kept(tmp_path):
    phrases = Phrases(most_characters=60)
    for number, name in enumerate(["old.md", "new.md", "middle.md"]):
        (tmp_path / name).write_text(f"the same words of {name}", encoding="utf-8")
        os.utime(tmp_path / name, (1e9 + [1, 3, 2][number],) * 2)
    keeper = PhraseKeeper(tmp_path, phrases, LeftOut(tmp_path, IndexSettings))
    keeper.start(Ignore())
    wait_until(lambda: phrases.notes == 2)
    assert sorted(following(phrases, "the same words of ")) == ["middle.md", "new.md"]
    keeper.stop()


def test_it_stops_when_it_was_never_started(tmp_path, phrases):
    PhraseKeeper(tmp_path, phrases, LeftOut(tmp_path, IndexSettings)).stop()
