"""What the person accepted and edited, as training data for a chat model: two JSONL files, checked."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.files import write_atomically
from core.llm.chat import Message, Role
from core.llm.redact import redacted
from core.session.model import Outcome
from core.text import tokens

TEST_SHARE = 0.1
MOST_TOKENS = 16_000
"""Of one example; providers refuse longer ones."""

Example = tuple[Outcome, Sequence[Message], str]


@dataclass(frozen=True, slots=True)
class Exported:
    """How many examples went where, and why others were left out."""

    train: int
    test: int
    rejected: Mapping[str, int]


def write_examples(examples: Iterable[Example], out: Path) -> Exported:
    """Write `out` and beside it `<name>.test.jsonl`: each line one conversation in OpenAI's chat format.

    Which half an example falls into depends on its text alone, so that it stays there in later exports.

    Raises:
        OSError: a file could not be written.
    """
    rejected: Counter[str] = Counter()
    lines: dict[bool, list[str]] = {True: [], False: []}
    seen: set[str] = set()
    for outcome, messages, answer in examples:
        line = json.dumps(_conversation(messages, answer), ensure_ascii=False)
        if reason := _objection(outcome, messages, answer, line, seen):
            rejected[reason] += 1
            continue
        seen.add(line)
        lines[_is_test(line)].append(line)
    for is_test, file in ((False, out), (True, out.with_suffix(f".test{out.suffix}"))):
        write_atomically(file, "".join(f"{line}\n" for line in lines[is_test]).encode("utf-8"))
    return Exported(len(lines[False]), len(lines[True]), dict(rejected))


def _objection(outcome: Outcome, messages: Sequence[Message], answer: str, line: str, seen: set[str]) -> str:
    """Return why an example is no good to learn from, empty where it is."""
    if outcome not in (Outcome.INSERTED, Outcome.EDITED, Outcome.GOOD):
        return "refused"
    if not answer.strip():
        return "empty"
    if not any(message.role is Role.USER for message in messages):
        return "no question"
    if line in seen:
        return "twice"
    if redacted(line) != line:
        return "holds a key"
    return "too long" if tokens.count(line) > MOST_TOKENS else ""


def _conversation(messages: Sequence[Message], answer: str) -> dict[str, Any]:
    turns = [{"role": message.role.value, "content": message.content} for message in messages]
    return {"messages": [*turns, {"role": Role.ASSISTANT.value, "content": answer}]}


def _is_test(line: str) -> bool:
    digest = hashlib.blake2b(line.encode("utf-8"), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32 < TEST_SHARE
