"""Tree, desk and files of one vault with the keeper between them, and a person who answers its question."""

from desktop.bridge.vault_files import VaultFiles
from desktop.editor.editor import Editor
from desktop.editor.note_desk import NoteDesk
from desktop.windows.note_keeper import NoteKeeper
from desktop.windows.vault_tree import VaultTree


class KeeperDesk:
    """What the keeper keeps in step, and what it has told."""

    def __init__(self, theme, tasks, files):
        self.files, self.vault, self.tasks = files, files.vault, tasks
        self.tree, self.editor = VaultTree(theme), Editor(theme)
        self.desk = NoteDesk(self.editor, tasks, theme)
        self.desk.use(files)
        self.answer: str | None = None
        """What the person types when asked for a name; None: they cancel."""
        self.asked: list[str] = []
        self.keeper = NoteKeeper(self.tree, self.desk, tasks, self._ask)
        self.failed: list[Exception] = []
        self.missing: list[str] = []
        self.keeper.failed.connect(self.failed.append)
        self.keeper.missing.connect(self.missing.append)

    def write(self, path, text="# a note\n"):
        """Put a note into the vault as another program does."""
        (self.vault / path).parent.mkdir(parents=True, exist_ok=True)
        (self.vault / path).write_text(text, encoding="utf-8")

    def use(self, files: VaultFiles | None) -> None:
        self.keeper.use(files)
        self.settle()

    def open(self, path):
        self.desk.open(path)
        self.settle()

    def settle(self):
        """What is asked for takes a task, and what follows from it some more."""
        for _ in range(4):
            assert self.tasks.settle()

    @property
    def open_path(self):
        """The note in the editor."""
        return self.desk.current.path if self.desk.current else ""

    @property
    def on_disk(self):
        """Every note of the vault."""
        return sorted(file.relative_to(self.vault).as_posix() for file in self.vault.rglob("*.md"))

    def close(self):
        self.desk.close()
        self.tree.deleteLater()
        self.editor.deleteLater()

    def _ask(self, name):
        self.asked.append(name)
        return self.answer
