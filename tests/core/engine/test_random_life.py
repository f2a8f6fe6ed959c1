"""A random life under the real watcher: overflow or not, enough watches or not, it ends as built in peace."""

from __future__ import annotations

import sys

import pytest

from core.vault import watch
from tests.random_life import live

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify's limits")


def test_at_full_speed_nothing_is_missed(tmp_path):
    outcome = live(tmp_path, 1_200, seed=1)
    assert outcome.notes > 100
    assert outcome.differences == 0


def test_what_overflows_swallowed_is_found(tmp_path):
    outcome = live(tmp_path, 700, seed=4, drops=True, pace_s=0.4)
    assert outcome.overflows > 0
    assert outcome.differences == 0


def test_programs_side_by_side_do_each_other_no_harm(tmp_path):
    outcome = live(tmp_path, 300, seed=5, pace_s=0.3, programs=2)
    assert outcome.differences == 0


def test_with_a_short_watch_limit_the_looks_in_between_find_the_rest(tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "POLL_SECONDS", 1.0)
    outcome = live(tmp_path, 700, seed=2, watches=3)
    assert outcome.differences == 0


def test_at_a_persons_pace_the_events_alone_suffice(tmp_path):
    outcome = live(tmp_path, 300, seed=3, pace_s=0.4)
    assert outcome.differences == 0
