"""A small vault, a scripted model server, and the settings that point at it."""

import pytest

from core import settings
from core.paths import places
from core.settings import ProviderSettings, Settings, TierSettings
from tests.scripted_server import ScriptedServer


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / "项目").mkdir(parents=True)
    (folder / "Launch.md").write_text(
        "# Launch\n\n## When\n\nThe beta opens in March because the waiting list is long.\n", encoding="utf-8"
    )
    (folder / "项目" / "复盘.md").write_text("# 复盘\n\n流失率降到百分之三。\n", encoding="utf-8")
    return folder


@pytest.fixture
def base(tmp_path):
    return tmp_path / "base"


@pytest.fixture
def where(base):
    return places(base)


@pytest.fixture
def server():
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def use_server(where, server):
    """Settings on disk that make the scripted server both tiers' model."""
    tier = TierSettings("scripted", "scripted")
    provider = ProviderSettings("scripted", server.base_url)
    settings.save(Settings(providers=(provider,), fast=tier, precise=tier), where.settings_file)
    return server
