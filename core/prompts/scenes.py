"""Scenes: small TOML files, eight that ship and the person's own in the vault."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from core.errors import PromptBroken, PromptMissing
from core.files import write_atomically
from core.llm.chat import Tier
from core.paths import resources_dir
from core.prompts import front as fronts
from core.prompts.folder import Folder, Read
from core.prompts.model import GhostBehaviour, Retrieval, Scene, SceneList, Titles

OWN_FOLDER = ".pilotfish/scenes"
_KEYS = frozenset(re.findall(r"\w+", "id title about icon prompts tier temperature retrieval ghost place"))
_ID = re.compile(r"[\w][\w-]{0,39}")
_LINE = re.compile(r"\(at line (\d+)")


def parse(source: str, *, stem: str, own: bool = False, file: str = "") -> Scene:
    """Return the scene in a file.

    Raises:
        PromptBroken: with `line` and `reason`.
    """
    try:
        values = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        raise fronts.broken(int(at[1]) if at else 1, f"{str(error).partition(' (at')[0]}.") from None
    front = fronts.of_table(values, source)
    front.refuse_unknown(_KEYS)
    prompts = values.get("prompts", [])
    if not isinstance(prompts, list) or not all(isinstance(entry, str) for entry in prompts):
        raise front.fail("prompts", "“prompts” must be a list of ids.")
    return Scene(
        id=front.text("id", stem),
        title=front.titles("title", stem),
        prompts=tuple(prompts),
        about=front.titles("about"),
        icon=front.text("icon"),
        tier=front.one_of("tier", Tier, Tier.FAST) if "tier" in values else None,
        temperature=front.number("temperature", 0.5, 0, 2) if "temperature" in values else None,
        retrieval=front.one_of("retrieval", Retrieval, Retrieval.VAULT),
        ghost=front.one_of("ghost", GhostBehaviour, GhostBehaviour.NORMAL),
        place=int(front.number("place", 100, 0, 1000)),
        own=own,
        file=file,
    )


def dump(scene: Scene) -> str:
    """Return the file of a scene; `parse` gives the scene back."""
    import tomlkit

    document = tomlkit.document()
    document["title"] = _both(scene.title)
    if scene.about.en or scene.about.zh:
        document["about"] = _both(scene.about)
    if scene.icon:
        document["icon"] = scene.icon
    document["prompts"] = list(scene.prompts)
    if scene.tier is not None:
        document["tier"] = scene.tier.value
    if scene.temperature is not None:
        document["temperature"] = scene.temperature
    document["retrieval"] = scene.retrieval.value
    document["ghost"] = scene.ghost.value
    document["place"] = scene.place
    return tomlkit.dumps(document)


def _both(titles: Titles) -> dict[str, str]:
    return {"en": titles.en, "zh": titles.zh}


class Scenes:
    """The scenes of one vault, read again when their files change; for any one thread at a time."""

    def __init__(self, vault: Path | None, shipped: Path | None = None) -> None:
        root = shipped or resources_dir() / "scenes"
        self._shipped = Folder(root, _reader(root, own=False), shown_from=root.parent, suffix=".toml")
        self._own: Folder[Scene] | None = None
        if vault is not None:
            self._own = Folder(vault / OWN_FOLDER, _reader(vault, own=True), shown_from=vault, suffix=".toml")

    def scenes(self) -> SceneList:
        """Return the scenes in the order of the bar."""
        shipped = self._shipped.load()
        found = {scene.id: scene for scene in shipped.values}
        problems = shipped.problems
        if self._own is not None:
            own = self._own.load()
            found.update({scene.id: scene for scene in own.values})
            problems += own.problems
        return SceneList(tuple(sorted(found.values(), key=lambda scene: (scene.place, scene.id))), problems)

    def save(self, scene: Scene) -> SceneList:
        """Write an own scene.

        Raises:
            PromptBroken: its id cannot be the name of a file.
            PromptMissing: there is no vault to keep it in.
            OSError: it could not be written; the old file is whole.
        """
        file = self._file(scene.id)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, dump(scene).encode("utf-8"))
        return self.scenes()

    def delete(self, scene_id: str) -> SceneList:
        """Delete an own scene; nothing happens where there is none."""
        self._file(scene_id).unlink(missing_ok=True)
        return self.scenes()

    def stamps(self) -> object:
        """Return a value that differs once an own file was changed, added or removed."""
        return self._own.stamps() if self._own is not None else []

    def _file(self, scene_id: str) -> Path:
        if self._own is None:
            raise PromptMissing("There is no vault to keep a scene in.", id=scene_id)
        if not _ID.fullmatch(scene_id):
            raise PromptBroken(f"“{scene_id}” cannot name a scene.", reason="An id has letters and digits.")
        return self._own.path / f"{scene_id}.toml"


def _reader(root: Path, *, own: bool) -> Read[Scene]:
    def read(source: str, file: Path) -> Scene:
        shown = file.relative_to(root).as_posix() if own else str(file)
        return parse(source, stem=file.stem, own=own, file=shown)

    return read
