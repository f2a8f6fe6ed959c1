"""Indexing speed beside the bare embedding session and beside a plain sentence-transformers loop.

All three take the same chunks of the same real notes in the same run, the first two group by group. The first
is the whole pipeline: read, parse, chunk, embed, store, tidy up. The second only embeds with the two encoders
that the pipeline uses. The third is what a script of twenty lines would do with sentence-transformers and
LanceDB, on a sample, for it is slow.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from core import paths
from core.engine.services import VaultServices
from core.index.embedding import builtin, preparation
from core.index.embedding.client import EmbeddingProcess
from core.index.second_encoder import SecondEncoder
from core.index.second_phase import SLICE
from core.settings import Settings
from core.text.chunks import chunk, embedding_text
from core.text.markdown import parse
from tests.bench.report import publish
from tests.bench.vaults import make_vault

GROUPS = 5
NOTES_A_GROUP = 30
LOOP_CHUNKS = 64


class Bare:
    """The two encoders that the pipeline uses, the first in its process, with nothing around them."""

    def __init__(self, models: Path) -> None:
        self._first, self._second = EmbeddingProcess(preparation.model_folder("", models)), SecondEncoder()
        self._first.start()
        self._second.embed_query("")
        self.first_seconds = 0.0

    def seconds(self, texts: list[str]) -> float:
        """What both take for the texts."""
        begin = time.perf_counter()
        self._first.embed_passages(texts)
        self.first_seconds += time.perf_counter() - begin
        for start in range(0, len(texts), SLICE):
            self._second.embed_passages(texts[start : start + SLICE])
        return time.perf_counter() - begin

    def close(self) -> None:
        self._first.close()
        self._second.close()


def texts_of(notes: list[Path], seen: set[str]) -> list[str]:
    """What the pipeline embeds of these notes, each text once."""
    texts = {}
    for file in notes:
        note = parse(file.read_text(encoding="utf-8", errors="replace"))
        title = note.title or file.stem
        for piece in chunk(note, title=title):
            texts[embedding_text(title, piece.heading_path, piece.text)] = None
    new = [text for text in texts if text not in seen]
    seen.update(new)
    return new


def groups_of(sources: Path, vault: Path) -> Iterator[tuple[list[Path], list[str]]]:
    """Put the notes into the vault group by group; yields each with its texts."""
    seen: set[str] = set()
    notes = sorted(sources.rglob("*.md"))
    for start in range(0, len(notes), NOTES_A_GROUP):
        group = [vault / note.name for note in notes[start : start + NOTES_A_GROUP]]
        for note, goal in zip(notes[start:], group, strict=False):
            shutil.copyfile(note, goal)
        yield group, texts_of(group, seen)


def compare(folder: Path, models: Path) -> tuple[list[float], list[float], list[str], float]:
    """Seconds of the pipeline and of the bare encoders by group, all texts, and the first encoder's seconds.

    Of each group half goes through the bare encoders before the pipeline and half after it: a machine that is
    busy with other things is so for both.
    """
    vault = folder / "vault"
    vault.mkdir()
    services = VaultServices(vault, Settings(), paths.places(folder / "base"))
    bare = Bare(models)
    ours, theirs, all_texts = [], [], []
    try:
        services.embedder.start()
        for _, texts in groups_of(make_vault(folder / "sources", GROUPS * NOTES_A_GROUP), vault):
            before = bare.seconds(texts[::2])
            report = services.indexer.bring_up_to_date()
            assert report.embedded == len(texts), (report, len(texts))
            ours.append(report.seconds)
            theirs.append(before + bare.seconds(texts[1::2]))
            all_texts += texts
        return ours, theirs, all_texts, bare.first_seconds
    finally:
        bare.close()
        services.close()


def plain_loop(texts: list[str], folder: Path) -> float:
    """Chunks a second of a sentence-transformers loop that adds to a LanceDB table."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import lancedb
    from sentence_transformers import SentenceTransformer

    builtin.write_folder(folder / "model")
    model = SentenceTransformer(str(folder / "model"), device="cpu", model_kwargs={"dtype": "float32"})
    model.encode(texts[:2])
    begin = time.perf_counter()
    vectors = model.encode([f"passage: {text}" for text in texts], batch_size=16)
    rows = [{"text": text, "vector": vector} for text, vector in zip(texts, vectors, strict=True)]
    lancedb.connect(folder / "loop").create_table("chunks", rows)
    return len(texts) / (time.perf_counter() - begin)


def main() -> None:
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        models = paths.models_dir(paths.places(folder / "base"))
        preparation.prepare("", models)
        ours, theirs, texts, first = compare(folder, models)
        loop = plain_loop(texts[:: max(1, len(texts) // LOOP_CHUNKS)][:LOOP_CHUNKS], folder)
        per_second = len(texts) / sum(ours)
        publish(
            {
                "chunks": len(texts),
                "chunks_per_second": round(per_second, 1),
                "bare_embedding_chunks_per_second": round(len(texts) / sum(theirs), 1),
                "ratio_to_bare_embedding": round(sum(theirs) / sum(ours), 3),
                "ratio_by_group": [round(bare / mine, 2) for mine, bare in zip(ours, theirs, strict=True)],
                "first_encoder_alone_chunks_per_second": round(len(texts) / first, 1),
                "sentence_transformers_loop_chunks_per_second": round(loop, 1),
                "ratio_to_loop": round(per_second / loop, 2),
            }
        )


if __name__ == "__main__":
    sys.exit(main())
