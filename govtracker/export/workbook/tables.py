"""A table in a sheet: its cells, lines and tables inside them in rows of their own, its head again where pages begin."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from govtracker.export.document import Cell, Grid
from govtracker.export.pages.items import MM
from govtracker.export.spans import spread
from govtracker.export.workbook.column_grid import edges_of
from govtracker.export.workbook.row_counts import TableRows, rowwise
from govtracker.export.workbook.sheet import Sheet
from govtracker.export.workbook.sheet_plan import LEAST
from govtracker.export.workbook.values import CellPlan, halves

ItemPlace = tuple[int, int, int, int]
"""Row and column of a cell, number of an item in it, row of that item if it is a table."""


class WrittenTable(NamedTuple):
    """The sheet rows in which a table's rows begin, and the one after it; those of the items in its cells."""

    tops: Sequence[int]
    items: dict[ItemPlace, int]


class Area(NamedTuple):
    """Sheet rows and columns, inclusive."""

    top: int
    left: int
    bottom: int
    right: int


def write_table(sheet: Sheet, rows: TableRows, under_head: Sequence[int] = ()) -> WrittenTable:
    """Add a table below what the sheet has; its head is written again before the rows `under_head`."""
    return _Writer(sheet, rows, under_head).run()


class _Writer:
    def __init__(self, sheet: Sheet, rows: TableRows, under_head: Sequence[int]) -> None:
        self.sheet, self.rows, self.grid, self.under_head = sheet, rows, rows.grid, under_head
        self.edges = edges_of(rows.grid, rows.x)
        self.columns = [sheet.columns.column(edge) for edge in self.edges]
        self.tops = self._tops(sheet.row)
        self.items: dict[ItemPlace, int] = {}

    def _tops(self, row: int) -> list[int]:
        """The sheet row of every row, and the one after the table."""
        tops = []
        for at, count in enumerate(self.rows.counts):
            row += sum(self.rows.head) if at in self.under_head else 0
            tops.append(row)
            row += count
        return [*tops, row]

    def run(self) -> WrittenTable:
        """Add all cells."""
        first, heights = self.sheet.row, self.sheet.plan.heights
        for at, count in enumerate(self.rows.counts):
            for number in range(self.tops[at], self.tops[at] + count):
                heights.setdefault(number, self.grid.rows[at].height * MM if count == 1 else 0)
        for at, column, cell in spread(self.grid.rows):
            self._cell(at, column, cell)
        for at in self.under_head:
            self._head_again(self.tops[at])
        for number in range(first, self.tops[-1]):
            heights[number] = max(heights.get(number, 0), LEAST)
        self.sheet.row, self.sheet.gapped = self.tops[-1], False
        return WrittenTable(self.tops, self.items)

    def _bottom(self, end: int) -> int:
        """The last sheet row of the row before `end`."""
        return self.tops[end - 1] + self.rows.counts[end - 1] - 1

    def _sides(self, column: int, cell: Cell) -> tuple[int, int]:
        """The first and last sheet column of a cell."""
        return self.columns[column], self.columns[min(column + cell.colspan, len(self.columns) - 1)] - 1

    def _cell(self, at: int, column: int, cell: Cell) -> None:
        """A cell; one over several rows is split where the head is written again, its label repeated."""
        end = min(at + cell.rowspan, len(self.grid.rows))
        left, right = self._sides(column, cell)
        if cell.rowspan == 1 and rowwise(cell):
            area = Area(self.tops[at], left, self._bottom(at + 1), right)
            if area.bottom > area.top or len(cell.content) == 1:
                self._lines(cell, at, column, area)
                return
        if cell.lower and self._bottom(end) > self.tops[at]:
            self._pair(cell, Area(self.tops[at], left, self._bottom(end), right))
            return
        for start, stop in pairwise([at, *(row for row in self.under_head if at < row < end), end]):
            shown = cell if start == at or cell.repeat else Cell(valign=cell.valign, fill=cell.fill)
            self.sheet.value(shown, self.tops[start], left, self._bottom(stop), right)

    def _pair(self, cell: Cell, area: Area) -> None:
        """Two figures in rows of their own, without a rule between them: a sheet can't sum `607 (334)`."""
        upper, lower = halves(cell)
        top, left, bottom, right = area
        self.sheet.value(upper, top, left, top, right).borders = "lrt"
        self.sheet.value(lower, top + 1, left, bottom, right).borders = "lrb"

    def _head_again(self, end: int) -> None:
        """The head, in the rows that end before `end`."""
        counts = self.rows.head
        tops = [end - sum(counts[at:]) for at in range(len(counts) + 1)]
        for at, row in enumerate(self.grid.rows[: self.grid.head]):
            for number in range(tops[at], tops[at + 1]):
                self.sheet.plan.heights[number] = row.height * MM / counts[at]
        for at, column, cell in spread(self.grid.rows):
            if at < self.grid.head:
                left, right = self._sides(column, cell)
                bottom = tops[min(at + cell.rowspan, self.grid.head)] - 1
                self.sheet.value(cell, tops[at], left, bottom, right)

    # ------------------------------------------------------------ lines, tables and pictures of a cell

    def _lines(self, cell: Cell, at: int, column: int, area: Area) -> None:
        """Each item of a cell in rows of its own."""
        sheet, back = self.sheet, self.sheet.row
        sheet.row = area.top
        for number, item in enumerate(cell.content):
            self.items[at, column, number, 0] = sheet.row
            if isinstance(item, Grid):
                rows = self.rows.inner[at, column, number]
                written = _nested(sheet, rows, area)
                self.items |= {(at, column, number, row): top for row, top in enumerate(written.tops[:-1])}
            else:
                sheet.piece(item, area.left, area.right, _borders(sheet.row, area))
        while sheet.row <= area.bottom:
            borders = _borders(sheet.row, area)
            sheet.put(CellPlan(sheet.row, area.left, sheet.row, area.right, borders=borders))
            sheet.row += 1
        sheet.row = back


def _nested(sheet: Sheet, rows: TableRows, area: Area) -> WrittenTable:
    """A table in a cell, the cell's own sides beside it."""
    first = sheet.row
    written = write_table(sheet, rows)
    edges = edges_of(rows.grid, rows.x)
    begin, end = sheet.columns.column(edges[0]), sheet.columns.column(edges[-1]) - 1
    for row in range(first, sheet.row):
        if begin > area.left:
            sheet.put(CellPlan(row, area.left, row, begin - 1, borders="l"))
        if end < area.right:
            sheet.put(CellPlan(row, end + 1, row, area.right, borders="r"))
    return written


def _borders(row: int, area: Area) -> str:
    """Sides that a row of a cell over several rows draws."""
    return "lr" + ("t" if row == area.top else "") + ("b" if row == area.bottom else "")
