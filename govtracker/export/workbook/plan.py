"""Document -> the plan of one sheet: its items from top to bottom, pages beginning where the page engine begins them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from govtracker.export.document import HEAD, Bars, Document, Flow, Grid, Para
from govtracker.export.pages.items import MM
from govtracker.export.pages.line_boxes import stacked
from govtracker.export.pages.measure import Measure
from govtracker.export.pages.paragraphs import SIDE
from govtracker.export.workbook.breaks import Start
from govtracker.export.workbook.chart import Chart
from govtracker.export.workbook.heads import rows_under_head
from govtracker.export.workbook.row_counts import TableRows, indent_of
from govtracker.export.workbook.sheet import Sheet
from govtracker.export.workbook.sheet_plan import AIR, TALLEST, SheetPlan
from govtracker.export.workbook.tables import WrittenTable, write_table
from govtracker.export.workbook.values import CellPlan, is_bold, marked, rich


def plan(document: Document, starts: Sequence[Start] = ()) -> SheetPlan:
    """The sheet of a document; `starts` say what its pages begin with."""
    return Planner(document, starts).run()


class Planner:
    """Plans a document's items one after another."""

    def __init__(self, document: Document, starts: Sequence[Start]) -> None:
        self.document = document
        self.sheet = Sheet(document)
        self.breaks: set[int] = set()
        self.starts: dict[int, list[Start]] = {}
        for start in starts:
            self.starts.setdefault(start.item, []).append(start)

    def run(self) -> SheetPlan:
        """All items; the cells of each know which it is."""
        for at, item in enumerate(self.document.items):
            begun = len(self.sheet.plan.cells)
            self._item(at, item, self.starts.get(at, []))
            for cell in self.sheet.plan.cells[begun:]:
                cell.table = at
        self.sheet.plan.breaks = sorted(row for row in self.breaks if 0 < row < self.sheet.row)
        return self.sheet.plan

    def _item(self, at: int, item: Flow, starts: Sequence[Start]) -> None:
        """An item, and the pages that begin with or within it."""
        fresh = Start(at) in starts
        if isinstance(item, Grid | Para):
            self.sheet.gap(item.before, fresh=fresh)
        first = self.sheet.row
        if isinstance(item, Grid):
            self._table(item, starts)
        else:
            self._lines(item)
        if fresh:
            self.breaks.add(first)
        elif starts and not isinstance(item, Grid):
            self.breaks.add(self.sheet.row if starts[-1].late else first)

    def _lines(self, item: Flow) -> None:
        """An item that is no table."""
        if isinstance(item, Para):
            self._para(item)
        elif isinstance(item, Bars):
            self._chart(item)
        else:
            self.sheet.piece(item, 0, self.sheet.columns.last, "")

    def _table(self, grid: Grid, starts: Sequence[Start]) -> None:
        """A table, its head again where a page begins, and the space below it."""
        rows, under_head = self.sheet.counts.table(grid), rows_under_head(grid, starts)
        written = write_table(self.sheet, rows, under_head)
        self.breaks |= {_break(start, rows, written, under_head) for start in starts}
        self.sheet.gap(grid.after)

    # ------------------------------------------------------------ paragraphs and charts over the whole width

    def _para(self, para: Para) -> None:
        sheet, last, top = self.sheet, self.sheet.columns.last, self.sheet.row
        start = self._number_width() if para.number else 0
        aside = bool(para.right) and not para.leader
        end = max(start, last * 2 // 3) if aside else last
        text = f"{marked(para)} ----- {para.right}" if para.right and para.leader else marked(para)
        need = self._height(para, text, start, end)
        bottom = top + ceil(need / TALLEST) - 1
        if para.number:
            sheet.put(_number(para, top, bottom, start - 1))
        if aside:
            sheet.put(CellPlan(top, end + 1, bottom, last, para.right, style="caption", align="right"))
        if text or not aside:
            sheet.put(
                CellPlan(
                    top, start, bottom, end, text, rich(para), bold=is_bold(para), style=para.style, align=para.align,
                    indent=indent_of(para), place=para.place,
                )
            )  # fmt: skip
        sheet.raise_rows(top, bottom, need)
        sheet.row = bottom + 1

    def _height(self, para: Para, text: str, start: int, end: int) -> float:
        """Height of a paragraph in some columns, its number's box included."""
        counts, style = self.sheet.counts, self.document.styles[para.style]
        room = counts.room(start, end, indent_of(para))
        need = counts.heights.text(text, para.style, room, bold=is_bold(para)) + AIR
        return max(need, style.size * 1.5, SIDE * MM if para.number else 0)

    def _number_width(self) -> int:
        """Columns of a heading's number."""
        columns = self.sheet.columns
        return max(1, columns.column(SIDE) if SIDE in columns.where else 1)

    def _chart(self, bars: Bars) -> None:
        """Empty rows under a chart, none higher than a row may be."""
        sheet, width = self.sheet, self.document.width * MM
        height = stacked(Measure(self.document.styles).boxes(bars, width)) + AIR
        count = int(height // (TALLEST / 2)) + 1
        sheet.plan.charts.append(Chart(sheet.row, bars, width, height))
        for _ in range(count):
            sheet.plan.heights[sheet.row] = height / count
            sheet.row += 1


def _number(para: Para, top: int, bottom: int, last: int) -> CellPlan:
    """The box with a heading's number."""
    number = float(para.number) if para.number.isdigit() else None
    return CellPlan(
        top, 0, bottom, last, para.number, number=number, style=para.style, align="center", fill=HEAD, borders="lrtb"
    )  # fmt: skip


def _break(start: Start, rows: TableRows, written: WrittenTable, under_head: Sequence[int]) -> int:
    """The sheet row at which a page begins within a table."""
    if start.column < 0:
        row = written.tops[min(start.row + start.late, len(rows.counts))]
        return row - (sum(rows.head) if start.row in under_head else 0)
    place = (start.row, start.column, start.content + start.late, start.inner)
    return written.items.get(place, written.tops[start.row + 1])
