"""Where the lines of a cell may be split."""

from __future__ import annotations

from collections.abc import Sequence

from govtracker.export.pages.line_boxes import LineBox


def breakpoint_of(boxes: Sequence[LineBox], room: float, *, forced: bool) -> int:
    """How many boxes stay on this side: as many as fit, at least two on each side, no forbidden break.

    0 where that can't be; when forced (nothing else is on the page), at least one.
    """
    if len(boxes) < 2:
        return 0
    best = min(_fitting(boxes, room), len(boxes) - 1)
    for at in range(best, 1, -1):
        before, after = boxes[at - 1], boxes[at]
        inside = after.at > 0 and (after.at < 2 or after.of - after.at < 2)
        if not before.keep and not inside and len(boxes) - at >= min(2, len(boxes) - 1):
            return at
    return max(1, best) if forced else 0


def _fitting(boxes: Sequence[LineBox], room: float) -> int:
    """How many boxes fit the room."""
    used = -boxes[0].before
    for count, box in enumerate(boxes):
        used += box.total
        if used > room + 0.01:
            return count
    return len(boxes)
