"""What a document puts on pages, in order: lines that know what they must be kept with, and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govtracker.export.document import Document, Flow, Grid, Para
from govtracker.export.pages.items import MM
from govtracker.export.pages.line_boxes import LineBox
from govtracker.export.pages.measure import Measure
from govtracker.export.pages.measured import MeasuredGrid

HEADINGS = ("heading", "subheading")
"""Styles of a section's heading, the greater one first."""
LINES = ("text", "event")
"""Roles of the paragraphs that make up running text."""


class FlowItem(NamedTuple):
    """A line or a table of the document's item at `number`."""

    number: int
    body: LineBox | MeasuredGrid


def flow_items(document: Document, measure: Measure) -> list[FlowItem]:
    """The lines and tables of a document; a nested table is kept with the line before it."""
    flow = _Flow(measure, document.width * MM, _top_heading(document))
    for number, item in enumerate(document.items):
        if isinstance(item, Grid):
            flow.table(number, item)
        else:
            flow.lines(number, item)
    flow.close()
    return flow.items


class _Flow:
    """The flow so far; `text` are the places in it of the lines of the running text that it ends with."""

    def __init__(self, measure: Measure, width: float, top: str) -> None:
        self.measure, self.width, self.top = measure, width, top
        self.items: list[FlowItem] = []
        self.text: list[int] = []

    def table(self, number: int, grid: Grid) -> None:
        """Add a table."""
        if grid.role == "nested" and self.items:
            self._hold(self.text[:1] if len(self.text) > 1 else [])
            self._hold([len(self.items) - 1])
            self.text = []
        else:
            self.close()
        self.items.append(FlowItem(number, self.measure.grid(grid)))

    def lines(self, number: int, item: Flow) -> None:
        """Add the lines of an item that is no table."""
        boxes = self.measure.boxes(item, self.width)
        if isinstance(item, Para) and item.style == "body" and item.role in LINES:
            self.text += range(len(self.items), len(self.items) + len(boxes))
        elif isinstance(item, Para):
            self.close()
        else:
            self._hold(self.text[:1] if len(self.text) > 1 else [])
            self.text = []
        if isinstance(item, Para) and item.role == "heading" and item.style == self.top:
            boxes[0] = boxes[0]._replace(heading=f"{item.number} {item.text}".strip())
        self.items += (FlowItem(number, box) for box in boxes)

    def close(self) -> None:
        """End a text: its first two lines and its last two are held together, so that none is left alone."""
        if len(self.text) > 1:
            self._hold([self.text[0], self.text[-2]])
        self.text = []

    def _hold(self, places: Sequence[int]) -> None:
        """No page ends after the lines at some places."""
        for at in places:
            number, body = self.items[at]
            if isinstance(body, LineBox):
                self.items[at] = FlowItem(number, body._replace(keep=True))


def _top_heading(document: Document) -> str:
    """Style of the greatest headings that the document has."""
    used = {item.style for item in document.items if isinstance(item, Para) and item.role == "heading"}
    return next((style for style in HEADINGS if style in used), "")
