"""Tables of a sheet without any form: heads as paths of labels, and the rows under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from govtracker.importer.package.workbook import SheetCell
from govtracker.importer.structure.sheet_view import SheetView
from govtracker.importer.structure.units import caption, caption_behind

_YEAR = re.compile(r"20\d{2}")


@dataclass(frozen=True, slots=True)
class GridColumn:
    """Columns `left`..`right` of the sheet under one lowest head; `path` are its labels as written, from the top."""

    left: int
    right: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A head in the rows `top`..`head_bottom`, and rows under it down to `bottom`."""

    top: int
    head_bottom: int
    bottom: int
    columns: tuple[GridColumn, ...]

    @property
    def left(self) -> int:
        return self.columns[0].left

    @property
    def right(self) -> int:
        return self.columns[-1].right


def grids_at(view: SheetView, row: int, *, least: int = 3) -> Iterator[Grid]:
    """The tables whose heads begin in a row, from the left; those of at least so many columns."""
    after = 0
    while (last := max((cell.right for cell in _side_by_side(view, row, after)), default=0)) > after:
        grid = grid_at(view, row, least=least, after=after)
        if grid is not None:
            yield grid
        after = last


def _side_by_side(view: SheetView, row: int, after: int) -> list[SheetCell]:
    """The texts of a row right of a column, up to a column that is blank in the whole sheet and behind which one of
    them stands again: there another table of the kind begins.
    """
    made: list[SheetCell] = []
    cells = view.texts(row, after + 1)
    for at, cell in enumerate(cells):
        gap = made and any(view.is_blank(column) for column in range(made[-1].right + 1, cell.column))
        if gap and {c.text.strip() for c in made} & {c.text.strip() for c in cells[at:]}:
            break
        made.append(cell)
    return made


def grid_at(view: SheetView, row: int, *, least: int = 3, after: int = 0) -> Grid | None:
    """The table whose head begins in a row right of a column; None where that is no head of so many columns."""
    cells = _side_by_side(view, row, after)
    if len(cells) < least:
        return None
    bottom = _head_bottom(view, row, cells)
    over = _unmerged(view, cells, bottom)
    bottom += bool(over)
    left = min(cell.column for cell in cells)
    right = max(cell.right for cell in cells)
    columns: list[GridColumn] = []
    keys: list[tuple[int, int]] = []
    for column in range(left, right + 1):
        stack: list[SheetCell] = []
        for at in range(row, bottom + 1):
            cell = view.covering(at, column)
            if at == row and (cell is None or not cell.text.strip()):
                cell = over.get(column)
            if cell is not None and cell.text.strip() and cell not in stack:
                stack.append(cell)
        if not stack:
            continue
        key = (stack[-1].row, stack[-1].column)
        if columns and keys[-1] == key:
            columns[-1] = GridColumn(columns[-1].left, column, columns[-1].path)
        else:
            columns.append(GridColumn(column, column, tuple(cell.text.strip() for cell in stack)))
            keys.append(key)
    return Grid(row, bottom, view.last, tuple(columns)) if len(columns) >= least else None


def _unmerged(view: SheetView, cells: list[SheetCell], bottom: int) -> dict[int, SheetCell]:
    """The label over each column of a head whose labels stand over several without being merged.

    As where merges were lost on the way: the row is blank right of such a label, or says it again, and the row below
    has texts there and nowhere else. Nothing where the head isn't of that kind.
    """
    over: dict[int, SheetCell] = {}
    below = view.texts(bottom + 1, cells[0].column)
    last = max([cells[-1].right, *(cell.right for cell in below)])
    firsts = [
        cell for at, cell in enumerate(cells) if not at or cells[at - 1].text.strip() != cell.text.strip()
    ]
    ends = [*(cell.column for cell in firsts[1:]), last + 1]
    for cell, end in zip(firsts, ends, strict=True):
        under = [each for each in below if cell.column <= each.column < end]
        if (
            cell.bottom == bottom
            and end > cell.right + 1
            and len(under) > 1
            and under[0].column == cell.column
        ):
            over |= dict.fromkeys(range(cell.column, end), cell)
    labels = bool(below) and all(each.column in over for each in below)
    numbers = any(each.number and not _YEAR.fullmatch(each.text.strip()) for each in below)
    return over if labels and not numbers and len(over) < last + 1 - cells[0].column else {}


def _head_bottom(view: SheetView, row: int, cells: list[SheetCell]) -> int:
    """Last row of a head: as far as its cells are merged down, and as wide labels have labels under them."""
    bottom = max(cell.bottom for cell in cells)
    for _ in range(3):
        wide = [cell for cell in cells if cell.colspan > 1 and cell.bottom == bottom]
        below = [
            under
            for cell in wide
            for under in view.texts(bottom + 1, cell.column, cell.right)
            if under.right <= cell.right
        ]
        split = [cell for cell in wide if sum(cell.column <= u.column <= cell.right for u in below) > 1]
        if not split or any(under.number and not _YEAR.fullmatch(under.text.strip()) for under in below):
            return bottom
        cells = [under for under in below if any(c.column <= under.column <= c.right for c in split)]
        bottom = max(under.bottom for under in cells)
    return bottom


def unit_above(view: SheetView, grid: Grid) -> int | None:
    """Won per unit that a caption, alone or behind a heading, within three rows above a head names; it is claimed."""
    for row in range(grid.top - 1, max(0, grid.top - 4), -1):
        found = [
            (cell, own)
            for cell in view.texts(row)
            if (own := caption(cell.text) or caption_behind(cell.text)) and own.won is not None
        ]
        over = [pair for pair in found if pair[0].column <= grid.right and grid.left <= pair[0].right]
        for cell, own in over or found[:1]:
            if caption(cell.text) is not None:
                view.claims.ignore(cell, "단위")
            return own.won
    return None
