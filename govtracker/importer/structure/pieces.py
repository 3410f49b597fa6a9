"""Several cards on one sheet, under or beside one another: the sheet in its pieces, a card each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

from govtracker.forms.schema import Block, Form
from govtracker.importer.package.workbook import Sheet, SheetCell
from govtracker.importer.structure.labels import bare, fold
from govtracker.importer.structure.segment import opening_headings
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.importer.structure.units import without_caption

Area = tuple[int, int, int, int]
"""First row and column, last row and column."""
_TITLE_CELLS = 3
"""Most cells of the row that a card's title stands in."""


def pieces(sheet: Sheet, form: Form) -> list[Sheet]:
    """The sheet itself, or its pieces in reading order where what a card of the form opens with stands on it again."""
    view = SheetView(sheet)
    return cut_at(sheet, view, _openings(view, form))


def cut_at(
    sheet: Sheet,
    view: SheetView,
    starts: list[SheetCell],
    top: Callable[[SheetView, int, Area], int] | None = None,
) -> list[Sheet]:
    """The sheet in pieces with one of these cells each; `top` says in which row the piece of a cell's row begins."""
    if len(starts) < 2:
        return [sheet]
    whole = (1, 1, view.last, max(cell.right for cell in sheet.cells))
    return [
        _part(sheet, area, first=at == 0) for at, area in enumerate(_cut(view, whole, starts, top or _top))
    ]


def _cut(
    view: SheetView, area: Area, starts: list[SheetCell], top_of: Callable[[SheetView, int, Area], int]
) -> list[Area]:
    """The area in parts with one opening each: first between columns that no cell spans, then above each title."""
    if len(starts) < 2:
        return [area]
    top, left, bottom, right = area
    columns = sorted({cell.column for cell in starts})
    for before, after in pairwise(columns):
        edge = _edge(view, area, before, after)
        if edge:
            ours = [cell for cell in starts if cell.column < edge]
            theirs = [cell for cell in starts if cell.column >= edge]
            return [
                *_cut(view, (top, left, bottom, edge - 1), ours, top_of),
                *_cut(view, (top, edge, bottom, right), theirs, top_of),
            ]
    rows = sorted({cell.row for cell in starts})
    tops = [top, *(_within(top_of, view, above, row, area) for above, row in pairwise(rows)), bottom + 1]
    return [(first, left, last - 1, right) for first, last in pairwise(tops)]


def _within(
    top_of: Callable[[SheetView, int, Area], int], view: SheetView, above: int, row: int, area: Area
) -> int:
    """Where the piece of a row begins, below the row that the piece above it opens with."""
    found = top_of(view, row, (above, *area[1:]))
    return found if found > above else row


def _edge(view: SheetView, area: Area, before: int, after: int) -> int:
    """The first column of what stands at the right, between two openings; 0 where a cell spans every such place."""
    top, left, bottom, right = area
    inside = [
        c
        for c in view.sheet.cells
        if top <= c.row <= bottom and left <= c.column <= right and (c.text or c.border or c.fill)
    ]
    crossed = {column for cell in inside for column in range(cell.column + 1, cell.right + 1)}
    taken = {cell.column for cell in inside} | crossed
    free = [column for column in range(before + 1, after + 1) if column not in crossed]
    blank = [column for column in free if column - 1 not in taken]
    return blank[-1] if blank else 0


def _openings(view: SheetView, form: Form) -> list[SheetCell]:
    """The cells that a card opens with: the first label of its header grid, else its first heading."""
    grid = next((block for block in form.block if block.kind == "grid" and not block.heading), None)
    if grid is not None:
        found = [cell for cell in view.sheet.cells if _is_grid(view, grid, cell)]
        if found:
            return found
    return opening_headings(view, form)


def _is_grid(view: SheetView, grid: Block, cell: SheetCell) -> bool:
    """Whether a cell is the first label of a header grid: most of the grid's labels stand right of it and below."""
    first = next((each.label for line in grid.rows for each in line if each.label), "")
    if not first or not cell.text or _plain(cell.text) != _plain(first):
        return False
    labels = [_plain(each.label) for line in grid.rows for each in line if each.label]
    below = range(cell.row, cell.row + len(grid.rows) + 2)
    near = {_plain(other.text) for row in below for other in view.texts(row, cell.column)}
    return sum(label in near for label in labels) * 2 >= len(labels)


@cache
def _plain(text: str) -> str:
    return bare(fold(without_caption(text)))


def _top(view: SheetView, row: int, area: Area) -> int:
    """The row of the title above what a card opens with; a blank row may part the two."""
    _, left, _, right = area
    for above in (row - 1, row - 2):
        cells = view.texts(above, left, right)
        if cells:
            return above if len(cells) <= _TITLE_CELLS else row
    return row


def _part(sheet: Sheet, area: Area, *, first: bool) -> Sheet:
    top, left, bottom, right = area

    def inside(row: int, column: int) -> bool:
        return top <= row <= bottom and left <= column <= right

    return replace(
        sheet,
        cells=[cell for cell in sheet.cells if inside(cell.row, cell.column)],
        beside=[item for item in sheet.beside if inside(item.row, item.column) or (first and not item.row)],
        unseen=[pair for pair in sheet.unseen if first],
        left=[pair for pair in sheet.left if first],
        remarks=[pair for pair in sheet.remarks if first],
    )
