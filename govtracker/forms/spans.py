"""The rows of a form's grid spread out over rows and columns, spans counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govtracker.forms.schema import GridCell


class Spread(NamedTuple):
    """`starts` are (row, column, cell) in the form's order, `at` is the cell that covers a (row, column)."""

    starts: tuple[tuple[int, int, GridCell], ...]
    at: dict[tuple[int, int], GridCell]

    def label_above(self, row: int, column: int) -> str:
        """The nearest label above in the column, "" where there is none."""
        above = (self.at.get((at, column)) for at in range(row - 1, -1, -1))
        return next((cell.label for cell in above if cell and cell.label), "")

    def label_left(self, row: int, column: int) -> str:
        """The nearest label left in the row, "" where there is none."""
        left = (self.at.get((row, at)) for at in range(column - 1, -1, -1))
        return next((cell.label for cell in left if cell and cell.label), "")


def spread(rows: Sequence[Sequence[GridCell]]) -> Spread:
    """Where each cell of a grid begins and what it covers; a cell stands right of those that reach down from above."""
    starts: list[tuple[int, int, GridCell]] = []
    at: dict[tuple[int, int], GridCell] = {}
    for row, line in enumerate(rows):
        column = 0
        for cell in line:
            while (row, column) in at:
                column += 1
            starts.append((row, column, cell))
            at.update(_covered(row, column, cell))
            column += cell.span
    return Spread(tuple(starts), at)


def _covered(row: int, column: int, cell: GridCell) -> dict[tuple[int, int], GridCell]:
    return {(row + down, column + right): cell for down in range(cell.down) for right in range(cell.span)}
