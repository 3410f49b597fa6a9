"""Line boxes: what is never split on a page, a line of text or a picture or some rows of a table in a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govtracker.export.pages.items import DrawItem, Text
from govtracker.model.place import Place


class LineBox(NamedTuple):
    """`at` of `of` lines of one paragraph; `before` is dropped at the top of a page or of a cell's part.

    `keep` = no break after it. `lead` is repeated before it where it begins a part (a nested table's head).
    `small` = (text, type size) of every text of it that was made smaller to fit. `table_row` = the row that it
    begins with, of the table that it is a piece of.
    """

    height: float
    items: tuple[DrawItem, ...]
    before: float = 0
    after: float = 0
    keep: bool = False
    at: int = 0
    of: int = 1
    lead: tuple[LineBox, ...] = ()
    place: Place | None = None
    small: tuple[tuple[str, float], ...] = ()
    heading: str = ""
    table_row: int = 0

    @property
    def total(self) -> float:
        """Height with the space above and below."""
        return self.before + self.height + self.after


def stacked(boxes: Sequence[LineBox]) -> float:
    """Height of boxes under one another; the first one's space above doesn't count."""
    if len(boxes) == 1:
        return boxes[0].height + boxes[0].after
    return sum(box.before + box.height + box.after for box in boxes) - (boxes[0].before if boxes else 0)


def texts(box: LineBox) -> str:
    """Text of a box, for tests and errors."""
    return "".join(item.text for item in box.items if isinstance(item, Text))
