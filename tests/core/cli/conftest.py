"""The commands, called as the console script calls them, against a model that answers from a script."""

import json

import pytest

from core.cli.main import main
from tests.scripted_replies import say
from tests.scripted_server import ScriptedServer


@pytest.fixture
def base(tmp_path):
    """The folder that the program keeps its own things in."""
    return tmp_path / "base"


@pytest.fixture
def run(capsys, base):
    """Run a command; returns status, standard output, standard error."""

    def run(*arguments):
        capsys.readouterr()
        code = main(["--base-dir", str(base), *map(str, arguments)])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return run


@pytest.fixture
def reply():
    """What the model answers."""
    return say("We open in March.")


@pytest.fixture
def server(monkeypatch, reply):
    """The model's server, in the environment of the commands."""
    with ScriptedServer(reply) as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.base_url)
        yield running


@pytest.fixture
def result():
    """Read the one JSON object that a command prints when it ends well."""

    def result(outcome):
        code, out, _ = outcome
        assert code == 0
        assert out.count("\n") == 1
        return json.loads(out)

    return result
