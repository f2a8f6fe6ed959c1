"""From the blocks of a note to chunks: pieces that an embedding model reads whole and a search returns.

A chunk keeps to one section as long as sections are worth a chunk of their own. A note that fits the target
is one chunk; tiny sections join their neighbours under the same parent; long blocks are cut at list items,
lines or sentences. Together the chunks hold every visible character of the note, front matter included.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.text import tokens
from core.text.language import language_of
from core.text.model import Block, BlockKind, Chunk, ParsedNote
from core.text.pieces import split

TARGET_TOKENS = 320
MAX_TOKENS = 440
"""By `tokens.count`, title and headings included: under 480 real tokens, so that e5 (512) reads all of it."""
TINY_TOKENS = 60
CONTEXT_TOKENS = 96  # what title and headings may take of a chunk

Path = tuple[str, ...]


def chunk(
    note: ParsedNote, *, title: str, target_tokens: int = TARGET_TOKENS, max_tokens: int = MAX_TOKENS
) -> list[Chunk]:
    """Return the chunks of a note in source order; a note without visible text has none.

    `title` is what the note is called where its chunks are shown: its own title, else its file name.
    """
    source = _Source.of(note)
    limit = max_tokens - CONTEXT_TOKENS
    target = min(target_tokens, limit)
    units = [unit for block in outer_blocks(note.blocks) for unit in source.units(block, target, limit)]
    return [source.chunk(draft, title) for draft in _merged(_packed(units, target), target)]


def outer_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks that lie in no other block."""
    end = 0
    for block in blocks:
        if block.start_line > end:
            end = block.end_line
            yield block


def embedding_text(title: str, heading_path: Sequence[str], text: str) -> str:
    """Return what is embedded for a chunk: `title › heading › heading`, then the text.

    A heading that the text itself begins with is not said twice, nor a first heading equal to the title.
    """
    names = [title, *heading_path] if not heading_path or heading_path[0] != title else list(heading_path)
    first, _, rest = text.lstrip("\n").partition("\n")
    if heading_path and first.lstrip("# \t").startswith(heading_path[-1]) and first.startswith("#"):
        text = rest.lstrip("\n")
    context = _context(names)
    return f"{context}\n{text}" if context else text


