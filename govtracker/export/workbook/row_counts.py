"""How many sheet rows every row of a table takes: a long cell is one sheet row per line, so that nothing is cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from govtracker.export.document import Cell, Flow, Grid, Para, Pic, Style
from govtracker.export.pages.items import MM
from govtracker.export.spans import spread
from govtracker.export.workbook.column_grid import PAD, ColumnGrid, edges_of
from govtracker.export.workbook.heights import Heights
from govtracker.export.workbook.sheet_plan import AIR, INDENT, INSET, LEAST, TALLEST
from govtracker.export.workbook.values import is_bold, marked, text_of

ONE_ROW = 40
"""Characters of a text that is not measured: it needs one sheet row."""
InnerPlace = tuple[int, int, int]
"""Row and column of a cell, number of an item in it."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """Sheet rows of every row of a table that begins at `x` mm; `inner` are the tables in its cells."""

    grid: Grid
    x: float
    counts: tuple[int, ...]
    inner: Mapping[InnerPlace, TableRows]

    @property
    def head(self) -> tuple[int, ...]:
        """Sheet rows of the head's rows."""
        return self.counts[: self.grid.head]


class RowCounts:
    """Counts rows and heights of a sheet whose columns are known."""

    def __init__(self, columns: ColumnGrid, styles: Mapping[str, Style]) -> None:
        self.columns = columns
        self.heights = Heights(styles)

    def room(self, left: int, right: int, indent: int = 0) -> float:
        """Points that a text in the columns has."""
        edges = self.columns.edges
        return (edges[right + 1] - edges[left]) * MM - INSET - indent * INDENT

    def need(self, cell: Cell, text: str, left: int, right: int) -> float:
        """Height of a cell's text in the columns."""
        style = getattr(cell.content[0], "style", "cell")
        room = self.room(left, right, int(cell.align == "left" and cell.role != "label"))
        return self.heights.text(text, style, room)

    def height(self, item: Flow, left: int, right: int) -> float:
        """Height of a line or a picture of a cell in the columns."""
        if isinstance(item, Pic):
            return item.height * MM + 6
        if not isinstance(item, Para):
            return LEAST
        room = self.room(left, right, indent_of(item))
        return self.heights.text(marked(item), item.style, room, bold=is_bold(item)) + AIR

    def table(self, grid: Grid, x: float = 0.0) -> TableRows:
        """The rows of a table and of the tables in its cells."""
        counts = [1] * len(grid.rows)
        inner: dict[InnerPlace, TableRows] = {}
        edges = edges_of(grid, x)
        for at, column, cell in spread(grid.rows):
            if cell.rowspan > 1 or not cell.content:
                continue
            nested = dict(self._inner(cell, edges[column])) if rowwise(cell) else {}
            inner |= {(at, column, number): rows for number, rows in nested.items()}
            end = min(column + cell.colspan, len(edges) - 1)
            left, right = self.columns.column(edges[column]), self.columns.column(edges[end]) - 1
            counts[at] = max(counts[at], self._count(cell, left, right, nested.values()))
        return TableRows(grid, x, tuple(counts), inner)

    def _inner(self, cell: Cell, x: float) -> Iterator[tuple[int, TableRows]]:
        """The tables in a cell by their number in it."""
        for number, item in enumerate(cell.content):
            if isinstance(item, Grid):
                yield number, self.table(item, x + PAD)

    def _count(self, cell: Cell, left: int, right: int, nested: Iterable[TableRows]) -> int:
        """Sheet rows of a cell of one row."""
        if rowwise(cell):
            lines = (item for item in cell.content if not isinstance(item, Grid))
            own = sum(ceil(self.height(item, left, right) / TALLEST) for item in lines)
            return own + sum(sum(rows.counts) for rows in nested)
        if cell.figure is not None:
            return 2 if cell.lower else 1
        text = "\n".join(text_of(item) for item in cell.content)
        return ceil(self.need(cell, text, left, right) / TALLEST) if len(text) > ONE_ROW else 1


def rowwise(cell: Cell) -> bool:
    """Whether a cell's lines go to sheet rows of their own."""
    return cell.role in ("items", "box")


def indent_of(para: Para) -> int:
    """Outline lines carry their level as the cell's indent (level + 1)."""
    return para.level + 1 if para.role == "text" else 0
