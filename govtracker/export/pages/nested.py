"""A table inside a cell as line boxes: one per group of rows that spans hold together; small ones stay whole."""

from __future__ import annotations

from govtracker.export.document import INNER
from govtracker.export.pages.items import MM, DrawItem, moved
from govtracker.export.pages.line_boxes import LineBox
from govtracker.export.pages.measured import MeasuredGrid, smaller
from govtracker.export.pages.paint import framed, painted
from govtracker.export.pages.table import Heights, TablePart, split

TALLEST = 150 * MM
"""Height of the highest line box; rows that are higher are split before pages are known."""
SMALL = 90 * MM
"""A table that is lower than this stays whole."""


def nested_boxes(table: MeasuredGrid) -> list[LineBox]:
    """The boxes of a table in a cell, with the space that the table wants above and below."""
    groups = _groups(table)
    if max((box.height for box in groups), default=0) > TALLEST:
        boxes = [_part(part) for part in split(table, Heights(TALLEST, TALLEST))]
        boxes[0] = boxes[0]._replace(small=tuple(smaller(table.rows)))
    else:
        boxes = _held(table, groups)
    if boxes:
        boxes[0] = boxes[0]._replace(before=table.before)
        boxes[-1] = boxes[-1]._replace(after=table.after)
    return boxes


def _held(table: MeasuredGrid, groups: list[LineBox]) -> list[LineBox]:
    """The boxes of a low table held together; of a higher one the first two, its head repeated before the others."""
    whole, last = table.height < SMALL, len(groups) - 1
    boxes = [box._replace(keep=at < last and (whole or at == 0)) for at, box in enumerate(groups)]
    if whole or not table.grid.head:
        return boxes
    lead = (boxes[0]._replace(before=table.before),)
    return [*boxes[:2], *(box._replace(lead=lead) for box in boxes[2:])]


def _groups(table: MeasuredGrid) -> list[LineBox]:
    """One box per group of rows that spans hold together; the head is one."""
    boxes: list[LineBox] = []
    start, head, count = 0, table.grid.head, len(table.heights)
    while start < count:
        end = start + 1
        while end < count and any(cell.row < end for cell in table.covered[end]):
            end += 1
        if start < head:
            end = max(end, head)
        boxes.append(_group(table, start, end))
        start = end
    return boxes


def _group(table: MeasuredGrid, start: int, end: int) -> LineBox:
    """The rows from `start` up to `end` as one box, every cell framed."""
    items: list[DrawItem] = []
    y = 0.0
    for at in range(start, end):
        for cell in table.rows[at]:
            height = sum(table.heights[at : cell.end])
            items += framed(cell, table.x + cell.x, y, height, INNER * MM)
        y += table.heights[at]
    return LineBox(y, tuple(items), small=tuple(smaller(table.rows[start:end])), table_row=start)


def _part(part: TablePart) -> LineBox:
    """A part of a table with high rows as a box of its own."""
    items = tuple(moved(item, place.x, place.y) for place in painted(part, 0.0, 0.0) for item in place.items)
    row = next((row.row for row in part.rows if row.row >= part.table.grid.head), 0)
    return LineBox(part.height, items, table_row=row)
