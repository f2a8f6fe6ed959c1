"""Where a note of the vault lies on disk; nothing outside the vault is ever reached."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from core.errors import NoteMissing, VaultMissing, VaultNotAFolder, VaultUnreadable
from core.files import resolve

NOTE_SUFFIXES = (".md", ".markdown")


def is_note_name(name: str) -> bool:
    """Tell whether a file of this name is a note."""
    tail = name.rpartition("/")[2].lower()
    return tail.endswith(NOTE_SUFFIXES) and tail not in NOTE_SUFFIXES


def vault_root(vault: Path) -> Path:
    """Return the vault's folder without symbolic links.

    Raises:
        VaultMissing, VaultNotAFolder, VaultUnreadable: what the names say.
    """
    try:
        root = resolve(vault.expanduser())
        is_folder, exists = root.is_dir(), root.exists()
    except OSError as error:
        raise VaultUnreadable(f"The folder {vault} may not be read.", path=str(vault)) from error
    if not exists:
        raise VaultMissing(f"There is no folder {vault}.", path=str(vault))
    if not is_folder:
        raise VaultNotAFolder(f"{vault} is a file; the vault must be a folder.", path=str(vault))
    return root


def locate(vault: Path, path: str) -> Path:
    """Return the file of a note, symbolic links resolved; it need not exist.

    Args:
        path: relative to the vault, with `/` between folders.

    Raises:
        NoteMissing: the path leads out of the vault, by `..`, as an absolute path or through a link.
    """
    parts = PurePosixPath(path)
    if not path or "\0" in path or parts.is_absolute() or ".." in parts.parts or Path(path).is_absolute():
        raise NoteMissing(f"{path!r} is no path within the vault.", path=path)
    try:
        root = resolve(vault)
        file = resolve(root / path)
    except OSError as error:
        raise NoteMissing(f"{path!r} is a link that leads nowhere.", path=path) from error
    if not file.is_relative_to(root) or file == root:
        raise NoteMissing(f"{path!r} leads out of the vault.", path=path)
    return file
