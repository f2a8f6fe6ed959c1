"""The tree of a vault as plain values: folders and notes in the order a person looks for them."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, insort
from collections.abc import Iterable
from pathlib import PurePosixPath

SortKey = tuple[object, ...]

_DIGITS = re.compile(r"(\d+)")


def natural_key(name: str) -> SortKey:
    """Return a key that sorts `note 2` before `note 10`, letters without case, common Chinese by sound.

    GB 18030 lists the 3755 common characters in the order of their pinyin, and all others behind them.
    """
    parts = _DIGITS.split(name.casefold())
    return tuple(
        (0, int(part), b"") if place % 2 else (1, 0, part.encode("gb18030", "replace"))
        for place, part in enumerate(parts)
        if part
    )


class Node:
    """A folder or note; folders have a list of children, kept in order."""

    __slots__ = ("children", "key", "name", "number", "parent", "path")

    def __init__(self, path: str, parent: Node | None, *, is_folder: bool) -> None:
        self.path = path
        self.parent = parent
        self.name = PurePosixPath(path).name if is_folder else PurePosixPath(path).stem
        self.children: list[Node] | None = [] if is_folder else None
        self.key: SortKey = (not is_folder, natural_key(self.name), path)
        self.number = 0
        """A number for Qt's indexes, given by `Tree`."""

    @property
    def is_folder(self) -> bool:
        """Whether this is a folder."""
        return self.children is not None

    @property
    def row(self) -> int:
        """The place among its siblings."""
        siblings = self.parent.children if self.parent else None
        return bisect_left(siblings, self.key, key=lambda node: node.key) if siblings else 0


class Tree:
    """All nodes of a vault by path; the root is the folder with the empty path."""

    def __init__(self, notes: Iterable[str] = ()) -> None:
        self.root = Node("", None, is_folder=True)
        self._nodes: dict[str, Node] = {"": self.root}
        self._by_number: dict[int, Node] = {0: self.root}
        self._numbers = itertools.count(1)
        for path in notes:
            self._insert(path, is_folder=False)

    def __contains__(self, path: object) -> bool:
        return path in self._nodes

    @property
    def notes(self) -> list[str]:
        """The paths of all notes, in no order."""
        return [path for path, node in self._nodes.items() if not node.is_folder]

    def get(self, path: str) -> Node | None:
        """Return the node at `path`."""
        return self._nodes.get(path)

    def by_number(self, number: int) -> Node:
        """Return the node with this number."""
        return self._by_number[number]

    def addition(self, path: str) -> tuple[Node, int]:
        """Return the folder that `add` changes, and the row at which something new will stand in it.

        What is new there is the note itself, or the topmost of its folders that is not there yet.
        """
        top, above, is_folder = path, _parent(path), False
        while above not in self._nodes:
            top, above, is_folder = above, _parent(above), True
        folder = self._nodes[above]
        key = Node(top, None, is_folder=is_folder).key
        return folder, bisect_left(folder.children or [], key, key=lambda node: node.key)

    def add(self, path: str) -> None:
        """Add a note, and the folders above it that are not there yet."""
        if path not in self._nodes:
            self._insert(path, is_folder=False)

    def removal(self, path: str) -> Node | None:
        """Return what goes when the note goes: itself, or the topmost folder that holds nothing else."""
        node = self._nodes.get(path)
        while node is not None and node.parent is not None and node.parent.parent is not None:
            if len(node.parent.children or ()) > 1:
                break
            node = node.parent
        return node

    def remove(self, node: Node) -> None:
        """Remove a node with everything below it."""
        if node.parent is not None and node.parent.children is not None:
            del node.parent.children[node.row]
        waiting = [node]
        while waiting:
            gone = waiting.pop()
            waiting += gone.children or ()
            del self._nodes[gone.path], self._by_number[gone.number]

    def _insert(self, path: str, *, is_folder: bool) -> Node:
        above = _parent(path)
        parent = self._nodes.get(above) or self._insert(above, is_folder=True)
        node = self._make(path, is_folder=is_folder)
        node.parent = parent
        assert parent.children is not None
        insort(parent.children, node, key=lambda child: child.key)
        return node

    def _make(self, path: str, *, is_folder: bool) -> Node:
        node = Node(path, None, is_folder=is_folder)
        node.number = next(self._numbers)
        self._nodes[path] = node
        self._by_number[node.number] = node
        return node


def _parent(path: str) -> str:
    parent = str(PurePosixPath(path).parent)
    return "" if parent == "." else parent
