"""The lock that preparations share: one holder at a time, and waiting that can be given up."""

import itertools

import pytest
from filelock import FileLock

from core.concurrency import Cancelled, CancelToken
from core.file_lock import held


def test_the_lock_is_held_inside_and_free_afterwards(tmp_path):
    file = tmp_path / "锁.lock"
    with held(file, CancelToken()), pytest.raises(TimeoutError):
        FileLock(file).acquire(timeout=0)
    with FileLock(file).acquire(timeout=0) as again:
        assert again.is_locked


def test_the_lock_is_free_after_an_error(tmp_path):
    file = tmp_path / "a.lock"
    with pytest.raises(ValueError, match="inside"), held(file, CancelToken()):
        raise ValueError("inside")
    with FileLock(file).acquire(timeout=0) as again:
        assert again.is_locked


def test_who_waits_is_told_once_and_goes_on_when_the_lock_is_free(tmp_path, monkeypatch):
    monkeypatch.setattr("core.file_lock._POLL_SECONDS", 0)
    file, told = tmp_path / "a.lock", []
    other = FileLock(file)
    other.acquire()
    token = CancelToken()
    polls = itertools.count(1)

    def poll():
        if next(polls) == 3:
            other.release()

    monkeypatch.setattr(token, "raise_if_cancelled", poll)
    with held(file, token, on_wait=lambda: told.append("waits")):
        assert told == ["waits"]


def test_waiting_can_be_cancelled(tmp_path):
    file, token = tmp_path / "a.lock", CancelToken()
    with FileLock(file), pytest.raises(Cancelled), held(file, token, on_wait=token.cancel):
        pytest.fail("the lock was held twice")


def test_cancelled_work_never_takes_the_lock(tmp_path):
    file, token = tmp_path / "a.lock", CancelToken()
    token.cancel()
    with pytest.raises(Cancelled), held(file, token):
        pytest.fail("cancelled work went on")
    assert not file.exists()
