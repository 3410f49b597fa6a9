"""The flow of a document over pages: which line or part of a table is on which page, how far from its top.

A heading keeps what follows; what a line must be kept with goes to the next page with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govtracker.export.document import Document
from govtracker.export.pages.flow_items import FlowItem
from govtracker.export.pages.items import MM, PAGE_HEIGHT
from govtracker.export.pages.line_boxes import LineBox
from govtracker.export.pages.measured import MeasuredGrid
from govtracker.export.pages.table import Heights, TablePart, least_start, split


class TextArea(NamedTuple):
    """Where a page's text begins at the left, at the top, and where it ends; points from the page's corner."""

    left: float
    top: float
    foot: float

    @property
    def height(self) -> float:
        """Height of a full page."""
        return self.foot - self.top


class Settled(NamedTuple):
    """A line or a part of a table of the document's item at `number`, and its top on the page."""

    number: int
    y: float
    body: LineBox | TablePart


def text_area(document: Document) -> TextArea:
    """The area within a document's margins."""
    left, _, top, bottom = (margin * MM for margin in document.margins)
    return TextArea(left, top, PAGE_HEIGHT - bottom)


def paginated(flow: Sequence[FlowItem], area: TextArea) -> list[list[Settled]]:
    """The pages of a flow, at least one."""
    return Paginator(area).run(flow)


class Paginator:
    """Fills pages from the top of an area to its foot; `gap` is the space that the last item wants below it."""

    def __init__(self, area: TextArea) -> None:
        self.area = area
        self.pages: list[list[Settled]] = [[]]
        self.y = area.top
        self.gap = 0.0

    @property
    def fresh(self) -> bool:
        """Whether the page is still empty."""
        return self.y <= self.area.top + 0.01

    @property
    def room(self) -> float:
        """Height that is left of the page."""
        return self.area.foot - self.y

    def run(self, flow: Sequence[FlowItem]) -> list[list[Settled]]:
        """All pages of a flow."""
        for at, (number, body) in enumerate(flow):
            if isinstance(body, MeasuredGrid):
                self._table(number, body)
            else:
                self._line(number, body, self._needed(flow, at))
        return self.pages

    def _line(self, number: int, box: LineBox, needed: float) -> None:
        """Put a line on this page, or on the next one where `needed` points aren't left."""
        between = 0 if self.fresh else max(0.0, self.gap - box.before)
        if needed > self.room - between + 0.01:
            self._turn()
        self._space(box.before)
        self.pages[-1].append(Settled(number, self.y, box))
        self.y += box.height
        self.gap = box.after

    def _table(self, number: int, table: MeasuredGrid) -> None:
        """Put a table on this page and as many others as it needs."""
        before = max(table.before, self.gap)
        if not self.fresh and before + least_start(table, self.area.height) > self.room + 0.01:
            self._turn()
        self._space(table.before)
        for at, part in enumerate(split(table, Heights(self.room, self.area.height))):
            if at:
                self._next()
            if part.rows:
                self.pages[-1].append(Settled(number, self.y, part))
                self.y += part.height
        self.gap = table.after

    def _needed(self, flow: Sequence[FlowItem], at: int) -> float:
        """Height that must be free for the item at `at`: itself and what it must be kept with."""
        height = 0.0
        for number in range(at, len(flow)):
            body = flow[number].body
            if isinstance(body, MeasuredGrid):
                return height + min(body.before + least_start(body, self.area.height), self.area.height)
            height += body.total - (body.before if number == at and self.fresh else 0)
            if not body.keep and not _inside(body):
                return height
            if height > self.area.height:
                return 0.0
        return height

    def _space(self, before: float) -> None:
        """Space above what comes next: the greater of what it asks for and what the last one left; none on top."""
        if not self.fresh:
            self.y += max(before, self.gap)
        self.gap = 0.0

    def _turn(self) -> None:
        """Go on on the next page, unless this one is still empty."""
        if not self.fresh:
            self._next()

    def _next(self) -> None:
        self.pages.append([])
        self.y, self.gap = self.area.top, 0.0


def _inside(box: LineBox) -> bool:
    """Whether a break after the line would leave one line of its paragraph alone."""
    if box.at >= box.of - 1:
        return False
    return box.at == 0 or box.at == box.of - 2 or box.of <= 3
