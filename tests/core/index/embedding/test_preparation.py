from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from core.concurrency import Cancelled, CancelToken
from core.errors import EmbeddingUnavailable
from core.index.embedding import builtin, onnx_model, preparation, tokenization
from core.index.embedding import card as cards
from core.index.embedding.stages import Stage
from tests.core.index.embedding import tiny


def _leftovers(models: Path) -> list[str]:
    return [file.name for file in models.iterdir() if not file.name.endswith(".lock")]


def _preparing_child() -> multiprocessing.process.BaseProcess:
    (child,) = (c for c in multiprocessing.active_children() if c.name == "pilotfish-prepare-model")
    return child


def _at(stage: Stage, act: Callable[[], object]) -> Callable[[Stage], None]:
    return lambda reached: act() if reached == stage else None


def _prepare_in_a_process(source: str, models: Path, kill_at: Stage | None, stages: Path) -> None:
    """Run in a process of its own; notes the stages it sees in a file."""

    def on_stage(stage: Stage) -> None:
        with stages.open("a", encoding="utf-8") as file:
            file.write(f"{stage.name}\n")
        if stage == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    preparation.prepare(source, models, on_stage=on_stage)


def _started(*arguments: object) -> multiprocessing.process.BaseProcess:
    process = multiprocessing.get_context("spawn").Process(target=_prepare_in_a_process, args=arguments)
    process.start()
    return process


@dataclass(frozen=True)
class Scenario:
    """What two programs saw that wanted the tiny model at once, where its folder was damaged before."""

    models: Path
    left_by_killed: list[str]
    exit_codes: list[int | None]
    stages: list[list[str]]


