"""Texts that must fit one line: shortened with an ellipsis where they are too long."""

from __future__ import annotations

import unicodedata

from govtracker.export.fonts import Face

ELLIPSIS = "…"
_JOINER = "\u200d"


def shortened(text: str, font: Face, size: float, room: float) -> str:
    """The text, or its beginning and `…`, in at most `room` points; "" where not even the ellipsis fits."""
    if font.width(text) * size <= room * 1000:
        return text
    left = room * 1000 / size - font.width(ELLIPSIS)
    kept = 0
    for char in text:
        left -= font.char(char)[1]
        if left < 0:
            break
        kept += 1
    while kept and _joined(text, kept):
        kept -= 1
    return text[:kept].rstrip() + ELLIPSIS if kept else ""


def _joined(text: str, at: int) -> bool:
    """Whether the character at a place is part of the one before."""
    before, char = text[at - 1], text[at]
    return before == _JOINER or char == _JOINER or unicodedata.category(char) in ("Mn", "Me", "Sk")
