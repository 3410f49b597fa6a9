"""Where the page engine begins a document's pages, said in items, rows and lines: the sheet breaks there, too."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from govtracker.export.document import Document
from govtracker.export.pages.engine import Engine
from govtracker.export.pages.flow import Settled
from govtracker.export.pages.line_boxes import LineBox
from govtracker.export.pages.measured import MeasuredCell, Stretch
from govtracker.export.pages.table import TablePart


class Start(NamedTuple):
    """A page begins at an item; in a table at `row`, or inside that row: at `content` of its cell in `column`.

    `inner` is the row of a table that is there in the cell. `late` = the line began on the page before, and most
    of it is there.
    """

    item: int
    row: int = 0
    column: int = -1
    content: int = 0
    inner: int = 0
    late: bool = False


def page_starts(document: Document, engine: Engine) -> list[Start]:
    """The start of every page but the first."""
    return [start_of(settled[0]) for settled in engine.settled(document)[1:]]


def start_of(settled: Settled) -> Start:
    """Where a page begins whose first line or part of a table is known."""
    number, _, body = settled
    if isinstance(body, LineBox):
        return Start(number, late=_late(body))
    return Start(number) if body.begins else _inside(number, body)


def _inside(number: int, part: TablePart) -> Start:
    """Where a part of a table goes on: before a row, or within one at the first line of a cell that was split."""
    row = part.start
    if row.first:
        return Start(number, row.row)
    for cell in part.table.rows[row.row]:
        shown = row.of(cell)
        if cell.cell.rowspan == 1 and 0 < shown.first < shown.end:
            return Start(number, row.row, cell.column, *_line(cell, shown))
    return Start(number, row.row, late=True)


def _line(cell: MeasuredCell, shown: Stretch) -> tuple[int, int, bool]:
    """(content, row of the table in the cell, late) of the first line that goes on."""
    box = cell.content.boxes[shown.first]
    return bisect_right(cell.content.starts, shown.first) - 1, box.table_row, _late(box)


def _late(box: LineBox) -> bool:
    """Whether most of a paragraph comes before the line."""
    return box.at * 2 > box.of
