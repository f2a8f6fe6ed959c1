"""Settings as TOML on a real disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import settings
from core.errors import SettingsDamaged
from core.settings import (
    AppearanceSettings,
    IndexSettings,
    KeySettings,
    PriceSettings,
    ProviderSettings,
    Settings,
    TierSettings,
    from_dict,
    load,
    save,
    to_dict,
)

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
PROVIDERS = st.builds(ProviderSettings, WORDS, WORDS, st.booleans(), st.booleans())
TIERS = st.builds(TierSettings, WORDS, WORDS)
ALL = st.builds(
    Settings,
    last_vault=WORDS,
    providers=st.lists(PROVIDERS, max_size=3).map(tuple),
    fast=TIERS,
    precise=TIERS,
    index=st.builds(
        IndexSettings,
        embedding_model=WORDS,
        exclude=st.lists(WORDS, max_size=3).map(tuple),
        exclude_tags=st.lists(WORDS, max_size=3).map(tuple),
        max_note_mib=st.integers(1, 500),
    ),
    appearance=st.builds(
        AppearanceSettings,
        theme=st.sampled_from(["system", "light", "dark"]),
        language=st.sampled_from(["system", "en", "zh_CN"]),
    ),
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config" / "config.toml"


def put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_below_a_file_there_are_no_settings_to_be_damaged(tmp_path):
    (tmp_path / "base").write_text("in the way", encoding="utf-8")
    assert load(tmp_path / "base" / "config" / "config.toml") == Settings()


def test_without_a_file_the_defaults_hold(file):
    assert load(file) == Settings()
    assert not file.parent.exists()


@given(first=ALL, second=ALL)
def test_whatever_is_saved_is_loaded_again_also_over_other_settings(first, second, tmp_path_factory):
    file = tmp_path_factory.mktemp("config") / "config.toml"
    for wanted in (first, second, first):
        save(wanted, file)
        assert load(file) == wanted


@given(ALL)
def test_the_plain_values_build_the_same_settings(wanted):
    assert from_dict(to_dict(wanted)) == wanted


def test_comments_and_unknown_keys_stay_where_they_are(file):
    put(
        file,
        '# 我的设置\nlast_vault = "/旧"  # here\nfuture = 1\n\n'
        '[index]\n# why\nexclude = ["a/"]  # private\nunknown = true\n\n[other]\nx = 1\n',
    )
    loaded = load(file)
    save(Settings(last_vault="/新", index=loaded.index), file)
    text = file.read_text(encoding="utf-8")
    for kept in (
        "# 我的设置",
        "# here",
        "future = 1",
        "# why",
        "# private",
        "unknown = true",
        "[other]\nx = 1",
    ):
        assert kept in text
    assert load(file) == Settings(last_vault="/新", index=IndexSettings(exclude=("a/",)))


def test_saving_the_same_settings_twice_writes_the_same_file(file):
    wanted = Settings(providers=(ProviderSettings("o", "http://127.0.0.1:11434/v1"),))
    save(wanted, file)
    before = file.read_bytes()
    save(wanted, file)
    assert file.read_bytes() == before


def test_a_file_with_few_keys_is_enough(file):
    put(file, '[appearance]\ntheme = "dark"\n')
    assert load(file) == Settings(appearance=AppearanceSettings(theme="dark"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("last_vault = ", "value"),
        ("last_vault = 3", "last_vault must be of type str"),
        ("index = 3", "index must be a table"),
        ("providers = 3", "providers must be a list"),
        ("providers = [3]", "providers must be a table"),
        ('[[providers]]\nname = "x"\n', "base_url"),
        ("[index]\nmax_note_mib = true", "max_note_mib must be of type int"),
        ("[index]\nmax_note_mib = 0", "max_note_mib must be at least 1"),
        ('[index]\nexclude = "a"', "exclude must be a list of strings"),
        ("[index]\nexclude = [1]", "exclude must be a list of strings"),
        ('[index]\nexclude_tags = "private"', "exclude_tags must be a list of strings"),
        ('[appearance]\ntheme = "drak"', "theme must be one of system, light, dark"),
        ('schema_version = "1"', "schema_version"),
        ("schema_version = 0", "schema_version"),
    ],
)
def test_a_damaged_file_is_kept_and_the_next_start_has_the_defaults(file, text, reason):
    put(file, text)
    with pytest.raises(SettingsDamaged) as caught:
        load(file)
    assert reason in caught.value.details["reason"]
    kept = file.with_name(caught.value.details["kept"])
    assert kept.read_text(encoding="utf-8") == text
    assert kept.name in str(caught.value)
    assert load(file) == Settings()


def test_a_file_that_is_no_text_is_damaged(file):
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsDamaged):
        load(file)


def test_a_file_that_may_not_be_read_now_stays_in_its_place(file, monkeypatch):
    put(file, 'last_vault = "/v"\n')

    def refuse(self, **options):
        raise OSError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", refuse)
        with pytest.raises(SettingsDamaged, match=r"config\.toml"):
            load(file)
    assert load(file) == Settings(last_vault="/v")


def test_a_damaged_file_that_cannot_be_set_aside_is_named_as_it_is(file, monkeypatch, caplog):
    put(file, "oops")

    def refuse(self, target):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SettingsDamaged) as caught:
        load(file)
    assert caught.value.details["kept"] == "config.toml"
    assert "could not set aside" in caplog.text


def test_saving_over_a_damaged_file_sets_it_aside_first(file):
    put(file, "oops")
    save(Settings(last_vault="/v"), file)
    assert load(file) == Settings(last_vault="/v")
    (kept,) = file.parent.glob("*.bad-*")
    assert kept.read_text(encoding="utf-8") == "oops"


def test_a_full_disk_leaves_the_old_settings_whole(file, monkeypatch):
    save(Settings(last_vault="/old"), file)

    def refuse(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(OSError, match="No space"):
            save(Settings(last_vault="/new"), file)
    assert load(file) == Settings(last_vault="/old")


def test_an_older_file_is_migrated_step_by_step(file, monkeypatch):
    steps = {
        1: lambda data: {**data, "vault": data["last_folder"]},
        2: lambda data: {**data, "last_vault": data["vault"]},
    }
    monkeypatch.setattr(settings, "MIGRATIONS", steps)
    monkeypatch.setattr(settings, "SCHEMA_VERSION", 3)
    put(file, 'schema_version = 1\nlast_folder = "/v"\n')
    loaded = load(file)
    assert (loaded.last_vault, loaded.schema_version) == ("/v", 3)


def test_a_file_of_a_later_version_is_understood_as_far_as_possible_and_keeps_its_version(file):
    put(file, 'schema_version = 7\nlast_vault = "/v"\nnovelty = "x"\n')
    loaded = load(file)
    assert loaded.last_vault == "/v"
    save(loaded, file)
    text = file.read_text(encoding="utf-8")
    assert "schema_version = 7" in text
    assert 'novelty = "x"' in text


def test_no_key_has_a_place_in_the_settings():
    names = " ".join(str(to_dict(Settings(providers=(ProviderSettings("a", "b"),)))).split())
    assert not any(word in names.lower() for word in ("api_key", "secret", "token", "password"))


def test_prices_roles_and_the_cap_survive_the_file(tmp_path):
    file = tmp_path / "config.toml"
    wanted = settings.Settings(
        completion=settings.TierSettings("ollama", "qwen3:1.7b"),
        cost=settings.CostSettings(monthly_cap_usd=12.5),
        prices=(settings.PriceSettings("qwen-max", 1.6, 6.4),),
    )
    settings.save(wanted, file)
    assert settings.load(file) == wanted


def test_a_whole_number_of_dollars_is_a_price_too():
    assert settings.from_dict({"cost": {"monthly_cap_usd": 5}}).cost.monthly_cap_usd == 5.0


@pytest.mark.parametrize(
    "bad", [{"monthly_cap_usd": -1}, {"monthly_cap_usd": "5"}, {"monthly_cap_usd": True}]
)
def test_a_cap_that_is_no_amount_is_refused(bad):
    with pytest.raises((TypeError, ValueError)):
        settings.from_dict({"cost": bad})


def test_keys_models_for_work_and_prices_by_the_minute_come_back_as_they_were_saved(tmp_path):
    settings = Settings(
        keys=(KeySettings("Ctrl+S", "F8"), KeySettings("Ctrl+P", "")),
        transcription=TierSettings("OpenAI", "whisper-1"),
        prices=(PriceSettings("whisper-1", minute_usd=0.006),),
    )
    save(settings, tmp_path / "config.toml")
    assert load(tmp_path / "config.toml") == settings
