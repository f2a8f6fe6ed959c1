"""What the window remembers from one start to the next: an ini file of its own beside the logs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

LARGEST = 200
"""Open folders and notes remembered; more are opened by nobody."""


class WindowState:
    """Geometry and folds of the window, and the last note of each vault. A damaged file is an empty one."""

    def __init__(self, file: Path) -> None:
        self._ini = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray:
        """What `QWidget.saveGeometry` returned; empty at first."""
        value = self._ini.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._ini.setValue("window/geometry", value)

    def pane(self, name: str, default: int) -> tuple[int, bool]:
        """Return a side pane's width in pixels and whether it is folded away."""
        width = self._number(f"panes/{name}", default)
        return (width if width > 0 else default), self._number(f"panes/{name}-folded", 0) == 1

    def set_pane(self, name: str, width: int, *, folded: bool) -> None:
        """Remember a side pane."""
        self._ini.setValue(f"panes/{name}", width)
        self._ini.setValue(f"panes/{name}-folded", int(folded))

    def last_place(self, vault: Path) -> tuple[str, int]:
        """Return the note that was open in a vault and the caret's line; an empty path if none was."""
        path, line = self._of_vault(vault, "note", ""), self._of_vault(vault, "line", 0)
        return (path, line) if isinstance(path, str) and isinstance(line, int) else ("", 0)

    def set_last_place(self, vault: Path, path: str, line: int) -> None:
        """Remember the open note."""
        self._keep(vault, note=path, line=line)

    def open_folders(self, vault: Path) -> list[str]:
        """Return the folders that were open in the tree."""
        folders = self._of_vault(vault, "folders", [])
        return [str(folder) for folder in folders] if isinstance(folders, list) else []

    def set_open_folders(self, vault: Path, folders: list[str]) -> None:
        """Remember the folders that are open in the tree."""
        self._keep(vault, folders=folders[:LARGEST])

    def open_notes(self, vault: Path) -> list[str]:
        """Return the notes that were open in a vault, from the left."""
        notes = self._of_vault(vault, "notes", [])
        return [note for note in notes if isinstance(note, str) and note] if isinstance(notes, list) else []

    def set_open_notes(self, vault: Path, notes: list[str]) -> None:
        """Remember the notes that are open."""
        self._keep(vault, notes=notes[:LARGEST])

    @property
    def shows_preview(self) -> bool:
        """Whether the rendered note stands beside the editor."""
        return self._number("editor/preview", 0) == 1

    @shows_preview.setter
    def shows_preview(self, shown: bool) -> None:
        self._ini.setValue("editor/preview", int(shown))

    @property
    def text_pixels(self) -> int:
        """How large the letters of notes are; 0 at first."""
        return self._number("editor/text-pixels", 0)

    @text_pixels.setter
    def text_pixels(self, pixels: int) -> None:
        self._ini.setValue("editor/text-pixels", pixels)

    @property
    def checks_spelling(self) -> bool:
        """Whether misspelt English words are marked."""
        return self._number("editor/spelling", 1) == 1

    @checks_spelling.setter
    def checks_spelling(self, checks: bool) -> None:
        self._ini.setValue("editor/spelling", int(checks))

    def cost_of(self, day: date) -> float:
        """Return what a day had cost when it was last told, in US dollars."""
        same_day = self._ini.value("cost/day") == day.isoformat()
        try:
            usd = float(str(self._ini.value("cost/usd", "0"))) if same_day else 0.0
        except ValueError:
            return 0.0
        return usd if math.isfinite(usd) and usd > 0 else 0.0

    def keep_cost(self, day: date, usd: float) -> None:
        """Remember what a day has cost so far, for the next start; the ledger itself is the engine's."""
        self._ini.setValue("cost/day", day.isoformat())
        self._ini.setValue("cost/usd", f"{usd:.6f}")

    def form_values(self, prompt_id: str) -> dict[str, str]:
        """Return what was last given in a prompt's form."""
        try:
            value = json.loads(str(self._ini.value(f"forms/{prompt_id.encode().hex()}", "{}")))
        except ValueError:
            return {}
        return {str(name): str(text) for name, text in value.items()} if isinstance(value, dict) else {}

    def keep_form_values(self, prompt_id: str, values: dict[str, str]) -> None:
        """Remember what was given in a prompt's form."""
        self._ini.setValue(f"forms/{prompt_id.encode().hex()}", json.dumps(values))

    def kept(self, name: str) -> dict[str, object]:
        """Return the values that were kept under a name."""
        try:
            value = json.loads(str(self._ini.value(f"kept/{name}", "{}")))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def keep(self, name: str, values: Mapping[str, object]) -> None:
        """Keep values under a name, in place of those before."""
        self._ini.setValue(f"kept/{name}", json.dumps(dict(values)))

    def write(self) -> None:
        """Write the file now."""
        self._ini.sync()

    def _number(self, key: str, default: int) -> int:
        try:
            return int(str(self._ini.value(key, default)))
        except ValueError:
            return default

    def _of_vault(self, vault: Path, key: str, default: object) -> object:
        return self._vault(vault).get(key, default)

    def _keep(self, vault: Path, **values: object) -> None:
        self._ini.setValue(_key(vault), json.dumps({**self._vault(vault), **values}))

    def _vault(self, vault: Path) -> dict[str, object]:
        try:
            value = json.loads(str(self._ini.value(_key(vault), "{}")))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


def _key(vault: Path) -> str:
    """Return the key of a vault's entry: its path, in characters that an ini file takes as they are."""
    return f"vaults/{str(vault).encode('utf-8', 'surrogatepass').hex()}"
