r"""LaTeX in an answer, between `$`, `$$`, `\(` or `\[`: kept as it was written, as code.

Markdown would take `\,` for a comma and two `_` for emphasis, and the formula would be another one. A rule of
the parser within a paragraph, so that a formula that is still being written closes no block.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_FORMULA = re.compile(
    r"""
      \$\$ [^$]{1,4000} \$\$
    | (?<![\d$]) \$ (?![\s$]) [^$\n]{0,500} (?<![\s\\]) \$ (?![\d$])   # prices, $5 and $6, are none
    | \\\( (?: (?!\\[()]) . ){1,2000} \\\)
    | \\\[ (?: (?!\\[\[\]]) . ){1,4000} \\\]
    """,
    re.VERBOSE | re.DOTALL,
)


def use(parser: MarkdownIt) -> None:
    """Add the rule to a parser."""
    parser.inline.ruler.before("escape", "formula", _formula)


def _formula(state: StateInline, silent: bool) -> bool:
    found = _FORMULA.match(state.src, state.pos) if state.src[state.pos] in "$\\" else None
    if found is None:
        return False
    if not silent:
        state.push("code_inline", "code", 0).content = " ".join(found[0].split())
    state.pos = found.end()
    return True
