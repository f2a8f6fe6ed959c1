"""The style sheet of a rendered note, beyond what answers have too."""

from __future__ import annotations

from desktop.editor.preview_grounds import CODE_MARGIN, QUOTE_MARGIN
from desktop.theme.theme import Theme

_ROLES = ("accent", "ok", "warn", "error", "quiet")


def note_css(theme: Theme, mono: str, pixels: int) -> str:
    """Return the CSS for a note whose letters are so many pixels high.

    Args:
        mono: the families of the fixed-width face, as CSS has them.
    """
    colour = {role: theme.colour(role).name() for role in (*_ROLES, "selection", "line", "text")}
    titles = "".join(f"span.{role}-title {{ color: {colour[role]}; }}" for role in _ROLES)
    return f"""
        h1 {{ font-size: x-large; }} h2 {{ font-size: large; }} h2, h3, h4, h5, h6 {{ margin-top: 16px; }}
        ul, ol, li ul, li ol {{ margin: 0; }}
        p.room {{ margin: 0; font-size: 1px; line-height: 7px; }} p.wide {{ line-height: 14px; }}
        pre, code {{ font-family: {mono}; font-size: {pixels - 1}px; }}
        pre {{ margin: 14px {CODE_MARGIN}px 14px {CODE_MARGIN}px; }}
        blockquote {{ margin: 10px 0 14px {QUOTE_MARGIN}px; }}
        blockquote.callout {{ color: {colour["text"]}; margin: 14px 8px 24px {QUOTE_MARGIN}px; }}
        hr {{ background-color: {colour["line"]}; }}
        span.lit {{ background-color: {colour["selection"]}; }}
        span.tag {{ color: {colour["accent"]}; }}
        span.quiet, td.key, ol.footnotes {{ color: {colour["quiet"]}; }}
        span.done {{ color: {colour["quiet"]}; text-decoration: line-through; }}
        table.properties {{ margin-bottom: 12px; }}
        table.properties td {{ border: 0; padding: 1px 16px 1px 0; font-size: {pixels - 2}px; }}
        {titles}
    """
