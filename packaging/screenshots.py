#!/usr/bin/env python3
"""Take the README's pictures from the real program on the welcome vault: `dev.py screenshots`.

The window, the engine, the index and the embedding model are the real ones; the model that answers is the
built-in demonstration model, as a new person meets it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication  # noqa: E402

from core import settings as settings_file  # noqa: E402
from core.paths import places  # noqa: E402
from core.settings import AppearanceSettings, Settings  # noqa: E402
from tests.bench.driven_window import DrivenWindow  # noqa: E402

PICTURES = ROOT / "packaging" / "screenshots"
SHOTS = {
    "light-en.png": ("light", "en", "Projects/Launch plan.md", "When does the beta open, and why then?"),
    "dark-zh.png": ("dark", "zh_CN", "项目/发布计划.md", "公测什么时候开始？为什么选这个时间？"),
}
WIDTH, HEIGHT = 1280, 800


def take(name: str, folder: Path) -> None:
    """Start the program, open the note, ask, wait for the answer, save the picture."""
    theme, language, note, question = SHOTS[name]
    vault = Path(shutil.copytree(ROOT / "resources" / "vault", folder / name / "Pilotfish"))
    base = folder / name / "base"
    appearance = AppearanceSettings(theme=theme, language=language)
    settings_file.save(Settings(appearance=appearance), places(base).settings_file)
    window = DrivenWindow(vault, base)
    frame = window.program.frame.window
    frame.resize(WIDTH, HEIGHT)
    window.wait(window.indexed)
    window.open(note)
    window.send(question)
    window.wait(window.answered)
    QApplication.processEvents()
    frame.grab().save(str(PICTURES / name))
    window.close()


def main() -> int:
    """Take all pictures, or those named."""
    parser = argparse.ArgumentParser(description="Take the README's pictures.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SHOTS))
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in parser.parse_args().names or SHOTS:
            take(name, Path(folder))
            sys.stdout.write(f"{PICTURES / name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