def text_hash(title: str, heading_path: Sequence[str], text: str) -> str:
    """Return a hex digest that is equal only where title, headings and text are."""
    parts = repr((title, tuple(heading_path), text))
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _context(names: Sequence[str]) -> str:
    """Join title and headings, within `CONTEXT_TOKENS`: the title and the innermost headings matter most."""
    kept = [tokens.trim(name, CONTEXT_TOKENS // 3) for name in names if name]
    while len(kept) > 1 and tokens.count(" › ".join(kept)) > CONTEXT_TOKENS:
        del kept[1 if len(kept) > 2 else 0]
    return " › ".join(kept)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block, or a piece of a long one, by offsets into the note."""

    start: int
    end: int
    path: Path
    tokens: int
    kind: BlockKind


@dataclass(slots=True)
class _Draft:
    """Neighbouring units that are to be one chunk."""

    units: list[_Unit]
    path: Path
    tokens: int

    def absorb(self, other: _Draft, path: Path) -> None:
        """Take over what follows."""
        self.units += other.units
        self.tokens += other.tokens
        self.path = path


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of a note and where its lines begin."""

    text: str
    line_starts: list[int]
    children: dict[int, list[Block]]

    @classmethod
    def of(cls, note: ParsedNote) -> _Source:
        starts = [0, *(match.end() for match in re.finditer("\n", note.source))]
        return cls(note.source, starts, _children(note.blocks))

    def units(self, block: Block, target: int, limit: int) -> Iterator[_Unit]:
        """Yield the block as one unit if it fits, else what it is made of."""
        start = self.line_starts[block.start_line - 1]
        size = tokens.count(block.text)
        whole = limit if block.kind in (BlockKind.CODE, BlockKind.TABLE) else target
        if size <= whole:
            yield _Unit(start, start + len(block.text), block.heading_path, size, block.kind)
            return
        nested = self.children.get(id(block), [])
        if not nested:
            yield from self._pieces(start, start + len(block.text), block, target)
            return
        begin = start
        for child in nested:
            child_start = self.line_starts[child.start_line - 1]
            yield from self._pieces(begin, child_start, block, target)
            yield from self.units(child, target, limit)
            begin = self.line_starts[child.end_line - 1] + len(child.text) - (child.text.rfind("\n") + 1)
        yield from self._pieces(begin, start + len(block.text), block, target)

    def _pieces(self, start: int, end: int, block: Block, target: int) -> Iterator[_Unit]:
        text = self.text[start:end]
        if not text.strip():
            return
        for piece_start, piece_end in split(text, target):
            size = tokens.count(text[piece_start:piece_end])
            yield _Unit(start + piece_start, start + piece_end, block.heading_path, size, block.kind)

    def chunk(self, draft: _Draft, title: str) -> Chunk:
        """Return the chunk of what the draft's units span."""
        start, end = draft.units[0].start, draft.units[-1].end
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip("\n"))
        text = raw.strip("\n")
        return Chunk(
            heading_path=draft.path,
            start_line=bisect_right(self.line_starts, start),
            end_line=bisect_right(self.line_starts, start + len(text) - 1),
            text=text,
            lang=language_of(text),
            text_hash=text_hash(title, draft.path, text),
        )


def _children(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    """Return the list items directly inside each list item, by the item's identity."""
    children: dict[int, list[Block]] = {}
    open_items: list[Block] = []
    for block in blocks:
        while open_items and open_items[-1].end_line < block.start_line:
            open_items.pop()
        if open_items and block.kind is BlockKind.LIST_ITEM:
            children.setdefault(id(open_items[-1]), []).append(block)
        if block.kind is BlockKind.LIST_ITEM:
            open_items.append(block)
    return children


def _packed(units: Iterable[_Unit], target: int) -> list[_Draft]:
    """Join neighbours of one section up to the target; a heading always takes what follows it along."""
    drafts: list[_Draft] = []
    for unit in units:
        last = drafts[-1] if drafts else None
        only_heading = last is not None and last.units[-1].kind is BlockKind.HEADING
        new_section = unit.kind is BlockKind.HEADING or last is None or last.path != unit.path
        if last is not None and not new_section and (last.tokens + unit.tokens <= target or only_heading):
            last.absorb(_Draft([unit], unit.path, unit.tokens), unit.path)
        else:
            drafts.append(_Draft([unit], unit.path, unit.tokens))
    return drafts


def _merged(drafts: list[_Draft], target: int) -> list[_Draft]:
    """Join what is too small to stand alone; all of a note that fits the target."""
    if drafts and sum(draft.tokens for draft in drafts) <= target:
        path = _common([draft.path for draft in drafts if not _is_front_matter(draft)])
        return [_Draft([unit for draft in drafts for unit in draft.units], path, 0)]
    for belong_together in (_is_opening, _are_tiny_relatives, _is_tiny_part):
        drafts = _joined(drafts, target, belong_together)
    return drafts


def _joined(
    drafts: Sequence[_Draft], target: int, belong_together: Callable[[_Draft, _Draft], bool]
) -> list[_Draft]:
    joined: list[_Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        if last and last.tokens + draft.tokens <= target and belong_together(last, draft):
            path = draft.path if _is_opening(last, draft) else _common([last.path, draft.path])
            last.absorb(draft, path)
        else:
            joined.append(draft)
    return joined


def _is_opening(first: _Draft, second: _Draft) -> bool:
    """Whether the first says nothing by itself: front matter, or headings of what follows them."""
    if _is_front_matter(first):
        return True
    only_headings = all(unit.kind in (BlockKind.HEADING, BlockKind.RULE) for unit in first.units)
    return only_headings and second.path[: len(first.path)] == first.path


def _are_tiny_relatives(first: _Draft, second: _Draft) -> bool:
    return max(first.tokens, second.tokens) < TINY_TOKENS and _are_relatives(first, second)


def _is_tiny_part(first: _Draft, second: _Draft) -> bool:
    return min(first.tokens, second.tokens) < TINY_TOKENS and _are_relatives(first, second)


def _are_relatives(first: _Draft, second: _Draft) -> bool:
    """Whether two sections are parent and child, or children of one parent."""
    shared = len(_common([first.path, second.path]))
    longer, shorter = max(len(first.path), len(second.path)), min(len(first.path), len(second.path))
    return shared >= shorter or (shared == longer - 1 == shorter - 1)


def _is_front_matter(draft: _Draft) -> bool:
    return draft.units[-1].kind is BlockKind.FRONT_MATTER


def _common(paths: Sequence[Path]) -> Path:
    """Return the beginning that all paths share."""
    if not paths:
        return ()
    first, last = min(paths), max(paths)
    same = next(
        (n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last))
    )
    return first[:same]
