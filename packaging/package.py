#!/usr/bin/env python3
"""Build what a person installs: `dev.py package` runs this in the project's environment.

PyInstaller's folder on every platform; on Linux also a .deb and an AppImage-ready tree, validated, and a
smoke run of the packaged program in an empty environment. The last line is one JSON object with the sizes.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import linux_package  # noqa: E402
from environment import ROOT, SetupFailed, say, venv_python  # noqa: E402
from orphans import drop_orphans  # noqa: E402
from sizes import megabytes, parts  # noqa: E402
from slim import slim  # noqa: E402

BUILD, DIST = ROOT / "build", ROOT / "dist"
PROGRAM = DIST / "pilotfish"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
LARGEST_MB = 700
"""What the installed program may take, PyTorch not being in it."""
PREPARE = (
    "from core.paths import models_dir, places\n"
    "from core.index.embedding.preparation import prepare\n"
    "from core.index.second_weights import prepared\n"
    "from core.search.glossary.building import build\n"
    "folder = models_dir(places())\n"
    "prepare('', folder)\n"
    "prepared(folder)\n"
    "build(folder)\n"
)
"""The embedding models and the dictionary, as the program prepares them itself; done once."""


def version() -> str:
    """Return the version in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def main() -> int:
    """Build everything for this platform."""
    try:
        return _package()
    except SetupFailed as error:
        say(str(error))
        return 1


def _package() -> int:
    say("Preparing the embedding model")
    _run([str(venv_python()), "-c", PREPARE])
    draw_icons(BUILD / "icons")
    say("Putting the program together; this takes some minutes")
    spec = str(ROOT / "packaging" / "pilotfish.spec")
    where = ["--distpath", str(DIST), "--workpath", str(BUILD / "pyinstaller")]
    _run([str(venv_python()), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *where, spec])
    figures: dict[str, object] = {"version": version()}
    if sys.platform.startswith("linux"):
        figures |= _for_linux()
    figures |= {"program_mb": megabytes(PROGRAM), "parts_mb": parts(PROGRAM / "_internal")}
    print(json.dumps(figures))
    return 0


def _for_linux() -> dict[str, object]:
    figures: dict[str, object] = {
        "stripped_mb": round(slim(PROGRAM) / 1e6),
        "orphans_mb": round(drop_orphans(PROGRAM / "_internal") / 1e6),
    }
    say("Trying the packaged program in an empty environment")
    _run([str(venv_python()), str(ROOT / "packaging" / "smoke.py"), str(PROGRAM / "pilotfish")])
    tree = DIST / "Pilotfish.AppDir"
    linux_package.make_tree(PROGRAM, tree, BUILD / "icons")
    linux_package.validate(tree)
    linux_package.make_appdir(tree)
    return figures | (_for_debian() if shutil.which("dpkg-deb") else {})


def _for_debian() -> dict[str, object]:
    """Make the program's package and that of the demonstration model, which it recommends."""
    tree, demonstration = DIST / "debian" / "pilotfish", DIST / "debian" / "pilotfish-demonstration"
    linux_package.make_tree(PROGRAM, tree, BUILD / "icons")
    linux_package.part_demonstration(tree, demonstration)
    figures: dict[str, object] = {
        "installed_mb": megabytes(tree),
        "installed_demonstration_mb": megabytes(demonstration),
    }
    if megabytes(tree) >= LARGEST_MB:
        raise SetupFailed(f"The program takes {megabytes(tree)} MB, which is {LARGEST_MB} or more.")
    architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
    package = linux_package.make_deb(tree, version(), architecture, DIST)
    linux_package.make_deb(demonstration, version(), architecture, DIST, "control-demonstration")
    return figures | {"deb_mb": megabytes(package)}


def draw_icons(folder: Path) -> None:
    """Draw the application icon in the sizes that desktops ask for; beside them Windows' and macOS' own."""
    folder.mkdir(parents=True, exist_ok=True)
    code = (
        "import sys\n"
        "from PySide6.QtGui import QGuiApplication, QImage, QPainter\n"
        "from PySide6.QtSvg import QSvgRenderer\n"
        "app = QGuiApplication(['icons'])\n"
        "drawing = QSvgRenderer(sys.argv[1])\n"
        "drawn = {}\n"
        "for size in map(int, sys.argv[3:]):\n"
        "    image = QImage(size, size, QImage.Format.Format_ARGB32)\n"
        "    image.fill(0)\n"
        "    painter = QPainter(image)\n"
        "    drawing.render(painter)\n"
        "    painter.end()\n"
        "    image.save(f'{sys.argv[2]}/{size}.png')\n"
        "    drawn[size] = image\n"
        "drawn[256].save(f'{sys.argv[2]}/../pilotfish.ico')\n"
        "drawn[512].save(f'{sys.argv[2]}/../pilotfish.icns')\n"
    )
    drawing = str(ROOT / "resources" / "icons" / "pilotfish.svg")
    sizes = [str(size) for size in linux_package.ICON_SIZES]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    _run([str(venv_python()), "-c", code, drawing, str(folder), *sizes], environment)


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    if subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr.fileno(), check=False).returncode:
        raise SetupFailed(f"{Path(command[0]).name} failed; its message stands above.")


if __name__ == "__main__":
    sys.exit(main())
