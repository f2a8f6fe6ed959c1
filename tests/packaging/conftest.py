"""dev.py's modules, imported as the script itself imports them, on a project of their own."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def tools(monkeypatch):
    """The modules of `packaging`, freshly imported."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    names = ("environment", "system", "dev", "slim", "orphans", "sizes", "sockets")
    names += ("linux_package", "package", "smoke", "children_hook", "shiboken_modules", "licences")
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    modules = SimpleNamespace(**{name: importlib.import_module(name) for name in names})
    yield modules
    for name in names:
        sys.modules.pop(name, None)


@pytest.fixture
def project(tools, tmp_path, monkeypatch):
    """An empty project folder that dev.py takes for its own."""
    root = tmp_path / "项目"
    (root / "resources" / "vault").mkdir(parents=True)
    (root / "resources" / "vault" / "Welcome 欢迎.md").write_text("# Welcome\n", encoding="utf-8")
    (root / "tests" / "bench").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    for module in (tools.environment, tools.dev):
        monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(tools.environment, "VENV", root / ".venv")
    monkeypatch.setattr(tools.environment, "STAMP", root / ".venv" / "pilotfish-setup.json")
    return root
