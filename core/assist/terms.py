"""The words of a text that carry meaning, folded so that two texts can be compared.

Latin words are lower-cased and lightly stemmed; Chinese becomes pairs of neighbouring characters, cut at
function words, which needs no dictionary and misses no name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.assist.numerals import spelt_numbers, with_whole_myriads
from core.text.folding import fold_text
from core.text.words import HAN

_RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<number>\d+(?:[.,:/]\d+)*)|(?P<word>[^\W\d_{HAN}]+(?:['’][a-z]+)?)")


def _word_set(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


_STOP_EN = _word_set(
    """a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing done down during each few for from further had has have
    having he her here hers him his how i if in into is it its itself just let me more most my of off on once
    only or other our out over own please same shall she should so some such than that the their them then
    there these they this those through to too under until up upon us very was we were what when where which
    while who whom whose why will with would you your yours s t re ve ll d m
    tell give find show explain describe according note notes passage mention mentioned state stated say says
    said answer question"""
)
_POLAR = _word_set("no not never none nobody nothing neither nor without cannot")
_POLAR_HAN = re.compile("[不没無无未非否别莫勿]")

# Cut points in Chinese: longer ones first, since a regular expression takes the first alternative that fits.
_STOP_ZH = re.compile(
    "为什么|怎么样|什么样|什么时候|是不是|有没有|能不能|可不可以|请问|请|告诉我|根据|笔记|提到|指出|说明|"
    "什么|怎么|怎样|如何|为何|多少|哪些|哪个|哪里|哪儿|哪种|哪一|哪|谁|几个|是否|可以|应该|以及|因为|所以|但是|"
    "如果|虽然|而且|或者|并且|我们|你们|他们|它们|自己|这个|那个|这些|那些|这样|那样|一个|一种|一些|"
    "[的了是在和与及吗呢吧啊呀嘛把被让给对从向到于之其而则且或也都就还又很更最这那我你您他她它们有为以所会能要将等着过个]"
)

_ALL_STOP_ZH = re.compile(f"(?:{_STOP_ZH.pattern})*")


def terms(text: str) -> list[str]:
    """Return the content terms of `text` in order, with repetitions; empty if it only asks or points."""
    found: list[str] = []
    for match in _RUN.finditer(fold_text(text)):
        if match["han"] is not None:
            found += _pairs(match["han"])
        elif match["number"] is not None:
            found.append(match["number"].replace(",", ""))
        elif (word := match["word"].replace("’", "'").split("'")[0]) not in _STOP_EN:
            found.append(stem(word))
    return found


def tokens_of(text: str) -> list[str]:
    """Return all words of `text` in order, function words too: Latin ones stemmed, Chinese by character."""
    found: list[str] = []
    for match in _RUN.finditer(fold_text(text)):
        found += match[0] if match["han"] is not None else [stem(match[0])]
    return found


def say_nothing(tokens: Sequence[str]) -> bool:
    """Whether neighbouring tokens of `tokens_of` are function words, all of them."""
    rest = "".join(token for token in tokens if token not in _STOP_EN)
    return _ALL_STOP_ZH.fullmatch(rest) is not None


def numbers(text: str) -> set[str]:
    """Return the numbers of `text` in digits, those that Chinese spells out too; thousands separators, also
    spaces, do not count."""
    joined = with_whole_myriads(re.sub(r"(?<=\d)[,\s](?=\d{3}(?!\d))", "", fold_text(text)))
    return set(re.findall(r"\d+(?:\.\d+)?", joined)) | spelt_numbers(joined)


def negations(text: str) -> int:
    """Return how many words of `text` turn its meaning round."""
    folded = fold_text(text)
    english: int = sum(
        word in _POLAR or word.endswith("n't") for word in re.findall(r"[a-z]+(?:['’]t)?", folded)
    )
    return english + len(_POLAR_HAN.findall(folded))


def stem(word: str) -> str:
    """Return an English word without its commonest endings: plural, past, -ing, final e."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and re.search("[aeiouy]", root):
            word = root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _pairs(run: str) -> list[str]:
    pieces = [piece for piece in _STOP_ZH.split(run) if piece]
    return [pair for piece in pieces for pair in _of_piece(piece)]


def _of_piece(piece: str) -> list[str]:
    return [piece] if len(piece) == 1 else [piece[i : i + 2] for i in range(len(piece) - 1)]
