"""Takes keys out of everything that is shown or logged.

Servers echo the key they refuse, so every word of theirs passes through here before it reaches an error
or a log line.
"""

from __future__ import annotations

import re

HIDDEN = "[key]"
LONGEST_REASON = 300

_KEY_LIKE = re.compile(
    r"""
    \b(?:sk|pk|rk|gsk|xai|hf)[-_][A-Za-z0-9*_\-.]{8,}  # sk-..., gsk_..., also masked: sk-ab***cd
    | (?<=Bearer\s)\S+
    | \b[0-9a-f]{32}\.[A-Za-z0-9]{16}\b                           # Zhipu's id.secret
    """,
    re.VERBOSE | re.IGNORECASE,
)


def redacted(text: str, *secrets: str) -> str:
    """Return `text` without the given secrets and without anything that looks like a key."""
    for secret in secrets:
        if len(secret) >= 4:  # shorter ones, such as the `none` of local servers, are ordinary words
            text = text.replace(secret, HIDDEN)
    return _KEY_LIKE.sub(HIDDEN, text)


def reason_of(text: str, *secrets: str) -> str:
    """Return one short redacted line of what a server said; nothing of an HTML page."""
    if re.match(r"\s*<(!doctype|html|\?xml)", text, re.IGNORECASE):
        return ""
    line = " ".join(redacted(text[: 4 * LONGEST_REASON], *secrets).split())
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"
