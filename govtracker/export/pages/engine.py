"""The page engine: documents -> printed pages. One run over some documents owns one engine and what it remembers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govtracker.export.document import Document, Style
from govtracker.export.pages.flow import Settled, paginated, text_area
from govtracker.export.pages.flow_items import FlowItem, flow_items
from govtracker.export.pages.items import Positioned
from govtracker.export.pages.line_boxes import LineBox
from govtracker.export.pages.measure import Measure
from govtracker.export.pages.measured import MeasuredGrid, smaller
from govtracker.export.pages.paint import painted
from govtracker.export.pages.printed import PrintedPage, PrintedTable

FORMS = 4
"""Most sets of styles (one per form) whose measures are remembered."""


class Engine:
    """Lays documents out; those of one form share what is measured already. For one thread at a time."""

    def __init__(self) -> None:
        self.measures: list[Measure] = []

    def pages(self, document: Document) -> list[PrintedPage]:
        """The document's pages, at least one."""
        flow = self._flow(document)
        left = text_area(document).left
        first, *others = paginated(flow, text_area(document))
        small = tuple(_smaller(flow))
        return [_printed(first, left, small), *(_printed(settled, left) for settled in others)]

    def settled(self, document: Document) -> list[list[Settled]]:
        """What every page of the document holds, unpainted."""
        return paginated(self._flow(document), text_area(document))

    def measure(self, styles: Mapping[str, Style]) -> Measure:
        """The measure of a form's styles."""
        for known in self.measures:
            if known.styles is styles:
                return known
        self.measures = [Measure(styles), *self.measures[: FORMS - 1]]
        return self.measures[0]

    def _flow(self, document: Document) -> list[FlowItem]:
        return flow_items(document, self.measure(document.styles))


def pages(document: Document) -> list[PrintedPage]:
    """The pages of a single document, at least one."""
    return Engine().pages(document)


def _printed(
    settled: Sequence[Settled], left: float, small: tuple[tuple[str, float], ...] = ()
) -> PrintedPage:
    """What a page holds, painted."""
    positioned: list[Positioned] = []
    tables: list[PrintedTable] = []
    headings: list[tuple[str, float]] = []
    for _, y, body in settled:
        if isinstance(body, LineBox):
            positioned.append(Positioned(left, y, body.items, body.place))
            if body.heading:
                headings.append((body.heading, y))
        else:
            positioned += painted(body, left, y)
            tables.append(PrintedTable(body, left, y))
    return PrintedPage(tuple(positioned), tuple(headings), tuple(tables), small)


def _smaller(flow: Sequence[FlowItem]) -> Iterator[tuple[str, float]]:
    """The texts in tables, and in tables inside them, that were made smaller."""
    for _, body in flow:
        if isinstance(body, MeasuredGrid):
            yield from smaller(body.rows)