@pytest.fixture(scope="module")
def scenario(tiny_source: str, tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Several programs and one models folder: the only way to prepare it that costs us one preparation."""
    base = tmp_path_factory.mktemp("programs")
    models, notes = base / "models", [base / f"{number}.txt" for number in range(3)]
    damaged = preparation.model_folder(tiny_source, models)
    damaged.mkdir(parents=True)
    (damaged / cards.MODEL).write_bytes(b"half")
    killed = _started(tiny_source, models, Stage.STARTING, notes[0])
    killed.join(60)
    left = _leftovers(models)
    programs = [_started(tiny_source, models, None, note) for note in notes[1:]]
    for program in programs:
        program.join(200)
    stages = [note.read_text().split() if note.exists() else [] for note in notes[1:]]
    return Scenario(models, left, [program.exitcode for program in (killed, *programs)], stages)


@pytest.fixture(scope="module")
def tiny_models(scenario: Scenario) -> Path:
    """A models folder in which the tiny model has been prepared."""
    return scenario.models


def test_the_folder_is_named_after_the_model_and_what_it_is_made_from(tmp_path: Path):
    folder = preparation.model_folder("", tmp_path)
    assert folder.parent == tmp_path
    assert folder.name.startswith(f"{builtin.NAME}-")
    assert folder == preparation.model_folder("", tmp_path)
    named = preparation.model_folder("intfloat/multilingual-e5-base", tmp_path)
    assert named.name.startswith("multilingual-e5-base-")
    assert named != preparation.model_folder("someone/multilingual-e5-base", tmp_path)


@pytest.mark.parametrize(
    "model", ["../..", "/", "a/../b c:d*?", "模型", "x" * 300, ".", "a\0b", "~nobody-here/m"]
)
def test_no_name_leads_out_of_the_models_folder(tmp_path: Path, model: str):
    folder = preparation.model_folder(model, tmp_path)
    assert folder.parent == tmp_path
    assert folder.resolve().parent == tmp_path.resolve()
    assert len(folder.name) < 80


def test_a_changed_model_is_another_model(tmp_path: Path):
    source = tiny.write_model(tmp_path / "mine", seed=1)
    before = preparation.model_folder(str(source), tmp_path)
    assert before == preparation.model_folder(f"{source}{os.sep}", tmp_path)
    (source / "config_sentence_transformers.json").write_text("{}")
    assert preparation.model_folder(str(source), tmp_path) != before


def test_a_named_model_becomes_a_small_one_with_its_own_prompts(tiny_source: str, tiny_models: Path):
    assert preparation.is_prepared(tiny_source, tiny_models)
    folder = preparation.model_folder(tiny_source, tiny_models)
    assert sorted(file.name for file in folder.iterdir()) == sorted(
        [cards.CARD, cards.MODEL, tokenization.TOKENIZERS, cards.VOCABULARY]
    )
    with closing(onnx_model.load(folder)) as model:
        assert model.embed_query("大鱼").shape == (tiny.HIDDEN,)
    card = model.card
    assert (card.query_prompt, card.passage_prompt) == (tiny.QUERY_PROMPT, tiny.PASSAGE_PROMPT)
    assert (card.dimensions, card.limit) == (tiny.HIDDEN, tiny.POSITIONS)
    assert card.agreement > 0.95


def test_the_models_own_pooling_is_kept(tiny_source: str, tiny_models: Path):
    with closing(onnx_model.load(preparation.model_folder(tiny_source, tiny_models))) as model:
        feed = model._feed(model._encode("tell abc"))
        vector, tokens = model._session.run(["vector", "tokens"], feed)
    assert np.allclose(vector[0], tokens[0, 0], atol=1e-5)  # the tiny model pools by its first token


def test_a_prepared_model_is_not_prepared_again(tiny_source: str, tiny_models: Path):
    stages: list[Stage] = []
    folder = preparation.prepare(tiny_source, tiny_models, on_stage=stages.append)
    assert (stages, folder.parent) == ([], tiny_models)
    assert _leftovers(tiny_models) == [folder.name]


def test_two_programs_at_once_prepare_once(scenario: Scenario):
    assert scenario.exit_codes[1:] == [0, 0]
    one = ["STARTING", "LOADING", "EXPORTING", "QUANTISING", "CHECKING"]
    assert sorted([name for name in stages if name != "WAITING"] for stages in scenario.stages) == [[], one]


def test_what_a_killed_program_left_and_the_damaged_model_are_gone(tiny_source: str, scenario: Scenario):
    folder = preparation.model_folder(tiny_source, scenario.models)
    assert scenario.exit_codes[0] == -signal.SIGKILL
    assert len(scenario.left_by_killed) == 2
    assert _leftovers(scenario.models) == [folder.name]
    assert (folder / cards.MODEL).read_bytes() != b"half"


def test_a_killed_preparation_leaves_no_model(tiny_source: str, tmp_path: Path):
    kill = _at(Stage.CHECKING, lambda: os.kill(_preparing_child().pid or 0, signal.SIGKILL))
    with pytest.raises(EmbeddingUnavailable, match="ended from outside"):
        preparation.prepare(tiny_source, tmp_path, on_stage=kill)
    assert not preparation.is_prepared(tiny_source, tmp_path)
    assert _leftovers(tmp_path) == []


def test_a_cancelled_preparation_ends_and_leaves_nothing(tmp_path: Path):
    token = CancelToken()
    with pytest.raises(Cancelled):
        preparation.prepare("", tmp_path, on_stage=_at(Stage.READING, token.cancel), token=token)
    assert _leftovers(tmp_path) == []


def test_waiting_for_another_program_can_be_cancelled(tmp_path: Path):
    from filelock import FileLock

    token = CancelToken()
    folder = preparation.model_folder("", tmp_path)
    with FileLock(tmp_path / f"{folder.name}.lock"), pytest.raises(Cancelled):
        preparation.prepare("", tmp_path, on_stage=_at(Stage.WAITING, token.cancel), token=token)


def test_a_failing_listener_ends_the_preparation(tmp_path: Path):
    def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        preparation.prepare("", tmp_path, on_stage=_at(Stage.READING, fail))
    assert _leftovers(tmp_path) == []
    assert "pilotfish-prepare-model" not in {child.name for child in multiprocessing.active_children()}


def test_a_model_that_is_not_on_this_machine_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PILOTFISH_OFFLINE", "1")
    with pytest.raises(EmbeddingUnavailable, match=r"no-such-person/no-such-model cannot be loaded: .+"):
        preparation.prepare("no-such-person/no-such-model", tmp_path)
    assert _leftovers(tmp_path) == []


def test_a_models_folder_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddingUnavailable, match=f"could not be prepared in {tmp_path}/file"):
        preparation.prepare("", tmp_path / "file")


def test_a_forgotten_model_counts_as_not_prepared(tiny_source: str, tiny_models: Path, tmp_path: Path):
    shutil.copytree(tiny_models, tmp_path / "models")
    folder = preparation.model_folder(tiny_source, tmp_path / "models")
    preparation.forget(folder)
    preparation.forget(folder)
    assert not preparation.is_prepared(tiny_source, tmp_path / "models")
