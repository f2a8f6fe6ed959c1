"""Typed settings: one frozen value, stored as TOML, migrated by numbered steps.

Parts receive the values they need; nobody holds a global. Keys are never in here: they live in the
system's keyring, bound to the endpoint's origin.
"""

from __future__ import annotations

import dataclasses
import logging
import time
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from core.errors import SettingsDamaged
from core.files import write_atomically

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

log = logging.getLogger(__name__)

T = TypeVar("T", bound="DataclassInstance")

SCHEMA_VERSION = 1
LOCAL_PROVIDER = "local"
"""Name of the built-in provider, which serves the demonstration model."""


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """One OpenAI-compatible endpoint."""

    name: str
    base_url: str
    use_proxy: bool = False
    allow_http: bool = False
    """Consent to plain http:// to another machine; without it nothing is sent there."""


@dataclass(frozen=True, slots=True)
class TierSettings:
    """Which model a tier means; an empty provider leaves the choice to us (see `core.llm.providers`)."""

    provider: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """What is indexed and how."""

    embedding_model: str = ""
    """Empty for the built-in multilingual-e5-small, else a sentence-transformers name or folder."""
    embedding_endpoint: str = ""
    """Base URL of an OpenAI-compatible endpoint that embeds the notes with that model, or empty for this
    machine."""
    exclude: tuple[str, ...] = ()
    """Patterns in gitignore syntax, beside the vault's own `.pilotfishignore`."""
    exclude_tags: tuple[str, ...] = ()
    """Tags with or without `#`: a note that carries one, or one below it, is left out as by a pattern."""
    max_note_mib: int = field(default=10, metadata={"least": 1})
    store_url: str = ""
    """Where a team keeps one index of a vault: an address as `core.index.connecting` describes, or empty."""
    reranker: str = ""
    """A sentence-transformers cross-encoder on this machine, by name or folder; empty for none."""
    pause_on_battery: bool = True
    """Whether work that nobody waits for waits for the plug."""

    @property
    def max_note_bytes(self) -> int:
        """The largest note that is read."""
        return self.max_note_mib * 1024 * 1024

    @property
    def embedder(self) -> str:
        """The embedding model wherever it runs, as `core.index.embedding.preparation` takes it."""
        if self.embedding_endpoint and self.embedding_model:
            return f"{self.embedding_endpoint}#{self.embedding_model}"
        return self.embedding_model


@dataclass(frozen=True, slots=True)
class AppearanceSettings:
    """How the window looks."""

    theme: str = field(default="system", metadata={"choices": ("system", "light", "dark")})
    """`system`, `light` or `dark`."""
    language: str = field(default="system", metadata={"choices": ("system", "en", "zh_CN")})
    """`system`, `en` or `zh_CN`."""


@dataclass(frozen=True, slots=True)
class GhostSettings:
    """Ghost text: whether, where, and its keys as Qt writes them; an empty key is no key."""

    enabled: bool = True
    """Without it ghost text comes only when it is asked for by key."""
    in_code: bool = False
    """Whether the person's own words show in code fences as well; a model's never do unasked."""
    model: bool = True
    """Whether a model is asked where one is set up; else only the vault's own words are offered."""
    take: str = "Tab"
    take_word: str = "Ctrl+Right"
    take_sentence: str = "Ctrl+End"
    next: str = "Alt+]"
    previous: str = "Alt+["
    refuse: str = "Esc"
    ask: str = "Alt+\\"


@dataclass(frozen=True, slots=True)
class AtHandSettings:
    """How the program is reached from other programs."""

    quick_ask: str = ""
    """The global hotkey as Qt writes it, `Ctrl+Alt+Space`; empty for none."""
    keep_running: bool = False
    """Whether closing the window leaves the program in the tray, where there is one."""


@dataclass(frozen=True, slots=True)
class KeySettings:
    """Another key for an action, both as Qt writes them."""

    default: str
    """The key that the action ships with, by which it is known; after its place where not the whole window
    hears it: `tree/F2`, `quick_ask/Ctrl+J`."""
    key: str = ""
    """Empty for none."""


@dataclass(frozen=True, slots=True)
class CostSettings:
    """What may be spent."""

    monthly_cap_usd: float = field(default=0.0, metadata={"least": 0.0})
    """Hosted models are not called any more once a month has cost so much; 0 for no limit."""


@dataclass(frozen=True, slots=True)
class PriceSettings:
    """The person's own price of a model, in US dollars a million tokens."""

    model: str
    input_usd: float = field(default=0.0, metadata={"least": 0.0})
    output_usd: float = field(default=0.0, metadata={"least": 0.0})
    minute_usd: float = field(default=0.0, metadata={"least": 0.0})
    """Of a model that hears, where it is paid by the minute."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a person can set; the defaults work without any file."""

    schema_version: int = SCHEMA_VERSION
    last_vault: str = ""
    providers: tuple[ProviderSettings, ...] = ()
    fast: TierSettings = field(default_factory=TierSettings)
    precise: TierSettings = field(default_factory=TierSettings)
    completion: TierSettings = field(default_factory=TierSettings)
    """For ghost text; an empty one means the fast model."""
    vision: TierSettings = field(default_factory=TierSettings)
    """For images; an empty one means the precise model."""
    transcription: TierSettings = field(default_factory=TierSettings)
    """For recordings; an empty one means the first provider that is known to offer it."""
    cost: CostSettings = field(default_factory=CostSettings)
    prices: tuple[PriceSettings, ...] = ()
    """They count before the published list."""
    index: IndexSettings = field(default_factory=IndexSettings)
    appearance: AppearanceSettings = field(default_factory=AppearanceSettings)
    ghost: GhostSettings = field(default_factory=GhostSettings)
    at_hand: AtHandSettings = field(default_factory=AtHandSettings)
    keys: tuple[KeySettings, ...] = ()
    """Those of the window that are not as they ship."""
    vaults: tuple[str, ...] = ()
    """Folders that were opened, the latest first."""


MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""Step N turns a file of schema version N into one of N + 1."""

_NESTED = {
    "fast": TierSettings,
    "precise": TierSettings,
    "completion": TierSettings,
    "vision": TierSettings,
    "transcription": TierSettings,
    "cost": CostSettings,
    "index": IndexSettings,
    "appearance": AppearanceSettings,
    "ghost": GhostSettings,
    "at_hand": AtHandSettings,
}


def load(file: Path) -> Settings:
    """Return the settings in `file`, or the defaults where there is none.

    Raises:
        SettingsDamaged: the file may not be read, is no valid TOML or holds a wrong value. Unless it may not
            be read, it has been renamed to `<name>.bad-<date>`, and the next call returns the defaults.
    """
    try:
        return from_dict(_migrated(tomllib.loads(file.read_text(encoding="utf-8"))))
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        raise _damaged(file, file.name, error.strerror or "it may not be read") from error
    except (TypeError, ValueError) as error:  # tomllib's and the decoder's errors are ValueErrors
        raise _damaged(file, _set_aside(file).name, str(error)) from error


def save(settings: Settings, file: Path) -> None:
    """Write the settings atomically; comments and unknown keys of the existing file stay.

    Raises:
        OSError: nothing was written; the old file is whole.
    """
    import tomlkit

    try:
        document = tomlkit.parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        document = tomlkit.document()
    except ValueError:
        _set_aside(file)
        document = tomlkit.document()
    _update(document, to_dict(settings))
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, tomlkit.dumps(document).encode("utf-8"))


def _update(table: MutableMapping[str, Any], values: Mapping[str, Any]) -> None:
    """Change only what differs, so that comments beside the rest stay."""
    for key, value in values.items():
        if isinstance(value, Mapping) and isinstance(table.get(key), MutableMapping):
            _update(table[key], value)
        elif key not in table or table[key] != value:
            table[key] = value


def _damaged(file: Path, kept: str, reason: str) -> SettingsDamaged:
    message = f"The settings in {file} could not be read; they are kept as {kept}, the defaults are used."
    return SettingsDamaged(message, path=str(file), kept=kept, reason=reason)


def to_dict(settings: Settings) -> dict[str, Any]:
    """Return the plain values that TOML can hold."""
    plain: dict[str, Any] = dataclasses.asdict(settings)
    plain["providers"] = list(plain["providers"])
    plain["prices"] = list(plain["prices"])
    plain["keys"] = list(plain["keys"])
    plain["vaults"] = list(plain["vaults"])
    for name in ("exclude", "exclude_tags"):
        plain["index"][name] = list(plain["index"][name])
    return plain


def from_dict(data: Mapping[str, Any]) -> Settings:
    """Build settings from parsed TOML; unknown keys are passed over, a wrong type raises `TypeError`."""
    values = dict(data)
    for key, kind in _NESTED.items():
        values[key] = _build(kind, _table(values.get(key, {}), key))
    values["providers"] = _tables(values, "providers", ProviderSettings)
    values["prices"] = _tables(values, "prices", PriceSettings)
    values["keys"] = _tables(values, "keys", KeySettings)
    return _build(Settings, values)


def _tables(values: Mapping[str, Any], key: str, kind: type[T]) -> tuple[T, ...]:
    if not isinstance(entries := values.get(key, []), list):
        raise TypeError(f"{key} must be a list of tables")
    return tuple(_build(kind, _table(entry, key)) for entry in entries)


def _table(value: object, key: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{key} must be a table")
    return value


def _build(kind: type[T], values: Mapping[str, Any]) -> T:
    defaults = {f.name: f for f in dataclasses.fields(kind)}
    known = {name: _checked(kind, name, values[name]) for name in defaults if name in values}
    return kind(**known)


def _checked(kind: type[DataclassInstance], name: str, value: Any) -> Any:
    """Return `value` as the field's annotation and range want it."""
    wanted = kind.__dataclass_fields__[name]
    if wanted.type == "tuple[str, ...]":
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise TypeError(f"{name} must be a list of strings")
        return tuple(value)
    if wanted.type == "float" and type(value) is int:
        value = float(value)
    plain = {"float": float, "str": str, "bool": bool, "int": int}.get(str(wanted.type))
    if plain is not None and type(value) is not plain:
        raise TypeError(f"{name} must be of type {wanted.type}")
    if value not in wanted.metadata.get("choices", (value,)):
        raise ValueError(f"{name} must be one of {', '.join(wanted.metadata['choices'])}")
    if "least" in wanted.metadata and value < wanted.metadata["least"]:
        raise ValueError(f"{name} must be at least {wanted.metadata['least']}")
    return value


def _migrated(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data as this version writes it; a later version's is read as far as it is understood."""
    version = data.get("schema_version", SCHEMA_VERSION)
    if type(version) is not int or version < 1:
        raise TypeError("schema_version must be a number from 1")
    for step in range(version, SCHEMA_VERSION):
        data = {**MIGRATIONS[step](data), "schema_version": step + 1}
    return data


def _set_aside(file: Path) -> Path:
    kept = file.with_name(f"{file.name}.bad-{time.strftime('%Y%m%d-%H%M%S')}")
    try:
        file.replace(kept)
    except OSError:
        log.warning("could not set aside %s", file)
        return file
    return kept
