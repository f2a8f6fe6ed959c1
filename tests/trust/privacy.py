"""The promises about what leaves the machine: only to the provider, never what is excluded, never a key."""

import json
from pathlib import Path

from core.errors import ModelTimedOut
from tests.core.llm.test_endpoint_faults import FAULTS
from tests.scripted_replies import Behaviour, say, status
from tests.scripted_server import ScriptedServer
from tests.trust.finding import Finding, Promise, Trial, bytes_below
from tests.trust.program import QUESTIONS, Program, welcome

KEY = "sk-trust-THIS0KEY1MUST2BE3NOWHERE4"
WITNESS = """
import json, os, sys
def witness(event, arguments):
    if event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        seen = arguments[1]
    elif event == "socket.getaddrinfo":
        seen = arguments[:2]
    else:
        return
    line = json.dumps([event, *map(str, seen[:2])]) + "\\n"
    os.write(log, line.encode())
log = os.open(os.environ["TRUST_WITNESS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
sys.addaudithook(witness)
"""
"""Lies as `sitecustomize` on the way of every Python that the program starts and notes each address."""


def nothing_leaves_but_to_the_provider(trial: Trial) -> Finding:
    """Index, search, ask and write before a witness and a proxy: the provider alone may be addressed."""
    vault = welcome(trial.folder)
    (trial.folder / "sitecustomize.py").write_text(WITNESS, encoding="utf-8")
    seen = trial.folder / "seen.jsonl"
    with ScriptedServer() as canary, ScriptedServer(say("It opens in March [1].")) as server:
        proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), canary.base_url)
        watched = {"PYTHONPATH": str(trial.folder), "TRUST_WITNESS": str(seen)}
        program = Program(trial.folder, {"OPENAI_BASE_URL": server.base_url} | proxies | watched)
        program.result("index", vault)
        program.found(vault)
        program.result("write", vault / "Welcome.md", "--vault", vault, "--prompt", "shorten")
        for question in trial.some(list(QUESTIONS[:4])):
            program.result("ask", vault, question)
        addresses = [json.loads(line)[1:] for line in seen.read_text(encoding="utf-8").splitlines()]
        to_provider = addresses.count(["127.0.0.1", str(server.port)])
        return Finding(len(addresses) - to_provider + len(canary.requests), to_provider)


EXCLUDED = {
    "Private/Diary.md": "quexalotl",
    "项目/私人/工资.md": "blorvantine",
    "Letters/To Ann.md": "zymurgane",
    "Kept secret.md": "frobnicle",
    "Journal.md": "grommelund",
}
"""Notes that must not be sent, each with a word that stands nowhere else; the last one for its tag."""
RULES = ("Private/", "**/私人/")
SETTINGS = '[index]\nexclude = ["Letters/To Ann.md", "*secret*"]\nexclude_tags = ["off-record"]\n'


def excluded_notes_are_never_sent(trial: Trial) -> Finding:
    """Ask after and work on notes that are excluded in any way: no request may hold their words."""
    vault, program_folder = welcome(trial.folder), trial.folder
    for path, marker in EXCLUDED.items():
        (vault / path).parent.mkdir(parents=True, exist_ok=True)
        tag = " #off-record/beta" if path == "Journal.md" else ""
        (vault / path).write_text(
            f"# Beta diary\n\nThe beta opens: the {marker} says so.{tag}\n", encoding="utf-8"
        )
    (vault / ".pilotfishignore").write_text("\n".join(RULES), encoding="utf-8")
    _configure(program_folder / "base" / "config", SETTINGS)
    with ScriptedServer(say("It opens in March [1].")) as server:
        program = Program(program_folder, {"OPENAI_BASE_URL": server.base_url})
        program.result("index", vault)
        for path in trial.some(list(EXCLUDED)):
            program.result("ask", vault, f"What does [[{Path(path).stem}]] say about when the beta opens?")
            program.result("ask", vault, f"Summarise the beta diary in {path}")
            program.run("ask", vault, "What does this note say?", "--note", path)
            program.run("write", vault / path, "--vault", vault, "--prompt", "shorten")
            program.run("complete", vault / path, "--vault", vault, "--line", 3, "--column", 10)
        sent = [request.raw_body.decode() for request in server.chats]
    return Finding(sum(marker in body for body in sent for marker in EXCLUDED.values()), len(sent))


def _configure(folder: Path, settings: str) -> None:
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(settings, encoding="utf-8")


def keys_are_in_no_file(trial: Trial) -> Finding:
    """Use a key at endpoints that fail in every way, one by saying it: no file, no output may hold it."""
    vault, broken = welcome(trial.folder), 0
    behaviours: dict[str, Behaviour] = {
        name: behaviour for name, (behaviour, kind, _) in FAULTS.items() if kind is not ModelTimedOut
    } | {"key said again": status(401, f"Incorrect API key provided: {KEY}.")}
    names = trial.some(list(behaviours))
    with ScriptedServer() as server:
        program = Program(trial.folder, {"OPENAI_BASE_URL": server.base_url, "OPENAI_API_KEY": KEY})
        for name in names:
            server.then(behaviours[name])
            said = program.run("write", vault / "Welcome.md", "--vault", vault, "--prompt", "shorten")
            broken += KEY in f"{said}"
        used = sum(request.headers.get("authorization") == f"Bearer {KEY}" for request in server.chats)
    broken += sum(KEY.encode() in data for data in bytes_below(trial.folder).values())
    return Finding(broken, min(used, len(names)))


PROMISES: tuple[Promise, ...] = (
    nothing_leaves_but_to_the_provider,
    excluded_notes_are_never_sent,
    keys_are_in_no_file,
)
