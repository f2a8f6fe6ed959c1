"""How the mark "not found in your notes" errs: true sentences that get it, foreign ones that do not.

XQuAD (en, zh) and CMRC 2018 (zh) serve as answers and notes. Each sentence meets eight passages: true ones
the one they are from and the seven most like it in words, foreign ones the eight most like them without
their own, which is what a search brings for something that the notes do not hold. Questions, which people
wrote about a passage in words of their own, stand for true sentences that are retold: a hard case, since
what they ask for is missing. Sentences of one real vault against passages of another are the last case; the
ones that pass there are short and general ("Get results as JSON"). `--seed N` draws others.
"""

import gzip
import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from core.assist.claims import claims_of
from core.assist.grounding import unsupported
from core.assist.terms import terms
from core.search.model import Passage
from tests.bench.facts import cut_short
from tests.bench.report import publish
from tests.bench.vaults import REAL

CASES = 200
"""Of each kind and set."""
SETS = {"en": "xquad-en-en", "zh": "xquad-zh-zh", "zh_cmrc": "cmrc2018-dev"}
OTHER_VAULT = {"en": ("foam-docs-en", "logseq-docs-en"), "zh": ("itnotes-zh", "csdiy-zh-en")}
GIVEN = 8


def passage(name: str, text: str) -> Passage:
    """Return a text as a passage."""
    return Passage(name, name, "", (), 1, 1 + text.count("\n"), text, "", 0.0)


@dataclass
class DataSet:
    """Passages by id, and questions with the id of the passage that answers them."""

    passages: dict[str, Passage]
    questions: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def read(cls, name: str) -> "DataSet":
        """Read one set of the shared data."""
        folder = REAL.parent / "retrieval" / name
        plain = folder / "corpus.jsonl"
        corpus = (
            plain.read_bytes()
            if plain.exists()
            else gzip.decompress((folder / "corpus.jsonl.gz").read_bytes())
        )
        rows = [json.loads(line) for line in corpus.decode("utf-8").splitlines()]
        asked = {row["id"]: row["text"] for row in map(json.loads, _lines(folder / "queries.jsonl"))}
        right = [line.split("\t") for line in _lines(folder / "qrels.tsv")[1:]]
        return cls(
            {row["id"]: passage(row["id"], row["text"]) for row in rows},
            [(asked[question], answer) for question, answer, _ in right],
        )

    @cached_property
    def words(self) -> dict[str, set[str]]:
        """The content words of each passage."""
        return {name: set(terms(found.text)) for name, found in self.passages.items()}

    def like(self, sentence: str, own: str) -> list[Passage]:
        """Return the passages most like a sentence in words, its own apart."""
        wanted = set(terms(sentence))
        names = sorted(self.words, key=lambda name: (-len(wanted & self.words[name]), name))
        return [self.passages[name] for name in names if name != own][:GIVEN]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def is_marked(sentence: str, given: Sequence[Passage]) -> bool:
    """Whether a sentence of an answer would get the mark."""
    return bool(unsupported(sentence, (), given))


def renumbered(sentence: str, chance: random.Random) -> str:
    """Return the sentence with its first number changed; the same where it has none."""
    return re.sub(r"\d+", lambda m: str(int(m[0]) + chance.randint(11, 999)), sentence, count=1)


def quoted(found: DataSet, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield sentences of random passages with the passage's id, for ever."""
    names = sorted(found.passages)
    while True:
        name = chance.choice(names)
        if said := claims_of(found.passages[name].text):
            yield chance.choice(said).text, name


def share(drawn: Iterator[tuple[str, str]], marked: Callable[[str, str], bool], cases: int) -> float:
    """Return which share of the next cases is marked."""
    return sum(marked(*next(drawn)) for _ in range(cases)) / cases


def shares(name: str, chance: random.Random, cases: int = CASES) -> dict[str, float]:
    """Return the share of marked sentences of each kind; of the true ones it should be small."""
    found = DataSet.read(name)

    def true(sentence: str, own: str) -> bool:
        return is_marked(sentence, [found.passages[own], *found.like(sentence, own)[: GIVEN - 1]])

    def foreign(sentence: str, own: str) -> bool:
        return is_marked(sentence, found.like(sentence, own))

    asked = ((q.rstrip("?？"), own) for q, own in chance.sample(found.questions, len(found.questions)))
    short = ((cut_short(s), own) for s, own in quoted(found, chance))
    numbered = ((renumbered(s, chance), own) for s, own in quoted(found, chance) if re.search(r"\d", s))
    return {
        "true_quoted": share(quoted(found, chance), true, cases),
        "true_cut": share(short, true, cases),
        "true_retold": share((one for one in asked if claims_of(one[0])), true, cases),
        "foreign_like": share(quoted(found, chance), foreign, cases),
        "renumbered": share(numbered, true, cases),
    }


def of_vault(name: str) -> DataSet:
    """Return the paragraphs of a real vault's notes."""
    notes = sorted((REAL / name).rglob("*.md"))
    texts = (
        text for note in notes for text in note.read_text(encoding="utf-8", errors="replace").split("\n\n")
    )
    return DataSet({str(n): passage(str(n), text) for n, text in enumerate(texts) if claims_of(text)})


def across_vaults(sayer: str, notes: str, chance: random.Random, cases: int = CASES) -> dict[str, float]:
    """Return the share of marked sentences of a vault against its own and against another one's passages."""
    own, other = of_vault(sayer), of_vault(notes)

    def true(sentence: str, place: str) -> bool:
        return is_marked(sentence, [own.passages[place], *own.like(sentence, place)[: GIVEN - 1]])

    def foreign(sentence: str, _place: str) -> bool:
        return is_marked(sentence, other.like(sentence, ""))

    return {
        "true_vault": share(quoted(own, chance), true, cases),
        "foreign_vault": share(quoted(own, chance), foreign, cases),
    }


def main() -> None:
    """Measure and print."""
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1
    chance = random.Random(seed)
    parts = {key: shares(name, chance) for key, name in SETS.items()}
    for key, (sayer, notes) in OTHER_VAULT.items():
        parts[key] |= across_vaults(sayer, notes, chance)
    flat = {f"{key}_{kind}": value for key, part in parts.items() for kind, value in part.items()}
    publish({**flat, "cases": CASES, "seed": seed})


if __name__ == "__main__":
    main()
