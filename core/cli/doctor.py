"""`pilotfish doctor`: what is installed, where files live, what can be reached, what to do about the rest."""

from __future__ import annotations

import argparse
import asyncio
import importlib.metadata
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.cli.arguments import given_folder
from core.cli.context import Context
from core.cli.models import models_of
from core.documents import ocr
from core.documents.formats import sound
from core.engine.services import VaultServices
from core.errors import PilotfishError
from core.hotkey_support import hotkey_backend
from core.index import tagged_out
from core.index.embedding import preparation
from core.input_method import complaint, named_method
from core.llm.chat import Tier
from core.llm.discovery import find_local_servers
from core.llm.keys import system_keyring
from core.paths import models_dir
from core.vault import observe
from core.vault.model import SkipKind
from core.vault.snapshot import scan
from core.vault.watch import POLL_SECONDS

PACKAGES = (
    "PySide6-Essentials",
    "lancedb",
    "openai",
    "onnxruntime",
    "xllamacpp",
    "watchdog",
    "markdown-it-py",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    ok: bool
    text: str
    hint: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.add_argument(
        "vault", nargs="?", type=given_folder, metavar="VAULT", help="look at this vault's index too"
    )


def run(args: argparse.Namespace, context: Context) -> int:
    """Look at everything; exit status 0 even where something is missing, for that is what was asked."""
    findings = list(_findings(args, context))
    if context.output.json_wanted:
        context.output.result({f.name: {"ok": f.ok, "value": f.text, "hint": f.hint} for f in findings})
        return 0
    for finding in findings:
        context.output.say(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.name}: {finding.text}")
        if finding.hint and not finding.ok:
            context.output.say(f"      {finding.hint}")
    return 0


def _findings(args: argparse.Namespace, context: Context) -> Iterator[Finding]:
    yield Finding(
        "python", sys.version_info >= (3, 11), platform.python_version(), "Use Python 3.11 or newer."
    )
    yield from _versions()
    yield from _folders(context)
    checks: list[Callable[[Context], Finding]] = [
        _embedding,
        partial(_model, tier=Tier.FAST, name="faster"),
        partial(_model, tier=Tier.PRECISE, name="more precise"),
        _servers,
        _pictures,
        _speech,
        _keyring,
        _hotkey,
        _display,
        _input_method,
    ]
    for check in checks:
        yield check(context)
    if args.vault is None:
        return
    try:
        yield from _vault(args.vault, context)
    except PilotfishError as error:
        yield Finding("index", False, str(error), error.hint)


def _versions() -> Iterator[Finding]:
    for package in PACKAGES:
        try:
            yield Finding(package, True, importlib.metadata.version(package))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(
                package, False, "not installed", "Install Pilotfish again: `python3 packaging/dev.py setup`."
            )


def _folders(context: Context) -> Iterator[Finding]:
    where = context.places
    for name, folder in (("settings", where.config), ("data", where.data), ("state", where.state)):
        existing = next(path for path in (folder, *folder.parents) if path.exists())
        ok = os.access(existing, os.W_OK)
        yield Finding(
            f"folder for {name}", ok, str(folder), f"{existing} may not be written; use --base-dir."
        )


def _embedding(context: Context) -> Finding:
    model = context.settings.index.embedder
    shown = model or "multilingual-e5-small (built in)"
    try:
        ready = preparation.is_prepared(model, models_dir(context.places))
    except PilotfishError as error:
        return Finding("embedding model", False, str(error), error.hint)
    if ready:
        return Finding("embedding model", True, f"{shown}, prepared")
    return Finding(
        "embedding model", False, f"{shown}, not prepared yet", "`pilotfish index VAULT` prepares it once."
    )


def _model(context: Context, *, tier: Tier, name: str) -> Finding:
    async def look() -> Finding:
        async with models_of(context) as models:
            model = await models.get(tier)
        if model is None:
            return Finding(f"model, {name}", False, "none", "Set one up under Settings > Models.")
        if model.demonstration:
            return Finding(f"model, {name}", True, f"{model.model}, for demonstration, on this machine")
        return Finding(f"model, {name}", True, f"{model.model} at {model.place}")

    try:
        return asyncio.run(look())
    except PilotfishError as error:
        return Finding(f"model, {name}", False, str(error), error.hint)


def _servers(_context: Context) -> Finding:
    found = asyncio.run(find_local_servers())
    names = ", ".join(f"{server.title} ({len(server.models)} models)" for server in found)
    return Finding("model servers on this machine", True, names or "none running")


def _pictures(_context: Context) -> Finding:
    hint = "Pictures and scans are refused. To have their words read: `pip install 'pilotfish[ocr]'`."
    found = ocr.is_installed()
    return Finding("words in pictures", found, "rapidocr" if found else "not installed", hint)


def _speech(_context: Context) -> Finding:
    hint = "Recordings are refused. Install 'pilotfish[speech]' and name a model in PILOTFISH_WHISPER_MODEL."
    found = sound.model_folder()
    return Finding("words in recordings", bool(found), found or "not set up", hint)


def _keyring(_context: Context) -> Finding:
    if system_keyring() is None:
        hint = "Keys are kept until the program ends. Install a keyring service to keep them."
        return Finding("keyring", False, "none", hint)
    return Finding("keyring", True, "available")


def _hotkey(context: Context) -> Finding:
    backend = hotkey_backend(sys.platform, "", os.environ)
    keys = context.settings.at_hand.quick_ask
    if not backend:
        hint = "Bind the command `pilotfish quick-ask` to a key in the desktop's own settings."
        return Finding("hotkey", False, "none on this desktop", hint)
    return Finding("hotkey", True, f"{backend}, {keys or 'no key chosen (Settings > Keys)'}")


def _display(_context: Context) -> Finding:
    shown = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    if sys.platform != "linux":
        return Finding("display", True, sys.platform)
    return Finding("display", bool(shown), shown or "none", "Without a display use the command line.")


def _input_method(_context: Context) -> Finding:
    if sys.platform != "linux":
        return Finding("input method", True, "the system's own")
    wrong = complaint(os.environ, Path.home())
    return Finding("input method", not wrong, named_method(os.environ) or "none named", wrong)


def _vault(vault: Path, context: Context) -> Iterator[Finding]:
    services = VaultServices(vault, context.settings, context.places)
    try:
        totals = services.index.catalog.totals()
        text = f"{totals.notes} notes, {totals.chunks} passages, {totals.waiting} without meaning yet"
        yield Finding("index", totals.waiting == 0, text, "`pilotfish index VAULT` brings it up to date.")
        yield _watching(services.vault)
        found = scan(services.vault, ignore=services.ignore())
        if tagged := tagged_out.count(services.index.catalog):
            yield Finding("left out by tag", True, f"{tagged} notes")
        for skipped in (*services.index.catalog.problems(), *found.skipped):
            if skipped.kind is SkipKind.TAG:
                continue
            yield Finding(f"file {skipped.path}", False, "not indexed", skipped.reason)
        for copy in found.conflicts:
            hint = "A sync program left this copy. Merge what you want to keep, then delete it."
            yield Finding(f"file {copy}", False, "a conflict copy, not indexed", hint)
    finally:
        services.close()


def _watching(vault: Path) -> Finding:
    """Whether changes will be noticed at once."""
    if observe.is_remote(vault):
        hint = f"What other machines change shows up within {POLL_SECONDS:.0f} s."
        return Finding("watching", False, "a network folder", hint)
    folders, limit = sum(1 for _ in os.walk(vault)), observe.watch_limit()
    if limit and folders > limit:
        text = f"{folders} folders, and the system watches {limit} at most"
        hint = f"Changes may show up {POLL_SECONDS:.0f} s late. Raise fs.inotify.max_user_watches."
        return Finding("watching", False, text, hint)
    return Finding("watching", True, f"{folders} folders")
