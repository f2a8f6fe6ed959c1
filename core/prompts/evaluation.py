"""Scores a prompt's results against its cases: what must stand there, what must not, how long it may be."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from core.errors import UsageError
from core.prompts.model import Case
from core.prompts.parsing import case_of
from core.text.folding import fold_text


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was asked of a result."""

    text: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A case with its result and what came of each check."""

    case: Case
    result: str
    checks: tuple[Check, ...]

    @property
    def score(self) -> float:
        """The share of checks that passed, 1 where nothing was asked."""
        return sum(check.passed for check in self.checks) / len(self.checks) if self.checks else 1.0


def score(case: Case, result: str, problem: str = "") -> Scored:
    """Return how well a result fits its case; an empty one, or one with a `problem`, fails for that too."""
    folded, length = fold_text(result), len(result.strip()) / max(len(case.text.strip()), 1)
    checks = [Check("is there", bool(result.strip()))]
    checks += [Check(f"holds {words}", fold_text(words) in folded) for words in case.holds]
    checks += [Check(f"lacks {words}", fold_text(words) not in folded) for words in case.lacks]
    if case.shortest:
        checks.append(Check(f"at least {case.shortest:g} of its length", length >= case.shortest))
    if case.longest:
        checks.append(Check(f"at most {case.longest:g} of its length", length <= case.longest))
    if problem:
        checks.append(Check(problem, False))
    return Scored(case, result, tuple(checks))


def read_cases(lines: Iterable[str]) -> tuple[Case, ...]:
    """Return the cases of a JSONL file, each with the keys that a prompt's `cases` have.

    Raises:
        UsageError: a line is no case; named by its number.
    """
    cases = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            cases.append(case_of(value if isinstance(value, dict) else {}))
        except ValueError as error:
            raise UsageError(f"Line {number} of the evaluation set is no case: {error}") from error
    return tuple(cases)
