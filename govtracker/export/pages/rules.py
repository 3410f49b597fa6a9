"""The rules of one page's part of a table."""

from __future__ import annotations

from govtracker.export.document import DIVIDER, INNER
from govtracker.export.pages.items import MM, DrawItem, Rule
from govtracker.export.pages.measured import MeasuredCell, MeasuredGrid


class Rules:
    """The inner rules of one page's part of a table: hairlines right of and under its cells, heavier dividers.

    What goes on in one line is one rule, however many cells it passes.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.down: dict[float, list[tuple[float, float]]] = {}
        self.across: dict[float, list[tuple[float, float]]] = {}
        self.heavy: dict[float, list[tuple[float, float]]] = {}

    def cell(self, cell: MeasuredCell, top: float, bottom: float) -> None:
        """Rules at a cell's right and bottom, where they are not the table's outer ones; a divider at its left."""
        right = cell.x + cell.width
        if right < self.width - 0.01:
            _longer(self.down, right, top, bottom)
        if bottom < self.height - 0.01:
            _longer(self.across, bottom, cell.x, right)
        if cell.cell.divider:
            _longer(self.heavy, cell.x, top, bottom)

    def items(self) -> list[DrawItem]:
        """All rules, hairlines before dividers."""
        inner, heavy = INNER * MM, DIVIDER * MM
        items: list[DrawItem] = [
            Rule(x, a, x, b, inner) for x, pieces in self.down.items() for a, b in pieces
        ]
        items += [Rule(a, y, b, y, inner) for y, pieces in self.across.items() for a, b in pieces]
        items += [Rule(x, a, x, b, heavy) for x, pieces in self.heavy.items() for a, b in pieces]
        return items


def _longer(rules: dict[float, list[tuple[float, float]]], at: float, start: float, end: float) -> None:
    """Add a piece to the rules at a place; it lengthens the last one where it goes on from it."""
    pieces = rules.get(at)
    if pieces is None:
        rules[at] = [(start, end)]
    elif abs(pieces[-1][1] - start) < 0.01:
        pieces[-1] = (pieces[-1][0], end)
    else:
        pieces.append((start, end))


def outline(grid: MeasuredGrid, height: float) -> list[DrawItem]:
    """The outer rules of one page's part."""
    rule, width = grid.grid.outer * MM, grid.edges[-1]
    return [
        Rule(0, 0, width, 0, rule),
        Rule(0, height, width, height, rule),
        Rule(0, 0, 0, height, rule),
        Rule(width, 0, width, height, rule),
    ]
