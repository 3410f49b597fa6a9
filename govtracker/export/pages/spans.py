"""What the cells over several rows show in one part of a table, and what is left of them for the next.

A label that fits is shown whole in every part; a text goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from govtracker.export.pages.breakpoints import breakpoint_of
from govtracker.export.pages.measured import MeasuredCell, MeasuredGrid, Stretch


class RowPart(NamedTuple):
    """A row, or a part of one: what its cells show where that isn't all; whether it begins and ends here."""

    row: int
    height: float
    shown: Mapping[MeasuredCell, Stretch] = {}
    first: bool = True
    last: bool = True

    def of(self, cell: MeasuredCell) -> Stretch:
        """What a cell that begins in the row shows of itself."""
        return self.shown.get(cell) or cell.whole


class SpanPart(NamedTuple):
    """What a cell over several rows shows; `until` is the last of the part's rows that it covers."""

    until: int
    shown: Stretch


Stretches = dict[MeasuredCell, Stretch]


def span_parts(
    table: MeasuredGrid,
    rows: Sequence[RowPart],
    headed: int,
    before: Mapping[MeasuredCell, Stretch],
    capacity: float,
) -> tuple[dict[MeasuredCell, SpanPart], Stretches]:
    """(what every cell over several rows shows, what is left of it); `before` is what the parts before have left.

    Cells that begin in the first `headed` rows, which are repeated, are shown whole. A cell that has the `capacity`
    of a full page gets something of itself onto it, whatever the breaks that it allows.
    """
    tops = [0.0, *accumulate(row.height for row in rows)]
    shown: dict[MeasuredCell, SpanPart] = {}
    left: Stretches = {}
    for at, row in enumerate(rows):
        for cell in table.covered[row.row]:
            if cell.cell.rowspan < 2 or cell in shown:
                continue
            until = _until(rows, at, cell)
            if cell.row < headed:
                shown[cell] = SpanPart(until, cell.whole)
                continue
            height = tops[until + 1] - tops[at]
            alone = height >= capacity - 0.01
            rest, ends = before.get(cell) or cell.whole, _ends(table, rows[until], cell)
            if ends or cell.rest_height(rest) <= height - cell.padding + 0.01:
                stretch, left[cell] = rest, _again(cell, rest)
            else:
                stretch, left[cell] = _broken(cell, rest, height - cell.padding, alone=alone)
            shown[cell] = SpanPart(until, stretch)
    return shown, left


def _until(rows: Sequence[RowPart], at: int, cell: MeasuredCell) -> int:
    """The last of the rows that a cell covers from the one at `at` on."""
    while at + 1 < len(rows) and cell.row <= rows[at + 1].row < cell.end:
        at += 1
    return at


def _ends(table: MeasuredGrid, last: RowPart, cell: MeasuredCell) -> bool:
    """Whether a cell ends with the row."""
    return last.last and last.row >= min(cell.end, len(table.heights)) - 1


def _again(cell: MeasuredCell, shown: Stretch) -> Stretch:
    """What a cell that has shown all it had shows in the next part: a label that was whole is repeated."""
    return cell.whole if cell.cell.repeat and shown.first == 0 else cell.nothing


def _broken(cell: MeasuredCell, rest: Stretch, room: float, *, alone: bool) -> tuple[Stretch, Stretch]:
    """(what a cell shows in the room, what is left of it for the next part)."""
    count = breakpoint_of(cell.boxes(rest), room, forced=alone)
    return cell.divided(rest, max(count, 1) if alone else count)
