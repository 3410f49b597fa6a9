"""A sheet that is being planned: rows are added downwards, each as high as what is put into it needs."""

from __future__ import annotations

from math import ceil

from govtracker.export.document import Cell, Document, Flow, Para, Pic
from govtracker.export.pages.items import MM
from govtracker.export.workbook.column_grid import ColumnGrid
from govtracker.export.workbook.row_counts import RowCounts, indent_of
from govtracker.export.workbook.sheet_plan import TALLEST, Photo, SheetPlan
from govtracker.export.workbook.values import CellPlan, is_bold, marked, rich, value_of

SHORT = 12
"""Characters of a text that is kept on its one line."""
GAP, PAGE_GAP = 2.0, 3.0
"""A space above that is more than this, in mm, is an empty row; where a page begins, one of this height in pt."""
TIGHT = 0.8
"""Part of a space that its row is high."""


class Sheet:
    """`row` is the next free one; `gapped` = nothing has been put below the last empty row."""

    def __init__(self, document: Document) -> None:
        self.styles = document.styles
        self.columns = ColumnGrid(document)
        self.counts = RowCounts(self.columns, document.styles)
        self.plan = SheetPlan(self.columns.pixels())
        self.row = 0
        self.gapped = True

    def gap(self, space: float, *, fresh: bool = False) -> None:
        """An empty row for a space in mm, so that blocks stay apart; a low one where a page begins (`fresh`)."""
        if space > GAP and not self.gapped:
            self.plan.heights[self.row] = PAGE_GAP if fresh else space * MM * TIGHT
            self.row += 1
            self.gapped = True

    def put(self, cell: CellPlan) -> None:
        """Add a cell; a text over several rows begins where a page may end."""
        if cell.last_row > cell.row:
            cell.valign = "top"
        self.plan.cells.append(cell)
        self.gapped = False

    def raise_rows(self, top: int, bottom: int, need: float) -> None:
        """Make rows as high as is needed, each by an equal part."""
        heights = self.plan.heights
        more = need - sum(heights.get(at, 0) for at in range(top, bottom + 1))
        if more > 0:
            for at in range(top, bottom + 1):
                heights[at] = min(TALLEST, heights.get(at, 0) + more / (bottom + 1 - top))

    def value(self, cell: Cell, top: int, left: int, bottom: int, right: int) -> CellPlan:
        """Add a cell of one value; the added plan."""
        planned = value_of(cell, top, left, bottom, right)
        self.plan.cells.append(planned)
        if planned.text:
            need = self.counts.need(cell, planned.text, left, right)
            single = self.counts.heights.single(planned.text, planned.style, need)
            planned.whole = planned.whole or (len(planned.text) <= SHORT and single)
            self.raise_rows(top, bottom, need + 2 * cell.pad[1] * MM)
        return planned

    def piece(self, item: Flow, left: int, right: int, borders: str) -> None:
        """One line or picture in a row of its own, or in several joined ones if it is higher than a row may be."""
        need = self.counts.height(item, left, right)
        top, bottom = self.row, self.row + ceil(need / TALLEST) - 1
        planned = CellPlan(top, left, bottom, right, borders=borders)
        if isinstance(item, Pic):
            self.plan.photos.append(Photo(top, left, item.sha, item.width, item.height))
        elif isinstance(item, Para):
            planned.text, planned.runs, planned.style = marked(item), rich(item), item.style
            planned.bold, planned.indent, planned.place = is_bold(item), indent_of(item), item.place
        self.put(planned)
        self.raise_rows(top, bottom, need)
        self.row = bottom + 1
