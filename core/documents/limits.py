"""How much one document may cost. Measured on the hostile files of the acceptance set."""

from __future__ import annotations

MIB = 1024 * 1024

FILE_BYTES = 100 * MIB
MEMORY_BYTES = 1400 * MIB
"""What a child may allocate; with the libraries that it shares it stays below 1.5 GiB."""
WALL_SECONDS = 45.0
"""A minute, with what comes before and after it."""
CPU_SECONDS = 90
"""Of all its threads together; the wall clock ends a child that computes on one."""
WORK_SECONDS = 28.0
"""When slow work (recognising pictures, transcribing) stops and hands over what it has."""
LAST_SECONDS = 8.0
"""After that, for quick work: the pages that need no recognising."""
TEXT_CHARACTERS = 10_000_000
"""Some 5 000 pages; what follows is left out, and said."""
UNPACKED_BYTES = 200 * MIB
MEMBER_BYTES = 100 * MIB
MEMBERS = 10_000
MEMBER_RATIO = 200
"""Real XML packs to a tenth or twentieth; a bomb to a thousandth."""
RATIO_MATTERS_FROM = 10 * MIB
PICTURE_PIXELS = 60_000_000
REPLY_BYTES = 64 * MIB
"""What a child may send: `TEXT_CHARACTERS` in UTF-8, escaped."""
