"""The log file: what goes in, and what must never."""

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import logs


@pytest.fixture
def root():
    """The root logger, given back as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield root
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


def test_a_line_names_level_logger_and_message(root, tmp_path):
    file = tmp_path / "state" / "x.log"
    logs.configure(file)
    logging.getLogger("core.some").warning("indexed %s notes", 3)
    line = file.read_text(encoding="utf-8")
    assert "WARNING core.some: indexed 3 notes" in line


def test_nothing_is_made_on_the_disk_before_there_is_a_line_to_write(root, tmp_path):
    file = tmp_path / "state" / "x.log"
    logs.configure(file)
    assert not file.parent.exists()
    logging.getLogger("core.some").warning("one")
    logging.getLogger("core.some").warning("two")
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2


def test_a_long_log_is_kept_in_several_files(root, tmp_path):
    file = tmp_path / "x.log"
    logs.configure(file)
    for number in range(3):
        logging.getLogger("core.some").warning("%d %s", number, "x" * 600_000)
    assert {found.name for found in tmp_path.iterdir()} == {"x.log", "x.log.1", "x.log.2"}


@pytest.mark.parametrize(
    "text",
    [
        "sk-abcdefgh12345678",
        "Authorization: Bearer abcdefgh.12345678",
        "api_key=abcdefgh12345678",
        'API-KEY: "abcdefgh12345678"',
        "gsk_abcdefgh12345678",
        "sk-abcdefgh****5678",
    ],
)
def test_keys_are_blotted_out(root, tmp_path, text):
    file = tmp_path / "x.log"
    logs.configure(file)
    logging.getLogger("core.some").warning("refused: %s", text)
    line = file.read_text(encoding="utf-8")
    assert "abcdefgh" not in line
    assert "[redacted]" in line


def test_a_key_in_a_traceback_is_blotted_out(root, tmp_path):
    file = tmp_path / "x.log"
    logs.configure(file)
    logging.getLogger("core.some").error("failed", exc_info=ValueError("refused: sk-abcdefgh12345678"))
    written = file.read_text(encoding="utf-8")
    assert "ValueError: refused: sk-[redacted]" in written


@given(st.text())
def test_redacting_twice_changes_nothing_more(text):
    assert logs.redacted(logs.redacted(text)) == logs.redacted(text)


def test_a_place_that_cannot_be_written_is_no_reason_to_stop(root, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    logs.configure(tmp_path / "file" / "x.log")
    logging.getLogger("core.some").warning("nobody reads this")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full is simulated by Linux")
def test_a_full_disk_is_no_reason_to_say_a_word(root, capsys):
    logs.configure(Path("/dev/full"))
    logging.getLogger("core.some").warning("nobody reads this")
    assert capsys.readouterr() == ("", "")
