"""Where in a sheet the places of a card stand: the cell of each, and the cells that a formula means."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from govtracker.export.document import Formula
from govtracker.export.workbook.values import CellPlan
from govtracker.model.place import Place

NOWHERE = "0"
"""What a place that no cell shows counts as."""


@cache
def letters(column: int) -> str:
    """ "A" of 0, "AA" of 26."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def addresses(cells: Iterable[CellPlan]) -> dict[Place, str]:
    """Address of the first cell that shows each place."""
    found: dict[Place, str] = {}
    for cell in cells:
        if cell.place is not None:
            found.setdefault(cell.place, _address(cell))
    return found


class Addresses:
    """The addresses that formulas mean: of a table's own cells first, else of the sheet's."""

    def __init__(self, cells: Iterable[CellPlan]) -> None:
        self.anywhere: dict[Place, str] = {}
        self.inside: dict[tuple[int, Place], str] = {}
        for cell in cells:
            if cell.place is not None:
                address = _address(cell)
                self.anywhere.setdefault(cell.place, address)
                self.inside.setdefault((cell.table, cell.place), address)

    def filled(self, formula: Formula, table: int) -> str:
        """A formula of a table with addresses in the place of its places."""
        return formula.template.format(*(self._of(place, table) for place in formula.places))

    def _of(self, place: Place, table: int) -> str:
        return self.inside.get((table, place)) or self.anywhere.get(place, NOWHERE)


def _address(cell: CellPlan) -> str:
    return f"{letters(cell.column)}{cell.row + 1}"
