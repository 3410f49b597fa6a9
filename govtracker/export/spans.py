"""Where the cells of a document's table are: columns counted past cells that span rows from above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govtracker.export.document import Cell, Row


class SpreadCell(NamedTuple):
    """A cell and where it begins; counted from 0."""

    row: int
    column: int
    cell: Cell


def spread(rows: Sequence[Row]) -> Iterator[SpreadCell]:
    """Every cell of a table, row by row."""
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while taken and (at, column) in taken:
                column += 1
            yield SpreadCell(at, column, cell)
            end = column + cell.colspan
            if cell.rowspan > 1:
                covered = range(at + 1, min(at + cell.rowspan, len(rows)))
                taken.update((below, over) for below in covered for over in range(column, end))
            column = end
