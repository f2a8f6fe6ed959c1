"""How often the citation check errs: honest quotations it misses, altered ones it takes for verified.

Sentences of real notes are quoted in an answer, word for word and with one to three characters changed,
added or dropped. The cases are drawn anew with another seed by `--seed N`.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from core.assist.citations import cite
from core.assist.sentences import sentences_of
from core.search.model import Passage
from core.text.folding import fold_text
from tests.bench.report import publish
from tests.bench.vaults import REAL, WELCOME

CASES = 2000
LETTERS = {True: "山水风火木金土人口手", False: "abcdefghijklmnopqrstuvwxyz"}
QUOTATION_MARKS = frozenset('"“”‘’「」『』[]`')


def passages(chance: random.Random) -> Iterator[Passage]:
    """Yield paragraphs of real notes in random order, for ever."""
    notes = sorted((REAL if REAL.is_dir() else WELCOME).rglob("*.md"))
    while True:
        text = chance.choice(notes).read_text(encoding="utf-8", errors="replace")
        paragraph = chance.choice(text.split("\n\n"))
        yield Passage("p", "p.md", "", (), 1, 1 + paragraph.count("\n"), paragraph, "", 0.0)


def cases(chance: random.Random) -> Iterator[tuple[str, Passage]]:
    """Yield sentences with the passage they stand in."""
    for passage in passages(chance):
        sentences = [s.text for s in sentences_of(passage)]
        fit = [s for s in sentences if 15 < len(s) < 300 and not QUOTATION_MARKS & set(s) and "\n" not in s]
        if fit:
            yield chance.choice(fit), passage


def altered(text: str, chance: random.Random) -> str:
    """Change, add or drop one to three letters, digits or characters."""
    letters = list(text)
    for _ in range(chance.randint(1, 3)):
        place = chance.choice([i for i, char in enumerate(letters) if char[:1].isalnum()] or [0])
        old = letters[place]
        new = str(chance.randrange(10)) if old.isdigit() else chance.choice(LETTERS[old > "\u2e80"])
        letters[place] = chance.choice((new, old + new, ""))
    return "".join(letters)


def squeezed(text: str) -> str:
    """Return what the check compares: no width, case, spaces, emphasis."""
    return "".join(char for char in fold_text(text) if not char.isspace() and char not in "*_`~=")


@dataclass(frozen=True)
class Errors:
    """How often the check erred."""

    false_verified: int
    missed: int


def measure(chance: random.Random, wanted: int) -> Errors:
    """Check that many sentences, each as it stands and altered."""
    missed = false_verified = number = 0
    drawn = cases(chance)
    while number < wanted:
        sentence, passage = next(drawn)
        wrong = altered(sentence, chance)
        if squeezed(wrong).strip(".,;:。，；：…") in squeezed(passage.text):
            continue  # the change made words that stand there as well
        number += 1
        [honest] = cite(f"The note says “{sentence}” [1].", [passage])
        [dishonest] = cite(f"The note says “{wrong}” [1].", [passage])
        missed += not honest.verified
        false_verified += dishonest.verified
    return Errors(false_verified, missed)


def main() -> None:
    """Measure and print."""
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1
    publish(asdict(measure(random.Random(seed), CASES)) | {"cases": CASES, "seed": seed})


if __name__ == "__main__":
    main()
