"""How LanceDB is imported and connected to a folder, an object store, or a LanceDB server.

    /home/ada/.local/share/...                                   a folder of this machine
    s3://bucket/notes?region=eu-central-1                        an object store; also gs:// and az://
    s3://bucket/notes?endpoint=http://127.0.0.1:9000&allow_http=true   one that speaks S3 elsewhere
    db://team-notes?host_override=https://lance.example.org      a LanceDB server

What stands behind the question mark are Lance's own storage options (https://lancedb.com/docs/storage/). No
secret belongs there: credentials are found as the store's other programs find them (for S3 the variables
`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, a profile, the machine's role; for `db://`
`LANCEDB_API_KEY`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from core.index.store_address import is_remote, is_served

INDEX_CACHE, METADATA_CACHE = 256 * 2**20, 64 * 2**20
"""Bytes; LanceDB's own bounds are 6 GiB and 1 GiB. Both indexes of 100 000 chunks take some 130 MiB."""
LOOK_AGAIN = timedelta(seconds=5)
"""How old another machine's newest commit may be when it is first seen."""
_REST_CLIENT = "lance_namespace_urllib3_client"
_DECORATORS = "overrides"


def session_for(address: str) -> Any:
    """Return what remembers the parts of tables that were read, for all connections of one store.

    None for a server, which remembers them itself.
    """
    if is_served(address):
        return None
    return import_lancedb().Session(
        index_cache_size_bytes=INDEX_CACHE, metadata_cache_size_bytes=METADATA_CACHE
    )


def connect(address: str, session: Any = None) -> Any:
    """Return a LanceDB connection; raises what LanceDB raises.

    In a folder every read sees the newest commit of any process; elsewhere each look would cost a round trip,
    so other machines' commits show up within seconds.
    """
    place, options = _options(address)
    if not is_remote(address):
        options["read_consistency_interval"] = timedelta(0)
    return import_lancedb().connect(place, session=session, **options)


async def connect_for_searches(address: str, session: Any) -> Any:
    """Return a connection for coroutines; raises what LanceDB raises.

    A table in a folder stays at the version at which it was opened.
    """
    place, options = _options(address)
    return await import_lancedb().connect_async(place, session=session, **options)


def _options(address: str) -> tuple[str, dict[str, Any]]:
    """What LanceDB calls the place, and what else it wants to know of it."""
    if not is_remote(address):
        return address, {}
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    if is_served(address):
        # LanceDB's own way of finding it is for its other kind of connection alone.
        return f"db://{parts.netloc}", {"api_key": os.environ.get("LANCEDB_API_KEY"), **options}
    place = urlunsplit(parts._replace(query=""))
    return place, {"read_consistency_interval": LOOK_AGAIN, "storage_options": options}


def import_lancedb() -> Any:
    """Import LanceDB quietly, and without what of its import nobody uses."""
    # Rust's logger is read at import: it would write a warning per query to standard error.
    os.environ.setdefault("LANCEDB_LOG", "error")
    finder = _StandIns()
    sys.meta_path.insert(0, finder)
    try:
        import lancedb

        return lancedb
    finally:
        sys.meta_path.remove(finder)
        finder.leave()


class _StandIns(MetaPathFinder, Loader):
    """Next to empty modules for two packages, given to LanceDB alone and only while it is imported.

    WORKAROUND lancedb 0.40: half of its import (0.4 s of 0.8 s, and 12 MiB, in every process and every
    command) goes into validators for each call of a service that only `lance_namespace` servers have, and
    into a decorator that reads the byte code of every method it marks. Here the calls' values are plain
    objects of the same name and attributes, and the decorator does nothing, as LanceDB itself has it from
    Python 3.12 on.
    """

    def __init__(self) -> None:
        self._made: list[str] = []

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in (_REST_CLIENT, _DECORATORS):
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        self._made.append(module.__name__)
        if module.__name__ == _DECORATORS:
            module.__dict__.update(EnforceOverrides=type("EnforceOverrides", (), {}), override=_unchanged)
        else:
            module.__dict__["__getattr__"] = _plain_class

    def leave(self) -> None:
        """Make room for the real packages, should anyone else import them."""
        for name in self._made:
            sys.modules.pop(name, None)


def _plain_class(name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return type(name, (SimpleNamespace,), {})


def _unchanged(method: Callable[..., Any]) -> Callable[..., Any]:
    return method
