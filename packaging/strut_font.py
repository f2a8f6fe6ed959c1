#!/usr/bin/env python3
"""Make `resources/fonts/strut.ttf`, the font without letters that gives lines their height.

Needs `fonttools`, which nothing else here does: `pip install fonttools`, then run this file. A plain text
edit in Qt has no line height. Its lines are as high as the first font of the list, whether or not that one
has the letters; so a font whose only content is its ascent and descent is to a line what the strut is in CSS.
The ascent is that of Noto Sans CJK, the highest of the faces in use, so that Chinese and Latin lines are
equally high and share one baseline; together the two make 1.6 em.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-not-found]
from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-not-found]

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "strut.ttf"
EM, ASCENT, DESCENT = 1000, 1160, 440
EVERY_SCRIPT = 0xFFFFFFFF  # else the platform passes the font over for scripts it does not claim


def main() -> None:
    """Write the font."""
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder([".notdef", "space"])
    font.setupCharacterMap({0x200B: "space"})
    font.setupGlyf({".notdef": Glyph(), "space": Glyph()})
    font.setupHorizontalMetrics({".notdef": (500, 0), "space": (0, 0)})
    font.setupHorizontalHeader(ascent=ASCENT, descent=-DESCENT, lineGap=0)
    font.setupNameTable({"familyName": "Pilotfish Strut", "styleName": "Regular"})
    font.setupOS2(
        sTypoAscender=ASCENT,
        sTypoDescender=-DESCENT,
        sTypoLineGap=0,
        usWinAscent=ASCENT,
        usWinDescent=DESCENT,
        sxHeight=500,
        sCapHeight=700,
        ulUnicodeRange1=EVERY_SCRIPT,
        ulUnicodeRange2=EVERY_SCRIPT,
        ulUnicodeRange3=EVERY_SCRIPT,
        ulUnicodeRange4=EVERY_SCRIPT,
        ulCodePageRange1=EVERY_SCRIPT,
        ulCodePageRange2=EVERY_SCRIPT,
    )
    font.setupPost()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    font.save(TARGET)


if __name__ == "__main__":
    main()
