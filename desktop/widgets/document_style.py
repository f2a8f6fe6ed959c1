"""What Qt's rich text needs to be told so that an answer looks like the rest of the window."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QFontMetrics

from desktop.theme.code_roles import CODE_ROLES
from desktop.theme.theme import Theme

if TYPE_CHECKING:
    from pygments.style import Style

_LINE_HEIGHT = 1.35


def document_css(theme: Theme, metrics: QFontMetrics) -> str:
    """Return the style sheet of an answer's document.

    Lines have one height in pixels, so that a Chinese word in an English line does not make it jump.
    """
    line = round(metrics.height() * _LINE_HEIGHT)
    gap = round(line / 3)
    colour = {role: theme.colour(role).name() for role in ("accent", "window", "line", "quiet")}
    return f"""
        p, li, blockquote {{ line-height: {line}px; }}
        p {{ margin: 0 0 {gap}px 0; }}
        h1, h2, h3, h4, h5, h6 {{ font-weight: 600; margin: {gap}px 0 {gap}px 0; }}
        h1 {{ font-size: large; }} h2, h3, h4, h5, h6 {{ font-size: medium; }}
        ul, ol {{ margin: 0 0 {gap}px 0; }} li ul, li ol {{ margin: 0; }}
        blockquote {{ margin: 0 0 {gap}px 12px; color: {colour["quiet"]}; }}
        pre {{ background-color: {colour["window"]}; margin: 0 0 {gap}px 0; white-space: pre-wrap; }}
        code {{ background-color: {colour["window"]}; }}
        table {{ border-collapse: collapse; margin: {gap}px 0 {gap}px 0; }}
        th, td {{ border: 1px solid {colour["line"]}; padding: 3px 6px; }}
        th {{ font-weight: 600; }}
        a {{ color: {colour["accent"]}; }}
        a.mark {{ text-decoration: none; }}
    """


def code_style(theme: Theme) -> type[Style]:
    """Return the Pygments style with the colours that code has in the editor; one for each set of colours."""
    return _style_of(tuple((role, theme.colour(role).name()) for role in sorted(set(CODE_ROLES.values()))))


@lru_cache(maxsize=8)
def _style_of(colours: tuple[tuple[str, str], ...]) -> type[Style]:
    from pygments.style import Style
    from pygments.token import string_to_tokentype

    by_role = dict(colours)

    class ThemeStyle(Style):
        """The theme's colours of code."""

        styles: ClassVar = {string_to_tokentype(name): by_role[role] for name, role in CODE_ROLES.items()}

    return ThemeStyle
