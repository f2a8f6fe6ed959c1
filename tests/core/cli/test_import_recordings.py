"""`pilotfish import` of recordings: heard by the provider's model, with consent, and found by the minute."""

import json

import pytest

from core.cli.main import main
from core.engine.late_embedder import LateEmbedder
from core.errors import EmbeddingUnavailable
from core.paths import places
from core.settings import ProviderSettings, Settings, TierSettings, save
from tests.scripted_replies import heard, status
from tests.scripted_server import ScriptedServer

MP3 = b"ID3\x04" + b"\0" * 40


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A vault, a recording, and no embedding model, which would take longer than all the rest."""

    def unavailable(_self):
        raise EmbeddingUnavailable

    monkeypatch.setattr(LateEmbedder, "_running", unavailable)
    (tmp_path / "vault").mkdir()
    (tmp_path / "会议.mp3").write_bytes(MP3)
    return tmp_path


@pytest.fixture
def server():
    with ScriptedServer(heard((0.0, "Good morning."), (61.0, "The typewriter opens 三月。"))) as running:
        yield running


def use(here, base_url, model="ears"):
    provider = ProviderSettings("Lab", base_url)
    settings = Settings(providers=(provider,), transcription=TierSettings("Lab", model))
    save(settings, places(here / "base").settings_file)


@pytest.fixture
def cli(here, capsys):
    def cli(command, *arguments, code=0):
        capsys.readouterr()
        vault = str(here / "vault")
        assert main(["--base-dir", str(here / "base"), command, vault, *map(str, arguments)]) == code
        printed = capsys.readouterr()
        return json.loads(printed.out) if "--json" in arguments else printed.out + printed.err

    return cli


def test_a_recording_is_heard_on_this_machine_without_asking_and_found_by_its_minute(cli, here, server):
    use(here, server.base_url)
    (imported,) = cli("import", here / "会议.mp3", "--json")["imported"]
    assert (imported["kind"], imported["chunks"] > 0) == ("sound", True)
    (hit, *_) = cli("search", "typewriter", "--mode", "text", "--json")["hits"]
    assert (hit["path"], hit["label"]) == ("document://会议.mp3", "1:00")
    assert server.requests[0].body["file"] == ("会议.mp3", MP3)


def test_what_is_known_is_not_sent_again(cli, here, server):
    use(here, server.base_url)
    cli("import", here / "会议.mp3")
    assert cli("import", here / "会议.mp3", "--json")["imported"][0]["duplicate"]
    assert len(server.requests) == 1


def test_a_recording_goes_nowhere_else_until_the_person_says_so(cli, here):
    use(here, "https://asr.example.com/v1")
    told = cli("import", here / "会议.mp3", code=1)
    assert "asr.example.com" in told
    assert "--transcribe" in told


def test_consent_does_not_overrule_the_offline_switch(cli, here, monkeypatch):
    monkeypatch.setenv("PILOTFISH_OFFLINE", "1")
    use(here, "https://asr.example.com/v1")
    (failed,) = cli("import", here / "会议.mp3", "--transcribe", "--json", code=1)["failed"]
    assert "PILOTFISH_OFFLINE" in failed["reason"]


def test_a_provider_that_refuses_is_said_and_other_documents_are_imported(cli, here, server):
    server.then(status(401, "Incorrect API key"))
    use(here, server.base_url)
    (here / "a.txt").write_text("plain words", encoding="utf-8")
    done = cli("import", here / "会议.mp3", here / "a.txt", "--json")
    assert [entry["name"] for entry in done["imported"]] == ["a.txt"]
    assert "refused the key" in done["failed"][0]["reason"]


def test_without_a_model_that_hears_the_old_sentence_stands(cli, here):
    told = cli("import", here / "会议.mp3", code=1)
    assert "no speech recognition is set up" in told
