"""The report: complete, and without a word that tells who somebody is or what they write."""

from pathlib import Path

import pytest

from core.diagnostics import LOG_LINES, report, version_of
from core.paths import places
from core.settings import AtHandSettings, IndexSettings, ProviderSettings, Settings

KEY = "sk-abcdefghijklmnop1234"


@pytest.fixture
def where(tmp_path):
    where = places(tmp_path / "home" / "base")
    where.state.mkdir(parents=True)
    return where


def made(where, settings=None, **facts):
    return report(where, settings or Settings(), facts, home=where.state.parents[1])


def test_it_names_versions_system_settings_and_facts(where):
    settings = Settings(index=IndexSettings(exclude=("a/", "b/")), at_hand=AtHandSettings("F9"))
    text = made(where, settings, hotkey="active x11")
    for line in ("# Versions", f"Pilotfish: {version_of('pilotfish')}", "hotkey: active x11",
                 "patterns left out: 2", "quick-ask key: F9", "# Last crash", "# Log"):  # fmt: skip
        assert line in text


def test_a_model_is_named_by_its_host_and_a_key_never(where):
    settings = Settings(providers=(ProviderSettings("x", f"https://me:{KEY}@api.example.com/v1?key={KEY}"),))
    where.log_file.write_text(f"refused Bearer {KEY}\n")
    text = made(where, settings)
    assert "api.example.com" in text
    assert KEY not in text


def test_folders_of_vaults_and_the_home_are_replaced(where):
    home = where.state.parents[1]
    settings = Settings(last_vault=f"{home}/我的秘密", vaults=(f"{home}/我的秘密", f"{home}/我的秘密/inner"))
    where.log_file.write_text(f"opened {home}/我的秘密/inner and {home}/我的秘密, log in {home}/x\n", "utf-8")
    text = made(where, settings)
    assert "秘密" not in text
    assert str(home) not in text
    assert "opened [vault 1] and [vault 2], log in ~/x" in text


def test_only_the_end_of_a_long_log_is_in_it(where):
    where.log_file.write_text("\n".join(f"line {n}." for n in range(LOG_LINES + 10)))
    text = made(where)
    assert "line 9." not in text
    assert f"line {LOG_LINES + 9}." in text


def test_a_crash_is_shown_and_none_is_said(where):
    assert "# Last crash\n\nnone" in made(where)
    (where.state / "crash.last.log").write_bytes(b"Fatal Python error \xff")
    assert "Fatal Python error" in made(where)


def test_what_is_not_installed_is_said():
    assert version_of("no-such-package-at-all") == "not installed"


def test_a_home_that_is_the_root_replaces_nothing(where):
    assert "/" in report(where, Settings(), {}, home=Path("/"))
