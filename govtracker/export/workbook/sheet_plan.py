"""A planned sheet as values: what is in which cells, how high the rows are, where pages begin."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute

from govtracker.export.workbook.chart import Chart
from govtracker.export.workbook.values import CellPlan

TALLEST = 400.0
"""Of a row, pt; Excel allows 409."""
LEAST, AIR = 14.0, 2.0
"""Height of the lowest row, and what a text's row has more than the text, pt."""
INSET, INDENT = 5.0, 9.0
"""What a cell keeps free beside its text, and one step of an indent, pt."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture with its upper left corner in a cell; sizes in mm."""

    row: int
    column: int
    sha: str
    width: float
    height: float


@dataclass(slots=True)
class SheetPlan:
    """`heights` in points by row, `widths` in pixels by column; a page begins at each row of `breaks`."""

    widths: list[int]
    cells: list[CellPlan] = attribute(default_factory=list)
    photos: list[Photo] = attribute(default_factory=list)
    charts: list[Chart] = attribute(default_factory=list)
    heights: dict[int, float] = attribute(default_factory=dict)
    breaks: list[int] = attribute(default_factory=list)
