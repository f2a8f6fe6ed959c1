import asyncio
import socket
from dataclasses import replace

import pytest

from core.llm import discovery
from core.llm.discovery import find_local_servers
from core.llm.quirks import LOCAL_SERVERS, Preset
from tests.scripted_replies import html, silent
from tests.scripted_server import ScriptedServer

OLLAMA, LM_STUDIO, *_ = LOCAL_SERVERS


@pytest.fixture(autouse=True)
def a_busy_machine_is_no_closed_port(monkeypatch):
    monkeypatch.setattr(discovery, "CONNECT_S", 60)
    monkeypatch.setattr(discovery, "_PATIENCE", replace(discovery._PATIENCE, connect=60))


def at(preset: Preset, server: ScriptedServer) -> Preset:
    return replace(preset, base_url=server.base_url)


def test_servers_that_run_are_found_with_their_models():
    with ScriptedServer(models=("qwen3:8b", "llama3.2")) as a, ScriptedServer(models=("x",)) as b:
        found = asyncio.run(find_local_servers([at(OLLAMA, a), at(LM_STUDIO, b)]))
        assert [(s.name, s.title, s.base_url, s.models) for s in found] == [
            ("ollama", "Ollama", a.base_url, ("qwen3:8b", "llama3.2")),
            ("lmstudio", "LM Studio", b.base_url, ("x",)),
        ]
        assert [r.path for r in a.requests] == ["/v1/models"]
        assert "Bearer none" in a.requests[0].headers["authorization"]


def test_closed_ports_are_passed_over():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    presets = [replace(OLLAMA, base_url=f"http://127.0.0.1:{port}/v1")]
    assert asyncio.run(find_local_servers(presets)) == []


def test_something_else_on_the_port_is_passed_over():
    with ScriptedServer(listing=html()) as page, ScriptedServer(models=()) as empty:
        assert asyncio.run(find_local_servers([at(OLLAMA, page), at(LM_STUDIO, empty)])) == []


def test_a_port_that_never_answers_does_not_hide_the_others():
    with ScriptedServer(listing=silent()) as dead, ScriptedServer(models=("m",)) as good:
        found = asyncio.run(find_local_servers([at(OLLAMA, dead), at(LM_STUDIO, good)]))
    assert [server.name for server in found] == ["lmstudio"]


def test_every_port_is_tried_before_the_first_client_which_may_be_long_in_coming(monkeypatch):
    done, listens = [], discovery._listens

    async def noted(base_url):
        is_open = await listens(base_url)
        done.append("port")
        return is_open

    async def asked(_base_url, **_options):
        done.append("client")
        return ["m"]

    monkeypatch.setattr(discovery, "_listens", noted)
    monkeypatch.setattr(discovery, "list_models", asked)
    with ScriptedServer() as near, ScriptedServer() as far:
        named = replace(LM_STUDIO, base_url=far.base_url.replace("127.0.0.1", "localhost"))
        found = asyncio.run(find_local_servers([at(OLLAMA, near), named]))
    assert done == ["port", "port", "client", "client"]
    assert [server.name for server in found] == ["ollama", "lmstudio"]
