"""What `doctor` says of the input method."""

import json
import sys

import pytest

from core.cli.main import main


@pytest.fixture
def look(tmp_path, capsys, monkeypatch):
    """Look at a Linux session with these variables."""
    for name in ("QT_IM_MODULE", "QT_IM_MODULES", "XMODIFIERS", "GTK_IM_MODULE"):
        monkeypatch.delenv(name, raising=False)

    def look(platform="linux", **variables):
        monkeypatch.setattr(sys, "platform", platform)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert main(["--base-dir", str(tmp_path), "doctor", "--json"]) == 0
        return json.loads(capsys.readouterr().out)["input method"]

    return look


def test_one_that_is_named_and_does_not_answer_is_told_with_what_to_do(look):
    found = look(QT_IM_MODULE="fcitx")
    assert (found["ok"], found["value"]) == (False, "fcitx")
    assert "Start fcitx5" in found["hint"]


def test_a_session_that_names_none_is_fine(look):
    assert look() == {"ok": True, "value": "none named", "hint": ""}


def test_elsewhere_the_system_has_its_own(look):
    assert look(platform="darwin", XMODIFIERS="@im=fcitx")["value"] == "the system's own"
