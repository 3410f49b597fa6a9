"""Splitting a measured table: for the heights that are offered, the part that each of them gets, as a value.

Rows stay whole where they can; one that must break keeps at least two lines on each side. The head is repeated
in every part, row labels where a row goes on. Nothing that was measured is changed: what is still to be shown
after a part is a value, too (`Remainder`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from govtracker.export.pages.breakpoints import breakpoint_of
from govtracker.export.pages.line_boxes import stacked
from govtracker.export.pages.measured import MeasuredCell, MeasuredGrid, Stretch
from govtracker.export.pages.spans import RowPart, SpanPart, span_parts

KEEP_TOGETHER, KEEP_NESTED = 0.34, 0.6
"""A table that needs at most this share of a page is not split; one that belongs to the line before it."""
MOST_LEAD = 0.9
"""A head is repeated inside a cell unless it and the line after it would fill more than this share of a page."""


class Heights(NamedTuple):
    """The heights that are offered to a table: what is left of the first page, then full ones."""

    first: float
    full: float


@dataclass(frozen=True, slots=True, eq=False)
class TablePart:
    """What of a table one of the offered heights gets: rows from the top (`headed` of them the repeated head).

    `spans` say what the cells over several rows show in it. Without rows: nothing fits there.
    """

    table: MeasuredGrid
    rows: tuple[RowPart, ...]
    headed: int
    spans: Mapping[MeasuredCell, SpanPart]

    @property
    def height(self) -> float:
        """Height of all its rows."""
        return sum(row.height for row in self.rows)

    @property
    def start(self) -> RowPart:
        """The row that it begins with, after the repeated head; the head's last where the table has no more."""
        return self.rows[min(self.headed, len(self.rows) - 1)]

    @property
    def begins(self) -> bool:
        """Whether the table begins here, rather than goes on."""
        return self.start.row <= self.headed and self.start.first

    @property
    def goes_on(self) -> bool:
        """Whether its last row goes on in the next part."""
        return not self.rows[-1].last


class Remainder(NamedTuple):
    """What is still to be shown after a part: the rows from `row` on, the first of them perhaps begun (`waiting`).

    `grown` are heights of rows that had to become higher, `spans` what is left of cells over several rows.
    """

    row: int
    waiting: RowPart | None = None
    grown: Mapping[int, float] = {}
    spans: Mapping[MeasuredCell, Stretch] = {}


def split(table: MeasuredGrid, heights: Heights) -> Iterator[TablePart]:
    """The parts of a table, one for every height until all is shown; the first may be without rows."""
    splitter = _splitter(table, heights.full)
    room, rest = heights.first, Remainder(len(splitter.head))
    while True:
        fresh = room >= heights.full - 0.01
        part, rest = splitter.part(rest, room, fresh=fresh)
        yield part
        if rest.row >= len(table.heights):
            return
        room = heights.full


def least_start(table: MeasuredGrid, full: float) -> float:
    """Height of the least of a table that may be on a page: its head and its first row (or some lines of it)."""
    if table.height <= full * (KEEP_NESTED if table.grid.role == "nested" else KEEP_TOGETHER):
        return table.height
    row = repeated(table, full)
    head = sum(table.heights[:row])
    if row >= len(table.heights):
        return head
    least = table.heights[row]
    if table.grid.rows[row].splits:
        longest = max(table.rows[row], key=lambda cell: cell.height, default=None)
        if longest and len(longest.content.boxes) > 3:
            least = min(least, stacked(longest.content.boxes[:3]) + longest.padding)
    return head + least


def repeated(table: MeasuredGrid, full: float) -> int:
    """Rows that every part begins with: the head, unless it would leave less than half a page."""
    head = table.grid.head
    return head if sum(table.heights[:head]) <= full / 2 else 0


def _splitter(table: MeasuredGrid, full: float) -> _Splitter:
    head = tuple(RowPart(row, table.heights[row]) for row in range(repeated(table, full)))
    return _Splitter(table, head, sum(row.height for row in head), full)


