"""Vaults of any size, made of real notes: where there are too few, they come again with one more line."""

import itertools
from pathlib import Path

REAL = Path(__file__).parents[3] / "shared" / "data" / "vaults"
WELCOME = Path(__file__).parents[2] / "resources" / "vault"


def make_vault(folder: Path, notes: int) -> Path:
    """Write a vault of that many notes below `folder` and return it; no two notes are equal."""
    sources = sorted((REAL if REAL.is_dir() else WELCOME).rglob("*.md"))
    texts = [source.read_bytes() for source in sources]
    for number, (source, text) in enumerate(
        itertools.islice(itertools.cycle(zip(sources, texts, strict=True)), notes)
    ):
        place = folder / f"part {number // 500}" / f"{source.stem} {number}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text + f"\n\nNote number {number}.\n".encode())
    return folder
