"""The promises about notes on disk: whole, the same beside the edit, never overwritten unseen, never lost."""

import contextlib
import shutil
import subprocess
import sys
import time
from pathlib import Path

from core.errors import NoteChangedElsewhere, NoteError
from core.vault import notes
from core.vault.ignore import Ignore
from core.vault.recovery import Drafts
from tests.trust.finding import DOCUMENTS, NOTES, Finding, Promise, Trial

TEXTS = ("# 旧的\n\nThe old text.\n" * 20_000, "# 新的\n\nThe new one, longer.\n" * 30_000)
"""Large enough that a write takes a while."""
SAVE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from core.vault import notes
from tests.trust.notes import TEXTS
vault = Path(sys.argv[1])
note = notes.read(vault, "note.md")
print("saving", flush=True)
for text in itertools.cycle(TEXTS):
    note = notes.write(vault, note, text)
"""
TYPE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from core.vault.recovery import Drafts
drafts = Drafts(Path(sys.argv[1]), Path(sys.argv[2]))
for number in itertools.count():
    drafts.keep("note.md", "没有保存 unsaved " * 5000 + str(number), base_hash="x")
    print(number, flush=True)
"""
APPENDED = "One line more.\n"
ODD_TEXTS = (".md", ".txt", ".csv", ".html", ".expected.md")


def killed(trial: Trial, code: str, *arguments: Path) -> list[str]:
    """Run Python code until some moment after its first line and kill it; return what it said."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(trial.chance.uniform(0, 0.05))
        process.kill()
        return [first, *process.stdout]


def note_is_old_or_new_whole(trial: Trial) -> Finding:
    """Kill a program that saves: the note must be one of its two texts, nothing beside it be taken for one.

    A kill between giving the new file a name and giving it the note's leaves a hidden file, which is skipped.
    """
    note = trial.folder / "note.md"
    note.write_text(TEXTS[0], encoding="utf-8", newline="")
    whole = {text.encode() for text in TEXTS}
    broken, rounds = 0, trial.times(40)
    for _ in rounds:
        killed(trial, SAVE_FOR_EVER, trial.folder)
        strays = [file for file in trial.folder.iterdir() if file != note]
        broken += note.read_bytes() not in whole or not all(Ignore().skips(s.name) for s in strays)
        for stray in strays:
            stray.unlink()
    return Finding(broken, len(rounds))


def untouched_bytes_stay(trial: Trial) -> Finding:
    """Add a line to every real note and odd text: all other bytes and the mode must be as they were."""
    texts = sorted(NOTES.rglob("*.md"))
    texts += sorted(f for f in DOCUMENTS.glob("*") if f.name.endswith(ODD_TEXTS) and f.stat().st_size)
    broken = cases = 0
    for source in trial.some(texts):
        copy = trial.folder / "note.md"
        shutil.copyfile(source, copy)
        copy.chmod(mode := trial.chance.choice((0o600, 0o644, 0o664)))
        before, wanted, encoding = copy.read_bytes(), "", "utf-8"
        with contextlib.suppress(NoteError):  # what is no text is refused, and stays as it is
            note = notes.read(trial.folder, "note.md")
            encoding = notes.write(trial.folder, note, note.text + APPENDED).encoding
            wanted = APPENDED
        after = copy.read_bytes()
        added = after.removeprefix(before).decode(encoding).replace("\r\n", "\n")
        is_mode_kept = sys.platform == "win32" or copy.stat().st_mode & 0o777 == mode
        broken += not (after.startswith(before) and added == wanted and is_mode_kept)
        cases += 1
    return Finding(broken, cases)


def changes_elsewhere_are_not_overwritten(trial: Trial) -> Finding:
    """Change a note between reading and writing: the write must be refused and the other's text stay."""
    broken = 0
    sources = trial.some(sorted(NOTES.rglob("*.md"))[:200])
    for source in sources:
        copy = trial.folder / "note.md"
        shutil.copyfile(source, copy)
        read = notes.read(trial.folder, "note.md")
        data = bytearray(copy.read_bytes() or b"x")
        data[trial.chance.randrange(len(data))] ^= 1  # as many bytes as before: only looking tells
        copy.write_bytes(data)
        try:
            notes.write(trial.folder, read, read.text + APPENDED)
            broken += 1
        except NoteChangedElsewhere:
            broken += copy.read_bytes() != data
    return Finding(broken, len(sources))


def unsaved_text_survives_a_crash(trial: Trial) -> Finding:
    """Kill a program in the midst of typing: what it had kept last, or what came after, must be offered."""
    broken, rounds = 0, trial.times(20)
    for number in rounds:
        recovery, vault = trial.folder / f"recovery {number}", trial.folder / "vault"
        *_, last_kept = killed(trial, TYPE_FOR_EVER, recovery, vault)
        broken += not _offers(Drafts(recovery, vault), at_least=int(last_kept))
    return Finding(broken, len(rounds))


def _offers(drafts: Drafts, *, at_least: int) -> bool:
    """Tell whether one draft is there, whole, and none older than the last that was said to be kept."""
    texts = [draft.text.rpartition(" ") for draft in drafts.list()]
    return [text for text, _, _ in texts] == [("没有保存 unsaved " * 5000)[:-1]] and int(
        texts[0][2]
    ) >= at_least


PROMISES: tuple[Promise, ...] = (
    note_is_old_or_new_whole,
    untouched_bytes_stay,
    changes_elsewhere_are_not_overwritten,
    unsaved_text_survives_a_crash,
)
