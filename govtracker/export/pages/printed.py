"""A printed page: what is drawn on it, and where it shows which place of the card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from govtracker.export.pages.items import Positioned, Text, extent
from govtracker.export.pages.paint import areas
from govtracker.export.pages.table import TablePart
from govtracker.model.place import Place


class PlaceBox(NamedTuple):
    """A rectangle on a page (points, y downwards) that shows what is at `source` in the card."""

    place: Place
    x: float
    y: float
    width: float
    height: float


class PrintedTable(NamedTuple):
    """A part of a table, its upper left corner at a place; the table's own offset is not in `x`."""

    part: TablePart
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """`headings` are the titles of the card's sections that begin here, with their places from the top.

    `small` (on a document's first page) are all texts that were made smaller to fit, with their type sizes.
    """

    positioned: tuple[Positioned, ...] = ()
    headings: tuple[tuple[str, float], ...] = ()
    tables: tuple[PrintedTable, ...] = ()
    small: tuple[tuple[str, float], ...] = ()

    def texts(self) -> list[Text]:
        """Every string of the page at its final place, in painting order."""
        return [
            item._replace(x=item.x + place.x, y=item.y + place.y)
            for place in self.positioned
            for item in place.items
            if isinstance(item, Text)
        ]

    def boxes(self) -> list[PlaceBox]:
        """Where the page shows which place of the card: areas of table cells, then the ink of lines and pictures.

        A figure in a table has both, the area of its cell and its own; a blank cell has its area only.
        """
        cells = (box for table in self.tables for box in _cells(table))
        return [
            *cells,
            *(_ink(shown.place, shown) for shown in self.positioned if shown.place and shown.items),
        ]


def _cells(table: PrintedTable) -> Iterator[PlaceBox]:
    """The areas of the cells that have a source."""
    left = table.x + table.part.table.x
    for cell, _, upper, lower in areas(table.part):
        if cell.cell.place:
            yield PlaceBox(cell.cell.place, left + cell.x, table.y + upper, cell.width, lower - upper)


def _ink(place: Place, shown: Positioned) -> PlaceBox:
    """The rectangle around what is drawn at a place."""
    left, top, right, bottom = zip(*map(extent, shown.items), strict=True)
    x, y = min(left), min(top)
    return PlaceBox(place, shown.x + x, shown.y + y, max(right) - x, max(bottom) - y)
