"""The child that holds the cross-encoder: real models, tiny ones, made on the spot."""

import json
import multiprocessing
import threading

import pytest

from core.index.reranking import process
from core.index.reranking.process import CHINESE, Loaded, Request, answer, reads_chinese


class Tokenizer:
    unk_token = "[UNK]"

    def __init__(self, known):
        self._known = known

    def tokenize(self, text):
        return [letter if letter in self._known else self.unk_token for letter in text]


class Model:
    """Scores a pair by the length of its passage."""

    def __init__(self, known=CHINESE):
        self.tokenizer = Tokenizer(known)
        self.batches = []

    def predict(self, pairs, *, show_progress_bar):
        self.batches.append(len(pairs))
        if any(passage == "broken" for _, passage in pairs):
            raise RuntimeError("index out of range")
        return [float(len(passage)) for _, passage in pairs]


def test_every_passage_gets_its_score_in_small_batches():
    model = Model()
    assert answer(model, Request("q", ["a" * n for n in range(10)], 60.0)) == [float(n) for n in range(10)]
    assert max(model.batches) <= process.BATCH


def test_nothing_more_is_computed_once_time_is_up():
    model = Model()
    assert answer(model, Request("q", ["a"] * 10, -1.0)) is None
    assert model.batches == []


def test_a_passage_that_breaks_the_model_is_told_and_the_process_lives():
    found = answer(Model(), Request("q", ["broken"], 60.0))
    assert isinstance(found, ValueError)
    assert "index out of range" in str(found)


@pytest.mark.parametrize(
    ("known", "reads"), [(CHINESE, True), ("", False), ("，。三中人一", False), (CHINESE[:-2], True)]
)
def test_a_model_whose_vocabulary_has_no_chinese_is_told_by_its_unknown_words(known, reads):
    assert reads_chinese(Model(known)) is reads


def tiny_model(folder):
    """Make a cross-encoder of two layers' worth of noise that knows some English words and no Chinese."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "beta", "opens", "in", "march", "churn", "fell"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=1,
        intermediate_size=8, max_position_embeddings=64, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    assert json.loads((folder / "config.json").read_text())["model_type"] == "bert"


def test_a_real_model_is_loaded_asked_and_known_to_read_no_chinese(tmp_path):
    tiny_model(tmp_path)
    model = process.load(str(tmp_path))
    assert not reads_chinese(model)
    scores = answer(model, Request("when beta opens", ["beta opens in march", "churn fell"], 60.0))
    assert len(scores) == 2
    assert all(isinstance(score, float) for score in scores)


@pytest.fixture
def served(monkeypatch):
    """Run the child's main loop in a thread of this process, over a real pipe."""
    monkeypatch.setattr(process.children, "leave_interrupts_to_parent", lambda: None)
    ours, theirs = multiprocessing.Pipe()
    threads = []

    def serve(load):
        monkeypatch.setattr(process, "load", load)
        thread = threading.Thread(target=process.main, args=(theirs, "bge"))
        threads.append(thread)
        thread.start()
        return ours

    yield serve
    ours.close()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    theirs.close()


def test_it_says_that_it_is_there_answers_and_ends_with_its_parent(served):
    pipe = served(lambda _name: Model())
    assert pipe.recv() == Loaded(reads_chinese=True)
    for question in ("三月?", "churn?"):
        pipe.send(Request(question, ["a", "bb"], 60.0))
        assert pipe.recv() == [1.0, 2.0]


def test_a_model_that_cannot_be_loaded_says_why(served):
    def gone(_name):
        raise OSError("there is no such folder")

    found = served(gone).recv()
    assert isinstance(found, ValueError)
    assert "no such folder" in str(found)
