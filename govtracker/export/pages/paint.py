"""Parts of tables and line boxes -> what is drawn at which place of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from govtracker.export.pages.items import MM, DrawItem, Fill, Frame, Positioned, moved
from govtracker.export.pages.line_boxes import LineBox
from govtracker.export.pages.measured import MeasuredCell, Stretch, text_top
from govtracker.export.pages.rules import Rules, outline
from govtracker.export.pages.table import TablePart


def painted(part: TablePart, left: float, top: float) -> list[Positioned]:
    """A part of a table with its upper left corner at a place, closed all round."""
    rules = Rules(part.table.edges[-1], part.height)
    positioned: list[Positioned] = []
    x = left + part.table.x
    for cell, shown, upper, lower in areas(part):
        boxes = cell.boxes(shown)
        if boxes or cell.cell.fill:
            positioned += _cell(cell, shown, boxes, x, top, upper, lower)
        rules.cell(cell, upper, lower)
    positioned.append(Positioned(x, top, (*rules.items(), *outline(part.table, part.height))))
    return positioned


def areas(part: TablePart) -> Iterator[tuple[MeasuredCell, Stretch, float, float]]:
    """Every cell of a part, what it shows, its upper and its lower edge from the part's top."""
    tops = [0.0, *accumulate(row.height for row in part.rows)]
    shown: set[MeasuredCell] = set()
    for at, row in enumerate(part.rows):
        for cell in part.table.covered[row.row]:
            if cell.cell.rowspan < 2:
                yield cell, row.of(cell), tops[at], tops[at + 1]
            elif cell not in shown:
                shown.add(cell)
                span = part.spans[cell]
                yield cell, span.shown, tops[at], tops[span.until + 1]


def _cell(
    cell: MeasuredCell,
    shown: Stretch,
    boxes: Sequence[LineBox],
    left: float,
    top: float,
    upper: float,
    lower: float,
) -> Iterator[Positioned]:
    """A cell's fill and its lines."""
    height, source = lower - upper, cell.cell.place
    if cell.cell.fill:
        yield Positioned(left, top, (Fill(cell.x, upper, cell.width, height, cell.cell.fill),), source)
    x, y = left + cell.x + cell.cell.pad[0] * MM, top + upper + text_top(cell, height, cell.stack(shown))
    for at, box in enumerate(boxes):
        y += box.before if at else 0
        if box.items:
            yield Positioned(x, y, box.items, box.place or source)
        y += box.height + box.after


def framed(cell: MeasuredCell, x: float, y: float, height: float, rule: float) -> list[DrawItem]:
    """A whole cell at a place: fill, frame, content."""
    items: list[DrawItem] = []
    if cell.cell.fill:
        items.append(Fill(x, y, cell.width, height, cell.cell.fill))
    items.append(Frame(x, y, cell.width, height, rule))
    top = y + text_top(cell, height, cell.content.height)
    for at, box in enumerate(cell.content.boxes):
        top += box.before if at else 0
        items += [moved(item, x + cell.cell.pad[0] * MM, top) for item in box.items]
        top += box.height + box.after
    return items
