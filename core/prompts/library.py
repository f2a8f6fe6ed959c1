"""All prompts of a person: those that ship, in both languages, and their own from the vault.

An own prompt replaces the shipped one of the same id. Of several versions of an id the highest counts; the
others stay reachable, so that they can be evaluated against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from core.errors import PromptMissing
from core.files import write_new
from core.paths import resources_dir
from core.prompts.folder import Folder, Loaded, Read
from core.prompts.model import Problem, Prompt, PromptList
from core.prompts.parsing import parse

OWN_FOLDER = ".pilotfish/prompts"
LANGUAGES = ("en", "zh")
GROUPS = (
    "own",
    "write",
    "edit",
    "shape",
    "summarise",
    "think",
    "create",
    "study",
    "translate",
    "extract",
    "tools",
)
"""The order of groups in menus; others come last."""


class Library:
    """The prompts of one vault, read again when their files change; for any one thread at a time.

    Args:
        vault: None for the shipped ones alone.
    """

    def __init__(self, vault: Path | None, shipped: Path | None = None) -> None:
        root = shipped or resources_dir() / "prompts"
        self._shipped = [
            Folder(root / language, _reader(language), shown_from=root.parent) for language in LANGUAGES
        ]
        self.own_folder = vault / OWN_FOLDER if vault else None
        self._own: list[Folder[Prompt]] = []
        if vault is not None and self.own_folder is not None:
            self._own = [Folder(self.own_folder, _own_reader(vault), shown_from=vault)]

    def prompts(self, language: str) -> PromptList:
        """Return one prompt an id, by group and title, as somebody reads them in `language`."""
        own, shipped, problems = self._all()
        found = [_of(own, name) or _of(shipped, name) for name in _ids([*own, *shipped])]
        chosen = [_best(versions, language) for versions in found]
        return PromptList(tuple(sorted(chosen, key=lambda prompt: _order(prompt, language))), problems)

    def get(self, prompt_id: str, language: str, version: int = 0) -> Prompt:
        """Return a prompt, in `language` where there is one in it; `version` 0 is the newest.

        Raises:
            PromptMissing: there is none of that id, or of that version.
        """
        own, shipped, _ = self._all()
        found = _of(own, prompt_id) or _of(shipped, prompt_id)
        if version:
            every = _of([*own, *shipped], prompt_id)
            found = [prompt for prompt in every if prompt.version == version]
        if not found:
            wanted = f"version {version} of the prompt" if version else "prompt"
            raise PromptMissing(f"There is no {wanted} “{prompt_id}”.", id=prompt_id)
        return _best(found, language)

    def copy(self, prompt_id: str, language: str) -> Path:
        """Copy a prompt's file into the vault to be edited; returns the file, also one that was there before.

        Raises:
            PromptMissing: there is no such prompt, or no vault to copy it to.
            OSError: it could not be written.
        """
        prompt = self.get(prompt_id, language)
        if self.own_folder is None:
            raise PromptMissing("There is no vault to keep a prompt in.", id=prompt_id)
        if prompt.own:
            return self.own_folder.parent.parent / prompt.file
        target = self.own_folder / f"{prompt.id}.md"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_new(target, Path(prompt.file).read_bytes())
        return target

    def stamps(self) -> object:
        """Return a value that differs once an own file was changed, added or removed."""
        return [folder.stamps() for folder in self._own]

    def _all(self) -> tuple[list[Prompt], list[Prompt], tuple[Problem, ...]]:
        own, shipped = ([folder.load() for folder in folders] for folders in (self._own, self._shipped))
        problems = tuple(problem for loaded in [*own, *shipped] for problem in loaded.problems)
        return _values(own), _values(shipped), problems


def _reader(language: str) -> Read[Prompt]:
    return lambda source, file: parse(source, stem=file.stem, language=language, file=str(file))


def _own_reader(vault: Path) -> Read[Prompt]:
    return lambda source, file: parse(
        source, stem=file.stem, own=True, file=file.relative_to(vault).as_posix()
    )


def _values(folders: Iterable[Loaded[Prompt]]) -> list[Prompt]:
    return [prompt for loaded in folders for prompt in loaded.values]


def _ids(prompts: Iterable[Prompt]) -> list[str]:
    return list(dict.fromkeys(prompt.id for prompt in prompts))


def _of(prompts: Iterable[Prompt], prompt_id: str) -> list[Prompt]:
    return [prompt for prompt in prompts if prompt.id == prompt_id]


def _best(prompts: Sequence[Prompt], language: str) -> Prompt:
    """Return the one in the language, of those the newest."""
    wanted = "zh" if language.startswith("zh") else "en"
    return max(prompts, key=lambda prompt: (prompt.language == wanted, prompt.version))


def _order(prompt: Prompt, language: str) -> tuple[int, int, str]:
    group = GROUPS.index(prompt.group) if prompt.group in GROUPS else len(GROUPS)
    return (not prompt.own, group, prompt.title.of(language))
