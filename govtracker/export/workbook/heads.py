"""Where a table's head is written again in a sheet: where a page begins with a whole row, and the importer sees it."""

from __future__ import annotations

from collections.abc import Iterable

from govtracker.export.document import Grid
from govtracker.export.spans import spread
from govtracker.export.workbook.breaks import Start
from govtracker.forms.validate import BLOCK_KINDS

REPEATING = frozenset(BLOCK_KINDS["table"]) | {"money"}
"""Kinds of table whose head may be written again where a page begins: the importer knows it again there."""


def rows_under_head(grid: Grid, starts: Iterable[Start]) -> list[int]:
    """The rows, in order, before which the head is written again."""
    head = grid.head
    rows = {start.row for start in starts if start.column < 0 and not start.late and start.row >= head > 0}
    if not rows or grid.role not in REPEATING or not _recognisable(grid):
        return []
    if grid.role == "money":
        rows -= {row for row in rows for at, _, cell in spread(grid.rows) if at < row < at + cell.rowspan}
    return sorted(rows)


def _recognisable(grid: Grid) -> bool:
    """Whether a head is one of columns: of several cells, one of them over all its rows."""
    first = [cell for cell in grid.rows[0].cells if cell.content]
    return len(first) > 1 and (grid.head == 1 or any(cell.rowspan > 1 for cell in first))
