"""Reading a command line: words and options in any order, and values refused in words of the product."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


class Parser(argparse.ArgumentParser):
    """Takes the words of a command wherever they stand, as in `search VAULT --json QUERY`.

    WORKAROUND: before Python 3.12.7 argparse gives up on an optional word at the first option it meets.
    """

    _is_mixing = False

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Return what was understood, and what was not."""
        found, left = super().parse_known_args(args, namespace)
        if not left or self._is_mixing or self._subparsers is not None:
            return found, left
        self._is_mixing = True
        try:
            return self.parse_known_intermixed_args(args)
        finally:
            self._is_mixing = False


def one_of(choices: Iterable[Choice]) -> Callable[[str], Choice]:
    """Return the reader of an option that has these values."""
    by_name = {choice.value: choice for choice in choices}

    def read(value: str) -> Choice:
        if value not in by_name:
            raise argparse.ArgumentTypeError(f"{value!r} is none of {', '.join(by_name)}")
        return by_name[value]

    return read


def given_folder(value: str) -> Path:
    """Return the folder; an empty name is a variable that was not set, never the folder one is in."""
    if not value:
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return Path(value)
