"""The program as a person starts it: its console script, in a process of its own, with folders of its own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.vaults import WELCOME

CONSOLE_SCRIPT = shutil.which("pilotfish", path=str(Path(sys.executable).parent)) or "pilotfish"
FOREIGN = ("OPENAI_", "PILOTFISH_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
QUESTIONS = (
    "When does the beta open?",
    "公测什么时候开始？",
    "churn",
    "番茄工作法",
    "what do we charge a school",
    "卡片笔记",
    "pilot review",
    "takeaways from the book on smart notes",
)
"""To search the welcome vault for, in both languages."""


@dataclass(frozen=True)
class Program:
    """Pilotfish with its own files below `folder / "base"` and these variables in its environment."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> Path:
        """Where it keeps everything of its own."""
        return self.folder / "base"

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        """Start a command."""
        kept = {k: v for k, v in os.environ.items() if not k.upper().startswith(FOREIGN)}
        kept |= {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "PYTHONIOENCODING": "utf-8"}
        return subprocess.Popen(
            [CONSOLE_SCRIPT, "--base-dir", str(self.base), *map(str, arguments)],
            env=kept | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """Run a command to its end; return status, standard output and standard error."""
        with self.start(*arguments) as process:
            out, err = process.communicate()
        return process.returncode, out, err

    def result(self, *arguments: object) -> Any:
        """Run a command that has to go well and return what it says with `--json`."""
        status, out, err = self.run(*arguments, "--json")
        assert status == 0, err
        return json.loads(out)

    def found(self, vault: Path) -> list[list[tuple[str, int, str]]]:
        """Return place and text of what each of the questions finds."""
        asked = self.folder / "questions.jsonl"
        asked.write_text(
            "".join(json.dumps({"id": q, "text": q}) + "\n" for q in QUESTIONS), encoding="utf-8"
        )
        status, out, err = self.run("search", vault, "--queries", asked, "-k", 5, "--json")
        assert status == 0, err
        answers = [json.loads(line)["hits"] for line in out.splitlines()]
        return [[(hit["path"], hit["start_line"], hit["text"]) for hit in hits] for hits in answers]


def welcome(folder: Path) -> Path:
    """Return a copy of the welcome vault, a folder that was not there before."""
    return Path(shutil.copytree(WELCOME, folder / "vault"))
