"""Opening a vault from the command line: the embedding model is prepared here and now if need be."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from core.cli.arguments import given_folder
from core.cli.context import Context
from core.engine.services import VaultServices
from core.errors import EmbeddingUnavailable
from core.index.embedding import preparation
from core.index.embedding.stages import Stage
from core.index.model import IndexProgress, IndexReport
from core.paths import models_dir
from core.search.glossary import building


def add_vault(parser: argparse.ArgumentParser) -> None:
    """Add the argument that nearly every command has."""
    parser.add_argument("vault", type=given_folder, metavar="VAULT", help="folder of notes")


@contextmanager
def opened(vault: Path, context: Context, *, prepare: bool) -> Iterator[VaultServices]:
    """Open the vault's index, close it afterwards.

    Args:
        prepare: prepare the embedding model where that has not been done; else words alone must do.
    """
    if prepare:
        _prepare(context)
    services = VaultServices(vault, context.settings, context.places)
    try:
        yield services
    finally:
        services.close()


def bring_up_to_date(services: VaultServices, context: Context) -> IndexReport:
    """Index what changed; by words alone where the embedding model cannot be used."""
    tell = partial(show_progress, context)
    try:
        return services.indexer.bring_up_to_date(on_progress=tell)
    except EmbeddingUnavailable as error:
        context.output.warn(f"pilotfish: {error} Words are searchable all the same.")
        return services.indexer.update(on_progress=tell)


def show_progress(context: Context, progress: IndexProgress) -> None:
    """Draw where the indexer is."""
    if progress.notes_done < progress.notes_total:
        context.output.progress(f"{progress.notes_done} of {progress.notes_total} notes  {progress.current}")
    else:
        context.output.progress(
            f"words searchable; meaning: {progress.chunks_embedded} of {progress.chunks_total} passages"
        )


def _prepare(context: Context) -> None:
    model = context.settings.index.embedder

    def tell(stage: Stage) -> None:
        context.output.progress(f"preparing the embedding model (once): {stage.value}")

    try:
        preparation.prepare(model, models_dir(context.places), on_stage=tell)
    except EmbeddingUnavailable as error:
        if model:
            raise
        context.output.warn(f"pilotfish: {error} Search works by words alone.")
    try:
        building.build(models_dir(context.places))
    except building.GlossaryUnavailable as error:
        context.output.warn(f"pilotfish: {error}")
