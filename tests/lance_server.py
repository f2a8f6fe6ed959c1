"""A LanceDB server on loopback: speaks as `db://` does (Arrow and JSON over HTTP), keeps a local table.

Only the calls that `core.index.shared_store` makes are answered; any other one is a 501, which fails the test
that made it. `requests` holds what was asked, `headers` what came along with the last request.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from core.index.connecting import connect

ARROW = "application/vnd.apache.arrow.file"
JSON = "application/json"
Answer = tuple[int, str, bytes]


class Refused(Exception):
    """The request cannot be answered; carries the HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class LanceServer:
    """Serves tables in `folder` until it is left; use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.requests: list[str] = []
        self.headers: dict[str, str] = {}
        self.is_refusing = False
        self._database = connect(str(folder))
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.daemon_threads = True
        self._http.lance = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), name="lance-server")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> LanceServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def answer(self, target: str, headers: dict[str, str], body: bytes) -> Answer:
        parts = urlsplit(target)
        self.headers = headers
        if self.is_refusing:
            return 401, JSON, b'{"error": "no"}'
        with self._lock:
            try:
                return self._called(parts.path.strip("/").split("/"), parse_qs(parts.query), body)
            except Refused as refused:
                return refused.status, JSON, json.dumps({"error": "refused"}).encode()

    def _called(self, path: list[str], options: dict[str, list[str]], body: bytes) -> Answer:
        if path[:2] == ["v1", "namespace"] and path[3:] == ["table", "list"]:
            self.requests.append("list")
            return _json({"tables": self._database.list_tables().tables})
        if path[:2] != ["v1", "table"]:
            raise Refused(501)
        name, call = path[2], "/".join(path[3:])
        self.requests.append(call)
        if call == "create":
            self._database.create_table(name, schema=_read(body).schema, exist_ok=True)
            return _json({"version": 1})
        if name not in self._database.list_tables().tables:
            raise Refused(404)
        work = _CALLS.get("index/stats" if call.startswith("index/") and call.endswith("/stats") else call)
        if call == "drop":
            self._database.drop_table(name)
            return _json({})
        if work is None:
            raise Refused(501)
        return work(self._database.open_table(name), options, body)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        server: LanceServer = self.server.lance  # type: ignore[attr-defined]
        status, kind, body = server.answer(self.path, dict(self.headers.items()), self._body())
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("phalanx-version", "0.4.0")  # else the client sends no query that is made of parts
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().strip(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body


def _describe(table: Any, _options: Any, _body: bytes) -> Answer:
    schema = {"fields": [_field(field) for field in table.schema]}
    return _json(
        {"version": table.version, "schema": schema, "stats": {"num_deleted_rows": 0, "num_fragments": 1}}
    )


def _field(field: Any) -> dict[str, Any]:
    import pyarrow as pa

    kind: dict[str, Any] = {"type": str(field.type)}
    if pa.types.is_fixed_size_list(field.type):
        kind = {
            "type": "fixed_size_list",
            "fields": [_field(field.type.value_field)],
            "length": field.type.list_size,
        }
    elif pa.types.is_list(field.type):
        kind = {"type": "list", "fields": [_field(field.type.value_field)]}
    return {"name": field.name, "type": kind, "nullable": field.nullable}


def _list_indexes(table: Any, _options: Any, _body: bytes) -> Answer:
    found = [
        {"index_name": index.name, "index_uuid": index.name, "columns": index.columns, "index_status": "done"}
        for index in table.list_indices()
    ]
    return _json({"indexes": found})


def _index_stats(_table: Any, _options: Any, _body: bytes) -> Answer:
    return _json({"num_indexed_rows": 0, "num_unindexed_rows": 0, "index_type": "BTREE"})


def _create_index(table: Any, _options: Any, body: bytes) -> Answer:
    from lancedb.index import FTS, Bitmap, BTree, LabelList

    asked = json.loads(body)
    kinds = {"BTREE": BTree, "BITMAP": Bitmap, "LABEL_LIST": LabelList}
    words = ("base_tokenizer", "language", "stem", "remove_stop_words", "lower_case", "ascii_folding")
    config = (
        FTS(**{name: asked[name] for name in words})
        if asked["index_type"] == "FTS"
        else kinds[asked["index_type"]]()
    )
    table.create_index(asked["column"], config=config)
    return _json({})


def _query(table: Any, _options: Any, body: bytes) -> Answer:
    asked = json.loads(body)
    search = _searched(table, asked)
    if asked.get("filter"):
        search = search.where(asked["filter"], prefilter=asked["prefilter"])
    return _arrow(search.select(asked["columns"]).limit(asked["k"]).to_arrow())


def _searched(table: Any, asked: dict[str, Any]) -> Any:
    if asked.get("full_text_query"):
        return table.search(_words(asked["full_text_query"]["query"]), query_type="fts")
    if not asked["vector"]:
        return table.search()
    search = table.search(asked["vector"], vector_column_name=asked["vector_column"])
    return search.distance_type(asked["distance_type"]).refine_factor(asked["refine_factor"])


def _words(query: dict[str, Any]) -> Any:
    """A query for words, as Lance writes it."""
    from lancedb.query import MatchQuery

    ((kind, parts),) = query.items()
    assert kind == "match", query
    return MatchQuery(parts["terms"], parts["column"], boost=parts["boost"])


def _merge_insert(table: Any, options: dict[str, list[str]], body: bytes) -> Answer:
    assert options["when_matched_update_all"] == options["when_not_matched_insert_all"] == ["true"], options
    merge = table.merge_insert(options["on"]).when_matched_update_all().when_not_matched_insert_all()
    merge.execute(_read(body), on_bad_vectors="null")
    return _json(
        {"version": table.version, "num_updated_rows": 0, "num_inserted_rows": 0, "num_deleted_rows": 0}
    )


def _delete(table: Any, _options: Any, body: bytes) -> Answer:
    table.delete(json.loads(body)["predicate"])
    return _json({"version": table.version})


def _count_rows(table: Any, _options: Any, body: bytes) -> Answer:
    return _json(table.count_rows(json.loads(body)["predicate"]))


def _arrow(found: Any) -> Answer:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, found.schema) as writer:
        writer.write_table(found)
    return 200, ARROW, sink.getvalue().to_pybytes()


def _json(value: Any) -> Answer:
    return 200, JSON, json.dumps(value).encode()


def _read(body: bytes) -> Any:
    import pyarrow as pa

    with pa.ipc.open_stream(body) as stream:
        return stream.read_all()


_CALLS: dict[str, Callable[[Any, dict[str, list[str]], bytes], Answer]] = {
    "describe": _describe,
    "index/list": _list_indexes,
    "index/stats": _index_stats,
    "create_index": _create_index,
    "query": _query,
    "merge_insert": _merge_insert,
    "delete": _delete,
    "count_rows": _count_rows,
}
