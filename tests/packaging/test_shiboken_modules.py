"""The modules that Shiboken compiles at every start, as byte code."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

FROM_FILES = """
import sys
from PySide6.QtCore import QObject, Signal
loader = sys.modules["shibokensupport.signature.loader"]
print(loader.__file__)
try:
    QObject().setObjectName(1, 2)
except TypeError as error:  # the modules are what words it
    print(error)
"""


@pytest.fixture
def written(tools, tmp_path):
    return tools.shiboken_modules.write(tmp_path / "build")


def test_each_module_is_compiled_into_its_package(written):
    places = {f"{folder}/{Path(file).name}" for file, folder in written}
    assert "shiboken6/files.dir/shibokensupport/__init__.pyc" in places
    assert "shiboken6/files.dir/shibokensupport/signature/loader.pyc" in places
    assert all(Path(file).suffix == ".pyc" and Path(file).is_file() for file, _ in written)


def test_shiboken_takes_them_and_works(written, tmp_path):
    import shiboken6

    site = tmp_path / "site"
    shutil.copytree(Path(shiboken6.__file__).parent, site / "shiboken6", symlinks=True)
    for file, folder in written:
        (site / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(file, site / folder)
    (site / "PySide6").symlink_to(Path(shiboken6.__file__).parents[1] / "PySide6")
    done = subprocess.run(
        [sys.executable, "-B", "-c", FROM_FILES],
        capture_output=True, text=True, timeout=60, check=True,
        env={"PYTHONPATH": str(site), "LD_LIBRARY_PATH": str(site / "shiboken6")},
    )  # fmt: skip
    place, error = done.stdout.strip().split("\n", 1)
    assert place == str(site / "shiboken6/files.dir/shibokensupport/signature/loader.pyc")
    assert "setObjectName" in error


def test_where_there_is_nothing_to_compile_nothing_is_brought(tools, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "shibokensupport.signature.loader", sys)
    assert tools.shiboken_modules.write(tmp_path) == []
