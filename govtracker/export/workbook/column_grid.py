"""The columns of a sheet: one set of column edges that all tables of a card share, at most some three dozen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from govtracker.export.document import Cell, Document, Flow, Grid
from govtracker.export.spans import spread

MOST = 36
PAD = 1.5


def edges_of(grid: Grid, x: float = 0.0) -> list[float]:
    """Column edges of a grid whose parent begins at `x`, in mm from the text edge."""
    edges = [x + grid.x]
    for width in grid.widths:
        edges.append(edges[-1] + width)
    return edges


def _nested_in(cell: Cell, x: float) -> Iterable[tuple[Grid, float]]:
    """Tables inside a cell that begins at `x`, with the place where their own offset counts from."""
    for item in cell.content:
        if isinstance(item, Grid):
            yield item, x + PAD


def all_edges(items: Iterable[Flow], width: float) -> list[list[float]]:
    """Edges of every table, one list a table; a nested one with those of what it stands in, so that it stays set in."""
    tables: list[list[float]] = []
    for item in items:
        if isinstance(item, Grid):
            own = edges_of(item)
            tables.append(sorted({0.0, *own, width}) if item.x else own)
            for _, column, cell in spread(item.rows):
                right = own[min(column + cell.colspan, len(own) - 1)]
                for inner, at in _nested_in(cell, own[column]):
                    tables.append(sorted({own[column], *edges_of(inner, at), right}))
    return tables


class ColumnGrid:
    """Edges that all tables snap to. Two edges of one table never fall together."""

    def __init__(self, document: Document) -> None:
        tables = all_edges(document.items, document.width)
        owners: dict[float, set[int]] = {0.0: set(), round(document.width, 2): set()}
        for at, table in enumerate(tables):
            for edge in table:
                owners.setdefault(round(edge, 2), set()).add(at)
        points = sorted(owners)
        clusters = [([point], set(owners[point])) for point in points]
        tolerance = 0.3
        while tolerance < 12:
            clusters = _merged(clusters, tolerance)
            if len(clusters) <= MOST + 1:
                break
            tolerance += 0.4
        self.edges = [self._center(members, document.width) for members, _ in clusters]
        self.where = {point: at for at, (members, _) in enumerate(clusters) for point in members}
        self.points = points
        self.snapped: dict[float, int] = {}

    @staticmethod
    def _center(members: list[float], width: float) -> float:
        if 0.0 in members:
            return 0.0
        if round(width, 2) in members:
            return width
        return sum(members) / len(members)

    def column(self, edge: float) -> int:
        """Number of the sheet's edge that an edge of a table snapped to."""
        column = self.snapped.get(edge)
        if column is None:
            at = bisect_left(self.points, edge - 0.006)
            column = self.snapped[edge] = self.where[self.points[min(at, len(self.points) - 1)]]
        return column

    @property
    def last(self) -> int:
        """Last column (0-based)."""
        return len(self.edges) - 2

    def pixels(self) -> list[int]:
        """Column widths in pixels of 1/96 inch; all together as wide as the text area, not a pixel wider."""
        ends = [int(edge / 25.4 * 96) for edge in self.edges]
        return [max(1, b - a) for a, b in pairwise(ends)]


def _merged(
    clusters: list[tuple[list[float], set[int]]], tolerance: float
) -> list[tuple[list[float], set[int]]]:
    """Neighbouring clusters joined where they are near and share no table."""
    merged: list[tuple[list[float], set[int]]] = []
    for members, owners in clusters:
        if merged and members[-1] - merged[-1][0][0] <= tolerance and not merged[-1][1] & owners:
            merged[-1] = (merged[-1][0] + members, merged[-1][1] | owners)
        else:
            merged.append((members, owners))
    return merged
