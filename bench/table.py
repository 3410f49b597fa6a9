"""Printing the numbers as a table that stays straight with Hangul."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bench.runs import Median

NONE = "—"


def cells(found: Median, count: int = 1) -> list[str]:
    """Seconds, seconds per card where there are several, and MiB."""
    if found.missing:
        return [NONE, NONE, NONE]
    each = f"{found.seconds / count:.4f}" if count > 1 else ""
    return [_seconds(found.seconds), each, f"{found.megabytes:.0f}"]


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value >= 0.1 else f"{value:.4f}"


def ratio(found: Median, other: Median) -> str:
    """How many times as long as the other."""
    if found.missing or other.missing or not other.seconds:
        return NONE
    return f"{found.seconds / other.seconds:.2f}"


def width(text: str) -> int:
    """Columns of a terminal that the text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def line(texts: Sequence[str], widths: Sequence[int], left: Sequence[int]) -> str:
    """One row; the columns named in `left` are aligned to the left."""
    padded = []
    for at, (text, room) in enumerate(zip(texts, widths, strict=True)):
        blank = " " * max(0, room - width(text))
        padded.append(text + blank if at in left else blank + text)
    return "  ".join(padded).rstrip()
