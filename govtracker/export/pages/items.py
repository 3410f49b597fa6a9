"""What a page shows: text, rules, fills, check boxes, pictures, each at its place (points, y downwards)."""

from __future__ import annotations

from typing import NamedTuple

from govtracker.export.document import A4
from govtracker.model.place import Place

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = A4[0] * MM, A4[1] * MM
ASCENT, DESCENT = 0.88, 0.2
"""How far a text reaches above and below its baseline, em."""


class Text(NamedTuple):
    """A string in one font; `y` is the baseline, `width` its advance."""

    x: float
    y: float
    font: str
    size: float
    text: str
    width: float
    color: str = "#000000"


class Box(NamedTuple):
    """A character that no font has, shown as an empty box on the baseline `y`."""

    x: float
    y: float
    size: float
    char: str


class Rule(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Fill(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    color: str


class Frame(NamedTuple):
    """A rectangle's outline."""

    x: float
    y: float
    width: float
    height: float
    rule: float
    fill: str = ""


class Check(NamedTuple):
    """A check box drawn as a vector, with an invisible letter for text search."""

    x: float
    y: float
    size: float
    ticked: bool


class Image(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    sha: str


DrawItem = Text | Box | Rule | Fill | Frame | Check | Image


class Positioned(NamedTuple):
    """Items moved by (x, y); `place` is the place in the card of what they show."""

    x: float
    y: float
    items: tuple[DrawItem, ...]
    place: Place | None = None


def moved(item: DrawItem, dx: float, dy: float = 0.0) -> DrawItem:
    """The item moved to the right and down."""
    if isinstance(item, Text):
        return Text(item.x + dx, item.y + dy, item.font, item.size, item.text, item.width, item.color)
    if isinstance(item, Rule):
        return Rule(item.x1 + dx, item.y1 + dy, item.x2 + dx, item.y2 + dy, item.width)
    return item._replace(x=item.x + dx, y=item.y + dy)


def extent(item: DrawItem) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of an item."""
    if isinstance(item, Text):
        return item.x, item.y - ASCENT * item.size, item.x + item.width, item.y + DESCENT * item.size
    if isinstance(item, Box):
        return item.x, item.y - ASCENT * item.size, item.x + item.size, item.y + DESCENT * item.size
    if isinstance(item, Rule):
        return min(item.x1, item.x2), min(item.y1, item.y2), max(item.x1, item.x2), max(item.y1, item.y2)
    if isinstance(item, Check):
        return item.x, item.y, item.x + item.size, item.y + item.size
    return item.x, item.y, item.x + item.width, item.y + item.height
