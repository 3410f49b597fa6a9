"""Where a value of a card came from: the cell of a workbook that showed it."""

from __future__ import annotations

from typing import NamedTuple

from govtracker.model.place import Place


class Origin(NamedTuple):
    """A value's place in the card, the cell that it was read from (`Sheet1!D14`), and what that showed."""

    place: Place
    cell: str
    text: str


class Provenance(NamedTuple):
    """The file that a value came from, (cell, what it showed) of each of its cells, and whether it was changed since."""

    file: str
    cells: tuple[tuple[str, str], ...]
    edited: bool
