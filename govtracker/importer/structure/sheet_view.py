"""A rectangle of a sheet, looked at by rows: the readers' view of the cells."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from govtracker.importer.package.workbook import NonCell, Sheet, SheetCell
from govtracker.importer.structure.claims import Claims


@dataclass(frozen=True, slots=True)
class _Index:
    """Where a sheet's cells are; made once, as the cells of a sheet that was read never change."""

    at: dict[tuple[int, int], SheetCell]
    rows: dict[int, list[SheetCell]]
    text_rows: dict[int, list[SheetCell]]
    written: frozenset[int]
    last: int


def _index(sheet: Sheet) -> _Index:
    """The index of a sheet, which is kept with it."""
    if sheet.index is None:
        at: dict[tuple[int, int], SheetCell] = {}
        rows: dict[int, list[SheetCell]] = {}
        for cell in sheet.cells:
            rows.setdefault(cell.row, []).append(cell)
            if cell.rowspan == cell.colspan == 1:
                at[cell.row, cell.column] = cell
                continue
            for row in range(cell.row, cell.bottom + 1):
                for column in range(cell.column, cell.right + 1):
                    at[row, column] = cell
        text_rows = {row: found for row, cells in rows.items() if (found := [c for c in cells if c.text])}
        hidden = [cell for cell, _ in sheet.unseen]
        texts = [cell for cell in (*sheet.cells, *hidden) if cell.text]
        written = frozenset(c for cell in texts for c in range(cell.column, cell.right + 1))
        last = max((cell.bottom for cell in sheet.cells), default=0)
        sheet.index = _Index(at, rows, text_rows, written, last)
    found_: _Index = sheet.index
    return found_


class SheetView:
    """A sheet with its cells by position, and the claims on them."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.claims = Claims(sheet)
        index = _index(sheet)
        self.at, self.rows, self.last, self.written = index.at, index.rows, index.last, index.written
        self._text_rows = index.text_rows

    def kept(self) -> SheetView:
        """The same page with its claims as they are now."""
        same = copy(self)
        same.claims = copy(self.claims)
        same.claims.claimed, same.claims.beside = dict(self.claims.claimed), dict(self.claims.beside)
        return same

    def row(self, row: int, left: int = 0, right: int = 10**6) -> list[SheetCell]:
        """Cells that begin in a row, with text or formatting, within the columns."""
        return [cell for cell in self.rows.get(row, []) if left <= cell.column <= right]

    def texts(self, row: int, left: int = 0, right: int = 10**6) -> list[SheetCell]:
        """Cells with text that begin in a row."""
        return [cell for cell in self._text_rows.get(row, ()) if left <= cell.column <= right]

    def free_texts(self, row: int, left: int = 0, right: int = 10**6) -> list[SheetCell]:
        """Cells with text that nobody has claimed yet."""
        return [cell for cell in self.texts(row, left, right) if self.claims.free(cell)]

    def is_blank(self, column: int) -> bool:
        """Whether no text of the sheet stands in a column or over it, hidden ones counted."""
        return column not in self.written

    def covering(self, row: int, column: int) -> SheetCell | None:
        """The cell that covers a position."""
        return self.at.get((row, column))

    def pictures(self, top: int, bottom: int, left: int = 0, right: int = 10**6) -> list[NonCell]:
        """Pictures that lie on the area and are not claimed yet."""
        return [
            item
            for item in self.sheet.beside
            if item.what == "picture"
            and top <= item.row <= bottom
            and left <= item.column <= right
            and id(item) not in self.claims.beside
        ]
