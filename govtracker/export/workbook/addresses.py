"""Where in a sheet the places of a card stand: the cell of each, and the cells that a formula means."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from govtracker.export.document import Formula
from govtracker.export.workbook.values import Put
from govtracker.model.place import Place

NOWHERE = "0"
"""What a place that no cell shows counts as."""


@cache
def letters(column: int) -> str:
    """ "A" of 0, "AA" of 26."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def addresses(puts: Iterable[Put]) -> dict[Place, str]:
    """Address of the first cell that shows each place."""
    found: dict[Place, str] = {}
    for put in puts:
        if put.place is not None:
            found.setdefault(put.place, _address(put))
    return found


class Addresses:
    """The addresses that formulas mean: of a table's own cells first, else of the sheet's."""

    def __init__(self, puts: Iterable[Put]) -> None:
        self.anywhere: dict[Place, str] = {}
        self.inside: dict[tuple[int, Place], str] = {}
        for put in puts:
            if put.place is not None:
                address = _address(put)
                self.anywhere.setdefault(put.place, address)
                self.inside.setdefault((put.table, put.place), address)

    def filled(self, formula: Formula, table: int) -> str:
        """A formula of a table with addresses in the place of its places."""
        return formula.template.format(*(self._of(place, table) for place in formula.places))

    def _of(self, place: Place, table: int) -> str:
        return self.inside.get((table, place)) or self.anywhere.get(place, NOWHERE)


def _address(put: Put) -> str:
    return f"{letters(put.column)}{put.row + 1}"
