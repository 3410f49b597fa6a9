"""Document -> a plan of one sheet: what stands in which cells, how high the rows are, where pages begin.

A long cell is one sheet row per line (a row is at most 409 pt high), so that nothing is cut and pages break
between lines. Outline lines carry their level as the cell's indent (level + 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as made
from itertools import pairwise
from math import ceil

from govtracker.export.document import Bars, Cell, Document, Flow, Grid, Para, Pic
from govtracker.export.pages.atoms import stacked
from govtracker.export.pages.marks import MM
from govtracker.export.pages.measure import Measure
from govtracker.export.pages.paginate import parted
from govtracker.export.workbook.breaks import Start
from govtracker.export.workbook.chart import Chart
from govtracker.export.workbook.column_grid import PAD, Placement, Raster, edges_of, positions
from govtracker.export.workbook.heights import Heights
from govtracker.export.workbook.values import Put, halves, is_bold, marked, rich, text_of, value_of
from govtracker.forms.validate import BLOCK_KINDS

TALLEST = 400.0
"""Of a row, pt; Excel allows 409."""
LEAST, AIR = 14.0, 2.0
SHORT = 12
"""Characters of a text that is kept on its one line."""
INSET, INDENT = 5.0, 9.0
"""What a cell keeps free beside its text, and one step of an indent, pt."""
REPEATING = frozenset(BLOCK_KINDS["table"]) | {"money"}
"""Kinds of table whose head may be written again where a page begins: the importer knows it again there."""


@dataclass(slots=True)
class Photo:
    row: int
    column: int
    sha: str
    width: float
    height: float


@dataclass(slots=True)
class SheetPlan:
    """`heights` in points by row, `widths` in pixels by column; a page begins at each row of `breaks`."""

    widths: list[int]
    puts: list[Put] = made(default_factory=list)
    photos: list[Photo] = made(default_factory=list)
    charts: list[Chart] = made(default_factory=list)
    heights: dict[int, float] = made(default_factory=dict)
    breaks: list[int] = made(default_factory=list)


def plan(document: Document, starts: Sequence[Start] = ()) -> SheetPlan:
    """The sheet of a document; `starts` say what its pages begin with."""
    return Planner(document, starts).run()


class Planner:
    def __init__(self, document: Document, starts: Sequence[Start]) -> None:
        self.document = document
        self.heights = Heights(document.styles)
        self.raster = Raster(document)
        self.plan = SheetPlan(self.raster.pixels())
        self.row = 0
        self.gapped = True
        self.starts: dict[int, list[Start]] = {}
        for start in starts:
            self.starts.setdefault(start.item, []).append(start)
        self.counted: dict[int, list[int]] = {}
        self.inside: dict[tuple[int, int, int, int], int] = {}

    def run(self) -> SheetPlan:
        for at, item in enumerate(self.document.items):
            starts = self.starts.get(at, [])
            fresh = any(start == Start(at) for start in starts)
            if isinstance(item, Grid | Para):
                self._gap(item.before, fresh=fresh)
            first, begun = self.row, len(self.plan.puts)
            if isinstance(item, Grid):
                self._breaks(item, self._grid(item, starts=starts), starts)
                self._gap(item.after)
            elif isinstance(item, Para):
                self._para(item)
            elif isinstance(item, Bars):
                self._chart(item)
            else:
                self._piece(item, 0, self.raster.last, "")
            for put in self.plan.puts[begun:]:
                put.table = at
            if fresh:
                self.plan.breaks.append(first)
            elif starts and not isinstance(item, Grid):
                self.plan.breaks.append(self.row if starts[-1].late else first)
        self.plan.breaks = sorted({row for row in self.plan.breaks if 0 < row < self.row})
        return self.plan

    def _breaks(self, grid: Grid, tops: list[int], starts: list[Start]) -> None:
        """The sheet rows at which pages begin within a table."""
        for start in starts:
            if start.column < 0:
                row = tops[min(start.row + start.late, len(grid.rows))]
                heads = self._headed(grid, starts)
                self.plan.breaks.append(row - (sum(self._head(grid)) if start.row in heads else 0))
            else:
                key = (start.row, start.column, start.content + start.late, start.inner)
                self.plan.breaks.append(self.inside.get(key, tops[start.row + 1]))
        self.inside.clear()

    def _gap(self, space: float, *, fresh: bool = False) -> None:
        """An empty row for a space above 2 mm, so that blocks stay apart; a low one where a page begins."""
        if space > 2 and not self.gapped:
            self.plan.heights[self.row] = 3.0 if fresh else space * MM * 0.8
            self.row += 1
            self.gapped = True

    def _room(self, left: int, right: int, indent: int = 0) -> float:
        """Points that a text in the columns has."""
        edges = self.raster.edges
        return (edges[right + 1] - edges[left]) * MM - INSET - indent * INDENT

    def _high(self, row: int, last: int, need: float) -> None:
        """Make rows as high as is needed, each by an equal part."""
        heights = self.plan.heights
        more = need - sum(heights.get(at, 0) for at in range(row, last + 1))
        if more > 0:
            for at in range(row, last + 1):
                heights[at] = min(TALLEST, heights.get(at, 0) + more / (last + 1 - row))

    # ------------------------------------------------------------ paragraphs over the whole width

    def _para(self, para: Para) -> None:
        last, style, top = self.raster.last, self.document.styles[para.style], self.row
        start = self._number_width() if para.number else 0
        text = marked(para)
        if para.right and para.leader:
            text = f"{text} ----- {para.right}"
        aside = bool(para.right) and not para.leader
        end = max(start, last * 2 // 3) if aside else last
        indent = para.level + 1 if para.role == "text" else 0
        need = self.heights.text(text, para.style, self._room(start, end, indent), bold=is_bold(para)) + AIR
        need = max(need, style.size * 1.5, 6.6 * MM if para.number else 0)
        bottom = top + ceil(need / TALLEST) - 1
        if para.number:
            self._put(
                Put(
                    top, 0, bottom, start - 1, para.number, number=float(para.number) if para.number.isdigit() else None,
                    style=para.style, align="center", fill="#E7E6E6", borders="lrtb",
                )
            )  # fmt: skip
        if aside:
            self._put(Put(top, end + 1, bottom, last, para.right, style="caption", align="right"))
        if text or not aside:
            self._put(
                Put(
                    top, start, bottom, end, text, rich(para), bold=is_bold(para), style=para.style, align=para.align,
                    indent=indent, place=para.place,
                )
            )  # fmt: skip
        self._high(top, bottom, need)
        self.row = bottom + 1

    def _number_width(self) -> int:
        """Columns of a heading's number."""
        return max(1, self.raster.column(6.6) if 6.6 in self.raster.where else 1)

    def _chart(self, bars: Bars) -> None:
        """Empty rows under a chart, none higher than a row may be."""
        atoms = Measure(self.document.styles, parted).atoms((bars,), self.document.width * MM)
        height = stacked(atoms) + AIR
        count = int(height // (TALLEST / 2)) + 1
        self.plan.charts.append(Chart(self.row, bars, self.document.width * MM, height))
        for _ in range(count):
            self.plan.heights[self.row] = height / count
            self.row += 1

    # ------------------------------------------------------------ grids

    def _grid(self, grid: Grid, x: float = 0.0, starts: Sequence[Start] = ()) -> list[int]:
        """A table's rows; the sheet rows in which they begin, and the one behind them."""
        edges = [self.raster.column(edge) for edge in edges_of(grid, x)]
        counts, heads = self._counts(grid, x), self._headed(grid, starts)
        tops, row = [], self.row
        for at, count in enumerate(counts):
            row += sum(self._head(grid)) if at in heads else 0
            tops.append(row)
            row += count
        tops.append(row)
        for at, count in enumerate(counts):
            for number in range(tops[at], tops[at] + count):
                self.plan.heights.setdefault(number, grid.rows[at].height * MM if count == 1 else 0)
        for place in positions(grid):
            self._segments(grid, place, tops, edges, heads, x)
        for at in heads:
            self._again(grid, tops[at], edges)
        for number in range(self.row, row):
            self.plan.heights[number] = max(self.plan.heights.get(number, 0), LEAST)
        self.row, self.gapped = row, False
        return tops

    def _segments(
        self, grid: Grid, place: Placement, tops: list[int], edges: list[int], heads: set[int], x: float
    ) -> None:
        """A cell; one over several rows is parted where the head is written again, its label repeated."""
        at, cell, column = place
        end = min(at + cell.rowspan, len(grid.rows))
        left, right = edges[column], edges[min(column + cell.colspan, len(edges) - 1)] - 1
        if cell.rowspan == 1 and _rowwise(cell):
            top, bottom = tops[at], tops[at] + self._counts(grid, x)[at] - 1
            if bottom > top or len(cell.content) == 1:
                self._items(cell, (at, column), top, bottom, left, right, edges_of(grid, x)[column])
                return
        if cell.lower and tops[end] - tops[at] > 1:
            self._pair(cell, tops[at], tops[end] - 1, left, right)
            return
        for start, stop in pairwise([at, *sorted(head for head in heads if at < head < end), end]):
            shown = cell if start == at or cell.repeat else Cell(valign=cell.valign, fill=cell.fill)
            bottom = tops[stop - 1] + self._counts(grid, x)[stop - 1] - 1
            self._value(shown, tops[start], left, bottom, right)

    def _pair(self, cell: Cell, top: int, bottom: int, left: int, right: int) -> None:
        """Two figures in rows of their own, without a rule between them: a sheet can't sum `607 (334)`."""
        upper, lower = halves(cell)
        self._value(upper, top, left, top, right)
        self.plan.puts[-1].borders = "lrt"
        self._value(lower, top + 1, left, bottom, right)
        self.plan.puts[-1].borders = "lrb"

    def _value(self, cell: Cell, top: int, left: int, bottom: int, right: int) -> None:
        put = value_of(cell, top, left, bottom, right)
        self.plan.puts.append(put)
        if put.text:
            need = self._need(cell, put.text, left, right)
            put.whole = put.whole or (
                len(put.text) <= SHORT and self.heights.single(put.text, put.style, need)
            )
            self._high(top, bottom, need + 2 * cell.pad[1] * MM)

    def _need(self, cell: Cell, text: str, left: int, right: int) -> float:
        style = getattr(cell.content[0], "style", "cell")
        room = self._room(left, right, int(cell.align == "left" and cell.role != "label"))
        return self.heights.text(text, style, room)

    def _counts(self, grid: Grid, x: float) -> list[int]:
        """Sheet rows of every row of a table."""
        found = self.counted.get(id(grid))
        if found is None:
            found = [1] * len(grid.rows)
            edges = edges_of(grid, x)
            for at, cell, column in positions(grid):
                if cell.rowspan == 1 and cell.content:
                    end = min(column + cell.colspan, len(edges) - 1)
                    found[at] = max(found[at], self._count(cell, edges[column], edges[end]))
            self.counted[id(grid)] = found
        return found

    def _count(self, cell: Cell, x: float, end: float) -> int:
        left, right = self.raster.column(x), self.raster.column(end) - 1
        if _rowwise(cell):
            return sum(self._count_of(item, left, right, x) for item in cell.content)
        if cell.figure is not None:
            return 2 if cell.lower else 1
        text = "\n".join(text_of(item) for item in cell.content)
        return ceil(self._need(cell, text, left, right) / TALLEST) if len(text) > 40 else 1

    def _count_of(self, item: Flow, left: int, right: int, x: float) -> int:
        if isinstance(item, Grid):
            return sum(self._counts(item, x + PAD))
        return ceil(self._height(item, left, right) / TALLEST)

    # ------------------------------------------------------------ heads again where pages begin

    def _head(self, grid: Grid) -> list[int]:
        return self.counted[id(grid)][: grid.head]

    def _headed(self, grid: Grid, starts: Sequence[Start]) -> set[int]:
        """Rows before which the head is written again: where a page begins with a whole row, and the importer sees it."""
        rows = {
            start.row
            for start in starts
            if start.column < 0 and not start.late and start.row >= grid.head > 0
        }
        if not rows or grid.role not in REPEATING:
            return set()
        first = [cell for cell in grid.rows[0].cells if cell.content]
        if len(first) < 2 or (grid.head > 1 and all(cell.rowspan == 1 for cell in first)):
            return set()
        if grid.role == "money":
            rows -= {row for row in rows for at, cell, _ in positions(grid) if at < row < at + cell.rowspan}
        return rows

    def _again(self, grid: Grid, end: int, edges: list[int]) -> None:
        """The head, in the rows that end before `end`."""
        counts = self._head(grid)
        tops = [end - sum(counts[at:]) for at in range(len(counts) + 1)]
        for at, row in enumerate(grid.rows[: grid.head]):
            for number in range(tops[at], tops[at + 1]):
                self.plan.heights[number] = row.height * MM / counts[at]
        for at, cell, column in positions(grid):
            if at < grid.head:
                right = edges[min(column + cell.colspan, len(edges) - 1)] - 1
                bottom = tops[min(at + cell.rowspan, grid.head)] - 1
                self._value(cell, tops[at], edges[column], bottom, right)

    # ------------------------------------------------------------ lines, tables and pictures of a cell

    def _items(
        self, cell: Cell, place: tuple[int, int], top: int, bottom: int, left: int, right: int, x: float
    ) -> None:
        """Each in rows of its own."""
        back, self.row = self.row, top
        for number, item in enumerate(cell.content):
            self.inside[*place, number, 0] = self.row
            if isinstance(item, Grid):
                self._nested(item, (*place, number), left, right, x + PAD)
            else:
                self._piece(item, left, right, _sides(self.row, top, bottom))
        while self.row <= bottom:
            self._put(Put(self.row, left, self.row, right, borders=_sides(self.row, top, bottom)))
            self.row += 1
        self.row = back

    def _nested(self, grid: Grid, key: tuple[int, int, int], left: int, right: int, x: float) -> None:
        """A table in a cell, the cell's own sides beside it."""
        first = self.row
        for at, top in enumerate(self._grid(grid, x)[:-1]):
            self.inside[*key, at] = top
        edges = edges_of(grid, x)
        begin, end = self.raster.column(edges[0]), self.raster.column(edges[-1]) - 1
        for row in range(first, self.row):
            if begin > left:
                self._put(Put(row, left, row, begin - 1, borders="l"))
            if end < right:
                self._put(Put(row, end + 1, row, right, borders="r"))

    def _piece(self, item: Flow, left: int, right: int, borders: str) -> None:
        """One line or picture in a row of its own, or in several joined ones if it is higher than a row may be."""
        need = self._height(item, left, right)
        top, bottom = self.row, self.row + ceil(need / TALLEST) - 1
        put = Put(top, left, bottom, right, borders=borders)
        if isinstance(item, Pic):
            self.plan.photos.append(Photo(top, left, item.sha, item.width, item.height))
        elif isinstance(item, Para):
            put.text, put.runs, put.style, put.bold = marked(item), rich(item), item.style, is_bold(item)
            put.indent, put.place = item.level + 1 if item.role == "text" else 0, item.place
        self._put(put)
        self._high(top, bottom, need)
        self.row = bottom + 1

    def _height(self, item: Flow, left: int, right: int) -> float:
        if isinstance(item, Pic):
            return item.height * MM + 6
        if not isinstance(item, Para):
            return LEAST
        room = self._room(left, right, item.level + 1 if item.role == "text" else 0)
        return self.heights.text(marked(item), item.style, room, bold=is_bold(item)) + AIR

    def _put(self, put: Put) -> None:
        if put.last_row > put.row:  # a text over several rows begins where a page may end
            put.valign = "top"
        self.plan.puts.append(put)
        self.gapped = False


def _sides(row: int, top: int, bottom: int) -> str:
    """Sides that a row of a cell over several rows draws."""
    return "lr" + ("t" if row == top else "") + ("b" if row == bottom else "")


def _rowwise(cell: Cell) -> bool:
    """Whether a cell's lines go to sheet rows of their own."""
    return cell.role in ("items", "box")
