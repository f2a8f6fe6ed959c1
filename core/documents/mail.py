"""A letter as text, however its file was built."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.documents.model import Converted, Hidden, Part, Remark
from core.documents.source import Source
from core.errors import DocumentError

_ATTACHMENTS = 20
_DEEPEST = 3
"""Mails in mails that are read."""


@dataclass(slots=True)
class Letter:
    """Collects headers, text and attachments of one mail."""

    headers: dict[str, str]
    kind: str
    text: str = ""
    hidden: list[Hidden] = field(default_factory=list)
    _parts: list[Part] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)
    _is_incomplete: bool = False

    def attach(self, name: str, data: bytes, mail: Source) -> None:
        """Take in an attachment: its text where it can be read, its name in any case."""
        from core.documents.convert import convert_bytes

        self._names.append(name)
        if mail.depth >= _DEEPEST or not name or len(self._names) > _ATTACHMENTS:
            self._is_incomplete = True
            return
        try:
            inside = convert_bytes(replace(mail, data=data, name=name, depth=mail.depth + 1))
        except DocumentError:
            self._is_incomplete = True
            return
        self._is_incomplete |= Remark.ATTACHMENTS in inside.remarks
        self.hidden += [
            replace(hidden, label=f"{name}, {hidden.label}".rstrip(", ")) for hidden in inside.hidden
        ]
        for part in inside.parts:
            self._parts.append(Part(part.text, f"{name}, {part.label}".rstrip(", ")))

    def converted(self) -> Converted:
        """The letter as one part, then the attachments."""
        head = [f"{name}: {value}" for name, value in self.headers.items() if value]
        head += [f"Attachments: {', '.join(self._names)}"] if self._names else []
        first = Part("  \n".join(head) + "\n\n" + self.text)
        return Converted(
            (first, *self._parts),
            title=self.headers.get("Subject", ""),
            kind=self.kind,
            hidden=tuple(self.hidden),
            remarks=(Remark.ATTACHMENTS,) if self._is_incomplete else (),
        )
