"""Indexing speed beside the bare embedding session and beside a plain sentence-transformers loop.

All three take the same chunks of the same real notes in the same run. The first is the whole pipeline:
read, parse, chunk, embed, store. The second only embeds with the two encoders that the pipeline uses, the
first one in its process. The third is what a script of twenty lines would do with sentence-transformers and
LanceDB, on a sample, for it is slow.
"""

import os
import sys
import tempfile
import time
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

NOTES = 150
LOOP_CHUNKS = 64


def pipeline(vault: Path, base: Path) -> tuple[int, float]:
    """Index the vault from nothing; returns chunks and seconds."""
    services = VaultServices(vault, Settings(), paths.places(base))
    try:
        services.embedder.start()
        report = services.indexer.bring_up_to_date()
        return report.embedded, report.seconds
    finally:
        services.close()


def texts_of(vault: Path) -> list[str]:
    """What the pipeline embeds, each text once."""
    texts = {}
    for file in sorted(vault.rglob("*.md")):
        note = parse(file.read_text(encoding="utf-8", errors="replace"))
        title = note.title or file.stem
        for piece in chunk(note, title=title):
            texts[embedding_text(title, piece.heading_path, piece.text)] = None
    return list(texts)


def bare_embedding(texts: list[str], models: Path) -> tuple[float, float]:
    """Seconds that each of the two encoders takes for the texts, without anything around it."""
    embedder, second = EmbeddingProcess(preparation.model_folder("", models)), SecondEncoder()
    try:
        embedder.start()
        second.embed_query("")
        begin = time.perf_counter()
        embedder.embed_passages(texts)
        middle = time.perf_counter()
        for start in range(0, len(texts), SLICE):
            second.embed_passages(texts[start : start + SLICE])
        return middle - begin, time.perf_counter() - middle
    finally:
        embedder.close()
        second.close()


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
        vault = make_vault(folder / "vault", NOTES)
        texts = texts_of(vault)
        # Half of it before and half after: a machine that is busy with other things is so for both.
        before = bare_embedding(texts[::2], models)
        chunks, seconds = pipeline(vault, folder / "base")
        after = bare_embedding(texts[1::2], models)
        bare = len(texts) / (sum(before) + sum(after))
        first = len(texts) / (before[0] + after[0])
        loop = plain_loop(texts[:: max(1, len(texts) // LOOP_CHUNKS)][:LOOP_CHUNKS], folder)
        ours = chunks / seconds
        publish(
            {
                "chunks": chunks,
                "chunks_per_second": round(ours, 1),
                "bare_embedding_chunks_per_second": round(bare, 1),
                "ratio_to_bare_embedding": round(ours / bare, 3),
                "first_encoder_alone_chunks_per_second": round(first, 1),
                "sentence_transformers_loop_chunks_per_second": round(loop, 1),
                "ratio_to_loop": round(ours / loop, 2),
            }
        )


if __name__ == "__main__":
    sys.exit(main())