@dataclass(frozen=True, slots=True, eq=False)
class _Splitter:
    """A table and the head of its parts; a full page is `full` high."""

    table: MeasuredGrid
    head: tuple[RowPart, ...]
    headed: float
    full: float

    @property
    def capacity(self) -> float:
        """Height that a full page has under the head."""
        return self.full - self.headed

    def part(self, rest: Remainder, room: float, *, fresh: bool) -> tuple[TablePart, Remainder]:
        """What the room gets, and what is left."""
        body, left = self._rows(rest, room - self.headed, fresh=fresh)
        rows = (*self.head, *body) if body or len(self.head) == len(self.table.heights) else ()
        spans, left_of = span_parts(self.table, rows, len(self.head), rest.spans, self.capacity)
        part = TablePart(self.table, rows, len(self.head), spans)
        if left.row >= len(self.table.heights):
            return part, left
        return part, self._grown(left._replace(spans=left_of if rows else rest.spans))

    def _rows(self, rest: Remainder, room: float, *, fresh: bool) -> tuple[list[RowPart], Remainder]:
        """The rows that fit the room, the last one perhaps broken."""
        body: list[RowPart] = []
        row, waiting = rest.row, rest.waiting
        while row < len(self.table.heights):
            part = waiting or RowPart(row, _height(self.table, row, rest.grown))
            if part.height <= room + 0.01:
                body.append(part)
                room -= part.height
                row, waiting = row + 1, None
                continue
            pieces = self._broken(part, room, alone=fresh and not body)
            if pieces:
                body.append(pieces[0])
                waiting = pieces[1]
            elif fresh and not body:
                body.append(part)
                row, waiting = row + 1, None
            break
        return body, rest._replace(row=row, waiting=waiting)

    def _broken(self, part: RowPart, room: float, *, alone: bool) -> tuple[RowPart, RowPart] | None:
        """(part that fits the room, rest), or None where the row should stay whole or nothing fits.

        `alone` = nothing else is on the page, so that something must be put on it.
        """
        whole = part.height <= self.capacity + 0.01 and not self.table.grid.rows[part.row].splits
        if whole and not alone:
            return None
        shown: dict[MeasuredCell, Stretch] = {}
        left: dict[MeasuredCell, Stretch] = {}
        for cell in self.table.rows[part.row]:
            halves = self._halves(cell, part.of(cell), room - cell.padding, alone=alone)
            if halves is None:
                return None
            shown[cell], left[cell] = halves
        if all(cell.cell.rowspan > 1 or shown[cell] == part.of(cell) for cell in shown):
            return self._split_overflowing_rowspan(part, room)
        single = [cell for cell in shown if cell.cell.rowspan == 1]
        upper = max(cell.stack(shown[cell]) + cell.padding for cell in single)
        lower = max(cell.rest_height(left[cell]) + cell.padding for cell in single)
        return (
            RowPart(part.row, max(upper, 0.0), shown, part.first, last=False),
            RowPart(part.row, lower, left, first=False, last=part.last),
        )

    def _halves(
        self, cell: MeasuredCell, shown: Stretch, room: float, *, alone: bool
    ) -> tuple[Stretch, Stretch] | None:
        """What a cell of a broken row shows on this side and on the other; None where it can't be broken here."""
        if cell.cell.rowspan > 1 or cell.rest_height(shown) <= room + 0.01:
            return shown, shown if cell.cell.repeat else cell.nothing
        count = breakpoint_of(cell.boxes(shown), room, forced=alone)
        if not count:
            return None
        first, rest = cell.divided(shown, count)
        return first, self._with_repeated_head(cell, rest)

    def _with_repeated_head(self, cell: MeasuredCell, rest: Stretch) -> Stretch:
        """What goes on on the next page, after the head of its table, unless both would fill nearly all of it."""
        box = cell.content.boxes[rest.first]
        fits = stacked([*box.lead, box]) < self.capacity * MOST_LEAD
        return rest._replace(lead=box.lead) if fits else rest

    def _split_overflowing_rowspan(self, part: RowPart, room: float) -> tuple[RowPart, RowPart] | None:
        """A row that is higher than a page only because of a cell over several rows, split anywhere."""
        over_rows = any(cell.cell.rowspan > 1 for cell in self.table.covered[part.row])
        if part.height <= self.capacity or not over_rows:
            return None
        left = {
            cell: part.of(cell) if cell.cell.repeat else cell.nothing
            for cell in self.table.rows[part.row]
            if cell.cell.rowspan == 1
        }
        return (
            RowPart(part.row, room, part.shown, part.first, last=False),
            RowPart(part.row, part.height - room, left, first=False, last=part.last),
        )

    def _grown(self, rest: Remainder) -> Remainder:
        """What follows a break, high enough for what is left of the cells that go on over it."""
        for cell in self.table.covered[rest.row]:
            left = rest.spans.get(cell, cell.nothing)
            if cell.cell.rowspan > 1 and left.first < left.end and (cell.row < rest.row or rest.waiting):
                rest = self._grown_for(cell, left, rest)
        return rest

    def _grown_for(self, cell: MeasuredCell, left: Stretch, rest: Remainder) -> Remainder:
        """The same for one cell: its last row grows, or what is left of it where that has begun."""
        last = min(cell.end, len(self.table.heights)) - 1
        first = rest.waiting.height if rest.waiting else _height(self.table, rest.row, rest.grown)
        have = first + sum(_height(self.table, row, rest.grown) for row in range(rest.row + 1, last + 1))
        more = cell.rest_height(left) + cell.padding - have
        if more <= 0:
            return rest
        if rest.waiting and last == rest.row:
            return rest._replace(waiting=rest.waiting._replace(height=rest.waiting.height + more))
        return rest._replace(grown={**rest.grown, last: _height(self.table, last, rest.grown) + more})


def _height(table: MeasuredGrid, row: int, grown: Mapping[int, float]) -> float:
    return grown.get(row, table.heights[row])
