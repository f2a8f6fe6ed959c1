"""LanceDB is opened where the rows lie, and imported without what nobody uses."""

from __future__ import annotations

import subprocess
import sys

import pytest

from core.index import connecting


def test_a_folder_is_made_where_there_is_none(tmp_path):
    database = connecting.connect(str(tmp_path / "行 #1"))
    database.create_table("t", [{"n": 1}])
    assert connecting.connect(str(tmp_path / "行 #1")).open_table("t").count_rows() == 1


def _in_a_new_process(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.strip()


def test_lancedb_gets_plain_values_for_calls_that_nobody_makes():
    code = (
        "from core.index.connecting import import_lancedb; import_lancedb();"
        "from lancedb.db import ListTablesResponse;"
        "answer = ListTablesResponse(tables=['笔记'], page_token=None);"
        "print(answer.tables[0], ListTablesResponse.__name__)"
    )
    assert _in_a_new_process(code) == "笔记 ListTablesResponse"


def test_the_stand_ins_are_gone_once_lancedb_is_there():
    code = (
        "import sys; from core.index.connecting import import_lancedb; import_lancedb();"
        "assert not [f for f in sys.meta_path if 'core.index' in str(type(f))];"
        "assert not [m for m in sys.modules if m.startswith(('lance_namespace_urllib3', 'overrides'))];"
        "import lance_namespace_urllib3_client as real; print(real.__file__)"
    )
    assert _in_a_new_process(code).endswith("__init__.py")


def test_a_search_that_comes_first_imports_lancedb_as_a_whole(tmp_path):
    code = (
        "import logging, sys; logging.disable();"
        "from core.errors import IndexDamaged; from core.index import connecting;"
        "from core.index.lance import LanceStore; from core.index.model import Scope; whole = [];"
        "begin = connecting.import_lancedb;"
        "connecting.import_lancedb = lambda: (whole.append('lancedb' not in sys.modules), begin())[1]\n"
        f"try: LanceStore({str(tmp_path)!r}, 8).newest().by_words('beta', scope=Scope(), limit=1).result()\n"
        "except IndexDamaged: pass\n"
        "print(whole[0])"
    )
    assert _in_a_new_process(code) == "True"


def test_importing_twice_gives_the_same_module():
    assert connecting.import_lancedb() is connecting.import_lancedb()


def test_a_name_with_underscores_is_not_made_up():
    finder = connecting._StandIns()
    spec = finder.find_spec("overrides", None)
    assert spec is not None
    assert finder.find_spec("numpy._core.overrides", None) is None
    with pytest.raises(AttributeError):
        connecting._plain_class("__path__")
