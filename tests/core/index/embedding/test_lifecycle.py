"""The child process as the programs see it that use it: each test runs a program of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]

PROGRAM = """
import multiprocessing, os, signal, sys, threading, time
from pathlib import Path
from core.index.embedding.client import EmbeddingProcess

FOLDER = Path(sys.argv[1])

def engine(connection):
    embedder = EmbeddingProcess(FOLDER)
    connection.send((embedder.embed_query("a").shape, embedder.pid))
    connection.recv()

{body}
"""


def _run(tmp_path: Path, model_folder: Path, body: str) -> subprocess.Popen[str]:
    script = tmp_path / "program.py"
    script.write_text(PROGRAM.format(body=body))
    return subprocess.Popen(
        [sys.executable, "-X", "faulthandler", str(script), str(model_folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def _ended(pid: int) -> bool:
    """Whether the process is gone or only waits to be reaped."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def _wait_until_ended(pid: int) -> None:
    for _ in range(3000):
        if _ended(pid):
            return
        time.sleep(0.01)
    raise AssertionError(f"process {pid} is still there")


@pytest.mark.parametrize("ending", ["", "embedder.close()", "os._exit(0)", "raise SystemExit(0)"])
def test_a_program_ends_quietly_however_it_ends(tmp_path: Path, model_folder: Path, ending: str):
    body = f"""
if __name__ == "__main__":
    embedder = EmbeddingProcess(FOLDER)
    print(embedder.embed_query("a").shape, embedder.pid, flush=True)
    {ending}
"""
    program = _run(tmp_path, model_folder, body)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (0, "")
    assert out.startswith("(384,)")
    _wait_until_ended(int(out.split()[1]))


def test_a_program_ends_while_its_thread_still_embeds(tmp_path: Path, model_folder: Path):
    """The child ends first; the thread must not start another one then."""
    body = """
from contextlib import suppress
from core.errors import EmbeddingUnavailable

def embed(embedder, work):
    with suppress(EmbeddingUnavailable):
        embedder.embed_passages(work)

if __name__ == "__main__":
    embedder = EmbeddingProcess(FOLDER)
    embedder.start()
    work = ["領航魚 " * 200] * 10_000
    threading.Thread(target=embed, args=(embedder, work), daemon=True).start()
    print(embedder.pid, flush=True)
"""
    program = _run(tmp_path, model_folder, body)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (0, "")
    _wait_until_ended(int(out))


def test_the_child_dies_with_a_killed_program(tmp_path: Path, model_folder: Path):
    body = """
if __name__ == "__main__":
    embedder = EmbeddingProcess(FOLDER)
    embedder.start()
    print(embedder.pid, flush=True)
    embedder.embed_passages(["the work of an hour " * 50] * 100_000)
"""
    program = _run(tmp_path, model_folder, body)
    assert program.stdout is not None
    pid = int(program.stdout.readline())
    program.kill()
    _wait_until_ended(pid)
    program.communicate(timeout=60)


def test_it_works_in_an_engine_that_is_a_spawned_child_itself(tmp_path: Path, model_folder: Path):
    body = """
if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=engine, args=(theirs,))
    process.start()
    print(*ours.recv(), flush=True)
    ours.send(None)
    process.join()
    print(process.exitcode)
"""
    program = _run(tmp_path, model_folder, body)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (0, "")
    shape, pid, status = out.replace("(384,)", "shape").split()
    assert (shape, status) == ("shape", "0")
    _wait_until_ended(int(pid))


@pytest.mark.parametrize("milliseconds", [0, 0, 20, 60, 300])
def test_ctrl_c_shows_nothing_of_the_child(tmp_path: Path, model_folder: Path, milliseconds: int):
    """The signal goes to the whole group, as a terminal sends it, while the child starts or works."""
    body = """
if __name__ == "__main__":
    embedder = EmbeddingProcess(FOLDER)
    try:
        print("started", flush=True)
        embedder.embed_passages(["the work of an hour " * 50] * 100_000)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""
    program = _run(tmp_path, model_folder, body)
    assert program.stdout is not None
    assert program.stdout.readline() == "started\n"
    time.sleep(milliseconds / 1000)
    os.killpg(program.pid, signal.SIGINT)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, out, err) == (0, "interrupted\n", "")


def test_ctrl_c_during_a_preparation_shows_nothing_and_leaves_nothing(tmp_path: Path, model_folder: Path):
    body = """
from core.index.embedding import preparation

if __name__ == "__main__":
    try:
        models = Path(__file__).parent / "models"
        preparation.prepare("", models, on_stage=lambda stage: print(stage.name, flush=True))
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""
    program = _run(tmp_path, model_folder, body)
    assert program.stdout is not None
    while program.stdout.readline() != "LOADING\n":
        assert program.poll() is None
    os.killpg(program.pid, signal.SIGINT)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, out, err) == (0, "interrupted\n", "")
    assert [file.suffix for file in (tmp_path / "models").iterdir()] == [".lock"]
