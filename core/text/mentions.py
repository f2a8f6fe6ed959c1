"""Where `@` begins the name of a note while words are typed."""

from __future__ import annotations

import re

from core.text.words import HAN

MENTION = re.compile(rf"(?:^|(?<=[\s{HAN}，。、；：？！（“「]))[@＠](?P<words>\S*)$")
"""Chinese puts no blank before it, and in `ada@example.org` it means something else."""
