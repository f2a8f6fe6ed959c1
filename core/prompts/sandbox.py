"""Templates that can do nothing but lay out text: Jinja2's sandbox with most of the language left out.

A template may come with a vault that somebody else wrote. What could loop, grow or reach for anything is
refused when the file is read, by the kinds of nodes in its syntax tree; the sandbox is a second wall.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from core.errors import PromptBroken

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

MOST_CHARACTERS = 400_000
"""Of a rendered template; more is no prompt for any model."""
LONGEST_SOURCE = 60_000

_ALLOWED = re.compile(
    "Template|Output|TemplateData|Name|Const|Getattr|Getitem|If|For|CondExpr|Not|And|Or|Compare|Operand"
    "|Filter|Test|Concat|Add|Sub|List|Tuple|Pair|Dict|Neg"
)
_FILTERS = re.compile("default|d|first|last|join|length|count|lower|upper|trim|title|list|sort|unique|int")
_DEEPEST_LOOP = 2


class Material(str):
    """Text of a note: whatever a template does not do to it, it is fenced when it is written out."""

    label: str
    nonce: str

    @classmethod
    def of(cls, text: str, label: str, nonce: str) -> Material:
        """Return `text` to be shown between lines with the code `nonce`, headed by `label`."""
        made = cls(text)
        made.label, made.nonce = label, nonce
        return made

    def fenced(self) -> str:
        """Return the text between its two lines; nothing where there is none."""
        return f"--- {self.nonce} {self.label}\n{self!s}\n--- {self.nonce}" if self.strip() else ""


def check(source: str, known: Collection[str]) -> None:
    """Refuse a template that could do harm or cannot work.

    Args:
        known: the names it may use.

    Raises:
        PromptBroken: with `line`, counted from 1 in `source`, and `reason`.
    """
    import jinja2

    if len(source) > LONGEST_SOURCE:
        raise _broken(1, f"The template is longer than {LONGEST_SOURCE} characters.")
    try:
        tree = environment().parse(source)
    except jinja2.TemplateSyntaxError as error:
        raise _broken(
            error.lineno, f"{(error.message or 'The template cannot be read').rstrip('.')}."
        ) from None
    except RecursionError:
        raise _broken(1, "The template nests too deeply.") from None
    _check_node(tree, frozenset(known), 0)


def render(source: str, values: Mapping[str, Any]) -> str:
    """Return the template with its values filled in; it must have passed `check`.

    Raises:
        PromptBroken: it meets something it cannot show, or grows beyond all measure.
    """
    import jinja2

    written: list[str] = []
    size = 0
    try:
        for piece in environment().from_string(source).generate(**values):
            size += len(piece)
            if size > MOST_CHARACTERS:
                raise _broken(1, f"The prompt grows beyond {MOST_CHARACTERS} characters.")
            written.append(piece)
    except (jinja2.TemplateError, TypeError, ValueError, LookupError, RecursionError) as error:
        raise _broken(_line_of(error), f"The template failed: {error}.") from error
    return "".join(written)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the one environment; importing Jinja2 takes some 60 ms."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: value.fenced() if isinstance(value, Material) else value,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.globals = {}
    made.filters = {name: call for name, call in made.filters.items() if _FILTERS.fullmatch(name)}
    return made


def _check_node(node: nodes.Node, known: frozenset[str], loops: int) -> None:
    kind = type(node).__name__
    if not _ALLOWED.fullmatch(kind):
        raise _broken(node.lineno, f"“{kind}” is not allowed in a prompt; only values, if and for are.")
    if kind == "For":
        loops += 1
        if loops > _DEEPEST_LOOP or getattr(node, "recursive", False):
            raise _broken(node.lineno, "Loops may be nested once and may not call themselves.")
        known = known | _targets(node) | {"loop"}
    if kind in ("Filter", "Test") and not _is_known(node):
        raise _broken(node.lineno, f"There is no filter or test “{getattr(node, 'name', '')}” in a prompt.")
    if kind == "Name" and (name := getattr(node, "name", "")) not in known:
        raise _broken(node.lineno, f"There is no variable “{name}”.")
    if kind == "Getattr" and str(getattr(node, "attr", "")).startswith("_"):
        raise _broken(node.lineno, "Names that begin with _ are not allowed.")
    for child in node.iter_child_nodes():
        _check_node(child, known, loops)


def _is_known(node: nodes.Node) -> bool:
    """Whether a filter or test is one of the few that are kept; Jinja2 itself looks only when it compiles."""
    kept = environment().filters if type(node).__name__ == "Filter" else environment().tests
    return getattr(node, "name", "") in kept


def _targets(loop: nodes.Node) -> frozenset[str]:
    return frozenset(_names(loop.target))  # type: ignore[attr-defined]  # only asked of a For


def _names(target: nodes.Node) -> Iterator[str]:
    if name := getattr(target, "name", ""):
        yield name
    for child in target.iter_child_nodes():
        yield from _names(child)


def _line_of(error: BaseException) -> int:
    """Return the template's line that was being rendered; Jinja2 writes it into the traceback."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return max(line, 1)


def _broken(line: int, reason: str) -> PromptBroken:
    return PromptBroken(f"Line {line}: {reason}", line=str(line), reason=reason)
