"""Measured tables: every cell with its line boxes and its place, every row with its height. Points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from itertools import accumulate
from typing import NamedTuple

from govtracker.export.document import Cell, Grid
from govtracker.export.pages.items import MM
from govtracker.export.pages.line_boxes import LineBox, stacked


class Content(NamedTuple):
    """Line boxes of a cell, their height under one another, and the box that each of its items begins with."""

    boxes: Sequence[LineBox]
    height: float
    starts: Sequence[int]


class Stretch(NamedTuple):
    """Some boxes of a cell, from `first` up to `end`, after the repeated head `lead` of the table they go on with."""

    first: int
    end: int
    lead: tuple[LineBox, ...] = ()


@dataclass(slots=True, eq=False)
class MeasuredCell:
    """A cell and its content; `row` and `column` are where it begins, x and width are within the table."""

    cell: Cell
    row: int
    column: int
    x: float
    width: float
    content: Content
    height: float
    """Of the content with the space above and below."""
    sums: list[float] = attribute(default_factory=list)
    """Heights of the first boxes, one more each; computed when the cell is split."""

    @property
    def padding(self) -> float:
        """Space above and below the content together."""
        return 2 * self.cell.pad[1] * MM

    @property
    def end(self) -> int:
        """The row after its last one."""
        return self.row + self.cell.rowspan

    @property
    def whole(self) -> Stretch:
        """All of its boxes."""
        return Stretch(0, len(self.content.boxes))

    @property
    def nothing(self) -> Stretch:
        """None of its boxes: all were shown."""
        return Stretch(len(self.content.boxes), len(self.content.boxes))

    def boxes(self, shown: Stretch) -> Sequence[LineBox]:
        """The boxes of a stretch."""
        if shown.first == 0 and shown.end == len(self.content.boxes):
            return self.content.boxes
        return (*shown.lead, *self.content.boxes[shown.first : shown.end])

    def stack(self, shown: Stretch) -> float:
        """Height of a stretch's boxes under one another."""
        whole = shown.first == 0 and shown.end == len(self.content.boxes)
        return self.content.height if whole else stacked(self.boxes(shown))

    def rest_height(self, rest: Stretch) -> float:
        """Height of a stretch that goes on to the cell's last box; the same cost for any number."""
        left, boxes = rest.end - rest.first, self.content.boxes
        if left + len(rest.lead) < 2:
            return stacked(self.boxes(rest))
        if not self.sums:
            self.sums = [0.0, *accumulate(box.total for box in boxes)]
        if rest.lead:
            head = sum(box.total for box in rest.lead) - rest.lead[0].before
            return head + self.sums[-1] - self.sums[rest.first]
        return self.sums[-1] - self.sums[rest.first] - boxes[rest.first].before

    def divided(self, shown: Stretch, count: int) -> tuple[Stretch, Stretch]:
        """The first boxes of a stretch, so many, and those that are left."""
        at = max(shown.first, shown.first + count - len(shown.lead))
        return Stretch(shown.first, at, shown.lead), Stretch(at, shown.end)


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredGrid:
    """`rows` are the cells by the row that they begin in, `covered` by every row that they cover."""

    grid: Grid
    x: float
    edges: Sequence[float]
    heights: Sequence[float]
    rows: Sequence[Sequence[MeasuredCell]]
    covered: Sequence[Sequence[MeasuredCell]]
    before: float = 0
    after: float = 0

    @property
    def height(self) -> float:
        """Height of all rows."""
        return sum(self.heights)


def text_top(cell: MeasuredCell, height: float, stack: float) -> float:
    """Space above boxes of the height `stack` in a cell of the given height."""
    pad = cell.cell.pad[1] * MM
    return pad if cell.cell.valign == "top" else max(pad, (height - stack) / 2)


def smaller(rows: Iterable[Sequence[MeasuredCell]]) -> Iterator[tuple[str, float]]:
    """(text, type size) of what was made smaller in some rows."""
    return (small for row in rows for cell in row for box in cell.content.boxes for small in box.small)
